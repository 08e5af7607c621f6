// Looking up and paging in the maps of MemoryStore.
#pragma once

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "domain/ids.h"
#include "ports/post_store.h"

namespace herald {

// The row, or null.
template <class Map, class Id>
auto* find_row(Map& map, const CustomerId& customer, const Id& id) {
  const auto found = map.find({customer, id});
  return found == map.end() ? nullptr : &found->second;
}

// One page of `rows`, newest first. `place` gives a row's (time, id).
template <class T, class Place>
PageOf<T> page_of(std::vector<T> rows, const PageRequest& page, Place place) {
  if (page.before) {
    std::erase_if(rows, [&](const T& row) { return place(row) >= *page.before; });
  }
  std::ranges::sort(rows, [&](const T& a, const T& b) { return place(a) > place(b); });
  PageOf<T> result;
  const auto limit = static_cast<std::size_t>(std::max(page.limit, 0));
  result.more = rows.size() > limit;
  if (result.more) rows.erase(rows.begin() + page.limit, rows.end());
  result.rows = std::move(rows);
  return result;
}

}  // namespace herald
