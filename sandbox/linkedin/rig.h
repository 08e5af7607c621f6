// LinkedIn's side in a test's hands: a person who allows, an app with tokens, posts and media.
// For tests.
#pragma once

#include "sandbox/linkedin/side.h"
#include "sandbox/sample_files.h"
#include "sandbox/side_rig.h"

namespace herald::sandbox::linkedin {

inline constexpr const char* kCallback = "https://herald.example/callback";
inline constexpr const char* kClient = "sandbox-linkedin-client";
inline constexpr const char* kSecret = "sandbox-linkedin-secret";
inline constexpr const char* kMember = "urn:li:person:mB4kErQ7Lx";
inline constexpr const char* kBakery = "urn:li:organization:5550001";
inline constexpr const char* kBooks = "urn:li:organization:5550002";
inline constexpr const char* kChoir = "urn:li:organization:5550003";
inline constexpr const char* kMemberScopes = "openid profile w_member_social";
inline constexpr const char* kAllScopes =
    "openid profile email w_member_social w_organization_social r_organization_social "
    "rw_organization_admin r_member_postAnalytics r_member_profileAnalytics";

// Null: nothing there.
inline boost::json::value value_at(const boost::json::value& value, const char* pointer) {
  const auto* found = at(value, pointer);
  return found == nullptr ? boost::json::value() : *found;
}

// A refusal with this status and code.
inline void expect_refused(const Answer& answer, int status, const std::string& code) {
  EXPECT_EQ(answer.response.status, status) << answer.response.body;
  EXPECT_EQ(text_at(json_of(answer), "/code"), code) << answer.response.body;
  EXPECT_FALSE(answer.publishes);
}

class LinkedInTest : public SideTest {
 protected:
  LinkedInTest() : SideTest(make_linkedin_side, "linkedin", {kCallback}) {}

  using Headers = std::vector<http::Header>;
  static Headers usual() {
    return {{"LinkedIn-Version", "202608"}, {"X-Restli-Protocol-Version", "2.0.0"}};
  }

  Answer get(const std::string& path, const std::string& token, Headers headers = usual()) {
    return ask({.url = "https://api.linkedin.com" + path, .headers = std::move(headers)}, token);
  }
  Answer send(const std::string& path, std::string body, const std::string& token,
              Headers headers = usual()) {
    return ask({.method = "POST",
                .url = "https://api.linkedin.com" + path,
                .content_type = "application/json",
                .body = std::move(body),
                .headers = std::move(headers)},
               token);
  }
  Answer remove(const std::string& path, const std::string& token) {
    return ask({.method = "DELETE", .url = "https://api.linkedin.com" + path, .headers = usual()},
               token);
  }

  static std::string authorize_url(const std::string& scopes,
                                   const std::string& redirect_uri = kCallback,
                                   const std::string& client = kClient) {
    return "https://www.linkedin.com/oauth/v2/authorization?response_type=code&client_id=" +
           client + "&redirect_uri=" + percent_encoded(redirect_uri) +
           "&state=st%26te&scope=" + percent_encoded(scopes);
  }
  // Where the person's decision leads.
  std::string decide(const std::string& url, const std::string& decision = "allow") {
    const auto answer = ask(Rig::form(url, {{.name = "decision", .value = decision}}));
    EXPECT_EQ(answer.response.status, 302) << answer.response.body;
    return header_of(answer, "Location");
  }
  std::string code(const std::string& scopes = kMemberScopes) {
    return query_of(decide(authorize_url(scopes)), "code");
  }
  Answer token_call(std::vector<Field> fields, const std::string& secret = kSecret,
                    const std::string& verb = "accessToken") {
    fields.push_back({.name = "client_id", .value = kClient});
    fields.push_back({.name = "client_secret", .value = secret});
    return ask(Rig::form("https://www.linkedin.com/oauth/v2/" + verb, fields));
  }
  Answer exchange(const std::string& code, const std::string& redirect_uri = kCallback) {
    return token_call({{.name = "grant_type", .value = "authorization_code"},
                       {.name = "code", .value = code},
                       {.name = "redirect_uri", .value = redirect_uri}});
  }
  Answer refresh(const std::string& token) {
    return token_call({{.name = "grant_type", .value = "refresh_token"},
                       {.name = "refresh_token", .value = token}});
  }
  std::string connect(const std::string& scopes = kMemberScopes) {
    return text_at(json_of(exchange(code(scopes))), "/access_token");
  }

  // A post's body; `more` is members, each with a comma in front.
  static std::string body_of(const std::string& author, const std::string& commentary,
                             const std::string& more = {}) {
    return R"({"author":")" + author +
           R"(","visibility":"PUBLIC","lifecycleState":"PUBLISHED","distribution":)"
           R"({"feedDistribution":"MAIN_FEED","targetEntities":[],)"
           R"("thirdPartyDistributionChannels":[]},"commentary":)" +
           boost::json::serialize(boost::json::value(commentary)) + more + "}";
  }
  Answer post(const std::string& token, const std::string& body) {
    return send("/rest/posts", body, token);
  }
  // The urn of a post that must come about.
  std::string posted(const std::string& token, const std::string& body) {
    const auto answer = post(token, body);
    EXPECT_EQ(answer.response.status, 201) << answer.response.body;
    return header_of(answer, "x-restli-id");
  }
  static std::string path_of(const std::string& urn, const std::string& resource = "posts") {
    return "/rest/" + resource + "/" + percent_encoded(urn);
  }

  Answer initialize(const std::string& resource, const std::string& token, const std::string& owner,
                    const std::string& more = {}) {
    return send("/rest/" + resource + "?action=initializeUpload",
                R"({"initializeUploadRequest":{"owner":")" + owner + "\"" + more + "}}", token);
  }
  Answer put(const std::string& url, std::string bytes, const std::string& token = {}) {
    return ask({.method = "PUT",
                .url = url,
                .content_type = "application/octet-stream",
                .body = std::move(bytes)},
               token);
  }
  // The urn of an uploaded image or document.
  std::string upload(const std::string& resource, const std::string& token,
                     const std::string& owner, const std::string& bytes) {
    const auto value = json_of(initialize(resource, token, owner));
    const auto sent = put(text_at(value, "/value/uploadUrl"), bytes, token);
    EXPECT_EQ(sent.response.status, 201) << sent.response.body;
    return text_at(value, resource == "images" ? "/value/image" : "/value/document");
  }
  // The same, processed.
  std::string image(const std::string& token, const std::string& owner = kMember) {
    auto urn = upload("images", token, owner, jpeg_of(640, 480));
    pass(std::chrono::seconds(5));
    return urn;
  }
};

}  // namespace herald::sandbox::linkedin
