#include "tests/store/store_test.h"

namespace herald {
namespace {

class PostContract : public StoreTest {
 protected:
  PostContract() {
    connect("acme", "page");
    connect("acme", "other");
    connect("bolt", "theirs");
  }

  Result<PostStore::Created> create_with(const Post& post, const IdempotencyKey& key) {
    return store().create_post(scope(post.customer.value), post, deliveries_for(post), key, {});
  }
  std::vector<std::string> listed(const PostFilter& filter, const std::string& customer = "acme") {
    std::vector<std::string> ids;
    const auto page = store().list_posts(scope(customer), filter, {}).value();
    for (const Post& post : page.rows) {
      ids.push_back(post.id.value);
    }
    return ids;
  }
  using Ids = std::vector<std::string>;
  const CustomerScope acme_ = scope("acme");
};
INSTANTIATE_TEST_SUITE_P(Stores, PostContract, ::testing::ValuesIn(store_kinds()), kind_name);

TEST_P(PostContract, APostAndItsDeliveriesAreFoundAsTheyWereCreated) {
  EXPECT_DONE(store().add_medium(acme_, sample_medium("acme", "med"), 100));
  Post post = sample_post("acme", "post", {"page", "other"}, at(100));
  post.media = {{MediaId("med"), "alt \"text\""}};
  post.targets[1].text.reset();
  post.targets[1].options.clear();
  auto deliveries = deliveries_for(post);
  deliveries[0].fence = Fence{1, 2, at(3), at(4), at(5)};
  deliveries[0].sealed_progress = std::string("\0progress\xff", 10);
  deliveries[0].meter = {"Uploading", 5, 5'000'000'000};
  deliveries[0].published_at = at(6);
  deliveries[0].remote_id = "17841400000000001";
  deliveries[0].url = "https://example/p/1";
  deliveries[0].code = "code";
  deliveries[0].message = "message";
  deliveries[0].attempt = 1;
  deliveries[0].steps_idle = 2;
  deliveries[0].visible_calls = 3;
  deliveries[0].looks = 4;
  deliveries[0].last_look_at = at(7);
  deliveries[0].parked_version = 8;
  deliveries[0].revision = 9;
  EXPECT_EQ(show(store().create_post(acme_, post, deliveries, {}, {})),
            show(PostStore::Created{post.id, false}));
  EXPECT_EQ(show(store().find_post(acme_, post.id)), show(post));
  EXPECT_EQ(show(store().deliveries_of(acme_, post.id)), show(deliveries));
  EXPECT_EQ(show(store().find_delivery(acme_, deliveries[1].id)), show(deliveries[1]));
}

TEST_P(PostContract, AnotherCustomersPostsAndDeliveriesAreUnknown) {
  const Post post = create("acme", "post", {"page"}, at(100));
  const CustomerScope bolt = scope("bolt");
  const PostId never("never");
  EXPECT_UNKNOWN(store().find_post(bolt, post.id), store().find_post(bolt, never));
  EXPECT_UNKNOWN(store().deliveries_of(bolt, post.id), store().deliveries_of(bolt, never));
  EXPECT_UNKNOWN(store().follow_ups_of(bolt, post.id), store().follow_ups_of(bolt, never));
  EXPECT_UNKNOWN(store().cancel_post(bolt, post.id, at(1)),
                 store().cancel_post(bolt, never, at(1)));
  EXPECT_UNKNOWN(store().find_delivery(bolt, deliveries_for(post)[0].id),
                 store().find_delivery(bolt, DeliveryId("never")));
  EXPECT_UNKNOWN(store().edit_post(bolt, sample_post("bolt", "post", {}, at(1)), {}),
                 store().edit_post(bolt, sample_post("bolt", "never", {}, at(1)), {}));
  EXPECT_EQ(listed({}, "bolt"), Ids{});
  EXPECT_EQ(show(store().find_post(acme_, post.id)), show(post));
}

TEST_P(PostContract, APostNamesOnlyWhatIsTheCustomers) {
  EXPECT_DONE(store().add_medium(scope("bolt"), sample_medium("bolt", "med"), 100));
  Post post = sample_post("acme", "post", {"theirs"}, at(100));
  EXPECT_UNKNOWN(create_with(post, {}),
                 create_with(sample_post("acme", "post", {"never"}, at(100)), {}));
  post = sample_post("acme", "post", {"page"}, at(100));
  post.media = {{MediaId("med"), ""}};
  EXPECT_REFUSED(create_with(post, {}), not_found, "");
  EXPECT_REFUSED(store().create_post(scope("bolt"), post, {}, {}, {}), internal, "");
  Post stranger = sample_post("acme", "other_post", {"page"}, at(100));
  EXPECT_REFUSED(store().create_post(acme_, post, deliveries_for(stranger), {}, {}), not_found, "");
  post.media.clear();
  EXPECT_REFUSED(store().create_post(acme_, post, deliveries_for(stranger), {}, {}), internal, "");
  EXPECT_REFUSED(store().find_post(acme_, post.id), not_found, "");
}

TEST_P(PostContract, AnIdIsGivenOnce) {
  const Post post = create("acme", "post", {"page"}, at(100));
  EXPECT_REFUSED(create_with(post, {}), conflict, "");
  const Post twice = sample_post("acme", "twice", {"page", "page"}, at(100));
  EXPECT_REFUSED(create_with(twice, {}), conflict, "target_twice");
  EXPECT_REFUSED(store().find_post(acme_, twice.id), not_found, "");
}

TEST_P(PostContract, TheSameKeyAndRequestGiveTheFirstPostAgain) {
  const IdempotencyKey key{"key", "fingerprint"};
  EXPECT_FALSE(create_with(sample_post("acme", "first", {"page"}, at(100)), key)->replayed);
  const Post second = sample_post("acme", "second", {"page"}, at(100));
  EXPECT_EQ(show(create_with(second, key)), show(PostStore::Created{PostId("first"), true}));
  EXPECT_REFUSED(store().find_post(acme_, second.id), not_found, "");
}

TEST_P(PostContract, AKeyTellsWhatItCreatedBeforeTheRequestIsJudged) {
  const UserId ann = sample_post("acme", "first", {}, at(1)).user;
  const IdempotencyKey key{"key", "fingerprint"};
  EXPECT_FALSE(store().find_created(acme_, ann, key).value());
  EXPECT_DONE(create_with(sample_post("acme", "first", {"page"}, at(100)), key));
  EXPECT_EQ(store().find_created(acme_, ann, key).value()->id, PostId("first"));
  EXPECT_TRUE(store().find_created(acme_, ann, key).value()->replayed);
  EXPECT_REFUSED(store().find_created(acme_, ann, {"key", "another"}), conflict,
                 "idempotency_key_reused");
  EXPECT_FALSE(store().find_created(acme_, UserId("ben"), key).value());
  EXPECT_FALSE(store().find_created(scope("bolt"), ann, key).value());
  EXPECT_DONE(create_with(sample_post("acme", "second", {"page"}, at(100)), {}));
  EXPECT_FALSE(store().find_created(acme_, ann, {}).value());
}

TEST_P(PostContract, TheSameKeyWithAnotherRequestIsRefused) {
  EXPECT_DONE(create_with(sample_post("acme", "first", {"page"}, at(100)), {"key", "one"}));
  const Post second = sample_post("acme", "second", {"page"}, at(100));
  EXPECT_REFUSED(create_with(second, {"key", "two"}), conflict, "idempotency_key_reused");
  EXPECT_REFUSED(store().find_post(acme_, second.id), not_found, "");
}

TEST_P(PostContract, T25_AKeyOfAnotherCustomerOrUserIsNotTheSame) {
  const IdempotencyKey key{"key", "fingerprint"};
  EXPECT_DONE(create_with(sample_post("bolt", "post", {"theirs"}, at(100)), key));
  EXPECT_FALSE(create_with(sample_post("acme", "post", {"page"}, at(100)), key)->replayed);
  Post bens = sample_post("acme", "bens", {"page"}, at(100));
  bens.user = UserId("ben");
  EXPECT_FALSE(create_with(bens, key)->replayed);
  // No key is never the same key.
  EXPECT_FALSE(create_with(sample_post("acme", "a", {"page"}, at(100)), {})->replayed);
  EXPECT_FALSE(create_with(sample_post("acme", "b", {"page"}, at(100)), {})->replayed);
}

TEST_P(PostContract, ListsAreNewestFirst) {
  create("acme", "b", {"page"}, at(100));
  create("acme", "a", {"page"}, at(100));
  create("acme", "new", {"page"}, at(200));
  EXPECT_EQ(listed({}), (Ids{"new", "b", "a"}));
}

TEST_P(PostContract, PagesFollowOneAnotherWithoutGapOrRepeat) {
  Ids expected;
  for (int i = 0; i < 10; ++i) {
    const std::string id = "post" + std::to_string(i);
    create("acme", id, {"page"}, at(100 + i / 3));  // Some at the same moment.
    expected.insert(expected.begin(), id);
  }
  for (const PostFilter& filter :
       {PostFilter{}, PostFilter{.user = UserId("ann"), .account = {}, .status = {}},
        PostFilter{.user = {}, .account = AccountId("page"), .status = {}},
        PostFilter{.user = {}, .account = {}, .status = PostStatus::scheduled}}) {
    Ids seen;
    PageRequest page{.limit = 4, .before = {}};
    for (bool more = true; more;) {
      const auto rows = store().list_posts(acme_, filter, page).value();
      for (const Post& post : rows.rows) seen.push_back(post.id.value);
      ASSERT_FALSE(rows.rows.empty());
      page.before = std::pair(rows.rows.back().created_at, rows.rows.back().id.value);
      more = rows.more;
    }
    EXPECT_EQ(seen, expected);
  }
  EXPECT_FALSE(store().list_posts(acme_, {}, {.limit = 10, .before = {}})->more);
  EXPECT_TRUE(store().list_posts(acme_, {}, {.limit = 9, .before = {}})->more);
}

TEST_P(PostContract, FiltersNarrowAndCombine) {
  create("acme", "both", {"page", "other"}, at(100));
  create("acme", "page", {"page"}, at(101));
  Post bens = sample_post("acme", "bens", {"other"}, at(102));
  bens.user = UserId("ben");
  create(bens);
  EXPECT_EQ(claim(at(100)), (Ids{"both", "both"}));
  const UserId ann("ann");
  const AccountId other("other");
  EXPECT_EQ(listed({.user = ann, .account = {}, .status = {}}), (Ids{"page", "both"}));
  EXPECT_EQ(listed({.user = {}, .account = other, .status = {}}), (Ids{"bens", "both"}));
  EXPECT_EQ(listed({.user = {}, .account = {}, .status = PostStatus::scheduled}),
            (Ids{"bens", "page"}));
  EXPECT_EQ(listed({.user = ann, .account = {}, .status = PostStatus::scheduled}), Ids{"page"});
  EXPECT_EQ(listed({.user = ann, .account = other, .status = PostStatus::publishing}), Ids{"both"});
  EXPECT_EQ(listed({.user = {}, .account = other, .status = PostStatus::failed}), Ids{});
  EXPECT_EQ(listed({.user = {}, .account = AccountId("theirs"), .status = {}}), Ids{});
}

// Every act that moves a delivery must keep the listing by status right.
TEST_P(PostContract, TheStatusOfAPostIsTheFoldOfItsDeliveries) {
  const auto check = [&](const std::string& post, PostStatus expected) {
    EXPECT_EQ(status("acme", post), expected);
    for (int i = 0; i <= static_cast<int>(PostStatus::missed); ++i) {
      const auto asked = static_cast<PostStatus>(i);
      const Ids found = listed({.user = {}, .account = {}, .status = asked});
      EXPECT_EQ(std::ranges::count(found, post), asked == expected ? 1 : 0) << name_of(asked);
    }
  };
  create("acme", "one", {"page"}, at(100));
  check("one", PostStatus::scheduled);
  Delivery row = claimed("acme", "one", "page", at(100));
  check("one", PostStatus::publishing);
  row.state = DeliveryState::parked;
  row.parked_version = 7;
  EXPECT_DONE(store().save_delivery(row, row.lease, std::nullopt, {}));
  check("one", PostStatus::needs_attention);
  EXPECT_EQ(store().resume_parked(at(200)).value(), 1);
  check("one", PostStatus::scheduled);
  row = claimed("acme", "one", "page", at(300));
  EXPECT_EQ(claim(at(300) + kLease, 0), Ids{});  // The lease is over: rescued.
  check("one", PostStatus::scheduled);
  Post post = store().find_post(acme_, PostId("one")).value();
  post.revision = 2;
  EXPECT_DONE(store().edit_post(acme_, post, {}));
  check("one", PostStatus::scheduled);
  EXPECT_DONE(store().cancel_post(acme_, post.id, at(400)));
  check("one", PostStatus::scheduled);  // Nothing goes anywhere: that is what fold() says.

  create("acme", "two", {"page", "other"}, at(100));
  EXPECT_DONE(store().remove_account(acme_, AccountId("page"), at(500)));
  check("two", PostStatus::scheduled);
  EXPECT_DONE(store().remove_account(acme_, AccountId("other"), at(500)));
  check("two", PostStatus::cancelled);
}

TEST_P(PostContract, AnEditReplacesPostAndDeliveries) {
  create("acme", "post", {"page"}, at(100));
  Post post = sample_post("acme", "post", {"other"}, at(500));
  post.text = "New text";
  post.revision = 2;
  Post given = post;
  given.user = UserId("ben");  // Whose it is and when it came about do not change.
  given.created_at = at(999);
  post.created_at = at(100);
  EXPECT_DONE(store().edit_post(acme_, given, deliveries_for(post)));
  EXPECT_EQ(show(store().find_post(acme_, post.id)), show(post));
  EXPECT_EQ(show(store().deliveries_of(acme_, post.id)), show(deliveries_for(post)));
  EXPECT_EQ(claim(at(499)), Ids{});
  EXPECT_EQ(claim(at(500)), Ids{"post"});
  EXPECT_EQ(listed({.user = {}, .account = AccountId("page"), .status = {}}), Ids{});
  EXPECT_EQ(listed({.user = {}, .account = AccountId("other"), .status = {}}), Ids{"post"});
}

TEST_P(PostContract, AnEditNeedsTheRevisionThatWasSeen) {
  Post post = create("acme", "post", {"page"}, at(100));
  EXPECT_REFUSED(store().edit_post(acme_, post, {}), conflict, "edited_meanwhile");
  post.revision = 3;
  EXPECT_REFUSED(store().edit_post(acme_, post, {}), conflict, "edited_meanwhile");
  post.revision = 2;
  EXPECT_DONE(store().edit_post(acme_, post, deliveries_for(post)));
  EXPECT_REFUSED(store().edit_post(acme_, post, {}), conflict, "edited_meanwhile");
}

TEST_P(PostContract, F17_APostThatIsGoingOutIsNotEdited) {
  Post post = create("acme", "post", {"page"}, at(100));
  post.revision = 2;
  post.text = "Too late";
  const auto refused = [&] {
    EXPECT_REFUSED(store().edit_post(acme_, post, deliveries_for(post)), conflict,
                   "already_going_out");
    EXPECT_NE(store().find_post(acme_, post.id)->text, "Too late");
  };
  Delivery row = claimed("acme", "post", "page", at(100));
  refused();
  row.state = DeliveryState::scheduled;
  row.visible_calls = 1;  // The first part of a thread is live.
  EXPECT_DONE(store().save_delivery(row, row.lease, std::nullopt, {}));
  refused();
  row.visible_calls = 0;
  row.fence = Fence{};
  EXPECT_DONE(store().save_delivery(row, row.lease, std::nullopt, {}));
  refused();
  row.fence.reset();
  EXPECT_DONE(store().save_delivery(row, row.lease, std::nullopt, {}));
  EXPECT_DONE(store().edit_post(acme_, post, deliveries_for(post)));
}

TEST_P(PostContract, ALeaseOfBeforeAnEditFitsNoMore) {
  Post post = create("acme", "post", {"page"}, at(100));
  const Delivery frozen = claimed("acme", "post", "page", at(100));
  EXPECT_EQ(claim(at(100) + kLease, 0), Ids{});  // Rescued: scheduled again.
  post.revision = 2;
  EXPECT_DONE(store().edit_post(acme_, post, deliveries_for(post)));
  EXPECT_REFUSED(store().save_delivery(frozen, frozen.lease, std::nullopt, {}), conflict,
                 "lease_lost");
  EXPECT_EQ(claim(at(200) + kLease), Ids{"post"});
  EXPECT_REFUSED(store().save_delivery(frozen, frozen.lease, std::nullopt, {}), conflict,
                 "lease_lost");
}

TEST_P(PostContract, CancellingLeavesWhatIsOver) {
  create("acme", "post", {"page", "other"}, at(100));
  EXPECT_EQ(claim(at(100), 1), Ids{"post"});  // "other" by its id.
  Delivery row = delivery("acme", "post", "other");
  row.state = DeliveryState::published;
  EXPECT_DONE(store().save_delivery(row, row.lease, std::nullopt, {}));
  EXPECT_DONE(store().cancel_post(acme_, PostId("post"), at(300)));
  EXPECT_EQ(delivery("acme", "post", "other").state, DeliveryState::published);
  EXPECT_EQ(delivery("acme", "post", "page").state, DeliveryState::cancelled);
  EXPECT_EQ(delivery("acme", "post", "page").updated_at, at(300));
  EXPECT_TRUE(store().find_post(acme_, PostId("post"))->cancelled);
  EXPECT_EQ(status("acme", "post"), PostStatus::partly_published);
  EXPECT_EQ(claim(at(10'000'000)), Ids{});
}

TEST_P(PostContract, F17_WhatIsCancelledIsNeverSent) {
  create("acme", "post", {"page"}, at(100));
  Delivery row = claimed("acme", "post", "page", at(100));
  EXPECT_DONE(store().cancel_post(acme_, PostId("post"), at(110)));
  // The worker that has it can neither raise the fence nor keep its lease.
  row.fence = Fence{};
  EXPECT_REFUSED(store().save_delivery(row, row.lease, std::nullopt, {}), conflict, "lease_lost");
  EXPECT_REFUSED(store().renew_lease(row.customer, row.id, row.lease, at(999'999)), conflict,
                 "lease_lost");
  EXPECT_EQ(delivery("acme", "post", "page").state, DeliveryState::cancelled);
}

TEST_P(PostContract, F17_WhatMayBeOutIsNotCancelled) {
  const auto refused = [&](const std::string& post) {
    const auto before = store().deliveries_of(acme_, PostId(post));
    EXPECT_REFUSED(store().cancel_post(acme_, PostId(post), at(900)), conflict,
                   "already_going_out");
    EXPECT_EQ(show(store().deliveries_of(acme_, PostId(post))), show(before));
    EXPECT_FALSE(store().find_post(acme_, PostId(post))->cancelled);
  };
  create("acme", "fenced", {"page", "other"}, at(100));
  EXPECT_EQ(claim(at(100)), (Ids{"fenced", "fenced"}));
  Delivery row = delivery("acme", "fenced", "page");
  row.fence = Fence{};
  EXPECT_DONE(store().save_delivery(row, row.lease, std::nullopt, {}));
  refused("fenced");
  row.state = DeliveryState::waiting;
  row.due_at = at(99'999'999);
  EXPECT_DONE(store().save_delivery(row, row.lease, std::nullopt, {}));
  refused("fenced");
  row.fence.reset();
  row.visible_calls = 1;  // Accepted; only its link is still to be read.
  EXPECT_DONE(store().save_delivery(row, row.lease, std::nullopt, {}));
  refused("fenced");

  connect("acme", "third");
  create("acme", "unknown", {"third"}, at(200));
  moved("acme", "unknown", "third", at(200), DeliveryState::unknown, at(99'999'999));
  refused("unknown");
  create("acme", "review", {"third"}, at(300));
  moved("acme", "review", "third", at(300), DeliveryState::review);
  refused("review");
}

TEST_P(PostContract, CancellingTwiceIsFine) {
  create("acme", "post", {"page"}, at(100));
  EXPECT_DONE(store().cancel_post(acme_, PostId("post"), at(110)));
  EXPECT_DONE(store().cancel_post(acme_, PostId("post"), at(120)));
  EXPECT_EQ(status("acme", "post"), PostStatus::cancelled);
}

TEST_P(PostContract, ACancelledUploadLeavesNoSealedProgress) {
  create("acme", "post", {"page"}, at(100));
  Delivery row = claimed("acme", "post", "page", at(100));
  row.state = DeliveryState::waiting;
  row.sealed_progress = "upload session";
  EXPECT_DONE(store().save_delivery(row, row.lease, std::nullopt, {}));
  EXPECT_DONE(store().cancel_post(acme_, PostId("post"), at(110)));
  EXPECT_EQ(delivery("acme", "post", "page").sealed_progress, "");
}

TEST_P(PostContract, ARefusedEditSaysHowThePostStands) {
  const auto told = [&](const std::string& id) {
    Post post = sample_post("acme", id, {"page"}, at(100));
    post.revision = 2;
    const auto edited = store().edit_post(scope("acme"), post, deliveries_for(post));
    EXPECT_FALSE(edited);
    return edited ? std::string() : edited.error().message;
  };
  create("acme", "cancelled", {"page"}, at(100));
  EXPECT_DONE(store().cancel_post(scope("acme"), PostId("cancelled"), at(1)));
  EXPECT_NE(told("cancelled").find("was cancelled"), std::string::npos);
  create("acme", "published", {"page"}, at(100));
  moved("acme", "published", "page", at(100), DeliveryState::published);
  EXPECT_NE(told("published").find("is published"), std::string::npos);
  create("acme", "failed", {"page"}, at(100));
  moved("acme", "failed", "page", at(100), DeliveryState::failed);
  EXPECT_NE(told("failed").find("did not go out"), std::string::npos);
  create("acme", "running", {"page"}, at(100));
  EXPECT_EQ(claim(at(100)), std::vector<std::string>{"running"});
  EXPECT_NE(told("running").find("already going out"), std::string::npos);
}

}  // namespace
}  // namespace herald
