// Nobody reaches what is another's, and nothing that was not asked for is taken in. That every
// route answers to another's id as to an unknown one is shown in tests/isolation.
#include <gtest/gtest.h>

#include <set>

#include "http/door_rig.h"

namespace herald::http {
namespace {

constexpr std::string_view kApi = "/api/social-media";
constexpr const char* kPosts = "/api/social-media/posts";

std::string alike(const std::string& id) {
  return id.substr(0, id.size() - 26) + std::string(26, 'a');
}

TEST(Isolation, AnAdminSeesWhatTheCustomersPeopleHave) {
  DoorRig rig;
  const auto bobs = rig.post_of(rig.bob);
  EXPECT_TRUE(rig.as(rig.amy).get(kPosts).body.contains(bobs));
}

TEST(Isolation, T02_IdsHold128RandomBits) {
  DoorRig rig;
  std::set<std::string> seen;
  for (int i = 0; i < 20; ++i) {
    const auto id = rig.begin_upload(rig.alice, 1);
    EXPECT_EQ(id.size(), std::string_view("med_").size() + 26) << id;  // Base32.
    EXPECT_TRUE(seen.insert(id).second);
  }
}

class ForeignInside : public ::testing::Test {
 protected:
  // Nothing may be saved; the answer must not tell a foreign id from an unknown one.
  void refuses(const std::string& path, const json::value& foreign, const json::value& unknown) {
    const auto answer = rig_.as(rig_.alice).post(path, foreign);
    const auto nothing = rig_.as(rig_.alice).post(path, unknown);
    EXPECT_TRUE(answer.status == 404 || answer.status == 422) << answer.status << answer.body;
    EXPECT_EQ(blanked(answer), blanked(nothing));
    const auto posts = json_of(rig_.as(rig_.alice).get(kPosts));
    EXPECT_TRUE(posts.at("posts").as_array().empty());
  }

