// Publishing to Instagram: what is refused at publish, what becomes public, what must not twice.
#include <gmock/gmock.h>

#include "sandbox/meta/rig.h"

namespace herald::sandbox {

using ::testing::HasSubstr;

class InstagramPublish : public MetaRig {
 protected:
  InstagramPublish() : token(page_token()) {}

  std::string status_of(const std::string& container) {
    return get("/" + container, token, "fields=status_code,status").text("status_code");
  }
  Heard control_account(const std::string& name, const std::string& value) {
    return control("account",
                   {{.name = "account", .value = kAccount}, {.name = name, .value = value}});
  }

  std::string token;
};

TEST_F(InstagramPublish, APhotoBecomesAPostThatTheAudienceSees) {
  const auto container = ready_photo(token, "Bread at seven");
  const auto published = publish(token, container);
  ASSERT_EQ(published.status, 200);
  EXPECT_TRUE(published.answer.publishes);
  const auto media = get("/" + published.text("id"), token,
                         "fields=id,permalink,shortcode,caption,media_type,media_product_type,"
                         "timestamp,username,like_count,comments_count");
  EXPECT_EQ(media.text("caption"), "Bread at seven");
  EXPECT_EQ(media.text("media_type"), "IMAGE");
  EXPECT_EQ(media.text("media_product_type"), "FEED");
  EXPECT_EQ(media.text("username"), "bluebakery");
  EXPECT_EQ(media.text("permalink"),
            "https://www.instagram.com/p/" + media.text("shortcode") + "/");
  const auto seen = rig.ledger.entries();
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].platform, "instagram");
  EXPECT_EQ(seen[0].account_name, "@bluebakery");
  EXPECT_EQ(seen[0].kind, "image");
  EXPECT_EQ(seen[0].text, "Bread at seven");
  EXPECT_EQ(seen[0].id, published.text("id"));
  ASSERT_EQ(seen[0].media.size(), 1U);
  EXPECT_NE(rig.media.find(seen[0].media[0].digest), nullptr);
}

TEST_F(InstagramPublish, IG01_PublishingTooEarlyIsRefusedAndPublishesNothing) {
  const auto made = create(token, {{.name = "image_url", .value = kPhoto}});
  expect_vector(publish(token, made.text("id")), 400,
                R"({"error":{"message":"Media ID is not available","type":"OAuthException",)"
                R"("code":9007,"error_subcode":2207027,"is_transient":false,)"
                R"("error_user_title":"Media Not Ready","error_user_msg":"The media is not ready )"
                R"(for publishing, please wait for a moment"}})");
  EXPECT_EQ(posts_seen(), 0U);
  wait(2);
  EXPECT_EQ(publish(token, made.text("id")).status, 200);
}

TEST_F(InstagramPublish, AnImageTakesTwoSecondsAndAVideoEight) {
  const auto image = create(token, {{.name = "image_url", .value = kPhoto}}).text("id");
  const auto reel = create(token, {{.name = "media_type", .value = "REELS"},
                                   {.name = "video_url", .value = kFilm}})
                        .text("id");
  wait(1);
  EXPECT_EQ(status_of(image), "IN_PROGRESS");
  wait(1);
  EXPECT_EQ(status_of(image), "FINISHED");
  wait(5);
  EXPECT_EQ(status_of(reel), "IN_PROGRESS");
  wait(1);
  EXPECT_EQ(status_of(reel), "FINISHED");
}

TEST_F(InstagramPublish, IG10_AnOldContainerIsExpired) {
  const auto container = ready_photo(token);
  wait(24 * 3600);
  expect_vector(get("/" + container, token, "fields=status_code"), 200,
                R"({"status_code":"EXPIRED","id":")" + container + R"("})");
  expect_vector(publish(token, container), 400,
                R"({"error":{"message":"The requested resource does not exist",)"
                R"("type":"OAuthException","code":24,"error_subcode":2207008,"is_transient":false,)"
                R"("error_user_title":"Media not found","error_user_msg":"The media builder with )"
                R"(creation id = )" +
                    container + R"( does not exist or has been expired."}})");
}

TEST_F(InstagramPublish, IG11_AForeignOrUnknownContainerIsNotFound) {
  expect_vector(publish(token, "17889450000000009"), 400,
                R"({"error":{"message":"The requested resource does not exist",)"
                R"("type":"OAuthException","code":24,"error_subcode":2207006,"is_transient":false,)"
                R"("error_user_title":"Media not found","error_user_msg":"The media with )"
                R"(17889450000000009 cannot be found"}})");
  const auto user = long_token();
  const auto foreign =
      post("/17841400000000002/media", user, {{.name = "image_url", .value = kPhoto}});
  wait(3);
  EXPECT_EQ(publish(user, foreign.text("id")).subcode(), 2207006);
  EXPECT_EQ(get("/" + foreign.text("id"), token).subcode(), 33);
}

