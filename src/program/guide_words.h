// How the guides say things: numbers with their units, and tables, as Markdown.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/capability.h"

namespace herald::guide {

std::string row(const std::vector<std::string>& cells);
std::string table_head(const std::vector<std::string>& cells);
std::string joined(const std::vector<std::string>& words, std::string_view between = ", ");
// A label or sentence of the spec, with what Markdown would read as markup made harmless.
std::string prose(std::string_view words);
std::string named(std::string_view label, std::string_view id);
std::string checked(const Source& source);
std::string grouped(std::int64_t number);  // 1234567 as "1,234,567".
// "at most 500 characters"; empty: no limit.
std::string at_most(std::int64_t max, Counting counted_as);
// "1 to 3"; empty ends are open.
std::string range(const std::string& min, const std::string& max);
std::string bytes(std::uint64_t size);
std::string duration(std::int64_t ms);

}  // namespace herald::guide
