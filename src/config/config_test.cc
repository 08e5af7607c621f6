#include "config/config.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace herald {
namespace {

constexpr const char* kSecret = "k3J9x0Qz7Lm2Vb8Nc5Rt1Yw6Pd4Hs0Ag";
constexpr const char* kOtherSecret = "Zq8Wn4Tb6Xy1Mc9Kd3Lp7Rv5Gf2Hj0Se";
constexpr const char* kThirdSecret = "7Yt5Rf3Wd1Qs9Zx8Cv6Bn4Mk2Lj0HgPo";

const std::vector<CredentialNames> kPlatforms{{"one", "ONE_ID", "ONE_SECRET", "ONE_REDIRECT_URI"},
                                              {"two", "TWO_ID", "TWO_SECRET", "TWO_REDIRECT_URI"}};

Environment sound() {
  Environment environment;
  environment.set("HERALD_JWT_SECRET", kSecret);
  environment.set("HERALD_INTERNAL_SECRET", kOtherSecret);
  environment.set("HERALD_VAULT_KEY_FILE", "/run/key");
  return environment;
}

Environment with(const std::string& name, const std::string& value) {
  Environment environment = sound();
  environment.set(name, value);
  return environment;
}

std::vector<std::string> faults_of(Environment environment) {
  read_config(environment, kPlatforms);
  return environment.faults();
}

TEST(Config, three_secrets_are_all_that_must_be_set) {
  Environment environment = sound();
  const Config config = read_config(environment, kPlatforms);
  EXPECT_TRUE(environment.faults().empty());
  EXPECT_EQ(config.public_url, "http://localhost:3002");
  EXPECT_TRUE(config.loopback);
  EXPECT_EQ(config.address, "127.0.0.1");
  EXPECT_EQ(config.edge_port, 3002);
  EXPECT_EQ(config.gateway_port, 8080);
  EXPECT_EQ(config.uploader_port, 8097);
  EXPECT_EQ(config.operations_port, 9464);
  EXPECT_EQ(config.operations_address, "127.0.0.1");
  EXPECT_EQ(config.sandbox_url, "");
  EXPECT_EQ(config.platforms.size(), 2u);
}

TEST(Config, every_fault_is_told_at_once) {
  Environment environment;
  environment.set("HERALD_PUBLIC_URL", "http://example.com");
  environment.set("HERALD_SANDBOX_URL", "http://example.com");
  environment.set("HERALD_EDGE_PORT", "99999");
  environment.set("HERALD_WORKERS", "1");
  environment.set("HERALD_LOG_LEVEL", "loud");
  environment.set("HERALD_JWT_SECRET", "short");
  environment.set("ONE_ID", "x");
  environment.set("TWO_REDIRECT_URI", "ftp://x");
  const auto faults = faults_of(std::move(environment));
  for (const char* name :
       {"HERALD_PUBLIC_URL", "HERALD_SANDBOX_URL", "HERALD_EDGE_PORT", "HERALD_WORKERS",
        "HERALD_LOG_LEVEL", "HERALD_JWT_SECRET", "HERALD_INTERNAL_SECRET", "HERALD_VAULT_KEY_FILE",
        "ONE_ID", "TWO_REDIRECT_URI"}) {
    EXPECT_TRUE(std::ranges::any_of(faults, [&](const auto& f) { return f.starts_with(name); }))
        << name;
  }
  EXPECT_EQ(faults.size(), 10u);
}

TEST(Config, O22_plain_http_is_for_this_machine_only) {
  for (const char* name : {"HERALD_PUBLIC_URL", "ONE_REDIRECT_URI"}) {
    for (const char* url :
         {"http://localhost:3002", "http://127.0.0.1:3002", "http://[::1]:3002", "http://localhost",
          "https://herald.example", "https://herald.example:8443", "https://192.0.2.1"}) {
      EXPECT_TRUE(faults_of(with(name, url)).empty()) << name << " " << url;
    }
    for (const char* url : {"http://herald.example",
                            "http://192.168.0.1:3002",
                            "http://0.0.0.0",
                            "http://10.0.0.1",
                            "http://localhost.evil.test",
                            "http://127.0.0.1.nip.io",
                            "http://localhost:1@evil.test",
                            "http://localhost@evil.test",
                            "http://evil.test/localhost",
                            "http://evil.test#localhost",
                            "http://evil.test?localhost",
                            "http://localhost\\.evil.test",
                            "https://a@b.test",
                            "https://",
                            "https:///x",
                            "https://:443",
                            "https://a b.test",
                            "https://a.test:0",
                            "https://a.test:65536",
                            "https://a.test:x",
                            "https://a.test:",
                            "ftp://localhost",
                            "//localhost",
                            "localhost:3002",
                            "javascript:alert(1)",
                            "https://a.test\r\nX: y",
                            "https://a.test/#x",
                            "https://a.test/?x",
                            "https://b\xc3\xbc"
                            "cher.test",
                            "HTTP://herald.example",
                            "https://a.test/\"",
                            "https://a.test/<x>"}) {
      EXPECT_EQ(faults_of(with(name, url)).size(), 1u) << name << " " << url;
    }
  }
}

TEST(Config, trusted_proxies_are_numeric_addresses_or_networks) {
  Environment environment = with("HERALD_TRUSTED_PROXIES", "127.0.0.1, ::1 ,10.0.0.0/8");
  EXPECT_EQ(read_config(environment, {}).trusted_proxies,
            (std::vector<std::string>{"127.0.0.1", "::1", "10.0.0.0/8"}));
  EXPECT_TRUE(environment.faults().empty());
  EXPECT_TRUE(faults_of(with("HERALD_TRUSTED_PROXIES", "")).empty());
  for (const char* value : {"proxy.internal", "10.0.0.0/33", "10.0.0.0/0", "::1/129", "10.0.0.0/",
                            "10.0.0.0/8x", "127.0.0.1,,::1", "127.0.0.1:80"}) {
    EXPECT_EQ(faults_of(with("HERALD_TRUSTED_PROXIES", value)).size(), 1u) << value;
  }
}

TEST(Config, the_public_url_is_an_origin) {
  Environment environment = with("HERALD_PUBLIC_URL", "https://herald.example//");
  EXPECT_EQ(read_config(environment, {}).public_url, "https://herald.example");
  EXPECT_TRUE(environment.faults().empty());
  EXPECT_EQ(faults_of(with("HERALD_PUBLIC_URL", "https://herald.example/app")).size(), 1u);
}

TEST(Config, the_sandbox_is_on_this_machine) {
  for (const char* url : {"http://127.0.0.1:8099", "http://localhost:8099", "http://[::1]:8099"}) {
    Environment environment = with("HERALD_SANDBOX_URL", std::string(url) + "/");
    EXPECT_EQ(read_config(environment, {}).sandbox_url, url);
    EXPECT_TRUE(environment.faults().empty()) << url;
  }
  for (const char* url : {"http://sandbox.example", "https://sandbox.example", "http://10.0.0.1",
                          "http://localhost:1@evil.test", "http://localhost.evil.test",
                          "ftp://localhost", "localhost:8099", "http://", "http://localhost/x",
                          "http://localhost?x", "http://localhost#x", "http://localhost:x"}) {
    EXPECT_EQ(faults_of(with("HERALD_SANDBOX_URL", url)).size(), 1u) << url;
  }
}

TEST(Config, T20_V10_a_secret_that_can_be_guessed_is_refused) {
  for (const char* name : {"HERALD_JWT_SECRET", "HERALD_INTERNAL_SECRET"}) {
    for (const std::string& value :
         {std::string("short"), std::string(31, 'x') + "", std::string(32, 'a'),
          std::string("0123456789abcdefghijklmnopqrstu"),
          std::string("changeme-changeme-changeme-xx12"),
          std::string("your-256-bit-secret-your-256-bit-secret"),
          std::string("abababababababababababababababababab"),
          std::string(
              "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1"
              "Z9CAow"),
          std::string(kThirdSecret) + ",short", std::string(kThirdSecret) + ",",
          "," + std::string(kThirdSecret),
          std::string("-----BEGIN PRIVATE KEY-----MC4CAQAwBQYDK2VwBCIEIA")}) {
      const auto faults = faults_of(with(name, value));
      ASSERT_EQ(faults.size(), 1u) << name << " " << value;
      EXPECT_TRUE(faults[0].starts_with(name)) << faults[0];
      if (value.size() > 5) EXPECT_FALSE(faults[0].contains(value)) << "it shows the secret";
    }
    Environment none = sound();
    none.set(name, "");
    EXPECT_TRUE(faults_of(std::move(none)).at(0).contains("herald keys new-secret"));
  }
}

TEST(Config, several_secrets_stand_side_by_side_for_a_rotation) {
  Environment environment =
      with("HERALD_JWT_SECRET", std::string(kSecret) + ", " + kThirdSecret + " ");
  const Config config = read_config(environment, {});
  EXPECT_TRUE(environment.faults().empty());
  ASSERT_EQ(config.jwt_secrets.size(), 2u);
  EXPECT_EQ(config.jwt_secrets[0].reveal(), kSecret);
  EXPECT_EQ(config.jwt_secrets[1].reveal(), kThirdSecret);
}

// Whoever may sign for people must not thereby speak as one of our own doors (T-07).
TEST(Config, T07_one_secret_does_not_serve_two_purposes) {
  EXPECT_EQ(faults_of(with("HERALD_INTERNAL_SECRET", kSecret)).size(), 1u);
  EXPECT_EQ(
      faults_of(with("HERALD_JWT_SECRET", std::string(kThirdSecret) + "," + kOtherSecret)).size(),
      1u);
}

TEST(Config, the_vault_key_comes_from_one_place) {
  EXPECT_EQ(faults_of(with("HERALD_VAULT_KEYS", "k1:x")).size(), 1u);
  Environment neither = sound();
  neither.set("HERALD_VAULT_KEY_FILE", "");
  EXPECT_TRUE(faults_of(std::move(neither)).at(0).contains("herald keys new"));
}

TEST(Config, a_platforms_id_and_secret_come_together) {
  EXPECT_EQ(faults_of(with("ONE_ID", "x")).size(), 1u);
  EXPECT_EQ(faults_of(with("ONE_SECRET", "x")).size(), 1u);
  Environment both = with("ONE_ID", "x");
  both.set("ONE_SECRET", "y");
  const Config config = read_config(both, kPlatforms);
  EXPECT_TRUE(both.faults().empty());
  EXPECT_EQ(config.platforms[0].client_id, "x");
  EXPECT_EQ(config.platforms[0].client_secret.reveal(), "y");
  EXPECT_TRUE(config.platforms[1].client_id.empty());
}

TEST(Config, scopes_that_an_app_lacks_are_left_out_where_the_platform_lets_them) {
  std::vector<CredentialNames> names = kPlatforms;
  names[1].scopes_left_out = "TWO_LEFT_OUT";
  Environment environment = with("TWO_LEFT_OUT", "a, b");
  const Config config = read_config(environment, names);
  EXPECT_TRUE(config.platforms[0].scopes_left_out.empty());
  EXPECT_EQ(config.platforms[1].scopes_left_out, (std::vector<std::string>{"a", "b"}));
}

TEST(Config, the_owner_of_an_app_is_read_where_the_platform_wants_to_know) {
  std::vector<CredentialNames> names = kPlatforms;
  names[1].owner = "TWO_OWNER";
  Environment environment = with("TWO_OWNER", "mia");
  const Config config = read_config(environment, names);
  EXPECT_TRUE(config.platforms[0].owner.empty());
  EXPECT_EQ(config.platforms[1].owner, "mia");
}

std::vector<CredentialNames> one_at_an_instance() {
  std::vector<CredentialNames> names = kPlatforms;
  names[0].instance = "ONE_INSTANCE";
  return names;
}

TEST(Config, an_instance_is_set_together_with_the_id_and_the_secret) {
  const char* all[] = {"ONE_ID", "ONE_SECRET", "ONE_INSTANCE"};
  for (int some = 0; some < 8; ++some) {
    Environment environment = sound();
    for (int i = 0; i < 3; ++i) {
      if ((some >> i & 1) != 0) environment.set(all[i], "social.example");
    }
    const Config config = read_config(environment, one_at_an_instance());
    EXPECT_EQ(environment.faults().empty(), some == 0 || some == 7) << some;
    EXPECT_EQ(config.platforms[0].instance, (some & 4) != 0 ? "social.example" : "");
    EXPECT_EQ(config.platforms[1].instance, "");
  }
}

TEST(Config, an_instance_is_a_public_host_name_and_nothing_else) {
  const auto read = [](const char* instance) {
    Environment environment = with("ONE_INSTANCE", instance);
    environment.set("ONE_ID", "x");
    environment.set("ONE_SECRET", "y");
    const Config config = read_config(environment, one_at_an_instance());
    return environment.faults().empty() ? config.platforms[0].instance : "refused";
  };
  EXPECT_EQ(read("Social.Example"), "social.example");
  for (const char* instance : {"https://social.example", "social.example/", "social.example:8443",
                               "localhost", "127.0.0.1", "10.1", "a@social.example"}) {
    EXPECT_EQ(read(instance), "refused") << instance;
  }
}

TEST(Config, O21_redirect_uris_are_made_from_the_public_url_unless_given) {
  Environment environment = with("HERALD_PUBLIC_URL", "https://herald.example/");
  environment.set("TWO_REDIRECT_URI", "https://other.example/cb");
  const Config config = read_config(environment, kPlatforms);
  EXPECT_EQ(config.platforms[0].redirect_uri,
            "https://herald.example/api/social-media/one/oauth/callback");
  EXPECT_EQ(config.platforms[1].redirect_uri, "https://other.example/cb");
}

TEST(Config, O16_a_second_sign_in_has_a_redirect_uri_of_its_own) {
  std::vector<CredentialNames> names = kPlatforms;
  names.push_back({"one", "ONE_LOGIN_ID", "ONE_LOGIN_SECRET", "ONE_LOGIN_URI", "", "login"});
  Environment environment = with("HERALD_PUBLIC_URL", "https://herald.example");
  environment.set("ONE_LOGIN_ID", "x");
  environment.set("ONE_LOGIN_SECRET", "y");
  const Config config = read_config(environment, names);
  EXPECT_TRUE(environment.faults().empty());
  EXPECT_EQ(config.platforms[2].redirect_uri,
            "https://herald.example/api/social-media/one/oauth/callback/login");
  EXPECT_EQ(config.platforms[2].client_id, "x");
  EXPECT_TRUE(config.platforms[0].client_id.empty());
}

TEST(Config, a_wrong_public_url_is_told_once) {
  const auto faults = faults_of(with("HERALD_PUBLIC_URL", "http://example.com"));
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_TRUE(faults[0].starts_with("HERALD_PUBLIC_URL"));
}

TEST(Config, limits_are_numbers_in_their_ranges) {
  Environment environment = with("HERALD_MEDIUM_MB_MAX", "3");
  environment.set("HERALD_WORKERS", "2");
  environment.set("HERALD_USER_REQUESTS_PER_MINUTE", "0");
  const Config config = read_config(environment, {});
  EXPECT_EQ(config.medium_bytes_max, 3u << 20);
  EXPECT_EQ(config.workers, 2);
  EXPECT_EQ(config.user_requests_per_minute, 0);
  EXPECT_EQ(config.audit_days, 730);
  // Kept for ever, or long enough to be of use.
  EXPECT_EQ(config.figures_days, 0);
  EXPECT_EQ(config.first_figures_seconds, 3600);
  EXPECT_EQ(faults_of(with("HERALD_FIRST_FIGURES_SECONDS", "0")).size(), 1u);
  for (const char* name : {"HERALD_HISTORY_DAYS", "HERALD_AUDIT_DAYS", "HERALD_FIGURES_DAYS"}) {
    EXPECT_TRUE(faults_of(with(name, "0")).empty()) << name;
  }
  for (const char* name : {"HERALD_SESSION_DAYS", "HERALD_IDEMPOTENCY_DAYS"}) {
    EXPECT_EQ(faults_of(with(name, "0")).size(), 1u) << name;
  }
  for (const char* name : {"HERALD_HISTORY_DAYS", "HERALD_SESSION_DAYS"}) {
    EXPECT_TRUE(faults_of(with(name, "36500")).empty()) << name;
    EXPECT_EQ(faults_of(with(name, "36501")).size(), 1u) << name;
  }
  for (const char* name :
       {"HERALD_EDGE_PORT", "HERALD_GATEWAY_PORT", "HERALD_UPLOADER_PORT", "HERALD_OPERATIONS_PORT",
        "HERALD_WORKERS", "HERALD_IN_FLIGHT_MAX", "HERALD_MEDIUM_MB_MAX", "HERALD_CUSTOMER_MB_MAX",
        "HERALD_USER_REQUESTS_PER_MINUTE", "HERALD_PEER_REQUESTS_PER_MINUTE", "HERALD_HISTORY_DAYS",
        "HERALD_AUDIT_DAYS", "HERALD_SESSION_DAYS", "HERALD_IDEMPOTENCY_DAYS"}) {
    EXPECT_EQ(faults_of(with(name, "-1")).size(), 1u) << name;
    EXPECT_EQ(faults_of(with(name, "many")).size(), 1u) << name;
  }
}

std::vector<std::string> faults_of(Environment environment, ServeRole role) {
  read_config(environment, kPlatforms, role);
  return environment.faults();
}

TEST(Config, each_role_asks_for_what_it_needs_and_no_more) {
  Environment edge;
  edge.set("HERALD_GATEWAY_URL", "http://gateway:8080");
  EXPECT_TRUE(faults_of(edge, ServeRole::edge).empty());
  Environment gateway;
  gateway.set("HERALD_JWT_SECRET", kSecret);
  gateway.set("HERALD_INTERNAL_SECRET", kOtherSecret);
  EXPECT_EQ(faults_of(gateway, ServeRole::gateway).size(), 1u) << "where is the uploader?";
  gateway.set("HERALD_UPLOADER_URL", "http://uploader:8097");
  EXPECT_TRUE(faults_of(gateway, ServeRole::gateway).empty());
  for (const auto role : {ServeRole::uploader, ServeRole::worker, ServeRole::all}) {
    EXPECT_TRUE(faults_of(sound(), role).empty());
    EXPECT_EQ(faults_of(Environment(), role).size(), 3u) << "three secrets";
  }
}

TEST(Config, T08_every_role_that_signs_or_believes_needs_the_internal_secret) {
  for (const char* secret : {"", "short", kSecret}) {
    Environment environment = with("HERALD_INTERNAL_SECRET", secret);
    environment.set("HERALD_ADDRESS", "0.0.0.0");
    environment.set("HERALD_UPLOADER_URL", "http://uploader:8097");
    for (const auto role :
         {ServeRole::all, ServeRole::gateway, ServeRole::uploader, ServeRole::worker}) {
      const auto faults = faults_of(environment, role);
      ASSERT_EQ(faults.size(), 1u) << secret;
      EXPECT_TRUE(faults[0].starts_with("HERALD_INTERNAL_SECRET")) << faults[0];
    }
  }
}

TEST(Config, the_door_behind_is_one_place_or_several) {
  const auto behind = [](const std::string& urls) {
    Environment environment = with("HERALD_UPLOADER_URL", urls);
    return read_config(environment, kPlatforms, ServeRole::gateway).behind;
  };
  EXPECT_EQ(behind("http://uploader:8097/"), (std::vector<DoorAddress>{{"uploader", 8097}}));
  EXPECT_EQ(behind("http://10.0.0.1:8097, http://[fd00::1]:8098"),
            (std::vector<DoorAddress>{{"10.0.0.1", 8097}, {"fd00::1", 8098}}));
  for (const char* url : {"https://uploader:8097", "http://uploader", "uploader:8097",
                          "http://uploader:8097/api", "http://uploader:8097?x", "http://:8097"}) {
    EXPECT_EQ(faults_of(with("HERALD_UPLOADER_URL", url), ServeRole::gateway).size(), 1u) << url;
  }
}

}  // namespace
}  // namespace herald
