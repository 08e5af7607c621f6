// Signing in, staying signed in, and no longer.
#include "app/access.h"

#include <gtest/gtest.h>

#include "app/toy_rig.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

class PlainPasswords final : public Passwords {
 public:
  Result<std::string> hash(const Secret& password) override {
    return costs + std::string(password.reveal());
  }
  bool matches(const Secret& password, std::string_view hash) override {
    ++judged;
    return hash.substr(hash.find(':') + 1) == password.reveal();
  }
  void match_nobody(const Secret&) override { ++judged; }
  bool needs_rehash(std::string_view hash) override { return !hash.starts_with(costs); }

  std::string costs = "1:";
  int judged = 0;
};

class PlainTokens final : public AccessTokens {
 public:
  Result<AccessClaims> verify(std::string_view) override {
    return fail(ErrorKind::unauthorized, "Nobody asks here.");
  }
  Result<std::string> issue(const Caller& caller, Duration) override {
    return "token of " + caller.user.value;
  }
};

class AccessTest : public ::testing::Test {
 protected:
  AccessTest() {
    EXPECT_TRUE(rig_.store.add_customer({CustomerId("acme"), "Acme", false, {}}));
    ada_ = access_
               .add_user(CustomerId("acme"), "Ada@Acme.test", "Ada", Secret("long password"),
                         Role::member)
               .value();
  }
  Result<SignedIn> sign_in(const std::string& email = "ada@acme.test",
                           const char* password = "long password") {
    return access_.sign_in(email, Secret(password));
  }
  // The caller that the sign-in's access token stands for.
  Caller caller_of(const SignedIn& signed_in) {
    const auto& token = signed_in.refresh_token;
    return {ScopeAuthority::of(signed_in.user.customer), signed_in.user.id,
            SessionId(token.substr(0, token.find('.'))), signed_in.user.role};
  }
  ErrorKind renewal_error(const std::string& token) {
    const auto end = access_.renew(token);
    EXPECT_FALSE(end);
    return end ? ErrorKind::internal : end.error().kind;
  }

  testing::AppRig rig_;
  PlainPasswords passwords_;
  PlainTokens tokens_;
  Access access_{{rig_.store, tokens_, passwords_, rig_.clock, rig_.random, rig_.digest}};
  User ada_;
};

TEST_F(AccessTest, a_person_signs_in_however_the_address_is_spelt) {
  const auto signed_in = sign_in("ADA@acme.TEST").value();
  EXPECT_EQ(signed_in.user.id, ada_.id);
  EXPECT_EQ(signed_in.customer.name, "Acme");
  EXPECT_EQ(signed_in.access_token, "token of " + ada_.id.value);
}

TEST_F(AccessTest, every_refusal_looks_and_costs_the_same) {
  std::vector<Error> errors;
  const auto refused = [&](const std::string& email, const char* password) {
    const int before = passwords_.judged;
    const auto end = sign_in(email, password);
    ASSERT_FALSE(end);
    errors.push_back(end.error());
    EXPECT_EQ(passwords_.judged, before + 1);
  };
  refused("nobody@acme.test", "long password");
  refused("ada@acme.test", "wrong password");
  ada_.disabled = true;
  ASSERT_TRUE(rig_.store.save_user(ada_));
  refused("ada@acme.test", "long password");
  for (const auto& error : errors) {
    EXPECT_EQ(error.kind, ErrorKind::unauthorized);
    EXPECT_EQ(error.message, errors[0].message);
    EXPECT_EQ(error.code, errors[0].code);
  }
}

TEST_F(AccessTest, people_of_a_suspended_customer_do_not_sign_in) {
  EXPECT_TRUE(rig_.store.add_customer({CustomerId("gone"), "Gone", true, {}}));
  ASSERT_TRUE(access_.add_user(CustomerId("gone"), "eve@gone.test", "Eve", Secret("long password"),
                               Role::admin));
  EXPECT_EQ(sign_in("eve@gone.test").error().kind, ErrorKind::unauthorized);
}

TEST_F(AccessTest, a_password_hashed_with_other_costs_is_hashed_again) {
  passwords_.costs = "2:";
  ASSERT_TRUE(sign_in());
  EXPECT_EQ(rig_.store.find_user_by_email("ada@acme.test")->password_hash, "2:long password");
  EXPECT_FALSE(sign_in("ada@acme.test", "2:long password"));
}

TEST_F(AccessTest, a_refresh_token_is_kept_as_a_hash_only) {
  const auto signed_in = sign_in().value();
  const auto session = rig_.store.find_session(caller_of(signed_in).session).value();
  const auto secret = signed_in.refresh_token.substr(signed_in.refresh_token.find('.') + 1);
  EXPECT_GE(secret.size(), 43u);
  EXPECT_FALSE(session.refresh_hash.contains(secret));
}

