// What every method of Google's APIs reads from the query the same way.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/google/fault.h"
#include "sandbox/side.h"

namespace herald::sandbox::google {

// From the query only: a JSON body has members of the same names.
std::optional<std::string> parameter(const Call& call, std::string_view name);
// "a,b&x=c" -> a, b, c: lists come with commas or as repeated parameters.
std::vector<std::string> listed(const Call& call, std::string_view name);

using Parts = std::set<std::string, std::less<>>;
Checked<Parts> read_parts(const Call& call, std::initializer_list<std::string_view> known);

// Exactly one of the filters must be there; returns its name. `expected` is what Google says when
// none is.
Checked<std::string> read_filter(const Call& call, std::initializer_list<std::string_view> filters,
                                 std::string_view expected);

struct Page {
  std::size_t offset = 0;
  std::size_t size = 0;
};
Checked<Page> read_page(const Call& call, std::size_t usual, std::size_t least, std::size_t most);
std::string page_token(std::size_t offset);

// alt, prettyPrint and fields: accepted where well-formed, and otherwise without effect.
Checked<Done> check_common(const Call& call);

}  // namespace herald::sandbox::google
