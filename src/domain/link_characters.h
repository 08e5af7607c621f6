// The classes of characters that links are made of: those of twitter-text 3.1.0, for one UTF-16
// unit each, as its case-insensitive patterns match them.
#pragma once

namespace herald::link_characters {

bool may_precede(char16_t unit);    // A link may begin after it.
bool in_name(char16_t unit);        // Of a host name's part; '-' and '_' are not among them.
bool in_plain_name(char16_t unit);  // Of a part that is linked without a scheme.
bool in_path(char16_t unit);
bool ends_path(char16_t unit);
bool in_query(char16_t unit);
bool ends_query(char16_t unit);

// Lower case, as far as top-level domains have letters with cases.
char16_t folded(char16_t unit);

}  // namespace herald::link_characters
