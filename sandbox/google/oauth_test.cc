#include "sandbox/google/oauth.h"

#include "sandbox/google/crypto.h"
#include "sandbox/google/rig.h"

namespace herald::sandbox::google {

namespace json = boost::json;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

std::string oauth_error(std::string_view error, std::string_view description) {
  return json::serialize(json::object{{"error", error}, {"error_description", description}});
}

class GoogleOAuth : public GoogleTest {
 protected:
  void expect(const Answer& answer, int status, std::string_view error,
              std::string_view description) {
    EXPECT_EQ(answer.response.status, status);
    EXPECT_EQ(json_of(answer), json::parse(oauth_error(error, description)));
  }
  std::string code() { return query_of(consent({}), "code"); }

  static std::vector<Field> with(std::vector<Field> fields, const std::string& name,
                                 const std::string& value) {
    std::erase_if(fields, [&](const Field& field) { return field.name == name; });
    if (value != "-") fields.push_back({.name = name, .value = value});
    return fields;
  }
};

}  // namespace

TEST_F(GoogleOAuth, YO01_UnregisteredRedirectGetsAPageAndNoRedirect) {
  for (const auto* uri :
       {"http://127.0.0.1:3002/api/callback", "http://localhost:3002/api/callback/",
        "https://localhost:3002/api/callback", "http://localhost:3002/API/callback"}) {
    const auto answer = get(authorize_url({{.name = "redirect_uri", .value = uri}}));
    EXPECT_EQ(answer.response.status, 400) << uri;
    EXPECT_TRUE(header_of(answer, "Content-Type").starts_with("text/html"));
    EXPECT_NE(answer.response.body.find("Error 400: redirect_uri_mismatch"), std::string::npos);
    EXPECT_TRUE(header_of(answer, "Location").empty());
  }
}

TEST_F(GoogleOAuth, OtherFaultsOfTheAddressGetAPageToo) {
  const std::vector<std::pair<Field, std::string>> cases = {
      {{.name = "client_id", .value = "nobody"}, "Error 401: invalid_client"},
      {{.name = "scope", .value = "https://www.googleapis.com/auth/drive"}, "400: invalid_scope"},
      {{.name = "scope", .value = "-"}, "400: invalid_request"},
      {{.name = "response_type", .value = "token"}, "400: unsupported_response_type"},
      {{.name = "access_type", .value = "always"}, "400: invalid_request"},
      {{.name = "prompt", .value = "none consent"}, "400: invalid_request"},
      {{.name = "code_challenge", .value = "short"}, "400: invalid_request"},
      {{.name = "code_challenge_method", .value = "S512"}, "400: invalid_request"}};
  for (const auto& [field, text] : cases) {
    const auto answer = get(authorize_url({field}));
    EXPECT_NE(answer.response.body.find(text), std::string::npos) << field.name << field.value;
    EXPECT_TRUE(header_of(answer, "Location").empty());
  }
  const auto twice = get(authorize_url({}) + "&state=again");
  EXPECT_NE(twice.response.body.find("can only have a single value: state"), std::string::npos);
}

TEST_F(GoogleOAuth, YO02_DecliningLeadsBackWithAccessDenied) {
  EXPECT_EQ(consent({.decision = "cancel"}),
            std::string(kCallback) + "?state=st%26te&error=access_denied");
}

TEST_F(GoogleOAuth, TheWayBackCarriesStateIssuerCodeAndScope) {
  const auto back = consent({});
  EXPECT_TRUE(back.starts_with(std::string(kCallback) + "?state=st%26te&iss="));
  EXPECT_EQ(query_of(back, "iss"), "https://accounts.google.com");
  EXPECT_NE(back.find("&code=4%2F0A"), std::string::npos);
  EXPECT_NE(query_of(back, "scope").find(kScopePrefix + "userinfo.email"), std::string::npos);
  EXPECT_EQ(query_of(back, "prompt"), "consent");
}

TEST_F(GoogleOAuth, YO03_CodeServesOnceAndTenMinutes) {
  const auto used = code();
  EXPECT_EQ(exchange(exchange_fields(used)).response.status, 200);
  expect(exchange(exchange_fields(used)), 400, "invalid_grant", "Bad Request");
  const auto old = code();
  rig.clock.advance(minutes(10));
  expect(exchange(exchange_fields(old)), 400, "invalid_grant", "Bad Request");
}

TEST_F(GoogleOAuth, YO04_CodeStillEncodedIsMalformed) {
  expect(exchange(exchange_fields(percent_encoded(code()))), 400, "invalid_grant",
         "Malformed auth code.");
}

