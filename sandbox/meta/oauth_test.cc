// Meta's dialog, codes and tokens, by the vectors of the fact sheet.
#include <gmock/gmock.h>

#include "sandbox/meta/graph.h"
#include "sandbox/meta/rig.h"

namespace herald::sandbox {

using ::testing::HasSubstr;

class MetaOauth : public MetaRig {};

TEST_F(MetaOauth, M01_UnknownClientIsAPageAndNoRedirect) {
  auto url = dialog_url("pages_show_list");
  url.replace(url.find("1234567890"), 10, "1234567891");
  const auto heard = hear({.url = url});
  EXPECT_EQ(heard.status, 400);
  EXPECT_THAT(header(heard, "Content-Type"), HasSubstr("text/html"));
  EXPECT_EQ(header(heard, "Location"), "");
}

TEST_F(MetaOauth, M02_UnregisteredRedirectUriIsAPageAndNoRedirect) {
  auto url = dialog_url("pages_show_list");
  url.replace(url.find("callback"), 8, "callback/");
  const auto heard = hear({.url = url});
  EXPECT_EQ(heard.status, 400);
  EXPECT_EQ(header(heard, "Location"), "");
}

TEST_F(MetaOauth, M03_UnknownScopeIsNamedOnThePage) {
  const auto heard = hear({.url = dialog_url("pages_show_list,pages_read_user_engagement")});
  EXPECT_EQ(heard.status, 400);
  EXPECT_THAT(heard.answer.response.body, HasSubstr("pages_read_user_engagement"));
  EXPECT_EQ(header(heard, "Location"), "");
}

TEST_F(MetaOauth, M04_DecliningLeadsBackWithTheReason) {
  const auto heard =
      hear(Rig::form(dialog_url("pages_show_list"), {{.name = "decision", .value = "cancel"}}));
  EXPECT_EQ(heard.status, 302);
  EXPECT_EQ(header(heard, "Location"),
            kRedirect +
                "?error=access_denied&error_code=200&error_description=Permissions+error"
                "&error_reason=user_denied&state=s%201#_=_");
}

TEST_F(MetaOauth, TheDialogNamesAppPersonPermissionsAndPages) {
  const auto heard = hear({.url = dialog_url("instagram_basic")});
  EXPECT_EQ(heard.status, 200);
  for (const char* word : {"Herald Demo", "Mia Baker", "instagram_basic", "Blue Bakery",
                           "Corner Books", "@bluebakery", "method=\"post\""})
    EXPECT_THAT(heard.answer.response.body, HasSubstr(word));
  EXPECT_THAT(header(heard, "Content-Security-Policy"),
              HasSubstr("form-action 'self' https://herald.example;"));
}

TEST_F(MetaOauth, AllowingLeadsBackWithCodeStateAndFragment) {
  const auto heard =
      hear(Rig::form(dialog_url("pages_show_list"), {{.name = "decision", .value = "allow"}}));
  EXPECT_EQ(heard.status, 302);
  EXPECT_THAT(header(heard, "Location"),
              ::testing::MatchesRegex("https://herald.example/callback\\?code=[A-Za-z0-9]+"
                                      "&state=s%201#_=_"));
}

TEST_F(MetaOauth, M05_ACodeIsGoodOnce) {
  const auto code = allow("pages_show_list");
  EXPECT_EQ(exchange(code).status, 200);
  expect_vector(exchange(code), 400,
                R"({"error":{"message":"This authorization code has been used.",)"
                R"("type":"OAuthException","code":100,"error_subcode":36009}})");
}

TEST_F(MetaOauth, M06_ACodeDiesAfterTenMinutes) {
  const auto code = allow("pages_show_list");
  wait(600);
  expect_vector(exchange(code), 400,
                R"({"error":{"message":"This authorization code has expired.",)"
                R"("type":"OAuthException","code":100,"error_subcode":36007}})");
}

TEST_F(MetaOauth, M07_TheRedirectUriMustBeTheSame) {
  const auto code = allow("pages_show_list");
  expect_vector(exchange(code, {{.name = "redirect_uri", .value = kRedirect + "/"}}), 400,
                R"({"error":{"message":"Error validating verification code. Please make sure your )"
                R"(redirect_uri is identical to the one you used in the OAuth dialog request",)"
                R"("type":"OAuthException","code":100,"error_subcode":36008}})");
  EXPECT_EQ(exchange(code).status, 200) << "a mismatch must not use the code up";
}

TEST_F(MetaOauth, M08_AWrongSecretIsRefused) {
  expect_vector(exchange(allow("email"), {{.name = "client_secret", .value = "wrong"}}), 400,
                R"({"error":{"message":"Error validating client secret.",)"
                R"("type":"OAuthException","code":1}})");
}

