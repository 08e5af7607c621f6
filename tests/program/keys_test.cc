// The operator's keys: made, rotated while people publish, and missed when they are gone.
#include <gtest/gtest.h>
#include <signal.h>

#include <set>

#include "tests/program/house.h"
#include "tests/program/person.h"

namespace herald::program {
namespace {

std::string line_of(const Ended& ended) { return ended.out.substr(0, ended.out.find('\n')); }

TEST(Keys, new_ones_differ_every_time) {
  House house;
  std::set<std::string> seen;
  for (int i = 0; i < 3; ++i) {
    seen.insert(line_of(house.run({"keys", "new", "--id", "k7"})));
    seen.insert(line_of(house.run({"keys", "new-secret"})));
  }
  EXPECT_EQ(seen.size(), 6u);
  EXPECT_TRUE(line_of(house.run({"keys", "new", "--id", "k7"})).starts_with("k7:"));
  EXPECT_GE(line_of(house.run({"keys", "new-secret"})).size(), 43u);
}

struct Tenant {
  std::string email;
  std::string account;
  std::string medium;
};

std::string post(const House& house, const Tenant& tenant, const std::string& text) {
  return id_of(Person(house, tenant.email)
                   .create(photo_draft(tenant.account, tenant.medium, text + tenant.email)));
}

using Posts = std::vector<std::pair<Tenant, std::string>>;

void expect_published(const House& house, const Posts& posts) {
  for (const auto& [tenant, id] : posts) {
    Person(house, tenant.email).wait_for_post(id, "published");
  }
}

TEST(Keys, V07_V08_rotated_while_people_publish_and_then_the_old_key_may_go) {
  House house;
  const auto sandbox = house.sandbox();
  auto herald = house.serve();
  std::vector<Tenant> tenants;
  for (const std::string customer : {"bakery", "books", "choir"}) {
    const std::string email = "mia@" + customer + ".test";
    ASSERT_EQ(house.add_user(email, customer).code, 0);
    Person person(house, email);
    tenants.push_back({email, person.connect("instagram"), person.upload_photo()});
  }
  EXPECT_EQ(herald->end(SIGTERM), 0);

  const std::string old_key = house.variables["HERALD_VAULT_KEYS"];
  const std::string new_key = line_of(house.run({"keys", "new", "--id", "k2"}));
  house.variables["HERALD_VAULT_KEYS"] = new_key;  // Too early: it opens nothing yet.
  const auto too_early = house.run({"serve"});
  EXPECT_EQ(too_early.code, 1);
  EXPECT_FALSE(too_early.err.contains("Sanitizer")) << too_early.err;

  house.variables["HERALD_VAULT_KEYS"] = new_key + "," + old_key;
  herald = house.serve();
  Posts posts;
  for (const auto& tenant : tenants) {
    posts.emplace_back(tenant, post(house, tenant, "while it rotates: "));
    const auto killed = house.begin({"keys", "rotate"});
    killed->end(SIGKILL);
  }
  const auto moved = house.run({"keys", "rotate"});
  EXPECT_EQ(moved.code, 0) << moved.err;
  EXPECT_FALSE(moved.out.starts_with("0 data keys")) << moved.out;
  EXPECT_FALSE(moved.out.contains("still needed")) << moved.out;
  EXPECT_TRUE(house.run({"keys", "rotate"}).out.starts_with("0 data keys"));
  expect_published(house, posts);
  EXPECT_EQ(herald->end(SIGTERM), 0);

  house.variables["HERALD_VAULT_KEYS"] = new_key;
  herald = house.serve();
  posts.clear();
  for (const auto& tenant : tenants) {
    posts.emplace_back(tenant, post(house, tenant, "with the new key alone: "));
  }
  expect_published(house, posts);
  EXPECT_EQ(house.seen().size(), 6u);
  EXPECT_EQ(herald->end(SIGTERM), 0);
  house.variables["HERALD_VAULT_KEYS"] = old_key;
  EXPECT_EQ(house.run({"serve"}).code, 1);
}

TEST(Keys, V08_a_rotation_without_the_old_key_is_refused) {
  House house;
  ASSERT_EQ(house.add_user().code, 0);
  house.variables["HERALD_VAULT_KEYS"] = line_of(house.run({"keys", "new", "--id", "k2"}));
  EXPECT_EQ(house.run({"keys", "rotate"}).code, 1);
}

}  // namespace
}  // namespace herald::program
