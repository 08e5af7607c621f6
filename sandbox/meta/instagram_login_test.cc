// Instagram Login: consent, tokens, and publishing without a Page, by the vectors.
#include <gmock/gmock.h>

#include "sandbox/meta/rig.h"

namespace herald::sandbox {

using ::testing::HasSubstr;

class InstagramLogin : public MetaRig {
 protected:
  std::string login_url(const std::string& more = {}) const {
    return "https://www.instagram.com/oauth/authorize?client_id=9876543210&redirect_uri=" +
           percent_encoded(kRedirect) +
           "&response_type=code&state=s%201&scope=instagram_business_basic,"
           "instagram_business_content_publish,instagram_business_manage_comments,"
           "instagram_business_manage_insights" +
           more;
  }
  std::string location(std::vector<Field> fields) {
    return header(hear(Rig::form(login_url(), fields)), "Location");
  }
  // With the fragment that browsers keep to themselves.
  std::string code_and_fragment(std::vector<Field> fields = {}) {
    fields.push_back({.name = "decision", .value = "allow"});
    const auto all = location(std::move(fields));
    const auto from = all.find("code=") + 5;
    return all.substr(from, all.find('&', from) - from) +
           all.substr(std::min(all.find('#'), all.size()));
  }
  std::string code(std::vector<Field> fields = {}) {
    const auto all = code_and_fragment(std::move(fields));
    return all.substr(0, all.find('#'));
  }
  Heard trade(const std::string& code, const std::string& secret = "sandbox-instagram-login-secret",
              const std::string& redirect_uri = "https://herald.example/callback") {
    return hear(Rig::form("https://api.instagram.com/oauth/access_token",
                          {{.name = "client_id", .value = "9876543210"},
                           {.name = "client_secret", .value = secret},
                           {.name = "grant_type", .value = "authorization_code"},
                           {.name = "redirect_uri", .value = redirect_uri},
                           {.name = "code", .value = code}}));
  }
  Heard lengthen(const std::string& token) {
    return hear({.url = kInstagram + "/access_token?grant_type=ig_exchange_token&client_secret=" +
                        "sandbox-instagram-login-secret&access_token=" + token});
  }
  Heard refresh(const std::string& token, const std::string& method = "GET") {
    return hear({.method = method,
                 .url = kInstagram +
                        "/refresh_access_token?grant_type=ig_refresh_token&access_token=" + token});
  }
  std::string long_lived(std::vector<Field> fields = {}) {
    return lengthen(trade(code(std::move(fields))).text("access_token")).text("access_token");
  }
  Heard read(const std::string& path, const std::string& token, const std::string& query = {}) {
    return hear({.url = kInstagram + "/v26.0" + path + "?" + query + "&access_token=" + token});
  }
  Heard write(const std::string& path, const std::string& token, std::vector<Field> fields) {
    fields.push_back({.name = "access_token", .value = token});
    return hear(Rig::form(kInstagram + "/v26.0" + path, fields));
  }

  static constexpr const char* kCodeUnknown =
      R"({"error_type":"OAuthException","code":400,)"
      R"("error_message":"Matching code was not found or was already used"})";
  static constexpr const char* kMismatch =
      R"({"error_type":"OAuthException","code":400,"error_message":"Error validating )"
      R"(verification code. Please make sure your redirect_uri is identical to the one you used )"
      R"(in the OAuth dialog request"})";
  const std::string kInstagram = "https://graph.instagram.com";
  const std::string kOwn = "17841400000000003";
};

TEST_F(InstagramLogin, ThePageNamesAppAccountsAndPermissions) {
  const auto heard = hear({.url = login_url()});
  EXPECT_EQ(heard.status, 200);
  for (const char* word : {"Herald Demo", "@miabakes", "No Facebook Page", "@bluebakery",
                           "instagram_business_content_publish", "method=\"post\""})
    EXPECT_THAT(heard.answer.response.body, HasSubstr(word));
}

TEST_F(InstagramLogin, WhatIsWrongIsAPageAndNoRedirect) {
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"9876543210", "1234567890"},
           {"%2Fcallback", "%2Fcallback%2F"},
           {"_insights", "_insightz"},
           {"response_type=code", "response_type=x"}}) {
    auto url = login_url();
    url.replace(url.find(from), from.size(), to);
    const auto heard = hear({.url = url});
    EXPECT_EQ(heard.status, 400) << to;
    EXPECT_EQ(header(heard, "Location"), "") << to;
  }
}

TEST_F(InstagramLogin, IL01_ACodeIsGoodOnceForAnHour) {
  const auto once = code();
  EXPECT_EQ(trade(once).status, 200);
  expect_vector(trade(once), 400, kCodeUnknown);
  expect_vector(trade("nonsense"), 400, kCodeUnknown);
  const auto old = code();
  wait(3600);
  expect_vector(trade(old), 400, kCodeUnknown);
}