TEST_F(InstagramPublish, IG16_VideoAloneIsRefusedAtPublish) {
  const auto made = create(
      token, {{.name = "media_type", .value = "VIDEO"}, {.name = "video_url", .value = kFilm}});
  ASSERT_EQ(made.status, 200);
  wait(9);
  expect_vector(
      publish(token, made.text("id")), 400,
      R"({"error":{"message":"Invalid parameter","type":"OAuthException","code":100,)"
      R"("error_subcode":2207089,"is_transient":false,)"
      R"("error_user_title":"Carousel item cannot be published standalone",)"
      R"("error_user_msg":"Media created with media_type=VIDEO is a carousel item and cannot be )"
      R"(published as a standalone post. To publish a standalone video, use media_type=REELS )"
      R"(instead."}})");
  rig.switches.set("meta.refuse_video_at_once", "on");
  EXPECT_EQ(create(token, {{.name = "media_type", .value = "VIDEO"},
                           {.name = "video_url", .value = kFilm}})
                .subcode(),
            2207067);
}

TEST_F(InstagramPublish, IG18_TheFiftyFirstPostOfADayIsRefusedAndItsContainerStays) {
  for (int i = 0; i < 50; ++i) ASSERT_EQ(publish(token, ready_photo(token)).status, 200);
  const auto limit =
      get("/" + kAccount + "/content_publishing_limit", token, "fields=quota_usage,config");
  expect_vector(
      limit, 200,
      R"({"data":[{"quota_usage":50,"config":{"quota_total":50,"quota_duration":86400}}]})");
  const auto container = ready_photo(token);
  expect_vector(publish(token, container), 400,
                R"({"error":{"message":"Application request limit reached",)"
                R"("type":"OAuthException","code":9,"error_subcode":2207042,"is_transient":false,)"
                R"("error_user_title":"Maximum posts reached","error_user_msg":"You reached )"
                R"(maximum number of posts that is allowed to be published by Content Publishing )"
                R"(API."}})");
  EXPECT_EQ(status_of(container), "FINISHED");
  wait(24 * 3600 - 10);
  EXPECT_EQ(publish(token, container).status, 200);
}

TEST_F(InstagramPublish, IG19_TheFourHundredAndFirstContainerOfADayIsRefused) {
  for (int i = 0; i < 400; ++i)
    ASSERT_EQ(create(token, {{.name = "image_url", .value = kPhoto}}).status, 200);
  expect_vector(create(token, {{.name = "image_url", .value = kPhoto}}), 400,
                R"({"error":{"message":"Application request limit reached",)"
                R"("type":"OAuthException","code":4,"is_transient":false,)"
                R"("error_user_title":"Maximum posts reached","error_user_msg":"You reached )"
                R"(maximum number of posts that is allowed to be published by Content Publishing )"
                R"(API."}})");
}

TEST_F(InstagramPublish, IG21_APublishedContainerSaysSo) {
  const auto container = ready_photo(token);
  publish(token, container);
  expect_vector(get("/" + container, token, "fields=status_code"), 200,
                R"({"status_code":"PUBLISHED","id":")" + container + R"("})");
  EXPECT_EQ(posts_seen(), 1U);
}

TEST_F(InstagramPublish, IG22_AForeignPostStandsFirstInTheListUnderItsOwnCaption) {
  publish(token, ready_photo(token, "Ours"));
  wait(5);
  control("foreign-post",
          {{.name = "account", .value = kAccount}, {.name = "caption", .value = "Theirs"}});
  const auto list = get("/" + kAccount + "/media", token, "fields=id,caption,timestamp&limit=25");
  const auto& rows = list.body.at("data").as_array();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].at("caption"), "Theirs");
  EXPECT_EQ(rows[1].at("caption"), "Ours");
}

TEST_F(InstagramPublish, IG23_ASecondPublishOfAContainerIsRefused) {
  const auto container = ready_photo(token);
  publish(token, container);
  const auto again = publish(token, container);
  EXPECT_EQ(again.status, 400);
  EXPECT_EQ(again.subcode(), 2207008);
  EXPECT_EQ(posts_seen(), 1U);
}

