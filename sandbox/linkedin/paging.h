// Lists of elements and the part of them that was asked for.
#pragma once

#include <algorithm>
#include <boost/json/fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "sandbox/linkedin/refusal.h"
#include "sandbox/linkedin/restli.h"

namespace herald::sandbox::linkedin {

struct Page {
  std::size_t start = 0;
  std::size_t count = 10;

  template <class T>
  std::span<const T> of(const std::vector<T>& all) const {
    const auto begin = std::min(start, all.size());
    return std::span<const T>(all).subspan(begin, std::min(count, all.size() - begin));
  }
};

// From start and count. 400: no numbers, or too many.
Checked<Page> read_page(const Query& query, std::int64_t most);

// {"elements":[...],"paging":{"start","count","total","links"}}
std::string paged(boost::json::array elements, const Page& page, std::size_t total);

}  // namespace herald::sandbox::linkedin
