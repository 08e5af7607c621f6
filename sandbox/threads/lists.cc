// Lists of a profile's own posts and replies.
#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <optional>

#include "sandbox/threads/fields.h"

namespace herald::sandbox::threads {

namespace json = boost::json;

namespace {

constexpr std::int64_t kEarliestS = 1688540400;
constexpr std::int64_t kLimitMax = 100;
constexpr std::string_view kCursor = "QVF";

struct Window {
  std::int64_t from_ms = 0;
  std::int64_t until_ms = INT64_MAX;
  std::size_t limit = 25;
};

std::optional<std::int64_t> whole(const std::string& text) {
  std::int64_t value = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end) return {};
  return value;
}

Checked<Window> read_window(const Request& request) {
  const auto& call = request.call;
  const auto no = [&] { return Refused(invalid_parameter(request.x)); };
  Window window;
  if (const auto text = call.get("limit"); !text.empty()) {
    const auto limit = whole(text);
    if (!limit || *limit < 1 || *limit > kLimitMax) return no();
    window.limit = static_cast<std::size_t>(*limit);
  }
  if (const auto text = call.get("since"); !text.empty()) {
    const auto since = whole(text);
    if (!since || *since < kEarliestS) return no();
    window.from_ms = *since * 1000;
  }
  if (const auto text = call.get("until"); !text.empty()) {
    const auto until = whole(text);
    if (!until || *until < kEarliestS || *until * 1000 > request.x.now_ms()) return no();
    window.until_ms = *until * 1000 + 999;
  }
  if (window.from_ms > request.x.now_ms() || window.from_ms >= window.until_ms) return no();
  if (!call.get("before").empty() && !call.get("after").empty()) return no();
  return window;
}

std::vector<const Post*> posts_in(const Request& request, const Window& window,
                                  const std::function<bool(const Post&)>& wanted) {
  const auto newest_ms =
      std::min(window.until_ms, request.x.now_ms() - request.x.number("list_lag_ms"));
  std::vector<const Post*> found;
  for (const auto& [id, post] : request.state().posts) {
    const bool mine = post.profile == request.me.id && !post.removed && post.carousel.empty();
    if (mine && post.at_ms >= window.from_ms && post.at_ms <= newest_ms && wanted(post))
      found.push_back(&post);
  }
  std::ranges::reverse(found);
  return found;
}

std::string cursor_of(const Post& post) { return std::string(kCursor) + post.id; }

std::string next_link(const Request& request, const std::string& after) {
  const auto& call = request.call;
  auto path = call.path + "?after=" + after;
  for (const auto& field : call.query)
    if (field.name != "after" && field.name != "before" && field.name != "access_token")
      path += "&" + field.name + "=" + percent_encoded(field.value);
  return call.link(call.host, path);
}

}  // namespace

Checked<Answer> post_page(Request& request, const std::function<bool(const Post&)>& wanted) {
  HERALD_CHECK(only_known(request, "fields since until limit before after"));
  HERALD_CHECK(only_known_fields(request));
  HERALD_TRY(const auto window, read_window(request));
  const auto all = posts_in(request, window, wanted);
  const auto at = [&](const std::string& cursor) {
    return std::ranges::find_if(all, [&](const auto* post) { return cursor_of(*post) == cursor; });
  };
  auto from = all.begin();
  const auto limit = static_cast<std::ptrdiff_t>(window.limit);
  auto to = all.end();
  if (const auto after = request.call.get("after"); !after.empty()) {
    if (at(after) == all.end()) return Refused(invalid_parameter(request.x, "Invalid cursor"));
    from = at(after) + 1;
  }
  if (const auto before = request.call.get("before"); !before.empty()) {
    to = at(before);
    if (to == all.end()) return Refused(invalid_parameter(request.x, "Invalid cursor"));
    from = to - std::min(to - from, limit);
  }
  to = from + std::min(to - from, limit);
  json::array data;
  for (auto it = from; it != to; ++it) data.push_back(show_post(request, **it));
  json::object body{{"data", std::move(data)}};
  const bool whole_list = from == all.begin() && to == all.end();
  if (from == to || (whole_list && request.x.choice("paging_single") == "absent"))
    return answer_with(body);
  const auto last = cursor_of(**(to - 1));
  json::object paging{{"cursors", json::object{{"before", cursor_of(**from)}, {"after", last}}}};
  if (to != all.end() && request.x.on("paging_next")) paging["next"] = next_link(request, last);
  body["paging"] = std::move(paging);
  return answer_with(body);
}

Checked<Answer> list_posts(Request& request) {
  return post_page(request,
                   [](const Post& post) { return post.root.empty() && !post.words.ghost; });
}

Checked<Answer> list_replies(Request& request) {
  if (!request.may(request.x.choice("own_replies_scope"))) return Refused(no_permission(request.x));
  return post_page(request, [](const Post& post) { return !post.root.empty(); });
}

Checked<Answer> list_ghosts(Request& request) {
  const auto archived_ms = request.x.now_ms() - kDayMs;
  return post_page(request,
                   [&](const Post& post) { return post.words.ghost && post.at_ms > archived_ms; });
}

}  // namespace herald::sandbox::threads
