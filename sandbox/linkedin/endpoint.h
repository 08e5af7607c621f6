// The versioned API: a table row for each method of a resource, a handler for each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/linkedin/context.h"
#include "sandbox/linkedin/refusal.h"
#include "sandbox/linkedin/restli.h"

namespace herald::sandbox::linkedin {

// A call of a living token.
struct Request {
  Context& x;
  const Call& call;
  const Grant& grant;
  const Person& person;
  std::string what;  // "partnerApiPostsExternal.CREATE.20260801": for refusals.
  Query query;
  std::vector<std::string> keys;  // What stands in the path's places of {}, decoded.

  State& state() const { return x.state; }
  bool has(std::string_view scope) const;
  Refused denied() const;  // 403
};

using Handler = Checked<Answer> (*)(Request&);

struct Endpoint {
  std::string_view http_method;
  std::string_view path;    // "/rest/posts/{}"
  std::string_view method;  // Rest.li's: "CREATE", "FINDER", ...
  // A parameter that tells methods of one path apart: "action=initializeUpload", "q=author", "ids".
  std::string_view mark;
  std::string_view resource;  // As refusals name it.
  Handler handler = nullptr;
  bool must_name_method = false;  // X-RestLi-Method cannot be left out.
};

const std::vector<Endpoint>& endpoints();

Checked<Answer> create_post(Request& request);
Checked<Answer> get_post(Request& request);
Checked<Answer> get_posts(Request& request);
Checked<Answer> find_posts(Request& request);
Checked<Answer> update_post(Request& request);
Checked<Answer> delete_post(Request& request);
Checked<Answer> initialize_image(Request& request);
Checked<Answer> initialize_document(Request& request);
Checked<Answer> initialize_video(Request& request);
Checked<Answer> finalize_video(Request& request);
Checked<Answer> get_asset(Request& request);
Checked<Answer> get_video(Request& request);
Checked<Answer> create_comment(Request& request);
Checked<Answer> get_comments(Request& request);
Checked<Answer> delete_comment(Request& request);
Checked<Answer> get_social_actions(Request& request);
Checked<Answer> find_roles(Request& request);
Checked<Answer> get_organizations(Request& request);
Checked<Answer> get_organization(Request& request);
Checked<Answer> share_statistics(Request& request);
Checked<Answer> follower_statistics(Request& request);
Checked<Answer> page_statistics(Request& request);
Checked<Answer> network_size(Request& request);
Checked<Answer> member_post_analytics(Request& request);
Checked<Answer> member_followers(Request& request);
Checked<Answer> member_followers_by_day(Request& request);

Answer answer_with(std::string json, int status = 200);
Answer answer_empty(int status);

}  // namespace herald::sandbox::linkedin
