// Characters that belong to the one before them: accents, vowel signs, skin tones, selectors of a
// style. The standard library knows none of this.
#pragma once

namespace herald {

bool is_joining_mark(char32_t point);

}  // namespace herald
