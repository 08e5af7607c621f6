#include "tests/store/actor.h"

#include "tests/store/store_test.h"

namespace herald {
namespace {

constexpr int kPosts = 10;
constexpr int kAccounts = 3;
constexpr int kGrants = 3;
constexpr int kMedia = 3;
constexpr int kStates = 10;

}  // namespace

Actor::Actor(Store& store, const std::string& customer, std::uint64_t seed)
    : store_(store), customer_(customer), scope_(scope(customer)), chance_(seed) {
  for (const char* user : {"ann", "ben"}) {
    note("add_customer", store_.add_customer(sample_customer(customer_)));
    note("add_user", store_.add_user(sample_user(customer_, user)));
  }
  for (int i = 0; i < kMedia; ++i) {
    const Medium medium = sample_medium(customer_, "m" + std::to_string(i));
    note("add_medium", store_.add_medium(scope_, medium, 100));
  }
  for (int i = 0; i < kAccounts; ++i) connect(at(0));
}

template <class T>
void Actor::note(const char* act, const Result<T>& result) {
  transcript_.push_back(std::string(act) + ": " + show(result));
}

void Actor::act(Time now) {
  switch (chance_.below(13)) {
    case 0:
      return act_on_accounts(now);
    case 1:
      return act_on_grants(now);
    case 2:
      return act_on_flows(now);
    case 3:
    case 4:
    case 5:
      return act_on_posts(now);
    case 6:
    case 7:
    case 8:
      return act_on_deliveries(now);
    case 9:
      return act_on_follow_ups(now);
    case 10:
      return chance_.one_in(2) ? act_on_media(now) : act_on_keys(now);
    case 11:
      return act_on_measurements(now);
    default:
      return read(now);
  }
}

void Actor::claimed(const Delivery& delivery) {
  transcript_.push_back("claimed: " + show(delivery));
  held_.push_back(delivery);
}

void Actor::claimed(const FollowUp& follow_up) {
  transcript_.push_back("claimed: " + show(follow_up));
  held_follow_ups_.push_back(follow_up);
}

void Actor::claimed(const Measurement& measurement) {
  transcript_.push_back("claimed: " + show(measurement));
  held_measurements_.push_back(measurement);
}

void Actor::connect(Time now) {
  Connection connection{.grant = sample_grant(customer_, chance_.name("g", kGrants)),
                        .accounts = {}};
  connection.grant.updated_at = now;
  connection.grant.refresh_due_at = now + Duration(chance_.below(200));
  for (int i = chance_.below(kAccounts); i >= 0; --i) {
    Account account =
        sample_account(customer_, chance_.name("a", kAccounts), connection.grant.id.value);
    if (chance_.one_in(4)) account.remote_id = "shared";
    if (chance_.one_in(4)) account.user = UserId("ben");
    account.figures = chance_.one_in(2);
    account.connected_at = now;
    connection.accounts.push_back(account);
  }
  note("connect", store_.connect(scope_, connection));
}

void Actor::act_on_accounts(Time now) {
  if (chance_.one_in(6)) {
    const AccountId id(chance_.name("a", kAccounts));
    if (chance_.one_in(2)) note("forget_figures_of", store_.forget_figures_of(scope_, id));
    return note("remove_account", store_.remove_account(scope_, id, now));
  }
  connect(now);
}

void Actor::act_on_grants(Time now) {
  const GrantId id(chance_.name("g", kGrants));
  const auto grant = store_.find_grant(scope_, id);
  note("find_grant", grant);
  if (!grant) return connect(now);
  const std::int64_t version = grant->version - (chance_.one_in(5) ? 1 : 0);
  if (chance_.one_in(2)) {
    note("lease_grant", store_.lease_grant(scope_, id, version, now, Duration(50)));
  }
  const std::int64_t lease = grant->lease + chance_.below(2);
  if (chance_.one_in(2)) {
    note("begin_refresh", store_.begin_refresh(scope_, id, version, lease, now));
  }
  if (chance_.one_in(3)) {
    Grant answer = *grant;
    answer.sealed_tokens = "tokens " + std::to_string(counter_++);
    answer.state = static_cast<GrantState>(chance_.below(chance_.one_in(9) ? 3 : 2));
    answer.updated_at = now;
    note("save_grant", store_.save_grant(answer, version));
  }
  if (chance_.one_in(2)) note("release_grant", store_.release_grant(scope_, id, lease));
}

void Actor::act_on_flows(Time now) {
  OAuthFlow flow = sample_flow(customer_, chance_.name("f", 8));
  flow.state_hash = customer_ + flow.id.value;
  flow.expires_at = now + Duration(300);
  switch (chance_.below(4)) {
    case 0:
    case 1:
      return note("begin_flow", store_.begin_flow(flow, 2, now));
    case 2:
      return note("consume_flow", store_.consume_flow(flow.state_hash, flow.platform, "main",
                                                      {flow.nonce_hash}, now));
    default: {
      auto stored = store_.find_flow(scope_, flow.id);
      note("find_flow", stored);
      if (!stored) return;
      stored->status = FlowStatus::failed;
      if (chance_.one_in(3)) stored->version -= 1;
      note("save_flow", store_.save_flow(*stored));
    }
  }
}

Post Actor::some_post(Time now) {
  std::vector<std::string> accounts;
  for (int i = 0; i < kAccounts; ++i) {
    if (chance_.one_in(2)) accounts.push_back("a" + std::to_string(i));
  }
  Post post = sample_post(customer_, chance_.name("p", kPosts), accounts,
                          now + Duration(chance_.below(60)));
  post.lateness_max = Duration(150);
  if (chance_.one_in(3)) post.user = UserId("ben");
  if (chance_.one_in(3)) post.media = {{MediaId(chance_.name("m", kMedia)), ""}};
  if (chance_.one_in(3) && !post.targets.empty()) {
    post.targets[0].options["cover"] = chance_.name("m", kMedia);
  }
  return post;
}

void Actor::act_on_posts(Time now) {
  Post post = some_post(now);
  if (chance_.one_in(2)) {
    IdempotencyKey key;
    if (chance_.one_in(2)) key = {chance_.name("key", 3), chance_.name("fingerprint", 2)};
    std::vector<Delivery> deliveries = deliveries_for(post);
    for (Delivery& delivery : deliveries) {
      if (chance_.one_in(2)) delivery.content = chance_.name("content", 2);
    }
    const Duration unique_for(chance_.below(40));
    if (!deliveries.empty()) {
      note("find_repeated", store_.find_repeated(scope_, deliveries.front(), unique_for));
    }
    return note("create_post", store_.create_post(scope_, post, deliveries, key, unique_for));
  }
  if (chance_.one_in(2)) return note("cancel_post", store_.cancel_post(scope_, post.id, now));
  const auto stored = store_.find_post(scope_, post.id);
  note("find_post", stored);
  if (!stored) return;
  post.revision = stored->revision + (chance_.one_in(5) ? 2 : 1);
  note("edit_post", store_.edit_post(scope_, post, deliveries_for(post)));
}

DeliveryId Actor::some_delivery() {
  return delivery_id(PostId(chance_.name("p", kPosts)), AccountId(chance_.name("a", kAccounts)),
                     "");
}

// Somewhere the table allows, mostly.
Delivery Actor::next_of(Delivery delivery, Time now) {
  const DeliveryState from = delivery.state;
  for (int i = 0; i < 8; ++i) {
    delivery.state = static_cast<DeliveryState>(chance_.below(kStates));
    if (may_move(from, delivery.state) || chance_.one_in(60)) break;
  }
  delivery.due_at = now + Duration(chance_.below(40));
  delivery.updated_at = now;
  if (delivery.state == DeliveryState::published) {
    delivery.remote_id = chance_.name("remote", 2);
    // Long ago mostly, so that its figures are due.
    delivery.published_at = now - std::chrono::hours(chance_.below(4));
  }
  delivery.message = "message " + std::to_string(counter_++);
  if (chance_.one_in(2)) delivery.lease_until = {};
  if (chance_.one_in(3)) delivery.fence = Fence{1, 1, now, now, now};
  if (chance_.one_in(3)) delivery.fence.reset();
  if (delivery.state == DeliveryState::unknown && delivery.fence) delivery.looks += 1;
  if (delivery.state == DeliveryState::parked) delivery.parked_version = chance_.below(3);
  if (chance_.one_in(3)) delivery.sealed_progress = "progress";
  return delivery;
}

void Actor::act_on_deliveries(Time now) {
  Delivery delivery;
  if (!held_.empty() && !chance_.one_in(3)) {
    // The newest mostly: older ones have lost their lease.
    const std::size_t back = chance_.one_in(3) ? static_cast<std::size_t>(chance_.below(4)) : 0;
    const std::size_t place = held_.size() - 1 - std::min(back, held_.size() - 1);
    delivery = held_[place];
    if (chance_.one_in(3)) held_.erase(held_.begin() + static_cast<std::ptrdiff_t>(place));
  } else {
    const auto found = store_.find_delivery(scope_, some_delivery());
    note("find_delivery", found);
    if (!found) return;
    delivery = *found;
  }
  if (chance_.one_in(5)) {
    return note("renew_lease", store_.renew_lease(delivery.customer, delivery.id, delivery.lease,
                                                  now + Duration(30)));
  }
  std::optional<Attempt> attempt;
  if (chance_.one_in(2)) {
    attempt = sample_attempt(delivery, "att" + std::to_string(chance_.below(200)));
    attempt->started_at = now;
  }
  std::vector<FollowUp> follow_ups;
  if (chance_.one_in(3)) follow_ups.push_back(sample_follow_up(delivery, "comment", now));
  note("save_delivery",
       store_.save_delivery(next_of(delivery, now), delivery.lease, attempt, follow_ups));
  note("find_delivery", store_.find_delivery(scope_, delivery.id));
}

void Actor::act_on_follow_ups(Time now) {
  if (held_follow_ups_.empty()) return;
  FollowUp row = held_follow_ups_.back();
  if (chance_.one_in(2)) held_follow_ups_.pop_back();
  row.state = static_cast<FollowUpState>(chance_.below(5));
  row.due_at = now + Duration(chance_.below(40));
  if (chance_.one_in(3)) row.fence = Fence{1, 1, now, now, now};
  note("save_follow_up", store_.save_follow_up(row, row.lease, std::nullopt));
}

void Actor::act_on_measurements(Time now) {
  if (held_measurements_.empty()) return;
  Measurement row = held_measurements_.back();
  if (chance_.one_in(2)) held_measurements_.pop_back();
  row.due_at = now + Duration(chance_.below(40));
  if (chance_.one_in(9)) row.due_at.reset();
  row.problem = chance_.name("problem", 2);
  std::vector<Reading> readings;
  if (chance_.one_in(2)) {
    row.measured_at = now;
    row.problem.clear();
    // Days go by faster than the rest.
    const Time day = now + std::chrono::days(chance_.below(3));
    readings.push_back({day, {{chance_.name("figure", 3), chance_.below(100)}}, {}});
    if (chance_.one_in(3)) {
      readings.push_back({day, {{"brief", chance_.below(9)}}, std::chrono::hours(24)});
    }
  }
  std::optional<Time> account_until;
  if (chance_.one_in(4)) account_until = now + Duration(20);
  const Day day = std::chrono::floor<std::chrono::days>(now) + std::chrono::days(chance_.below(2));
  note("reserve_calls", store_.reserve_calls(scope_, row.account, day, chance_.below(5), 12));
  note("save_measurement", store_.save_measurement(row, row.lease, readings, account_until));
}

void Actor::act_on_media(Time now) {
  Medium medium = sample_medium(customer_, chance_.name("m", kMedia));
  medium.created_at = now;
  medium.received_bytes = static_cast<std::uint64_t>(chance_.below(1000));
  switch (chance_.below(3)) {
    case 0:
      return note("add_medium", store_.add_medium(scope_, medium, 100));
    case 1:
      return note("save_medium", store_.save_medium(scope_, medium));
    default:
      return note("remove_medium", store_.remove_medium(scope_, medium.id));
  }
}

void Actor::act_on_keys(Time now) {
  const CustomerId id(customer_);
  const auto number = static_cast<std::uint32_t>(chance_.below(3));
  const WrappedKey key{number, chance_.name("wrapped", 2), "proof"};
  const WrappedKey after{number, chance_.name("wrapped", 2), "proof"};
  note("add_data_key", store_.add_data_key(id, key));
  note("rewrap_data_key", store_.rewrap_data_key(id, key, after));
  note("add_audit", store_.add_audit({id, UserId("ann"), "act", "subject", "note", now}));
}

void Actor::read(Time now) {
  PostFilter filter;
  if (chance_.one_in(2)) filter.user = UserId("ann");
  if (chance_.one_in(2)) filter.account = AccountId(chance_.name("a", kAccounts));
  if (chance_.one_in(2)) filter.status = static_cast<PostStatus>(chance_.below(8));
  PageRequest page{.limit = 1 + chance_.below(3), .before = {}};
  const auto first = store_.list_posts(scope_, filter, page);
  note("list_posts", first);
  if (first && first->more) {
    const Post& last = first->rows.back();
    page.before = std::pair(last.created_at, last.id.value);
    note("list_posts", store_.list_posts(scope_, filter, page));
  }
  FiguresFilter figures{.user = filter.user,
                        .platform = {},
                        .account = filter.account,
                        .post = {},
                        .from = std::chrono::floor<std::chrono::days>(now),
                        .to = std::chrono::floor<std::chrono::days>(now) + std::chrono::days(1)};
  note("account_figures", store_.account_figures(scope_, figures));
  page = {.limit = 1 + chance_.below(3), .before = {}};
  if (chance_.one_in(2)) page.before = std::pair(now, std::string());
  note("post_figures", store_.post_figures(scope_, figures, page));
}

void Actor::look_around() {
  for (int i = 0; i < kPosts; ++i) {
    const PostId id("p" + std::to_string(i));
    note("find_post", store_.find_post(scope_, id));
    note("deliveries_of", store_.deliveries_of(scope_, id));
    note("follow_ups_of", store_.follow_ups_of(scope_, id));
  }
  for (int i = 0; i < 8; ++i) {
    const PostFilter filter{.user = {}, .account = {}, .status = static_cast<PostStatus>(i)};
    note("list_posts", store_.list_posts(scope_, filter, {}));
  }
  note("list_accounts", store_.list_accounts(scope_, {}, {}));
  const Day today = std::chrono::floor<std::chrono::days>(at(0));
  const FiguresFilter figures{.user = {},
                              .platform = {},
                              .account = {},
                              .post = {},
                              .from = today,
                              .to = today + std::chrono::days(9)};
  note("account_figures", store_.account_figures(scope_, figures));
  note("post_figures", store_.post_figures(scope_, figures, {.limit = 1000, .before = {}}));
  for (int i = 0; i < kGrants; ++i) {
    note("find_grant", store_.find_grant(scope_, GrantId("g" + std::to_string(i))));
  }
  note("list_attempts", store_.list_attempts(scope_, {}, {.limit = 1000, .before = {}}));
  note("list_media", store_.list_media(scope_, {}, {}));
  note("media_bytes", store_.media_bytes(scope_));
  note("data_keys", store_.data_keys(CustomerId(customer_)));
  note("list_audit", store_.list_audit(scope_, 1000));
}

}  // namespace herald
