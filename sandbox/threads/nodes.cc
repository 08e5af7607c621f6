// The profile, containers and single posts.
#include <boost/json.hpp>

#include "sandbox/threads/fields.h"
#include "sandbox/threads/posts.h"

namespace herald::sandbox::threads {

namespace json = boost::json;

namespace {

Refused no_field(const Request& request, const std::string& name) {
  return Refused(invalid_parameter(request.x, "Tried accessing nonexisting field (" + name + ")"));
}

Checked<json::value> profile_field(const Request& request, const std::string& name) {
  const auto& me = request.me;
  if (name == "id") return json::value(me.id);
  if (name == "username") return json::value(me.username);
  if (name == "name") return json::value(me.name);
  if (name == "threads_biography") return json::value(me.biography);
  if (name == "threads_profile_picture_url")
    return json::value(request.call.link("www.threads.com", "/@" + me.username + "/picture"));
  if (name == "is_verified") return json::value(me.verified);
  if (name == "is_eligible_for_geo_gating") return json::value(me.geo_gating);
  if (name == "recently_searched_keywords") return json::value(json::array());
  return no_field(request, name);
}

Checked<Answer> show_container(const Request& request, const Container& container) {
  json::object shown;
  const auto status = status_of(container, request.x.now_ms());
  for (const auto& name : asked_fields(request)) {
    if (name == "status")
      shown["status"] = status;
    else if (name == "error_message" && status == "ERROR")
      shown["error_message"] = container.failure;
    else if (name != "error_message" && name != "id")
      return no_field(request, name);
  }
  shown["id"] = container.id;
  return answer_with(shown);
}

bool asks_for_status(const Request& request) {
  for (const auto& name : asked_fields(request))
    if (name == "status" || name == "error_message") return true;
  return false;
}

}  // namespace

Checked<Answer> show_me(Request& request) {
  HERALD_CHECK(only_known(request, "fields"));
  json::object shown;
  for (const auto& name : asked_fields(request)) {
    HERALD_TRY(shown[name], profile_field(request, name));
  }
  shown["id"] = request.me.id;
  return answer_with(shown);
}

Checked<Answer> show_node(Request& request) {
  HERALD_CHECK(only_known(request, "fields"));
  const auto* post = request.state().post(request.id);
  const auto found = request.state().containers.find(request.id);
  // A carousel's child may go by its container's id once it is published.
  const bool container =
      found != request.state().containers.end() && (post == nullptr || asks_for_status(request));
  if (container && found->second.profile == request.me.id)
    return show_container(request, found->second);
  if (post == nullptr || post->profile != request.me.id)
    return Refused(no_object(request.x, "get", request.id));
  HERALD_CHECK(only_known_fields(request));
  return answer_with(show_post(request, *post));
}

}  // namespace herald::sandbox::threads