TEST_F(InstagramLogin, IL02_AWrongRedirectOrSecretIsAMismatch) {
  const auto fresh = code();
  expect_vector(trade(fresh, "wrong"), 400, kMismatch);
  expect_vector(trade(fresh, "sandbox-instagram-login-secret", kRedirect + "/"), 400, kMismatch);
  EXPECT_EQ(trade(fresh).status, 200);
}

TEST_F(InstagramLogin, IL03_CancellingLeadsBackWithTheReason) {
  EXPECT_EQ(location({{.name = "decision", .value = "cancel"}}),
            kRedirect +
                "?error=access_denied&error_reason=user_denied"
                "&error_description=The+user+denied+your+request&state=s%201");
}

TEST_F(InstagramLogin, IL04_TheFragmentIsNoPartOfTheCode) {
  const auto whole = code_and_fragment();
  EXPECT_THAT(whole, ::testing::EndsWith("#_"));
  expect_vector(trade(whole), 400, kCodeUnknown);
  EXPECT_THAT(location({{.name = "decision", .value = "allow"}}),
              ::testing::EndsWith("&state=s%201#_"));
}

TEST_F(InstagramLogin, IL05_ATokenIsRefreshedAfterADay) {
  const auto token = long_lived();
  wait(86'399);
  expect_vector(refresh(token), 400,
                R"({"error":{"message":"The access token must be at least 24 hours old to be )"
                R"(refreshed","type":"IGApiException","code":100}})");
  wait(1);
  const auto fresh = refresh(token);
  EXPECT_EQ(fresh.text("access_token"), token);
  EXPECT_EQ(fresh.text("token_type"), "bearer");
  EXPECT_EQ(fresh.text("expires_in"), "5183944");
  EXPECT_THAT(fresh.text("permissions"), HasSubstr("instagram_business_basic,"));
  wait(5'183'943);
  EXPECT_EQ(read("/me", token).status, 200);
}

TEST_F(InstagramLogin, ARefreshMayChangeTheToken) {
  rig.switches.set("meta.refresh_keeps_token", "off");
  const auto token = long_lived();
  wait(86'400);
  const auto fresh = refresh(token).text("access_token");
  EXPECT_NE(fresh, token);
  EXPECT_EQ(read("/me", fresh).status, 200);
}

TEST_F(InstagramLogin, IL06_AfterSixtyDaysATokenIsDead) {
  const auto token = long_lived();
  wait(5'183'944);
  for (const auto& heard : {refresh(token), read("/me", token)}) {
    EXPECT_EQ(heard.status, 400);
    EXPECT_EQ(heard.code(), 190);
    EXPECT_EQ(heard.subcode(), 463);
    EXPECT_THAT(heard.answer.response.body, HasSubstr("Session has expired on"));
  }
}

TEST_F(InstagramLogin, IL07_ARefreshIsNoPost) {
  expect_vector(refresh(long_lived(), "POST"), 400,
                R"({"error":{"message":"Unsupported request - method type: post",)"
                R"("type":"IGApiException","code":100}})");
}

TEST_F(InstagramLogin, AShortTokenLivesAnHourAndIsNotRefreshed) {
  const auto token = trade(code()).text("access_token");
  EXPECT_THAT(refresh(token).answer.response.body, HasSubstr("method type: get"));
  EXPECT_EQ(lengthen(token).text("expires_in"), "5183944");
  wait(3600);
  EXPECT_EQ(lengthen(token).subcode(), 463);
}

TEST_F(InstagramLogin, IL08_SecretsDoNotCrossTheProducts) {
  const auto wrong =
      exchange(allow("pages_show_list"),
               {{.name = "client_secret", .value = "sandbox-instagram-login-secret"}});
  expect_vector(wrong, 400,
                R"({"error":{"message":"Error validating client secret.","type":"OAuthException",)"
                R"("code":1}})");
  expect_vector(trade(code(), kSecret), 400, kMismatch);
}

TEST_F(InstagramLogin, TokensDoNotCrossTheProductsEither) {
  EXPECT_EQ(get("/me", long_lived()).code(), 190);
  EXPECT_EQ(read("/me", user_token()).code(), 190);
}

TEST_F(InstagramLogin, IL09_TheTokenAnswerHasTwoShapes) {
  const auto flat = trade(code()).body;
  EXPECT_EQ(flat.at("user_id").as_int64(), 17841400000000003);
  EXPECT_EQ(flat.at("permissions").as_array().size(), 4U);
  rig.switches.set("meta.login_token_shape", "wrapped");
  const auto wrapped = trade(code()).body.at("data").at(0);
  EXPECT_EQ(wrapped.at("user_id").as_string(), kOwn);
  EXPECT_THAT(std::string(wrapped.at("permissions").as_string()),
              HasSubstr("instagram_business_basic,"));
}

TEST_F(InstagramLogin, TheExchangeTakesMultipartToo) {
  std::string body;
  for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
           {"client_id", "9876543210"},
           {"client_secret", "sandbox-instagram-login-secret"},
           {"grant_type", "authorization_code"},
           {"redirect_uri", kRedirect},
           {"code", code()}})
    body += "--x\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  const auto heard = hear({.method = "POST",
                           .url = "https://api.instagram.com/oauth/access_token",
                           .content_type = "multipart/form-data; boundary=x",
                           .body = body + "--x--\r\n"});
  EXPECT_EQ(heard.status, 200) << heard.answer.response.body;
}