TEST_F(MetaOauth, M09_AnUnknownAppIsRefused) {
  expect_vector(exchange(allow("email"), {{.name = "client_id", .value = "99"}}), 400,
                R"({"error":{"message":"Error validating application. Invalid application ID.",)"
                R"("type":"OAuthException","code":101}})");
}

TEST_F(MetaOauth, AnExchangeTakesItsParametersFromAnywhere) {
  const std::string query = "?client_id=1234567890&client_secret=" + kSecret +
                            "&redirect_uri=" + percent_encoded(kRedirect) + "&code=";
  const auto url = kGraph + "/oauth/access_token";
  EXPECT_EQ(hear({.url = url + query + allow("email")}).status, 200);
  EXPECT_EQ(hear({.method = "POST", .url = url + query + allow("email")}).status, 200);
  const auto json = boost::json::serialize(boost::json::object{{"client_id", "1234567890"},
                                                               {"client_secret", kSecret},
                                                               {"redirect_uri", kRedirect},
                                                               {"code", allow("email")}});
  EXPECT_EQ(
      hear({.method = "POST", .url = url, .content_type = "application/json", .body = json}).status,
      200);
  std::string parts;
  for (const auto& [name, value] :
       std::vector<std::pair<std::string, std::string>>{{"client_id", "1234567890"},
                                                        {"client_secret", kSecret},
                                                        {"redirect_uri", kRedirect},
                                                        {"code", allow("email")}})
    parts +=
        "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  EXPECT_EQ(hear({.method = "POST",
                  .url = url,
                  .content_type = "multipart/form-data; boundary=b",
                  .body = parts + "--b--\r\n"})
                .status,
            200);
}

TEST_F(MetaOauth, M10_AnExpiredTokenIsRefusedEverywhereAndCannotBeExchanged) {
  const auto token = user_token();
  rig.clock.set(from_ms(1'796'133'600'000));  // 2026-12-01T14:00:00Z, long after its 86 minutes.
  const auto heard = get("/me", token);
  EXPECT_EQ(heard.status, 400);
  EXPECT_EQ(heard.code(), 190);
  EXPECT_EQ(heard.subcode(), 463);
  EXPECT_THAT(heard.answer.response.body,
              HasSubstr("Error validating access token: Session has expired on Sunday, "
                        "22-Nov-26 05:26:23 PST. The current time is Tuesday, 01-Dec-26 "
                        "06:00:00 PST."));
  const auto exchanged =
      hear({.url = kGraph + "/oauth/access_token?grant_type=fb_exchange_token&client_id=" +
                   "1234567890&client_secret=" + kSecret + "&fb_exchange_token=" + token});
  EXPECT_EQ(exchanged.subcode(), 463);
}

TEST_F(MetaOauth, M11_AnUnreadableTokenIsRefused) {
  expect_vector(get("/me", "nonsense"), 400,
                R"({"error":{"message":"Invalid OAuth access token - Cannot parse access token",)"
                R"("type":"OAuthException","code":190}})");
}

TEST_F(MetaOauth, M12_APasswordChangeEndsEveryToken) {
  const auto user = long_token();
  const auto page = get("/112233445566", user, "fields=access_token").text("access_token");
  control("change-password");
  for (const auto& token : {user, page})
    expect_vector(get("/me", token), 400,
                  R"({"error":{"message":"Error validating access token: The session has been )"
                  R"(invalidated because the user changed their password or Facebook has changed )"
                  R"(the session for security reasons.","type":"OAuthException","code":190,)"
                  R"("error_subcode":460}})");
}

TEST_F(MetaOauth, M13_DeletingThePermissionsEndsEveryToken) {
  const auto token = long_token();
  const auto page = get("/112233445566", token, "fields=access_token").text("access_token");
  const auto deleted = hear(
      {.method = "DELETE", .url = kGraph + "/10150000000000001/permissions?access_token=" + token});
  expect_vector(deleted, 200, R"({"success":true})");
  for (const auto& dead : {token, page})
    expect_vector(get("/me", dead), 400,
                  R"({"error":{"message":"Error validating access token: The user has not )"
                  R"(authorized application 1234567890.","type":"OAuthException","code":190,)"
                  R"("error_subcode":458}})");
}

TEST_F(MetaOauth, M14_NoTokenIsRefusedInTwoWays) {
  expect_vector(hear({.url = kGraph + "/17841400000000001"}), 400,
                R"({"error":{"message":"An access token is required to request this resource.",)"
                R"("type":"OAuthException","code":104}})");
  constexpr std::string_view kForMe =
      R"({"error":{"message":"An active access token must be used to query information about the )"
      R"(current user.","type":"OAuthException","code":2500}})";
  expect_vector(hear({.url = kGraph + "/me"}), 400, kForMe);
  expect_vector(get("/me/accounts", "1234567890|" + kSecret), 400, kForMe);
}

