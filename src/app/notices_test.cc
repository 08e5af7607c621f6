// What the platforms say of a person: believed when signed, harmless when repeated.
#include "app/notices.h"

#include <gtest/gtest.h>

#include "app/toy_rig.h"
#include "domain/encoding.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

// "<subject>" or "<subject> <ms when it was signed>".
Result<Notice> read_notice(std::string_view payload) {
  const auto words = testing::toy::words_of(std::string(payload));
  if (words.empty()) return fail(ErrorKind::invalid, "This request is not signed.");
  Notice notice{words[0], {}};
  if (words.size() > 1) notice.issued_at = from_ms(std::stoll(words[1]));
  return notice;
}

class NoticesTest : public ::testing::Test {
 protected:
  NoticesTest() { rig_.platform.read_notice = read_notice; }

  std::string sign(const std::string& payload, const std::string& key = "app secret") {
    const auto encoded = to_base64url(payload);
    return to_base64url(rig_.digest.hmac_sha256(key, encoded)) + "." + encoded;
  }
  Result<Done> deauthorise(const std::string& request) {
    return rig_.notices.deauthorised(rig_.spec.id, request);
  }
  std::size_t audited(const Caller& who, const std::string& action) {
    const auto all = rig_.store.list_audit(who.scope, 100).value();
    return static_cast<std::size_t>(std::ranges::count(all, action, &AuditEvent::action));
  }

  testing::ToyRig rig_;
  Account account_ = rig_.add_account(rig_.ada, "one");
};

TEST_F(NoticesTest, O46_what_is_not_signed_exactly_is_refused) {
  const auto good = sign("one");
  const auto dot = good.find('.');
  std::vector<std::string> bad{"",
                               ".",
                               good.substr(0, dot),
                               good.substr(dot),
                               good + ".",
                               good + "." + good,
                               "!" + good,
                               sign("one", "another secret"),
                               good.substr(0, dot) + "." + to_base64url("two")};
  for (std::size_t i = 0; i < dot; ++i) {
    std::string flipped = good;
    flipped[i] = flipped[i] == 'A' ? 'B' : 'A';
    if (flipped != good) bad.push_back(flipped);
  }
  bad.push_back(sign(std::string(9000, 'x')));
  for (const auto& one : bad) {
    const auto answer = deauthorise(one);
    ASSERT_FALSE(answer) << one;
    EXPECT_EQ(answer.error().kind, ErrorKind::invalid);
    EXPECT_FALSE(rig_.notices.delete_data(rig_.spec.id, one));
  }
  EXPECT_EQ(rig_.grant_of(account_).state, GrantState::live);
  const auto padded = to_base64url("one") + "=";  // As some send it; signed as it is sent.
  EXPECT_FALSE(deauthorise(good + "="));
  EXPECT_TRUE(
      deauthorise(to_base64url(rig_.digest.hmac_sha256("app secret", padded)) + "." + padded));
}

TEST_F(NoticesTest, O46_a_removed_app_needs_a_reconnect_and_a_replay_is_harmless) {
  const auto bobs = rig_.add_account(rig_.bob, "other");
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(deauthorise(sign("one")));
  EXPECT_EQ(rig_.grant_of(account_).state, GrantState::needs_reconnect);
  EXPECT_EQ(rig_.grant_of(bobs).state, GrantState::live);
  EXPECT_EQ(audited(rig_.ada, "grant.deauthorised"), 1u);
}

TEST_F(NoticesTest, O46_a_notice_of_one_sign_in_leaves_the_grants_of_the_other_alone) {
  Grant grant = rig_.grant_of(account_);
  std::vector<Registration> all;
  all.push_back(testing::toy::registration(rig_.platform, "herald"));
  all.push_back(testing::toy::registration(rig_.platform, "other"));
  all.back().name = "login";
  all.back().client_secret = Secret("secret of the other");
  const Registrations registrations(std::move(all));
  Notices notices({rig_.store, rig_.clock, rig_.digest, rig_.events}, registrations);
  ASSERT_TRUE(notices.deauthorised(rig_.spec.id, sign("one", "secret of the other")));
  EXPECT_EQ(rig_.grant_of(account_).state, GrantState::live);
  const auto code = notices.delete_data(rig_.spec.id, sign("one", "secret of the other"));
  EXPECT_TRUE(notices.is_deletion_code(code.value()));
  EXPECT_TRUE(rig_.store.find_account(rig_.ada.scope, account_.id));

  grant.registration = "login";
  ASSERT_TRUE(rig_.store.connect(rig_.ada.scope, {grant, {account_}}));
  ASSERT_TRUE(notices.deauthorised(rig_.spec.id, sign("one")));
  EXPECT_EQ(rig_.grant_of(account_).state, GrantState::live);
  ASSERT_TRUE(notices.deauthorised(rig_.spec.id, sign("one", "secret of the other")));
  EXPECT_EQ(rig_.grant_of(account_).state, GrantState::needs_reconnect);
}