TEST_F(InstagramLogin, MeIsTheAccountUnderBothItsIds) {
  const auto token = long_lived();
  const std::string fields = "fields=user_id,username,name,account_type,media_count";
  const auto me = read("/me", token, fields);
  EXPECT_EQ(me.text("user_id"), kOwn);
  EXPECT_EQ(me.text("id"), "26500000000000003");
  EXPECT_EQ(me.text("username"), "miabakes");
  EXPECT_EQ(me.text("account_type"), "MEDIA_CREATOR");
  rig.switches.set("meta.login_me_shape", "wrapped");
  EXPECT_EQ(read("/me", token, fields).body.at("data").at(0).at("user_id").as_string(), kOwn);
  const auto other = long_lived({{.name = "account", .value = "bluebakery"}});
  rig.switches.set("meta.login_me_shape", "flat");
  EXPECT_EQ(read("/me", other, fields).text("account_type"), "BUSINESS");
  EXPECT_EQ(read("/" + kOwn, other).subcode(), 33);
}

TEST_F(InstagramLogin, AnAccountWithoutAPagePublishes) {
  const auto token = long_lived();
  for (const auto& path : {"/" + kOwn, std::string("/me")}) {
    const auto made =
        write(path + "/media", token,
              {{.name = "image_url", .value = kPhoto}, {.name = "caption", .value = "Scones"}});
    ASSERT_EQ(made.status, 200) << made.answer.response.body;
    wait(3);
    EXPECT_EQ(read("/" + made.text("id"), token, "fields=status_code").text("status_code"),
              "FINISHED");
    const auto published =
        write(path + "/media_publish", token, {{.name = "creation_id", .value = made.text("id")}});
    ASSERT_EQ(published.status, 200);
    EXPECT_EQ(write("/" + published.text("id") + "/comments", token,
                    {{.name = "message", .value = "First"}})
                  .status,
              200);
    EXPECT_EQ(read("/" + published.text("id") + "/insights", token, "metric=reach").status, 200);
  }
  EXPECT_EQ(posts_seen(), 2U);
  EXPECT_EQ(rig.ledger.entries().at(0).account_name, "@miabakes");
  EXPECT_EQ(read("/me/media", token).body.at("data").as_array().size(), 2U);
}

TEST_F(InstagramLogin, WhatOnlyFacebookLoginHasIsRefused) {
  const auto token = long_lived();
  const auto refused = write(
      "/me/media", token,
      {{.name = "media_type", .value = "REELS"}, {.name = "upload_type", .value = "resumable"}});
  EXPECT_EQ(refused.status, 400);
  EXPECT_THAT(refused.answer.response.body, HasSubstr("IGApiException"));
  const auto made = write("/me/media", token, {{.name = "image_url", .value = kPhoto}});
  wait(3);
  const auto media =
      write("/me/media_publish", token, {{.name = "creation_id", .value = made.text("id")}});
  const auto address = kInstagram + "/v26.0/" + media.text("id") + "?access_token=" + token;
  EXPECT_EQ(hear({.method = "DELETE", .url = address}).status, 400);
  EXPECT_EQ(read("/" + media.text("id") + "/insights", token, "metric=total_views").code(), 100);
}

TEST_F(InstagramLogin, APermissionThatWasUntickedIsMissing) {
  const auto token = long_lived({{.name = "picked", .value = "1"}});
  EXPECT_EQ(read("/me", token).status, 200);
  EXPECT_EQ(write("/me/media", token, {{.name = "image_url", .value = kPhoto}}).code(), 10);
}

TEST_F(InstagramLogin, RemovingTheAppKillsItsTokens) {
  const auto token = long_lived();
  const auto told = control("remove-app", {{.name = "app", .value = "9876543210"}});
  EXPECT_EQ(told.answer.notices.size(), 2U);
  EXPECT_EQ(read("/me", token).subcode(), 458);
}

TEST_F(InstagramLogin, RevokingIsSwitchedOn) {
  const auto token = long_lived();
  const auto address = kInstagram + "/v26.0/me/permissions?access_token=" + token;
  EXPECT_EQ(hear({.method = "DELETE", .url = address}).status, 400);
  rig.switches.set("meta.login_revoke", "on");
  EXPECT_EQ(hear({.method = "DELETE", .url = address}).text("success"), "true");
  EXPECT_EQ(read("/me", token).code(), 190);
}

}  // namespace herald::sandbox