TEST_F(GoogleOAuth, YO05_ExchangeRepeatsTheRedirectUri) {
  const auto fields = exchange_fields(code());
  expect(exchange(with(fields, "redirect_uri", "http://localhost:3002/other")), 400,
         "redirect_uri_mismatch", "Bad Request");
  expect(exchange(with(fields, "redirect_uri", "-")), 400, "invalid_request",
         "Missing parameter: redirect_uri");
  EXPECT_EQ(exchange(fields).response.status, 200) << "a refusal does not use the code up";
}

TEST_F(GoogleOAuth, YO06_UnknownClientAndWrongSecret) {
  const auto fields = exchange_fields(code());
  expect(exchange(with(fields, "client_id", "nobody")), 401, "invalid_client",
         "The OAuth client was not found.");
  expect(exchange(with(fields, "client_secret", "wrong")), 401, "invalid_client", "Unauthorized");
}

TEST_F(GoogleOAuth, YO07_GrantTypeComesInAForm) {
  const auto fields = exchange_fields(code());
  json::object body;
  for (const auto& field : fields) body[field.name] = field.value;
  expect(post_json("https://oauth2.googleapis.com/token", json::serialize(body), ""), 400,
         "unsupported_grant_type", "Invalid grant_type: ");
  expect(exchange(with(fields, "grant_type", "-")), 400, "unsupported_grant_type",
         "Invalid grant_type: ");
  expect(exchange(with(fields, "grant_type", "password")), 400, "unsupported_grant_type",
         "Invalid grant_type: password");
  expect(exchange(with(fields, "client_secret", "-")), 400, "invalid_request",
         "client_secret is missing.");
  expect(exchange(with(fields, "client_id", "-")), 400, "invalid_request",
         "Could not determine client ID from request.");
}

TEST_F(GoogleOAuth, ClientMayAuthenticateByHttpBasic) {
  const auto request = [&](const std::string& secret) {
    auto fields = with(with(exchange_fields(code()), "client_id", "-"), "client_secret", "-");
    auto form = Rig::form("https://oauth2.googleapis.com/token", fields);
    form.headers.push_back(
        {"Authorization",
         "Basic " + base64url("sandbox-client.apps.googleusercontent.com:" + secret)});
    return ask(form);
  };
  EXPECT_EQ(request("sandbox-google-client-secret").response.status, 200);
  expect(request("wrong"), 401, "invalid_client", "Unauthorized");
}

TEST_F(GoogleOAuth, TokenAnswerHasTheDocumentedMembers) {
  const auto body = connect();
  EXPECT_TRUE(text(body, "access_token").starts_with("ya29."));
  EXPECT_TRUE(text(body, "refresh_token").starts_with("1//0"));
  EXPECT_EQ(body.at("expires_in"), 3599);
  EXPECT_EQ(text(body, "token_type"), "Bearer");
  EXPECT_NE(text(body, "scope").find("youtube.upload"), std::string::npos);
  EXPECT_FALSE(body.contains("id_token")) << "openid was not asked for";
  EXPECT_FALSE(connect({.parameters = {{.name = "access_type", .value = "online"}}})
                   .contains("refresh_token"));
}

TEST_F(GoogleOAuth, YO08_RefreshTokenDiesByRevocation) {
  const auto body = connect();
  post_form("https://oauth2.googleapis.com/revoke",
            {{.name = "token", .value = text(body, "access_token")}});
  expect(exchange(refresh_fields(text(body, "refresh_token"))), 400, "invalid_grant",
         "Token has been expired or revoked.");
}

TEST_F(GoogleOAuth, YO08_RefreshTokenDiesAfterSevenDaysOfTesting) {
  rig.switches.set("google.testing_mode", "on");
  const auto refresh = text(connect(), "refresh_token");
  rig.clock.advance(hours(7 * 24) - minutes(1));
  EXPECT_EQ(exchange(refresh_fields(refresh)).response.status, 200);
  rig.clock.advance(minutes(1));
  expect(exchange(refresh_fields(refresh)), 400, "invalid_grant",
         "Token has been expired or revoked.");
  const auto sign_in = connect({.parameters = {{.name = "scope", .value = "openid email"},
                                               {.name = "prompt", .value = "consent"}}});
  rig.clock.advance(hours(8 * 24));
  EXPECT_EQ(exchange(refresh_fields(text(sign_in, "refresh_token"))).response.status, 200)
      << "sign-in scopes alone are spared";
}

TEST_F(GoogleOAuth, YO08_RefreshTokenDiesAfterSixIdleMonths) {
  const auto refresh = text(connect(), "refresh_token");
  rig.clock.advance(hours(100 * 24));
  EXPECT_EQ(exchange(refresh_fields(refresh)).response.status, 200);
  rig.clock.advance(hours(100 * 24));
  EXPECT_EQ(exchange(refresh_fields(refresh)).response.status, 200) << "use keeps it alive";
  rig.clock.advance(hours(180 * 24));
  expect(exchange(refresh_fields(refresh)), 400, "invalid_grant",
         "Token has been expired or revoked.");
}