TEST_F(NoticesTest, O46_an_old_notice_does_not_end_a_newer_consent) {
  const auto issued = std::to_string(to_ms(rig_.clock.now()));
  rig_.clock.advance(1h);
  const auto again = rig_.add_account(rig_.bob, "one");  // The same person, newly connected.
  ASSERT_TRUE(deauthorise(sign("one " + issued)));
  EXPECT_EQ(rig_.grant_of(account_).state, GrantState::needs_reconnect);
  EXPECT_EQ(rig_.grant_of(again).state, GrantState::live);
  ASSERT_TRUE(rig_.notices.delete_data(rig_.spec.id, sign("one " + issued)));
  EXPECT_TRUE(rig_.store.find_account(rig_.bob.scope, again.id));
  EXPECT_FALSE(rig_.store.find_account(rig_.ada.scope, account_.id));
}

TEST_F(NoticesTest, O44_a_removed_app_wins_over_a_renewal_saved_at_the_same_moment) {
  rig_.store.before = [&](std::string_view act) -> Result<Done> {
    if (act != "save_grant") return Done{};
    rig_.store.before = {};
    const Grant renewed = rig_.grant_of(account_);
    EXPECT_TRUE(rig_.store.save_grant(renewed, renewed.version));
    return Done{};
  };
  ASSERT_TRUE(deauthorise(sign("one")));
  EXPECT_EQ(rig_.grant_of(account_).state, GrantState::needs_reconnect);
}

TEST_F(NoticesTest, O46_deleting_takes_every_account_and_token_of_that_person_alone) {
  const auto bobs = rig_.add_account(rig_.bob, "other");
  const GrantId grant = account_.grant;
  const auto code = rig_.notices.delete_data(rig_.spec.id, sign("one")).value();
  EXPECT_FALSE(rig_.store.find_account(rig_.ada.scope, account_.id));
  EXPECT_EQ(rig_.store.find_grant(rig_.ada.scope, grant)->sealed_tokens, "");
  EXPECT_TRUE(rig_.store.find_account(rig_.bob.scope, bobs.id));
  EXPECT_EQ(audited(rig_.ada, "account.deleted_on_request"), 1u);
  EXPECT_EQ(rig_.notices.delete_data(rig_.spec.id, sign("one")).value(), code);
  EXPECT_EQ(audited(rig_.ada, "account.deleted_on_request"), 1u);

  EXPECT_TRUE(rig_.notices.is_deletion_code(code));
  EXPECT_FALSE(code.contains("one"));
  auto forged = code;
  forged.back() = forged.back() == '0' ? '1' : '0';
  EXPECT_FALSE(rig_.notices.is_deletion_code(forged));
  EXPECT_FALSE(rig_.notices.is_deletion_code(""));
}

TEST_F(NoticesTest, O46_a_notice_may_name_the_account) {
  Grant grant = rig_.grant_of(account_);
  grant.subject = "a person";
  ASSERT_TRUE(rig_.store.connect(rig_.ada.scope, {grant, {account_}}));
  ASSERT_TRUE(deauthorise(sign("one")));
  EXPECT_EQ(rig_.grant_of(account_).state, GrantState::needs_reconnect);
}

TEST_F(NoticesTest, O46_deleting_takes_the_figures_of_posts_along) {
  rig_.add_post(account_, "post");
  Delivery out = rig_.store.claim_due(rig_.clock.now(), 60s, 1).value().at(0);
  out.state = DeliveryState::published;
  out.remote_id = "remote";
  out.published_at = rig_.clock.now();
  ASSERT_TRUE(rig_.store.save_delivery(out, out.lease, std::nullopt, {}));
  rig_.clock.advance(2h);
  const Reading reading{rig_.clock.now(), {{"views", 3}}, {}};
  for (int row = 0; row < 2; ++row) {  // The account's, and the post's.
    auto due = rig_.store.claim_measurements(rig_.clock.now(), 60s, 1).value().at(0);
    due.due_at.reset();
    ASSERT_TRUE(rig_.store.save_measurement(due, due.lease, {reading}, std::nullopt));
  }
  const Day today = std::chrono::floor<std::chrono::days>(rig_.clock.now());
  const auto figures = [&] {
    FiguresFilter all;
    all.from = today - std::chrono::days(30);
    all.to = today;
    return rig_.store.post_figures(rig_.ada.scope, all, {})->rows.at(0).figures.latest;
  };
  ASSERT_EQ(figures(), (Metrics{{"views", 3}}));
  ASSERT_TRUE(rig_.notices.delete_data(rig_.spec.id, sign("one")));
  EXPECT_TRUE(figures().empty());
}

TEST_F(NoticesTest, a_platform_that_sends_no_notices_has_no_such_address) {
  rig_.platform.read_notice = nullptr;
  EXPECT_EQ(deauthorise(sign("one")).error().kind, ErrorKind::not_found);
  EXPECT_EQ(rig_.notices.deauthorised(rig_.idle_spec.id, sign("one")).error().kind,
            ErrorKind::not_found);
}

}  // namespace
}  // namespace herald
