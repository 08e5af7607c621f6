#include "sandbox/linkedin/profile.h"

#include <boost/json.hpp>

#include "sandbox/linkedin/endpoint.h"
#include "sandbox/linkedin/tokens.h"

namespace herald::sandbox::linkedin {

namespace json = boost::json;

Checked<Answer> user_info(Context& x, const Call& call, const Grant& grant) {
  if (!has_scope(grant.scopes, "openid")) return Refused(access_denied("userinfo.GET.NO_VERSION"));
  const auto& person = x.state.people.at(grant.person);
  json::object body{{"sub", person.id}};
  if (has_scope(grant.scopes, "profile")) {
    body["name"] = person.name();
    body["given_name"] = person.given_name;
    body["family_name"] = person.family_name;
    body["picture"] = call.link("media.licdn.com", "/dms/image/" + person.id);
    body["locale"] = json::object{{"country", "US"}, {"language", "en"}};
  }
  if (has_scope(grant.scopes, "email")) {
    body["email"] = person.email;
    body["email_verified"] = true;
  }
  return answer_with(json::serialize(body));
}

Checked<Answer> member_profile(Context& x, const Grant& grant) {
  if (!has_scope(grant.scopes, "r_basicprofile"))
    return Refused(access_denied("me.GET.NO_VERSION"));
  const auto& person = x.state.people.at(grant.person);
  return answer_with(json::serialize(json::object{{"id", person.id},
                                                  {"vanityName", person.vanity},
                                                  {"localizedFirstName", person.given_name},
                                                  {"localizedLastName", person.family_name}}));
}

}  // namespace herald::sandbox::linkedin