TEST_F(GoogleOAuth, YO08_TheHundredAndFirstTokenKillsTheFirst) {
  const Consent again{.parameters = {{.name = "prompt", .value = "consent"}}};
  const auto first = text(connect(again), "refresh_token");
  rig.clock.advance(minutes(1));
  const auto second = text(connect(again), "refresh_token");
  rig.clock.advance(minutes(1));
  for (int i = 0; i < 98; ++i) connect(again);
  EXPECT_EQ(exchange(refresh_fields(first)).response.status, 200);
  connect(again);
  expect(exchange(refresh_fields(first)), 400, "invalid_grant",
         "Token has been expired or revoked.");
  EXPECT_EQ(exchange(refresh_fields(second)).response.status, 200);
}

TEST_F(GoogleOAuth, YO09_SecondConsentGivesNoRefreshTokenUnlessAsked) {
  const auto first = connect();
  EXPECT_TRUE(first.contains("refresh_token"));
  EXPECT_FALSE(connect().contains("refresh_token"));
  EXPECT_TRUE(
      connect({.parameters = {{.name = "prompt", .value = "consent"}}}).contains("refresh_token"));
  EXPECT_TRUE(connect({.account = kBooks}).contains("refresh_token"))
      << "another channel is another grant";
  EXPECT_EQ(exchange(refresh_fields(text(first, "refresh_token"))).response.status, 200);
}

TEST_F(GoogleOAuth, YO10_RefreshNeverRotates) {
  const auto refresh = text(connect(), "refresh_token");
  for (int i = 0; i < 3; ++i) {
    const auto body = json_of(exchange(refresh_fields(refresh))).as_object();
    EXPECT_FALSE(body.contains("refresh_token"));
    EXPECT_TRUE(body.contains("access_token"));
    EXPECT_EQ(body.at("expires_in"), 3599);
  }
}

TEST_F(GoogleOAuth, YO11_UntickedScopeIsMissingAndItsMethodsRefuse) {
  const auto upload_scope = kScopePrefix + "youtube.upload";
  const auto force_ssl = kScopePrefix + "youtube.force-ssl";
  const auto body = connect({.refused = {upload_scope, force_ssl}});
  EXPECT_EQ(text(body, "scope").find("youtube.upload"), std::string::npos);
  const auto refused = begin(text(body, "access_token"), R"({"snippet":{"title":"a"}})", 10);
  EXPECT_EQ(refused.response.status, 403);
  EXPECT_EQ(reason_of(refused), "insufficientPermissions");
}

TEST_F(GoogleOAuth, IncludeGrantedScopesJoinsWhatWasGivenBefore) {
  connect({.parameters = {{.name = "scope", .value = kScopePrefix + "youtube.upload"}}});
  const auto scope = [&](const char* include) {
    return text(
        connect({.parameters = {{.name = "scope", .value = kScopePrefix + "youtube.readonly"},
                                {.name = "include_granted_scopes", .value = include}}}),
        "scope");
  };
  EXPECT_EQ(scope("false"), kScopePrefix + "youtube.readonly");
  EXPECT_EQ(scope("true"), kScopePrefix + "youtube.readonly " + kScopePrefix + "youtube.upload");
}

TEST_F(GoogleOAuth, YO12_RevokeEndsEverythingOnce) {
  for (const bool in_query : {false, true}) {
    const auto body = connect({.parameters = {{.name = "prompt", .value = "consent"}}});
    const auto refresh = text(body, "refresh_token");
    const auto revoke = [&] {
      return in_query
                 ? post_form(
                       "https://oauth2.googleapis.com/revoke?token=" + percent_encoded(refresh), {})
                 : post_form("https://oauth2.googleapis.com/revoke",
                             {{.name = "token", .value = refresh}});
    };
    const auto first = revoke();
    EXPECT_EQ(first.response.status, 200);
    EXPECT_EQ(json_of(first), json::object());
    expect(revoke(), 400, "invalid_token", "Token expired or revoked");
    EXPECT_EQ(get("https://www.googleapis.com/oauth2/v2/userinfo", text(body, "access_token"))
                  .response.status,
              401);
  }
}

