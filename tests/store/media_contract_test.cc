#include "tests/store/store_test.h"

namespace herald {
namespace {

class MediaContract : public StoreTest {
 protected:
  MediaContract() { EXPECT_DONE(store().add_medium(acme_, sample_medium("acme", "med"), 100)); }

  Result<Medium> stored() { return store().find_medium(acme_, id_); }

  const CustomerScope acme_ = scope("acme");
  const MediaId id_{"med"};
};
INSTANTIATE_TEST_SUITE_P(Stores, MediaContract, ::testing::ValuesIn(store_kinds()), kind_name);

TEST_P(MediaContract, AMediumIsFoundAsItWasAdded) {
  EXPECT_EQ(show(stored()), show(sample_medium("acme", "med")));
  Medium plain = sample_medium("acme", "plain");
  plain.facts = {};
  plain.jpeg.reset();
  EXPECT_DONE(store().add_medium(acme_, plain, 100));
  EXPECT_EQ(show(store().find_medium(acme_, MediaId("plain"))), show(plain));
}

TEST_P(MediaContract, AMediumIsAddedOnceAndToItsCustomer) {
  EXPECT_REFUSED(store().add_medium(acme_, sample_medium("acme", "med"), 100), conflict, "");
  EXPECT_DONE(store().add_medium(scope("bolt"), sample_medium("bolt", "med"), 100));
  EXPECT_REFUSED(store().add_medium(acme_, sample_medium("bolt", "new"), 100), internal, "");
  EXPECT_REFUSED(store().save_medium(acme_, sample_medium("bolt", "med")), internal, "");
}

TEST_P(MediaContract, AnotherCustomersMediumIsUnknown) {
  EXPECT_UNKNOWN(store().find_medium(scope("bolt"), id_),
                 store().find_medium(scope("bolt"), MediaId("never")));
  EXPECT_UNKNOWN(store().save_medium(scope("bolt"), sample_medium("bolt", "med")),
                 store().save_medium(scope("bolt"), sample_medium("bolt", "never")));
  EXPECT_UNKNOWN(store().remove_medium(scope("bolt"), id_),
                 store().remove_medium(scope("bolt"), MediaId("never")));
  EXPECT_EQ(show(store().list_media(scope("bolt"), {}, {})), "end");
  EXPECT_EQ(store().media_bytes(scope("bolt")).value(), 0u);
  EXPECT_DONE(stored());
}

TEST_P(MediaContract, SavingReplacesAllButOwnerAndBirth) {
  Medium medium = sample_medium("acme", "med");
  medium.status = MediaStatus::refused;
  medium.received_bytes = 200;
  medium.facts = {};
  medium.jpeg.reset();
  medium.problem = "Another sentence.";
  Medium given = medium;
  given.user = UserId("ben");
  given.created_at = at(999);
  given.touched_at = medium.touched_at = at(40);
  EXPECT_DONE(store().save_medium(acme_, given));
  EXPECT_EQ(show(stored()), show(medium));
}

TEST_P(MediaContract, ListsAreNewestFirstInPages) {
  Medium bens = sample_medium("acme", "aa");
  bens.user = UserId("ben");
  Medium newer = sample_medium("acme", "bb");
  newer.created_at = at(31);
  EXPECT_DONE(store().add_medium(acme_, bens, 100));
  EXPECT_DONE(store().add_medium(acme_, newer, 100));
  const auto first = store().list_media(acme_, {}, {.limit = 2, .before = {}}).value();
  EXPECT_EQ(show(first.rows), show(std::vector{newer, sample_medium("acme", "med")}));
  EXPECT_TRUE(first.more);
  const auto rest = store().list_media(
      acme_, {}, {.limit = 2, .before = std::pair(first.rows[1].created_at, std::string("med"))});
  EXPECT_EQ(show(rest->rows), show(std::vector{bens}));
  EXPECT_FALSE(rest->more);
  EXPECT_EQ(show(store().list_media(acme_, UserId("ben"), {})->rows), show(std::vector{bens}));
}

TEST_P(MediaContract, AMediumOfAPostThatIsStillToGoOutStays) {
  connect("acme", "page");
  Post post = sample_post("acme", "post", {"page"}, at(100));
  post.media = {{id_, "alt text"}, {id_, "twice"}};
  create(post);
  EXPECT_REFUSED(store().remove_medium(acme_, id_), conflict, "media_in_use");
  moved("acme", "post", "page", at(100), DeliveryState::parked);
  EXPECT_REFUSED(store().remove_medium(acme_, id_), conflict, "media_in_use");
  EXPECT_DONE(store().cancel_post(acme_, post.id, at(200)));
  EXPECT_DONE(store().remove_medium(acme_, id_));
  EXPECT_REFUSED(stored(), not_found, "");
  EXPECT_EQ(show(store().find_post(acme_, post.id)->media[0].medium.value), "med");
}

TEST_P(MediaContract, AMediumThatAnOptionNamesIsInUseToo) {
  connect("acme", "page");
  Post post = sample_post("acme", "post", {"page"}, at(100));
  post.targets[0].options["cover"] = std::string("med");
  create(post);
  EXPECT_REFUSED(store().remove_medium(acme_, id_), conflict, "media_in_use");
  moved("acme", "post", "page", at(100), DeliveryState::published);
  EXPECT_DONE(store().remove_medium(acme_, id_));
}

TEST_P(MediaContract, AMediumThatAFollowUpStillNeedsIsInUse) {
  connect("acme", "page");
  Post post = sample_post("acme", "post", {"page"}, at(100));
  post.targets[0].options["thumbnail"] = std::string("med");
  create(post);
  Delivery row = claimed("acme", "post", "page", at(100));
  row.state = DeliveryState::published;
  EXPECT_DONE(store().save_delivery(row, row.lease, std::nullopt,
                                    {sample_follow_up(row, "thumbnail", at(200))}));
  EXPECT_REFUSED(store().remove_medium(acme_, id_), conflict, "media_in_use");
  FollowUp work = store().claim_follow_ups(at(200), kLease, 1).value().at(0);
  EXPECT_REFUSED(store().remove_medium(acme_, id_), conflict, "media_in_use");
  work.state = FollowUpState::done;
  EXPECT_DONE(store().save_follow_up(work, work.lease, std::nullopt));
  EXPECT_DONE(store().remove_medium(acme_, id_));
}

TEST_P(MediaContract, AnEditFreesAMediumThatItNoLongerUses) {
  connect("acme", "page");
  Post post = sample_post("acme", "post", {"page"}, at(100));
  post.media = {{id_, ""}};
  create(post);
  post.media.clear();
  post.revision = 2;
  EXPECT_DONE(store().edit_post(acme_, post, deliveries_for(post)));
  EXPECT_DONE(store().remove_medium(acme_, id_));
}

TEST_P(MediaContract, BytesAreSummedByCustomer) {
  Medium second = sample_medium("acme", "second");
  second.received_bytes = 5'000'000'000;
  EXPECT_DONE(store().add_medium(acme_, second, 100));
  EXPECT_DONE(store().add_medium(scope("bolt"), sample_medium("bolt", "theirs"), 100));
  EXPECT_EQ(store().media_bytes(acme_).value(), 5'000'000'100u);
  EXPECT_DONE(store().remove_medium(acme_, MediaId("second")));
  EXPECT_EQ(store().media_bytes(acme_).value(), 100u);
}

TEST_P(MediaContract, AUserHasSoManyUnfinishedUploadsAndNoMore) {
  Medium ready = sample_medium("acme", "ready");
  ready.status = MediaStatus::ready;
  Medium bens = sample_medium("acme", "bens");
  bens.user = UserId("ben");
  EXPECT_DONE(store().add_medium(acme_, ready, 2));
  EXPECT_DONE(store().add_medium(acme_, sample_medium("acme", "second"), 2));
  EXPECT_REFUSED(store().add_medium(acme_, sample_medium("acme", "third"), 2), rate_limited,
                 "too_many_uploads");
  EXPECT_DONE(store().add_medium(acme_, bens, 1));
  EXPECT_DONE(store().add_medium(scope("bolt"), sample_medium("bolt", "theirs"), 1));
  EXPECT_DONE(store().remove_medium(acme_, MediaId("second")));
  EXPECT_DONE(store().add_medium(acme_, sample_medium("acme", "third"), 2));
}

TEST_P(MediaContract, ATouchChangesNothingButItsTimeAndThatOnlyWhileUploading) {
  EXPECT_UNKNOWN(store().touch_medium(scope("bolt"), id_, at(50)),
                 store().touch_medium(scope("bolt"), MediaId("never"), at(50)));
  Medium medium = sample_medium("acme", "med");
  EXPECT_EQ(show(stored()), show(medium));
  EXPECT_DONE(store().touch_medium(acme_, id_, at(50)));
  medium.touched_at = at(50);
  EXPECT_EQ(show(stored()), show(medium));
  medium.status = MediaStatus::processing;
  EXPECT_DONE(store().save_medium(acme_, medium));
  EXPECT_DONE(store().touch_medium(acme_, id_, at(60)));
  EXPECT_EQ(show(stored()), show(medium));
}

TEST_P(MediaContract, AllMediaArePagedThroughByCustomerAndId) {
  EXPECT_DONE(store().add_medium(acme_, sample_medium("acme", "a"), 100));
  EXPECT_DONE(store().add_medium(scope("bolt"), sample_medium("bolt", "a"), 100));
  const auto ids = [](const Result<std::vector<Medium>>& rows) {
    std::string text;
    for (const Medium& row : rows.value()) text += row.customer.value + "/" + row.id.value + " ";
    return text;
  };
  EXPECT_EQ(ids(store().media_after({}, 10)), "acme/a acme/med bolt/a ");
  EXPECT_EQ(ids(store().media_after({}, 1)), "acme/a ");
  EXPECT_EQ(ids(store().media_after(std::pair(CustomerId("acme"), MediaId("a")), 10)),
            "acme/med bolt/a ");
  EXPECT_EQ(ids(store().media_after(std::pair(CustomerId("acme"), MediaId("zz")), 10)), "bolt/a ");
  EXPECT_EQ(ids(store().media_after(std::pair(CustomerId("bolt"), MediaId("a")), 10)), "");
}

TEST_P(MediaContract, UnfinishedIsWhatIsProcessingAndThenTheOldUploads) {
  Medium ready = sample_medium("acme", "ready");
  ready.status = MediaStatus::ready;
  Medium older = sample_medium("bolt", "older");
  older.touched_at = at(29);
  older.created_at = at(900);                   // Says nothing about when bytes came.
  Medium half = sample_medium("bolt", "half");  // Its process died while looking at it.
  half.status = MediaStatus::processing;
  half.created_at = at(500);
  EXPECT_DONE(store().add_medium(acme_, ready, 100));
  EXPECT_DONE(store().add_medium(scope("bolt"), older, 100));
  EXPECT_DONE(store().add_medium(scope("bolt"), half, 100));
  EXPECT_EQ(show(store().unfinished_media(at(0), 10)), show(std::vector{half}));
  EXPECT_EQ(show(store().unfinished_media(at(30), 10)), show(std::vector{half, older}));
  EXPECT_EQ(show(store().unfinished_media(at(31), 10)),
            show(std::vector{half, older, sample_medium("acme", "med")}));
  EXPECT_EQ(show(store().unfinished_media(at(31), 1)), show(std::vector{half}));
}

}  // namespace
}  // namespace herald
