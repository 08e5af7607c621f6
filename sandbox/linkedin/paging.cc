#include "sandbox/linkedin/paging.h"

#include <boost/json.hpp>

namespace herald::sandbox::linkedin {

namespace json = boost::json;

Checked<Page> read_page(const Query& query, std::int64_t most) {
  Page page;
  const auto start = query.number("start", query.find("start") == nullptr ? 0 : -1);
  const auto count = query.number("count", query.find("count") == nullptr ? 10 : -1);
  if (start < 0 || count < 0 || count > most)
    return Refused(illegal("Invalid query parameters passed to request"));
  page.start = static_cast<std::size_t>(start);
  page.count = static_cast<std::size_t>(count);
  return page;
}

std::string paged(json::array elements, const Page& page, std::size_t total) {
  return json::serialize(json::object{{"elements", std::move(elements)},
                                      {"paging", json::object{{"start", page.start},
                                                              {"count", page.count},
                                                              {"total", total},
                                                              {"links", json::array()}}}});
}

}  // namespace herald::sandbox::linkedin