TEST_F(MetaOauth, M15_DebugTokenTellsOfADeadToken) {
  const auto token = user_token();
  control("change-password");
  expect_vector(
      get("/debug_token", "1234567890|" + kSecret, "input_token=" + token), 200,
      R"({"data":{"app_id":"1234567890","type":"USER","is_valid":false,"scopes":[],"error":)"
      R"({"code":190,"subcode":460,"message":"Error validating access token: The session has )"
      R"(been invalidated because the user changed their password or Facebook has changed the )"
      R"(session for security reasons."}}})");
}

TEST_F(MetaOauth, DebugTokenTellsOfALiveOne) {
  const auto token = long_token("pages_show_list,instagram_basic");
  const auto heard = hear({.url = kGraph + "/debug_token?input_token=" + token,
                           .headers = {{"Authorization", "Bearer 1234567890|" + kSecret}}});
  const auto& data = heard.body.at("data").as_object();
  EXPECT_EQ(data.at("type"), "USER");
  EXPECT_EQ(data.at("is_valid"), true);
  EXPECT_EQ(data.at("user_id"), "10150000000000001");
  EXPECT_EQ(data.at("expires_at").as_int64() - data.at("issued_at").as_int64(), 5183944);
  EXPECT_EQ(data.at("scopes").as_array().size(), 3U);
}

TEST_F(MetaOauth, M16_AnotherAppsTokenIsNotShown) {
  expect_vector(
      get("/debug_token", "2222222222|sandbox-other-app-secret", "input_token=" + user_token()),
      400,
      R"({"error":{"message":"(#100) The App_id in the input_token did not match the )"
      R"(Viewing App","type":"OAuthException","code":100}})");
}

TEST_F(MetaOauth, M17_AWrongProofIsRefusedAndCanBeRequired) {
  const auto token = user_token();
  constexpr std::string_view kWrong =
      R"({"error":{"message":"Invalid appsecret_proof provided in the API argument",)"
      R"("type":"GraphMethodException","code":100}})";
  expect_vector(get("/me", token, "appsecret_proof=00ff"), 400, kWrong);
  EXPECT_EQ(get("/me", token).status, 200);
  const auto proof = meta::hex(meta::hmac_sha256(kSecret, token));
  rig.switches.set("meta.require_proof", "on");
  EXPECT_EQ(get("/me", token).code(), 100);
  EXPECT_EQ(get("/me", token, "appsecret_proof=" + proof).status, 200);
  const auto page = get("/112233445566", token, "fields=access_token&appsecret_proof=" + proof)
                        .text("access_token");
  expect_vector(get("/me", page, "appsecret_proof=" + proof), 400, kWrong);
}