  DoorRig rig_;
  json::object draft_ = rig_.draft_of(rig_.alice);
};

TEST_F(ForeignInside, T03_OneForeignMediumAmongMany) {
  for (const auto* owner : {&rig_.mallory, &rig_.bob}) {
    const auto medium = rig_.medium_of(*owner);
    const auto with = [&](const std::string& id) {
      json::object draft = draft_;
      for (int i = 0; i < 9; ++i) {
        const json::value one = draft_["media"].at(0);
        draft["media"].as_array().push_back(one);
      }
      draft["media"].at(7).as_object()["media_id"] = id;
      return draft;
    };
    refuses(kPosts, with(medium), with(alike(medium)));
  }
}

TEST_F(ForeignInside, T03_OneForeignAccountAmongTargets) {
  for (const auto* owner : {&rig_.mallory, &rig_.bob}) {
    const auto account = rig_.account_of(*owner).id.value;
    const auto with = [&](const std::string& id) {
      json::object draft = draft_;
      json::value target = draft["targets"].at(0);
      target.as_object()["account_id"] = id;
      draft["targets"].as_array().push_back(std::move(target));
      return draft;
    };
    refuses(kPosts, with(account), with(alike(account)));
    refuses(std::string(kPosts) + "/check", with(account), with(alike(account)));
    refuses(std::string(kPosts) + "/plan", with(account), with(alike(account)));
    const auto upload = [&](const std::string& id) {
      return json::object{
          {"account_id", id}, {"text", "x"}, {"media", draft_["media"]}, {"kind", "video"}};
    };
    refuses(std::string(kApi) + "/youtube/upload", upload(account), upload(alike(account)));
  }
}

TEST_F(ForeignInside, T03_AForeignMediumAsAnOption) {
  const auto medium = rig_.medium_of(rig_.mallory);
  const auto with = [&](const std::string& id) {
    json::object draft = draft_;
    draft["targets"].at(0).at("options").as_object()["thumbnail"] = id;
    return draft;
  };
  refuses(kPosts, with(medium), with(alike(medium)));
}

TEST(Intake, T04_FieldsThatNobodyNamedAreRefused) {
  DoorRig rig;
  const json::object draft = rig.draft_of(rig.alice);
  const auto status = [&](const std::string& path, json::object body) {
    return rig.as(rig.alice).post(path, body).status;
  };
  for (const char* name : {"customer_id", "user_id", "status", "published_at", "role", "id",
                           "created_at", "__proto__", "$where", "a.b"}) {
    json::object outer = draft, target = draft, medium = draft;
    outer[name] = "x";
    target["targets"].at(0).as_object()[name] = "x";
    medium["media"].at(0).as_object()[name] = "x";
    for (const auto& body : {outer, target, medium}) {
      EXPECT_EQ(status(kPosts, body), 400) << name;
      EXPECT_EQ(status(std::string(kPosts) + "/check", body), 400) << name;
    }
    EXPECT_EQ(status("/api/auth/login", {{"email", "a@b.c"}, {"password", "p"}, {name, "x"}}), 400);
    EXPECT_EQ(status(std::string(kApi) + "/youtube/oauth/finish", {{"flow_id", "f"}, {name, "x"}}),
              400);
    EXPECT_EQ(status(std::string(kApi) + "/youtube/upload",
                     {{"account_id", "a"}, {"text", ""}, {"media", json::array()}, {name, "x"}}),
              400);
  }
  EXPECT_TRUE(json_of(rig.as(rig.alice).get(kPosts)).at("posts").as_array().empty());
}

// Every text in the value, one after the other, replaced by something else.
void replace_each_text(json::value& value, const json::value& by,
                       const std::function<void()>& then) {
  if (value.is_string()) {
    const json::value before = value;
    value = by;
    then();
    value = before;
  } else if (value.is_object()) {
    for (auto& member : value.as_object()) replace_each_text(member.value(), by, then);
  } else if (value.is_array()) {
    for (auto& item : value.as_array()) replace_each_text(item, by, then);
  }
}

TEST(Intake, T22_AnOperatorWhereATextShouldBeIsRefused) {
  DoorRig rig;
  json::value draft = rig.draft_of(rig.alice);
  int asked = 0;
  for (const json::value& by :
       {json::value{{"$ne", nullptr}}, json::value{{"$gt", ""}}, json::value{{"$regex", ".*"}}}) {
    replace_each_text(draft, by, [&] {
      EXPECT_EQ(rig.as(rig.alice).post(kPosts, draft).status, 400) << json::serialize(draft);
      ++asked;
    });
    for (const char* name : {"email", "password"}) {
      json::object in{{"email", "alice@acme.test"}, {"password", kPassword}};
      in[name] = by;
      EXPECT_EQ(rig.anyone().post("/api/auth/login", in).status, 400) << name;
    }
    EXPECT_EQ(rig.as(rig.alice)
                  .post(std::string(kApi) + "/youtube/oauth/finish", {{"flow_id", by}})
                  .status,
              400);
  }
  EXPECT_GE(asked, 15);
}

TEST(Intake, T22_AnOperatorInAQueryIsRefused) {
  DoorRig rig;
  for (const char* target :
       {"/posts?account_id[$ne]=x", "/posts?status[$gt]=", "/history?post_id[$ne]=x",
        "/history?post_id%5B%24ne%5D=x", "/media?limit[$gt]=1", "/media?$where=1",
        "/history?delivery_id.x=1", "/posts?a%00b=1", "/youtube/oauth/initiate?account_id[$ne]=x",
        "/events?user_id=x", "/media?customer_id=cust_evil", "/posts?user_id=x",
        "/analytics/accounts?user_id=x", "/analytics/posts?post_id[$ne]=x"}) {
    EXPECT_EQ(rig.as(rig.alice).get(std::string(kApi) + target).status, 400) << target;
  }
}

TEST(Intake, T23_WhatLooksLikeSqlIsOnlyText) {
  DoorRig rig;
  const auto account = rig.account_of(rig.alice);
  for (const char* id : {"' OR '1'='1", "x'; DROP TABLE posts; --", "\" OR 1=1 --", "%", "_"}) {
    json::object draft = rig.draft_of(rig.alice);
    draft["targets"].at(0).as_object()["account_id"] = id;
    EXPECT_EQ(rig.as(rig.alice).post(kPosts, draft).status, 404) << id;
  }
  EXPECT_EQ(rig.as(rig.alice).get(std::string(kPosts) + "/%25").status, 404);
}

TEST(Isolation, T25_AnIdempotencyKeyIsOnesOwn) {
  DoorRig rig;
  const HttpHeaders key{{"Idempotency-Key", "the-same-key"}};
  std::set<std::string> made;
  for (const auto* person : {&rig.mallory, &rig.alice, &rig.bob}) {
    const auto draft = rig.draft_of(*person);
    const auto first = rig.as(*person).post(kPosts, draft, key);
    ASSERT_EQ(first.status, 201) << first.body;
    const auto again = rig.as(*person).post(kPosts, draft, key);
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(json_of(again).at("id"), json_of(first).at("id"));
    EXPECT_TRUE(made.insert(std::string(json_of(first).at("id").as_string())).second);
    auto other = draft;
    other["text"] = "something else";
    const auto refused = rig.as(*person).post(kPosts, other, key);
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(code_of(refused), "idempotency_key_reused");
  }
}

}  // namespace
}  // namespace herald::http
