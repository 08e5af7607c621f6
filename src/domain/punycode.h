// How long a label of a host name is once it is written in ASCII (RFC 3492).
#pragma once

#include <cstddef>
#include <string_view>

namespace herald {

// With its "xn--", which a label of printable ASCII does not get. Whatever is certainly longer than
// 63, the most that a label may have, counts as 64.
std::size_t encoded_label_size(std::u16string_view label);

}  // namespace herald
