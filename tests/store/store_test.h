// The one suite that every store passes: each test runs once for every kind of store. A new kind
// is one more line in store_kinds().
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ports/store.h"
#include "tests/store/show.h"

namespace herald {

// Removed with everything in it at the end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct StoreKind {
  std::string name;
  std::function<std::unique_ptr<Store>(const std::string& folder)> open;
};
std::vector<StoreKind> store_kinds();
inline void PrintTo(const StoreKind& kind, std::ostream* out) { *out << kind.name; }
std::string kind_name(const ::testing::TestParamInfo<StoreKind>& info);

// 0 is some moment; tests count milliseconds from it.
inline Time at(std::int64_t ms) { return from_ms(1'800'000'000'000 + ms); }
inline CustomerScope scope(const std::string& customer) {
  return ScopeAuthority::of(CustomerId(customer));
}

// Rows with every member set to something, so that a member that is lost is noticed.
Customer sample_customer(const std::string& id);
User sample_user(const std::string& customer, const std::string& id);
Session sample_session(const std::string& customer, const std::string& user, const std::string& id);
OAuthFlow sample_flow(const std::string& customer, const std::string& id);  // Until at(1000).
Grant sample_grant(const std::string& customer, const std::string& id);
Account sample_account(const std::string& customer, const std::string& id,
                       const std::string& grant);
Medium sample_medium(const std::string& customer, const std::string& id);
// To these accounts, due at `due`; created at `due` too.
Post sample_post(const std::string& customer, const std::string& id,
                 const std::vector<std::string>& accounts, Time due);
std::vector<Delivery> deliveries_for(const Post& post);
Attempt sample_attempt(const Delivery& delivery, const std::string& id);
FollowUp sample_follow_up(const Delivery& delivery, const std::string& kind, Time due);

class StoreTest : public ::testing::TestWithParam<StoreKind> {
 protected:
  StoreTest() : store_(GetParam().open(folder_.path())) {}

  Store& store() { return *store_; }
  // An account on a grant of its own ("grt_" + id).
  void connect(const std::string& customer, const std::string& id);
  Post create(const Post& post);
  Post create(const std::string& customer, const std::string& id,
              const std::vector<std::string>& accounts, Time due) {
    return create(sample_post(customer, id, accounts, due));
  }
  // The ids of what is claimed, in order.
  std::vector<std::string> claim(Time now, int max = 100);
  Delivery delivery(const std::string& customer, const std::string& post,
                    const std::string& account);
  // Claims the post's one delivery at `now`.
  Delivery claimed(const std::string& customer, const std::string& post, const std::string& account,
                   Time now);
  // Claims it and saves it in this state, due at `due`; with a fence where one belongs.
  Delivery moved(const std::string& customer, const std::string& post, const std::string& account,
                 Time now, DeliveryState state, Time due = {});
  PostStatus status(const std::string& customer, const std::string& post);

  static constexpr Duration kLease{60'000};

 private:
  TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
};

}  // namespace herald

// What was refused, and how.
#define EXPECT_REFUSED(expr, error_kind, error_code)         \
  do {                                                       \
    const auto refused_ = (expr);                            \
    ASSERT_FALSE(refused_.has_value()) << show(refused_);    \
    EXPECT_EQ(refused_.error().kind, ErrorKind::error_kind); \
    EXPECT_EQ(refused_.error().code, error_code);            \
  } while (false)
// Another customer is answered exactly as somebody who asks for a row that never was.
#define EXPECT_UNKNOWN(other, never)                           \
  do {                                                         \
    const auto other_ = (other);                               \
    const auto never_ = (never);                               \
    ASSERT_FALSE(other_.has_value());                          \
    ASSERT_FALSE(never_.has_value());                          \
    EXPECT_EQ(other_.error().kind, ErrorKind::not_found);      \
    EXPECT_EQ(show(other_.error()), show(never_.error()));     \
    EXPECT_EQ(other_.error().message, never_.error().message); \
    EXPECT_EQ(other_.error().detail, never_.error().detail);   \
  } while (false)
#define EXPECT_DONE(expr)                          \
  do {                                             \
    const auto done_ = (expr);                     \
    EXPECT_TRUE(done_.has_value()) << show(done_); \
  } while (false)