TEST_F(GoogleOAuth, YO13_VerifierMustMatchTheChallenge) {
  const std::string verifier(64, 'v');
  const auto flow = [&](const std::string& method, const std::string& challenge,
                        const std::string& sent) {
    const auto back = consent({.parameters = {{.name = "code_challenge", .value = challenge},
                                              {.name = "code_challenge_method", .value = method}}});
    return exchange(with(exchange_fields(query_of(back, "code")), "code_verifier", sent));
  };
  EXPECT_EQ(flow("S256", sha256_base64url(verifier), verifier).response.status, 200);
  EXPECT_EQ(flow("plain", verifier, verifier).response.status, 200);
  expect(flow("S256", sha256_base64url(verifier), std::string(64, 'w')), 400, "invalid_grant",
         "Invalid code verifier.");
  expect(flow("S256", verifier, verifier), 400, "invalid_grant", "Invalid code verifier.");
  expect(flow("S256", sha256_base64url(verifier), "-"), 400, "invalid_grant",
         "Missing code verifier.");
  expect(exchange(with(exchange_fields(code()), "code_verifier", verifier)), 400, "invalid_grant",
         "code_verifier or verifier is not needed.");
}

TEST_F(GoogleOAuth, PromptNoneWorksOnlyOnAnOldConsent) {
  const Consent silent{.parameters = {{.name = "prompt", .value = "none"}}};
  EXPECT_EQ(query_of(consent(silent), "error"), "interaction_required");
  connect();
  const auto back = consent(silent);
  EXPECT_FALSE(connect(silent).contains("refresh_token"));
  EXPECT_EQ(query_of(back, "prompt"), "none");
}

TEST_F(GoogleOAuth, DesktopClientsUseAnyLoopbackPort) {
  const auto page = [&](const std::string& uri) {
    return get(authorize_url(
                   {{.name = "client_id", .value = "sandbox-desktop.apps.googleusercontent.com"},
                    {.name = "redirect_uri", .value = uri}}))
        .response.status;
  };
  EXPECT_EQ(page("http://127.0.0.1:51234"), 200);
  EXPECT_EQ(page("http://localhost:9/done"), 200);
  EXPECT_EQ(page("http://localhost.example.test/"), 400);
  EXPECT_EQ(page("http://10.0.0.1:80/"), 400);
}

TEST_F(GoogleOAuth, ARefreshTokenServesItsOwnClientOnly) {
  auto fields = refresh_fields(text(connect(), "refresh_token"));
  fields = with(with(fields, "client_id", "sandbox-desktop.apps.googleusercontent.com"),
                "client_secret", "sandbox-google-desktop-secret");
  expect(exchange(fields), 400, "unauthorized_client", "Unauthorized");
}

TEST_F(GoogleOAuth, InspectionTellsTheAudienceAndTheScope) {
  const auto body = connect();
  const auto access = text(body, "access_token");
  const auto info = json_of(get("https://oauth2.googleapis.com/tokeninfo?access_token=" + access));
  EXPECT_EQ(info.at("aud"), "sandbox-client.apps.googleusercontent.com");
  EXPECT_EQ(info.at("scope"), body.at("scope"));
  EXPECT_EQ(info.at("expires_in"), "3599");
  EXPECT_EQ(info.at("access_type"), "offline");
  const auto person = json_of(get("https://www.googleapis.com/oauth2/v2/userinfo", access));
  EXPECT_EQ(person.at("email"), "mia@example.test");
  EXPECT_EQ(person.at("name"), "Mia Baker");
  const auto brand =
      json_of(get("https://www.googleapis.com/oauth2/v2/userinfo", token(kAllScopes, kBooks)));
  EXPECT_EQ(brand.at("name"), "Corner Books");
  rig.clock.advance(hours(1));
  EXPECT_EQ(get("https://oauth2.googleapis.com/tokeninfo?access_token=" + access).response.status,
            400);
}

TEST_F(GoogleOAuth, IdTokenNamesThePersonAndTheNonce) {
  const auto body = connect({.parameters = {{.name = "scope", .value = "openid email"},
                                            {.name = "nonce", .value = "n-1"}}});
  const auto id_token = text(body, "id_token");
  const auto info = json_of(get("https://oauth2.googleapis.com/tokeninfo?id_token=" + id_token));
  EXPECT_EQ(info.at("email"), "mia@example.test");
  EXPECT_EQ(info.at("nonce"), "n-1");
  EXPECT_EQ(info.at("iss"), "https://accounts.google.com");
  auto forged = id_token;
  forged[forged.find('.') + 5] ^= 1;
  EXPECT_EQ(get("https://oauth2.googleapis.com/tokeninfo?id_token=" + forged).response.status, 400);
  const auto keys = json_of(get("https://www.googleapis.com/oauth2/v3/certs"));
  EXPECT_EQ(keys.at("keys").at(0).at("kid"), info.at("kid"));
}

TEST_F(GoogleOAuth, ConsentPageLetsTheFormLeadToTheAppAndEscapesWhatItShows) {
  const auto page = get(authorize_url({{.name = "state", .value = "\"><script>"}}));
  EXPECT_EQ(page.response.body.find("<script>"), std::string::npos);
  EXPECT_NE(
      header_of(page, "Content-Security-Policy").find("form-action 'self' http://localhost:3002"),
      std::string::npos);
}

}  // namespace herald::sandbox::google