TEST_F(InstagramPublish, IG24_ARestrictedAccountIsRefused) {
  const auto container = ready_photo(token);
  control_account("restricted", "true");
  expect_vector(publish(token, container), 400,
                R"({"error":{"message":"The Instagram account is restricted.",)"
                R"("type":"OAuthException","code":25,"error_subcode":2207050,"is_transient":false,)"
                R"("error_user_title":"Account restricted",)"
                R"("error_user_msg":"The Instagram account is restricted."}})");
  control_account("restricted", "false");
  EXPECT_EQ(publish(token, container).status, 200);
}

TEST_F(InstagramPublish, IG25_MissingPermissionsAreRefused) {
  control_account("business_manager", "true");
  expect_vector(create(token, {{.name = "image_url", .value = kPhoto}}), 403,
                R"({"error":{"message":"(#200) The calling app is missing the ads_management )"
                R"(permission","type":"OAuthException","code":200}})");
  control_account("business_manager", "false");
  hear({.method = "DELETE",
        .url = kGraph + "/me/permissions/instagram_content_publish?access_token=" + user_token()});
  EXPECT_EQ(create(token, {{.name = "image_url", .value = kPhoto}}).code(), 10);
}

TEST_F(InstagramPublish, IG26_AnUnknownObjectCannotBeLoaded) {
  expect_vector(get("/17889450000000001", token), 400,
                R"({"error":{"message":"Unsupported get request. Object with ID )"
                R"('17889450000000001' does not exist, cannot be loaded due to missing )"
                R"(permissions, or does not support this operation.",)"
                R"("type":"GraphMethodException","code":100,"error_subcode":33}})");
}

TEST_F(InstagramPublish, IG27_TheAccountLimitComesWithItsHeader) {
  Call call;
  call.path = "/v26.0/" + kAccount + "/media";
  const auto response = side->rate_limited(call);
  expect_vector({.status = response.status, .body = boost::json::parse(response.body)}, 400,
                R"({"error":{"message":"(#80002) There have been too many calls to this Instagram )"
                R"(account. Wait a bit and try again. For more info, please refer to )"
                R"(https://developers.facebook.com/docs/graph-api/overview/rate-limiting.",)"
                R"("type":"OAuthException","code":80002}})");
  EXPECT_EQ(*response.headers.find("X-Business-Use-Case-Usage"),
            R"({"17841400000000001":[{"type":"instagram","call_count":100,"total_cputime":20,)"
            R"("total_time":18,"estimated_time_to_regain_access":7}]})");
}

TEST_F(InstagramPublish, ACarouselIsOnePostOfItsChildren) {
  std::vector<std::string> children;
  for (int i = 0; i < 2; ++i)
    children.push_back(create(token, {{.name = "image_url", .value = kPhoto},
                                      {.name = "is_carousel_item", .value = "true"},
                                      {.name = "alt_text", .value = "A loaf"}})
                           .text("id"));
  children.push_back(create(token, {{.name = "media_type", .value = "VIDEO"},
                                    {.name = "video_url", .value = kFilm},
                                    {.name = "is_carousel_item", .value = "true"}})
                         .text("id"));
  wait(9);
  const auto parent = create(
      token, {{.name = "media_type", .value = "CAROUSEL"},
              {.name = "children", .value = children[0] + "," + children[1] + "," + children[2]},
              {.name = "caption", .value = "Three"}});
  wait(3);
  const auto published = publish(token, parent.text("id"));
  ASSERT_EQ(published.status, 200);
  EXPECT_EQ(posts_seen(), 1U);
  EXPECT_EQ(rig.ledger.entries()[0].media.size(), 3U);
  const auto shown = get("/" + published.text("id"), token,
                         "fields=media_type,children%7Bid,media_type,alt_text%7D");
  EXPECT_EQ(shown.text("media_type"), "CAROUSEL_ALBUM");
  const auto& nodes = shown.body.at("children").at("data").as_array();
  ASSERT_EQ(nodes.size(), 3U);
  EXPECT_EQ(nodes[2].at("media_type"), "VIDEO");
}

