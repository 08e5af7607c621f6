// Accounts: the caller's own and others'.
#include <boost/json.hpp>

#include "sandbox/reddit/endpoint.h"
#include "sandbox/reddit/metrics.h"

namespace herald::sandbox::reddit {

namespace json = boost::json;

namespace {

json::object user_json(const Context& x, const User& user) {
  const auto karma = karma_of(x, user);
  return {{"id", user.id},
          {"name", user.name},
          {"icon_img", "https://styles.redditmedia.com/t5_" + user.id + "/" + user.name +
                           ".svg?width=256&s=" + user.id},
          {"total_karma", karma.link + karma.comment},
          {"link_karma", karma.link},
          {"comment_karma", karma.comment},
          {"created_utc", static_cast<double>(user.created_ms / 1000)},
          {"has_verified_email", user.verified_email},
          {"is_suspended", user.suspended},
          {"over_18", false},
          {"subreddit", json::object{{"display_name", "u_" + user.name}}}};
}

}  // namespace

Checked<Answer> look_up_me(Request& request) {
  return answer_with(json::serialize(user_json(request.x, request.user)));
}

Checked<Answer> look_up_user(Request& request) {
  const auto* user = request.state().user_named(request.name);
  if (user == nullptr) return Refused(plain_error(404));
  return answer_with(
      json::serialize(json::object{{"kind", "t2"}, {"data", user_json(request.x, *user)}}));
}

}  // namespace herald::sandbox::reddit
