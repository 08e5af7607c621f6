// Who may include whom, and which room owns which library. src/CMakeLists.txt links by the same
// table.
#pragma once

#include <string_view>
#include <vector>

#include "tests/tidy/source.h"

namespace herald::tidy {

// Includes of ours that the table does not allow.
std::vector<Finding> rooms_kept(const Source& source);
// Libraries' headers in rooms that do not own them, or in headers.
std::vector<Finding> libraries_kept(const Source& source);
// Headers that only their own few files may include.
std::vector<Finding> private_headers_kept(const Source& source);
// The links that src/CMakeLists.txt grants against the same table.
std::vector<Finding> links_kept(const Source& cmake_lists);

}  // namespace herald::tidy
