// Connecting, publishing, failing and renewing, with every secret known; then a search for them
// (O-04, O-32, V-11, V-20).
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <set>

#include "tests/program/house.h"
#include "tests/program/person.h"

namespace herald::program {
namespace {

namespace fs = std::filesystem;
using Secrets = std::set<std::string>;

// Everything that begins as Meta's and Google's tokens do.
Secrets tokens_in(const std::string& text) {
  static constexpr std::string_view kWord =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
  Secrets tokens;
  for (const std::string_view start : {"\"EAA", "\"ya29.", "\"1//"}) {
    for (auto at = text.find(start); at != text.npos; at = text.find(start, at + 1)) {
      const auto begin = at + 1;
      const auto end = text.find_first_not_of(kWord, begin + start.size() - 1);
      if (end != text.npos && end - begin >= 20) tokens.insert(text.substr(begin, end - begin));
    }
  }
  return tokens;
}

void expect_none_in(const std::string& where, const std::string& text, const Secrets& secrets) {
  EXPECT_FALSE(text.empty()) << where;
  for (const auto& secret : secrets) {
    EXPECT_FALSE(text.contains(secret)) << where << " holds " << secret.substr(0, 8) << "...";
  }
}

// All files in the data folder, as one text.
std::string stored(const House& house) {
  std::string all;
  for (const auto& entry : fs::recursive_directory_iterator(house.data())) {
    if (entry.is_regular_file()) all += file_text(entry.path());
  }
  return all;
}

// What the settings and the person keep secret.
Secrets settled_secrets(const House& house) {
  Secrets secrets{kPassword, "sandbox-meta-app-secret", "sandbox-google-client-secret"};
  for (const char* name : {"HERALD_JWT_SECRET", "HERALD_INTERNAL_SECRET"}) {
    secrets.insert(house.variables.at(name));
  }
  const std::string key = house.variables.at("HERALD_VAULT_KEYS");
  secrets.insert(key.substr(key.find(':') + 1));
  return secrets;
}

// A connect whose code is refused, a post that the platform refuses, and one that wants a new
// access token first.
void live_through_trouble(House& house, Person& mia) {
  const auto photo = mia.upload_photo();
  const auto video = mia.upload_video();
  const auto baker = mia.connect("instagram");
  const auto channel = mia.connect("youtube");
  const auto first = id_of(mia.create(photo_draft(baker, photo, "first")));
  const auto second = id_of(mia.create(video_draft(channel, video, "second")));
  for (const auto& id : {first, second}) mia.wait_for_post(id, "published");

  house.control("faults", {{"pattern", "/token$"},
                           {"action", "refuse"},
                           {"status", 400},
                           {"body", R"({"error":"invalid_grant"})"}});
  EXPECT_EQ(mia.finish("youtube", mia.consent("youtube")).at("status"), "failed");
  house.control(
      "faults",
      {{"pattern", "/media$"}, {"action", "error_after"}, {"status", 400}, {"answer", "IG-20"}});
  const auto failed = mia.create(photo_draft(baker, photo, "third"));

  const auto before = tokens_in(house.sandbox_state()).size();
  house.control("google/next-outcome", {{"outcome", "processed"}});  // Though it is a twin.
  house.control("google/expire-tokens", boost::json::object());
  mia.wait_for_post(id_of(mia.create(video_draft(channel, video, "fourth"))), "published");
  mia.wait_for_post(id_of(failed), "failed");
  EXPECT_GT(tokens_in(house.sandbox_state()).size(), before) << "nothing was renewed";
  mia.send("GET", "/api/social-media/accounts");
  mia.send("GET", "/api/social-media/history");
}

TEST(Canary, O04_O32_V11_V20_no_secret_is_found_where_it_should_not_be) {
  House house;
  house.variables["HERALD_LOG_LEVEL"] = "debug";
  const auto sandbox = house.sandbox();
  ASSERT_EQ(house.add_user().code, 0);
  const auto herald = house.serve();
  Person mia(house);
  live_through_trouble(house, mia);

  Secrets secrets = settled_secrets(house);
  const Secrets tokens = tokens_in(house.sandbox_state());
  ASSERT_GE(tokens.size(), 5u);  // User and Page tokens of Meta; two access and a refresh token.
  secrets.insert(tokens.begin(), tokens.end());
  expect_none_in("an answer", mia.heard(), secrets);

  ASSERT_GE(mia.secrets().size(), 9u);  // Three flows' states, codes and cookies; the session's.
  secrets.insert(mia.secrets().begin(), mia.secrets().end());
  expect_none_in("the metrics", house.get(kOperations, "/metrics").body, secrets);
  expect_none_in("readiness", house.get(kOperations, "/readyz").body, secrets);
  EXPECT_TRUE(fs::exists(house.data() + "/herald.db-wal"));
  EXPECT_TRUE(stored(house).contains(kEmail));  // The search sees what is there.
  expect_none_in("the data folder of the running server", stored(house), secrets);
  EXPECT_EQ(house.run({"doctor"}).code, 0);
  EXPECT_EQ(house.run({"keys", "rotate"}).code, 0);
  EXPECT_EQ(herald->end(SIGTERM), 0);
  expect_none_in("the data folder", stored(house), secrets);
  expect_none_in("what the programs said", house.said(), [&] {
    Secrets others = secrets;  // `keys new-settings` printed these for the house.
    for (const char* name : {"HERALD_JWT_SECRET", "HERALD_INTERNAL_SECRET"}) {
      others.erase(house.variables.at(name));
    }
    const std::string key = house.variables.at("HERALD_VAULT_KEYS");
    others.erase(key.substr(key.find(':') + 1));
    return others;
  }());
  expect_none_in("the server's log", herald->err(), secrets);
}

TEST(Canary, O50_no_page_shows_a_secret_of_the_settings) {
  House house;
  house.variables["YOUTUBE_CLIENT_ID"] = "an-app.apps.googleusercontent.com";
  house.variables["YOUTUBE_CLIENT_SECRET"] = "a-canary-in-the-settings";
  ASSERT_EQ(house.add_user().code, 0);
  const auto herald = house.serve();
  Secrets secrets = settled_secrets(house);
  secrets.insert("a-canary-in-the-settings");
  Person mia(house);
  mia.send("GET", "/api/social-media/platforms");
  mia.send("GET", "/api/openapi.json");
  EXPECT_TRUE(mia.heard().contains("INSTAGRAM_APP_SECRET"));  // The name, for who sets it up.
  expect_none_in("an answer", mia.heard(), secrets);
  for (const char* door : kDoors) {
    for (const char* page : {"/healthz", "/readyz", "/metrics", "/config", "/debug", "/env",
                             "/settings", "/api/config", "/api/settings", "/.env"}) {
      const auto answer = house.get(door, page);
      expect_none_in(std::string(door) + page, answer.body, secrets);
    }
  }
  const auto doctor = house.run({"doctor"});
  expect_none_in("doctor", doctor.out, secrets);
}

}  // namespace
}  // namespace herald::program
