// Reading: posts, timelines, users.
#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <optional>

#include "sandbox/query.h"
#include "sandbox/twitter/members.h"
#include "sandbox/twitter/moment.h"
#include "sandbox/twitter/post_json.h"

namespace herald::sandbox::twitter {

namespace json = boost::json;

namespace {

constexpr std::size_t kIdsMax = 100;
constexpr std::int64_t kPageMin = 5;
constexpr std::int64_t kPageMax = 100;
constexpr std::int64_t kPageUsual = 10;

Refused bad_value(std::string_view name, std::string_view value) {
  return Refused(invalid("The `" + std::string(name) + "` query parameter value [" +
                             std::string(value) + "] is not valid",
                         name, value));
}

Checked<std::vector<std::string>> read_ids(const Call& call) {
  const auto text = in_query(call, "ids");
  auto ids = split(text, ',');
  if (ids.empty()) return Refused(invalid("The `ids` query parameter can not be empty", "ids"));
  if (ids.size() > kIdsMax)
    return Refused(invalid("The number of values in the `ids` query parameter list [" +
                               std::to_string(ids.size()) + "] is not between 1 and 100",
                           "ids", text));
  for (const auto& id : ids)
    if (!is_id(id)) return bad_value("ids", id);
  return ids;
}

// What a timeline is asked for, newest first.
struct Stretch {
  std::int64_t most = kPageUsual;
  std::int64_t since_ms = 0;
  std::int64_t until_ms = INT64_MAX;
  std::string above;  // Ids.
  std::string below;
  bool replies = true;
};

Checked<Stretch> read_stretch(const Call& call) {
  Stretch stretch;
  if (const auto text = in_query(call, "max_results"); !text.empty()) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), stretch.most);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    if (!whole || stretch.most < kPageMin || stretch.most > kPageMax)
      return Refused(
          invalid("The `max_results` query parameter value [" + text + "] is not between 5 and 100",
                  "max_results", text));
  }
  for (const auto* name : {"start_time", "end_time"}) {
    const auto text = in_query(call, name);
    if (text.empty()) continue;
    const auto time = parse_moment(text);
    if (!time) return bad_value(name, text);
    (std::string_view(name) == "start_time" ? stretch.since_ms : stretch.until_ms) = *time;
  }
  stretch.above = in_query(call, "since_id");
  stretch.below = in_query(call, "until_id");
  // The token is the oldest id of the page before.
  if (const auto token = in_query(call, "pagination_token"); !token.empty()) stretch.below = token;
  for (const auto& id : {stretch.above, stretch.below})
    if (!id.empty() && !is_id(id)) return bad_value("pagination_token", id);
  stretch.replies = in_query(call, "exclude").find("replies") == std::string::npos;
  return stretch;
}

bool in_stretch(const Stretch& stretch, const Post& post) {
  if (post.at_ms < stretch.since_ms || post.at_ms >= stretch.until_ms) return false;
  if (!stretch.replies && !post.reply_to.empty()) return false;
  return (stretch.above.empty() || post.id > stretch.above) &&
         (stretch.below.empty() || post.id < stretch.below);
}

Checked<Answer> one_user(Request& request, const User* user, std::string_view parameter) {
  HERALD_TRY(const auto names, read_fields(request.call));
  json::object body;
  if (user != nullptr) body["data"] = user_json(request, *user, names);
  if (user == nullptr)
    body["errors"] = json::array{json::parse(not_found_entry("user", parameter, request.id))};
  return answer_with(json::serialize(body));
}

}  // namespace

Checked<Answer> look_up_posts(Request& request) {
  HERALD_TRY(const auto ids, read_ids(request.call));
  HERALD_TRY(const auto names, read_fields(request.call));
  Listed listed;
  for (const auto& id : ids) {
    if (const auto* post = request.state().post(id))
      listed.posts.push_back(post);
    else
      listed.missing.push_back(id);
  }
  return answer_with(json::serialize(listing(request, listed, names)));
}

Checked<Answer> look_up_post(Request& request) {
  if (!is_id(request.id)) return bad_value("id", request.id);
  HERALD_TRY(const auto names, read_fields(request.call));
  Listed listed{.parameter = "id"};
  if (const auto* post = request.state().post(request.id))
    listed.posts.push_back(post);
  else
    listed.missing.push_back(request.id);
  // 200 with "errors" alone when there is no such post.
  return answer_with(json::serialize(listing(request, listed, names, true)));
}

Checked<Answer> timeline(Request& request) {
  if (!is_id(request.id)) return bad_value("id", request.id);
  HERALD_TRY(const auto stretch, read_stretch(request.call));
  HERALD_TRY(const auto names, read_fields(request.call));
  const auto& state = request.state();
  if (!state.users.contains(request.id)) return one_user(request, nullptr, "id");
  const auto visible_ms = request.x.now_ms() - request.x.number("timeline_lag_ms");
  Listed listed;
  bool more = false;
  for (auto it = state.posts.rbegin(); it != state.posts.rend(); ++it) {
    const auto& post = it->second;
    if (post.deleted || post.author != request.id || post.at_ms > visible_ms) continue;
    if (!in_stretch(stretch, post)) continue;
    more = listed.posts.size() == static_cast<std::size_t>(stretch.most);
    if (more) break;
    listed.posts.push_back(&post);
  }
  auto body = listing(request, listed, names);
  json::object meta{{"result_count", listed.posts.size()}};
  if (!listed.posts.empty()) {
    meta["newest_id"] = listed.posts.front()->id;
    meta["oldest_id"] = listed.posts.back()->id;
  }
  if (more) meta["next_token"] = listed.posts.back()->id;
  body["meta"] = std::move(meta);
  return answer_with(json::serialize(body));
}

Checked<Answer> look_up_me(Request& request) { return one_user(request, request.user, "id"); }

Checked<Answer> look_up_user(Request& request) {
  if (!is_id(request.id)) return bad_value("id", request.id);
  const auto found = request.state().users.find(request.id);
  return one_user(request, found == request.state().users.end() ? nullptr : &found->second, "id");
}

Checked<Answer> look_up_username(Request& request) {
  return one_user(request, request.state().user_named(request.id), "username");
}

}  // namespace herald::sandbox::twitter