TEST_F(InstagramPublish, AReelReadsBackAsVideoAndAStoryIsInNoGrid) {
  const auto reel = create(token, {{.name = "media_type", .value = "REELS"},
                                   {.name = "video_url", .value = kFilm},
                                   {.name = "caption", .value = "Kneading"}});
  const auto story = create(
      token, {{.name = "media_type", .value = "STORIES"}, {.name = "image_url", .value = kPhoto}});
  wait(9);
  const auto film = publish(token, reel.text("id"));
  const auto shown =
      get("/" + film.text("id"), token, "fields=media_type,media_product_type,permalink");
  EXPECT_EQ(shown.text("media_type"), "VIDEO");
  EXPECT_EQ(shown.text("media_product_type"), "REELS");
  EXPECT_THAT(shown.text("permalink"), HasSubstr("/reel/"));
  publish(token, story.text("id"));
  EXPECT_EQ(get("/" + kAccount + "/media", token).body.at("data").as_array().size(), 1U);
  EXPECT_EQ(get("/" + kAccount + "/stories", token).body.at("data").as_array().size(), 1U);
  wait(24 * 3600);
  EXPECT_EQ(get("/" + kAccount + "/stories", token).body.at("data").as_array().size(), 0U);
}

TEST_F(InstagramPublish, IG31_AnItemOfACarouselCannotBeDeletedButAPostCan) {
  const auto id = publish(token, ready_photo(token)).text("id");
  const auto removed =
      hear({.method = "DELETE", .url = kGraph + "/" + id + "?access_token=" + token});
  EXPECT_EQ(removed.text("deleted_id"), id);
  EXPECT_EQ(get("/" + id, token).subcode(), 33);
  EXPECT_EQ(rig.ledger.entries().back().event, "removed");

  std::string children;
  for (int i = 0; i < 2; ++i)
    children += (i > 0 ? "," : "") + create(token, {{.name = "image_url", .value = kPhoto},
                                                    {.name = "is_carousel_item", .value = "true"}})
                                         .text("id");
  wait(3);
  const auto parent = create(token, {{.name = "media_type", .value = "CAROUSEL"},
                                     {.name = "children", .value = children}});
  wait(3);
  const auto album = publish(token, parent.text("id")).text("id");
  const auto items = get("/" + album + "/children", token);
  const std::string child(items.body.at("data").at(0).at("id").as_string());
  expect_vector(
      hear({.method = "DELETE", .url = kGraph + "/" + child + "?access_token=" + token}), 400,
      R"({"error":{"message":"Fatal","type":"OAuthException","code":-1,"error_subcode":2207073,)"
      R"("is_transient":false,"error_user_title":"Media Type Not Supported",)"
      R"("error_user_msg":"The media type is not supported for this endpoint"}})");
}

TEST_F(InstagramPublish, IG32_ACommentWithFieldsIsWrittenAndThenRefused) {
  const auto id = publish(token, ready_photo(token)).text("id");
  const auto comment =
      post("/" + id + "/comments", token,
           {{.name = "message", .value = "First!"}, {.name = "fields", .value = "id,text"}});
  expect_vector(comment, 400,
                R"({"error":{"message":"This endpoint does not support the requested response )"
                R"(format","type":"OAuthException","code":20,"error_subcode":1772107}})");
  EXPECT_TRUE(comment.answer.publishes);
  const auto list = get("/" + id + "/comments", token, "fields=id,text,username");
  ASSERT_EQ(list.body.at("data").as_array().size(), 1U);
  EXPECT_EQ(list.body.at("data").at(0).at("text"), "First!");
  EXPECT_EQ(get("/" + id, token, "fields=comments_count").text("comments_count"), "1");
  EXPECT_EQ(rig.ledger.entries().back().event, "comment");
}

TEST_F(InstagramPublish, ACommentCanBeRepliedToAndCommentsTurnedOff) {
  const auto id = publish(token, ready_photo(token)).text("id");
  const auto comment =
      post("/" + id + "/comments", token, {{.name = "message", .value = "Hello"}}).text("id");
  EXPECT_EQ(post("/" + comment + "/replies", token, {{.name = "message", .value = "Hi"}}).status,
            200);
  EXPECT_EQ(get("/" + comment + "/replies", token).body.at("data").as_array().size(), 1U);
  EXPECT_EQ(post("/" + id, token, {{.name = "comment_enabled", .value = "false"}}).text("success"),
            "true");
  EXPECT_EQ(post("/" + id + "/comments", token, {{.name = "message", .value = "No"}}).status, 400);
}

TEST_F(InstagramPublish, TheStateSurvivesBeingSavedAndLoaded) {
  const auto container = ready_photo(token);
  const auto text = side->save();
  auto second = make_meta_side(rig.world);
  second->load(text);
  EXPECT_EQ(second->save(), text);
  side = std::move(second);
  EXPECT_EQ(publish(token, container).status, 200);
}

}  // namespace herald::sandbox
