// The same content goes to one place once in its time.
#include "tests/store/store_test.h"

namespace herald {
namespace {

// One delivery of "the bread" to the account "page".
class RepeatContract : public StoreTest {
 protected:
  RepeatContract() {
    connect("acme", "page");
    connect("acme", "other");
  }

  static constexpr Duration kWindow = Duration(1000);

  Delivery bread(const std::string& post, Time created_at = at(100)) {
    Delivery delivery = deliveries_for(sample_post("acme", post, {"page"}, created_at))[0];
    delivery.content = "the bread";
    delivery.created_at = created_at;
    delivery.publish_at = created_at;
    return delivery;
  }
  Result<PostStore::Created> create(const Delivery& delivery, Duration unique_for = kWindow) {
    const Post post =
        sample_post("acme", delivery.post.value, {delivery.account.value}, delivery.publish_at);
    return store().create_post(acme_, post, {delivery}, {}, unique_for);
  }
  std::string repeated(const Delivery& delivery) {
    const auto found = store().find_repeated(acme_, delivery, kWindow).value();
    return found ? found->post.value : "";
  }
  const CustomerScope acme_ = scope("acme");
};
INSTANTIATE_TEST_SUITE_P(Stores, RepeatContract, ::testing::ValuesIn(store_kinds()), kind_name);

TEST_P(RepeatContract, TheSameContentGoesToOnePlaceOnceInItsTime) {
  EXPECT_TRUE(create(bread("first")));
  const Delivery again = bread("again", at(100) + kWindow - Duration(1));
  EXPECT_EQ(repeated(again), "first");
  EXPECT_REFUSED(create(again), conflict, "content_repeated");
  EXPECT_REFUSED(store().find_post(acme_, PostId("again")), not_found, "");
  EXPECT_EQ(repeated(bread("later", at(100) + kWindow)), "");
  EXPECT_TRUE(create(bread("later", at(100) + kWindow)));
}

TEST_P(RepeatContract, ARepeatThatIsAllowedIsCreatedAndTheNewestIsFound) {
  EXPECT_TRUE(create(bread("first")));
  EXPECT_TRUE(create(bread("meant", at(101)), Duration{}));
  EXPECT_EQ(repeated(bread("again", at(102))), "meant");
  EXPECT_EQ(repeated(bread("meant", at(102))), "first");  // It does not repeat itself.
}

TEST_P(RepeatContract, OtherContentOtherPlacesAndOtherTimesAreNoRepeat) {
  EXPECT_TRUE(create(bread("first")));
  const auto changed = [&](auto change) {
    Delivery other = bread("again");
    change(other);
    return repeated(other);
  };
  EXPECT_EQ(changed([](Delivery&) {}), "first");
  EXPECT_EQ(changed([](Delivery& d) { d.content = "rolls"; }), "");
  EXPECT_EQ(changed([](Delivery& d) { d.content = ""; }), "");
  EXPECT_EQ(changed([](Delivery& d) { d.account = AccountId("other"); }), "");
  EXPECT_EQ(changed([](Delivery& d) { d.target_key = "corner"; }), "");
  EXPECT_EQ(changed([](Delivery& d) { d.publish_at = at(100) + kWindow; }), "");
  EXPECT_EQ(changed([](Delivery& d) { d.publish_at = at(100) - kWindow; }), "");
  EXPECT_FALSE(store().find_repeated(scope("bolt"), bread("again"), kWindow).value());
}

TEST_P(RepeatContract, WhatSaysNothingOfItsContentIsNeverARepeat) {
  Delivery silent = bread("first");
  silent.content.clear();
  EXPECT_TRUE(create(silent));
  silent = bread("second");
  silent.content.clear();
  EXPECT_TRUE(create(silent));
}

TEST_P(RepeatContract, WhatNobodyWillSeeIsNoRepeat) {
  EXPECT_TRUE(create(bread("first")));
  EXPECT_DONE(store().cancel_post(acme_, PostId("first"), at(101)));
  EXPECT_EQ(repeated(bread("again")), "");
  EXPECT_TRUE(create(bread("again")));
}

}  // namespace
}  // namespace herald