TEST_F(AccessTest, a_refresh_token_is_good_once_and_its_reuse_ends_the_sign_in) {
  const auto first = sign_in().value();
  rig_.clock.advance(1min);
  const auto second = access_.renew(first.refresh_token).value();
  EXPECT_NE(second.refresh_token, first.refresh_token);
  rig_.clock.advance(11s);
  EXPECT_EQ(renewal_error(first.refresh_token), ErrorKind::unauthorized);
  EXPECT_EQ(renewal_error(second.refresh_token), ErrorKind::unauthorized);
  EXPECT_FALSE(access_.person(caller_of(first)));
}

TEST_F(AccessTest, an_answer_that_was_lost_is_given_once_more_within_ten_seconds) {
  const auto first = sign_in().value();
  const auto second = access_.renew(first.refresh_token).value();
  rig_.clock.advance(9s);
  EXPECT_EQ(access_.renew(first.refresh_token)->refresh_token, second.refresh_token);
  EXPECT_TRUE(access_.renew(second.refresh_token));
}

TEST_F(AccessTest, another_process_does_not_hand_out_a_token_that_nobody_keeps) {
  const auto first = sign_in().value();
  const auto second = access_.renew(first.refresh_token).value();
  Access other{{rig_.store, tokens_, passwords_, rig_.clock, rig_.random, rig_.digest}};
  EXPECT_EQ(other.renew(first.refresh_token)->refresh_token, "");
  EXPECT_TRUE(access_.renew(second.refresh_token));
}

TEST_F(AccessTest, a_sign_in_lasts_thirty_days_from_its_last_renewal) {
  auto token = sign_in()->refresh_token;
  for (int i = 0; i < 3; ++i) {
    rig_.clock.advance(29 * 24h);
    token = access_.renew(token)->refresh_token;
  }
  rig_.clock.advance(30 * 24h + 1ms);
  EXPECT_EQ(renewal_error(token), ErrorKind::unauthorized);
}

TEST_F(AccessTest, what_is_no_token_is_refused) {
  const auto id = caller_of(sign_in().value()).session.value;
  for (const std::string& token :
       {std::string(), std::string("."), id, id + ".", std::string("ses_none.x")}) {
    EXPECT_EQ(renewal_error(token), ErrorKind::unauthorized) << token;
    EXPECT_TRUE(access_.sign_out(token));
  }
}

TEST_F(AccessTest, signing_out_ends_it_and_a_guess_does_not) {
  const auto first = sign_in().value();
  const auto caller = caller_of(first);
  ASSERT_TRUE(access_.sign_out(caller.session.value + ".guess"));
  EXPECT_TRUE(access_.person(caller));
  const auto second = access_.renew(first.refresh_token).value();
  ASSERT_TRUE(access_.sign_out(first.refresh_token));  // The answer with the new one was lost.
  EXPECT_EQ(access_.person(caller).error().kind, ErrorKind::unauthorized);
  EXPECT_EQ(renewal_error(second.refresh_token), ErrorKind::unauthorized);
}

TEST_F(AccessTest, T21_a_token_outlives_neither_its_user_nor_its_session) {
  const auto caller = caller_of(sign_in().value());
  EXPECT_EQ(access_.person(caller)->user.name, "Ada");
  Caller swapped = caller;
  swapped.user = UserId("usr_other");
  EXPECT_FALSE(access_.person(swapped));
  Caller unknown = caller;
  unknown.session = SessionId("ses_none");
  EXPECT_FALSE(access_.person(unknown));
  ada_.disabled = true;
  ASSERT_TRUE(rig_.store.save_user(ada_));
  EXPECT_EQ(access_.person(caller).error().kind, ErrorKind::unauthorized);
}

TEST_F(AccessTest, people_of_another_issuer_are_taken_at_their_token) {
  Caller stranger = testing::caller("elsewhere", "zoe");
  stranger.role = Role::admin;
  const auto person = access_.person(stranger).value();
  EXPECT_EQ(person.user.id, UserId("zoe"));
  EXPECT_EQ(person.user.role, Role::admin);
  EXPECT_EQ(person.customer.id, CustomerId("elsewhere"));
}

TEST_F(AccessTest, a_store_that_is_away_signs_nobody_out) {
  const auto caller = caller_of(sign_in().value());
  rig_.store.before = [](std::string_view) -> Result<Done> {
    return fail(ErrorKind::unavailable, "The disk is full.");
  };
  EXPECT_EQ(access_.person(caller).error().kind, ErrorKind::unavailable);
}

TEST_F(AccessTest, odd_addresses_and_short_passwords_are_refused) {
  const auto add = [&](const std::string& email, const char* password) {
    return access_.add_user(CustomerId("acme"), email, "X", Secret(password), Role::member);
  };
  for (const auto& email : {std::string("none"), std::string("@acme.test"), std::string("x@"),
                            std::string(250, 'x') + "@a.bc"}) {
    EXPECT_EQ(add(email, "long password").error().kind, ErrorKind::invalid) << email;
  }
  EXPECT_EQ(add("eve@acme.test", "ninechars").error().kind, ErrorKind::invalid);
  EXPECT_EQ(add("ADA@acme.test", "long password").error().kind, ErrorKind::conflict);
  EXPECT_TRUE(add("eve@acme.test", "ten chars!"));
}

}  // namespace
}  // namespace herald