TEST_F(MetaOauth, M21_TheAppLimitComesWithItsHeader) {
  Call call;
  call.path = "/v26.0/me";
  auto response = side->rate_limited(call);
  Heard heard{.status = response.status, .body = boost::json::parse(response.body)};
  expect_vector(heard, 403,
                R"({"error":{"message":"(#4) Application request limit reached",)"
                R"("type":"OAuthException","is_transient":true,"code":4}})");
  EXPECT_EQ(*response.headers.find("X-App-Usage"),
            R"({"call_count":100,"total_cputime":12,"total_time":15})");
}

TEST_F(MetaOauth, M22_RemovedFeaturesAreRefused) {
  expect_vector(get("/me", user_token(), "date_format=U"), 400,
                R"({"error":{"message":"(#100) date_format is no longer supported",)"
                R"("type":"OAuthException","code":100}})");
  EXPECT_EQ(get("/", user_token(), "ids=1,2").code(), 100);
}

TEST_F(MetaOauth, M23_ADeclinedScopeShowsAndItsFeatureFails) {
  const auto code = allow("pages_show_list,instagram_basic,instagram_content_publish",
                          {{.name = "picked", .value = "1"},
                           {.name = "permission", .value = "pages_show_list"},
                           {.name = "permission", .value = "instagram_basic"},
                           {.name = "page", .value = "112233445566"}});
  const auto token = exchange(code).text("access_token");
  const auto permissions = get("/me/permissions", token).answer.response.body;
  EXPECT_THAT(permissions,
              HasSubstr(R"({"permission":"instagram_content_publish","status":"declined"})"));
  EXPECT_THAT(permissions, HasSubstr(R"({"permission":"instagram_basic","status":"granted"})"));
  expect_vector(create(token, {{.name = "image_url", .value = kPhoto}}), 403,
                R"({"error":{"message":"(#10) Application does not have permission for this )"
                R"(action","type":"OAuthException","code":10}})");
  rig.switches.set("meta.permission_status", "400");
  EXPECT_EQ(create(token, {{.name = "image_url", .value = kPhoto}}).status, 400);
}

TEST_F(MetaOauth, ADeclinedPermissionIsAskedAgainOnlyWithRerequest) {
  allow("instagram_basic", {{.name = "picked", .value = "1"}});
  EXPECT_THAT(hear({.url = dialog_url("instagram_basic")}).answer.response.body,
              ::testing::Not(HasSubstr("value=\"instagram_basic\"")));
  EXPECT_THAT(
      hear({.url = dialog_url("instagram_basic", "&auth_type=rerequest")}).answer.response.body,
      HasSubstr("value=\"instagram_basic\""));
}

TEST_F(MetaOauth, OnlyTickedPagesAreListedAndTheirTokensNeverExpire) {
  const auto code =
      allow(std::string(kAllScopes), {{.name = "picked", .value = "1"},
                                      {.name = "permission", .value = "pages_show_list"},
                                      {.name = "permission", .value = "instagram_basic"},
                                      {.name = "page", .value = "112233445577"}});
  const auto token = exchange(code).text("access_token");
  const auto heard = get("/me/accounts", token,
                         "fields=id,name,access_token,tasks,picture%7Burl%7D,"
                         "instagram_business_account%7Bid,username%7D&limit=100");
  const auto& pages = heard.body.at("data").as_array();
  ASSERT_EQ(pages.size(), 1U);
  EXPECT_EQ(pages[0].at("name"), "Corner Books");
  EXPECT_EQ(pages[0].at("instagram_business_account").at("username"), "cornerbooks");
  EXPECT_FALSE(heard.body.at("paging").as_object().contains("next"));

  const auto long_lived = long_token();
  const auto page_token =
      get("/112233445577", long_lived, "fields=access_token").text("access_token");
  EXPECT_EQ(get("/112233445577", long_lived, "fields=access_token").text("access_token"),
            page_token);
  wait(70 * 24 * 3600);
  EXPECT_EQ(get("/me", long_lived).subcode(), 463);
  EXPECT_EQ(get("/me", page_token).text("name"), "Corner Books");
}

TEST_F(MetaOauth, PagingFollowsTheCursor) {
  const auto token = user_token();
  const auto first = get("/me/accounts", token, "limit=2&fields=name");
  EXPECT_EQ(first.body.at("data").as_array().size(), 2U);
  const std::string next(first.body.at("paging").at("next").as_string());
  const auto second = hear({.url = next});
  EXPECT_EQ(second.body.at("data").as_array().size(), 1U);
  EXPECT_FALSE(second.body.at("paging").as_object().contains("next"));
}

TEST_F(MetaOauth, ATokenTravelsInFourWays) {
  const auto token = user_token();
  EXPECT_EQ(get("/me", token).status, 200);
  EXPECT_EQ(hear({.url = kGraph + "/me", .headers = {{"Authorization", "Bearer " + token}}}).status,
            200);
  EXPECT_EQ(hear({.url = kGraph + "/me", .headers = {{"Authorization", "OAuth " + token}}}).status,
            200);
  EXPECT_EQ(
      hear(Rig::form(kGraph + "/me?method=get", {{.name = "access_token", .value = token}})).status,
      200);
}

TEST_F(MetaOauth, AnEndedVersionIsServedByTheOldestAlive) {
  const auto token = user_token();
  const auto version_of = [&](const std::string& asked) {
    return header(
        hear({.url = "https://graph.facebook.com/" + asked + "/me?access_token=" + token}),
        "facebook-api-version");
  };
  EXPECT_EQ(version_of("v26.0"), "v26.0");
  EXPECT_EQ(version_of("v22.0"), "v22.0");
  EXPECT_EQ(version_of("v20.0"), "v21.0");
  EXPECT_EQ(hear({.url = "https://graph.facebook.com/v99.0/me?access_token=" + token}).code(),
            2635);
}

TEST_F(MetaOauth, UnknownParametersAndFieldsAreRefusedInStrictMode) {
  const auto token = user_token();
  EXPECT_EQ(get("/me", token, "feilds=id").code(), 100);
  EXPECT_EQ(get("/17841400000000001", token, "fields=account_type").code(), 100);
  rig.switches.set("meta.strict_parameters", "off");
  EXPECT_EQ(get("/me", token, "feilds=id").status, 200);
}

}  // namespace herald::sandbox
