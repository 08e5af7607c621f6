// Upload leases, the buckets, pictures, films and galleries (vectors R21 to R26).
#include <set>

#include "sandbox/reddit/rig.h"

namespace herald::sandbox::reddit {

class RedditUpload : public RedditTest {
 protected:
  RedditUpload() : token(connect().access) {}

  Answer gallery(const std::vector<Lease>& pictures, const boost::json::object& changes = {}) {
    boost::json::array items;
    for (const auto& picture : pictures)
      items.push_back(boost::json::object{
          {"media_id", picture.asset}, {"caption", "crumb"}, {"outbound_url", ""}});
    boost::json::object body{{"api_type", "json"},      {"sr", "breadlab"},
                             {"title", "Two loaves"},   {"text", ""},
                             {"items", items},          {"nsfw", false},
                             {"spoiler", true},         {"sendreplies", true},
                             {"show_error_list", true}, {"validate_on_submit", true}};
    for (const auto& change : changes) body[change.key()] = change.value();
    return post_json("/api/submit_gallery_post.json", body, token);
  }
  std::vector<Lease> photos(int count) {
    std::vector<Lease> out;
    for (int i = 0; i < count; ++i) out.push_back(photo(token));
    pass(std::chrono::seconds(3));
    return out;
  }

  std::string token;
};

std::string code_in(const Answer& answer) {
  const auto& body = answer.response.body;
  const auto from = body.find("<Code>") + 6;
  return body.substr(from, body.find("</Code>") - from);
}

TEST_F(RedditUpload, a_lease_says_where_and_how) {
  const auto leased = lease(token);
  EXPECT_EQ(leased.action, kImageBucketAddress);
  EXPECT_EQ(leased.key, leased.asset);
  EXPECT_EQ(leased.fields.size(), 13u);
  const auto policy = std::ranges::find(leased.fields, "policy", &Field::name);
  ASSERT_NE(policy, leased.fields.end());
  const auto said = boost::json::parse(*from_base64(policy->value));
  EXPECT_EQ(text_at(said, "/expiration"), "2026-11-22T12:15:00.000Z");
  EXPECT_NE(boost::json::serialize(said).find(R"(["content-length-range",1,20971520])"),
            std::string::npos);
  EXPECT_NE(lease(token, "video/mp4", "a.mp4").action, kImageBucketAddress);
}

TEST_F(RedditUpload, no_two_leases_need_have_the_same_order_of_fields) {
  std::set<std::string> firsts;
  for (int i = 0; i < 20; ++i) firsts.insert(lease(token).fields.front().name);
  EXPECT_GT(firsts.size(), 3u);
}

TEST_F(RedditUpload, a_lease_of_2020_has_other_names_and_lives_a_minute) {
  turn("lease_form", "2020");
  const auto leased = lease(token);
  EXPECT_EQ(leased.key, "rte_images/" + leased.asset);
  EXPECT_EQ(std::ranges::count(leased.fields, "X-Amz-Signature", &Field::name), 1);
  const auto answer = put(leased, jpeg_of(640, 480));
  EXPECT_EQ(answer.response.status, 201);
  EXPECT_NE(answer.response.body.find("/rte_images%2F"), std::string::npos);
  EXPECT_TRUE(submit_image(token, header_of(answer, "Location")).publishes);
  const auto late = lease(token);
  pass(std::chrono::seconds(60));
  EXPECT_EQ(put(late, jpeg_of(640, 480)).response.status, 403);
}

TEST_F(RedditUpload, R21_the_form_must_be_the_leased_one_with_the_file_last) {
  const auto leased = lease(token);
  const auto file = Field{.name = "file", .value = jpeg_of(640, 480)};
  auto first = leased.fields;
  first.insert(first.begin(), file);
  EXPECT_EQ(put(leased.action, first).response.status, 400);
  EXPECT_EQ(code_in(put(leased.action, first)), "InvalidArgument");
  for (const auto& missing : leased.fields) {
    auto fewer = leased.fields;
    std::erase_if(fewer, [&](const Field& one) { return one.name == missing.name; });
    fewer.push_back(file);
    const auto status = put(leased.action, fewer).response.status;
    EXPECT_TRUE(status == 400 || status == 403) << missing.name;
  }
  auto wrong = leased.fields;
  for (auto& field : wrong)
    if (field.name == "acl") field.value = "public-read";
  wrong.push_back(file);
  EXPECT_EQ(code_in(put(leased.action, wrong)), "AccessDenied");
  auto more = leased.fields;
  more.push_back({.name = "x-extra", .value = "1"});
  more.push_back(file);
  EXPECT_EQ(code_in(put(leased.action, more)), "AccessDenied");
  auto whole = leased.fields;
  whole.push_back(file);
  EXPECT_EQ(put(leased.action, whole, {{"Authorization", "bearer " + token}}).response.status, 400);
  EXPECT_EQ(put(leased.action, whole).response.status, 201);
}

TEST_F(RedditUpload, R21_a_lease_lives_fifteen_minutes) {
  const auto leased = lease(token);
  pass(std::chrono::minutes(15));
  const auto answer = put(leased, jpeg_of(640, 480));
  EXPECT_EQ(answer.response.status, 403);
  EXPECT_EQ(code_in(answer), "AccessDenied");
}

TEST_F(RedditUpload, R22_a_file_above_the_lease_is_too_large) {
  turn("image_bytes", "1000");
  const auto leased = lease(token);
  const auto answer = put(leased, jpeg_of(640, 480, 1001));
  EXPECT_EQ(answer.response.status, 400);
  EXPECT_NE(answer.response.body.find(
                "<Error><Code>EntityTooLarge</Code><Message>Your proposed upload exceeds the "
                "maximum allowed size</Message><ProposedSize>1001</ProposedSize>"
                "<MaxSizeAllowed>1000</MaxSizeAllowed>"),
            std::string::npos)
      << answer.response.body;
  EXPECT_EQ(put(leased, "").response.status, 400);
  EXPECT_EQ(put(leased, jpeg_of(640, 480, 1000)).response.status, 201);
}

TEST_F(RedditUpload, a_lease_needs_a_name_and_a_type_that_reddit_takes) {
  const auto nameless =
      post("/api/media/asset.json", {{.name = "mimetype", .value = "image/jpeg"}}, token);
  EXPECT_EQ(nameless.response.status, 400);
  EXPECT_EQ(text_at(json_of(nameless), "/reason"), "PARAMETER_REQUIRED");
  const std::vector<Field> text = {{.name = "filepath", .value = "a.txt"},
                                   {.name = "mimetype", .value = "text/plain"}};
  EXPECT_EQ(post("/api/media/asset", text, token).response.status, 400);
}

TEST_F(RedditUpload, R23_a_picture_has_no_id_and_shows_up_later) {
  const auto answer = submit_image(token, photo(token).url());
  EXPECT_TRUE(answer.publishes);
  const auto data = *at(json_of(answer), "/json/data");
  EXPECT_FALSE(data.as_object().contains("id"));
  EXPECT_FALSE(data.as_object().contains("name"));
  EXPECT_EQ(text_at(data, "/user_submitted_page"),
            "https://www.reddit.com/user/bluebakery/submitted/");
  EXPECT_EQ(socket_says(answer), "");
  EXPECT_EQ(seen(), 0u);
  EXPECT_TRUE(newest(token).is_null());
  pass(std::chrono::seconds(5));
  ASSERT_EQ(seen(), 1u);
  const auto post = newest(token);
  EXPECT_EQ(text_at(post, "/title"), "Oven");
  EXPECT_TRUE(text_at(post, "/url").starts_with("https://i.redd.it/"));
  const auto said = boost::json::parse(socket_says(answer));
  EXPECT_EQ(text_at(said, "/type"), "success");
  EXPECT_EQ(text_at(said, "/payload/redirect"),
            "https://www.reddit.com" + text_at(post, "/permalink"));
  const auto entry = rig.ledger.entries().front();
  EXPECT_EQ(entry.kind, "image");
  ASSERT_EQ(entry.media.size(), 1u);
  EXPECT_EQ(entry.media.front().digest, sha256_hex(jpeg_of(640, 480)));
}

TEST_F(RedditUpload, R23_the_delay_is_a_switch) {
  turn("media_seconds", "120");
  submit_image(token, photo(token).url());
  pass(std::chrono::seconds(119));
  EXPECT_EQ(seen(), 0u);
  pass(std::chrono::seconds(1));
  EXPECT_EQ(seen(), 1u);
}

TEST_F(RedditUpload, R24_without_a_socket_the_post_is_found_in_the_listing) {
  turn("websocket", "null");
  turn("submitted_page", "off");
  expect_body(submit_image(token, photo(token).url()), 200,
              R"({"json":{"errors":[],"data":{"websocket_url":null}}})");
  pass(std::chrono::seconds(5));
  EXPECT_EQ(text_at(newest(token), "/title"), "Oven");
}

TEST_F(RedditUpload, R25_a_corrupt_film_is_never_posted) {
  const auto film_lease = uploaded(token, "video/mp4", "no film at all");
  const auto answer = submit(token, {{.name = "kind", .value = "video"},
                                     {.name = "url", .value = film_lease.url()},
                                     {.name = "video_poster_url", .value = photo(token).url()}});
  pass(std::chrono::minutes(5));
  EXPECT_EQ(boost::json::parse(socket_says(answer)),
            boost::json::parse(R"({"type":"failed","payload":{}})"));
  EXPECT_EQ(seen(), 0u);
  control("next-processing", {{.name = "outcome", .value = "failed"}});
  submit_image(token, photo(token).url());
  pass(std::chrono::minutes(5));
  EXPECT_EQ(seen(), 0u);
}

TEST_F(RedditUpload, a_film_needs_a_poster) {
  const auto film_lease = uploaded(token, "video/mp4", film());
  const std::vector<Field> fields = {{.name = "kind", .value = "video"},
                                     {.name = "url", .value = film_lease.url()},
                                     {.name = "text", .value = ""}};
  expect_wrong(submit(token, fields), R"(["NO_URL","a url is required","video_poster_url"])");
  auto whole = fields;
  const auto poster = photo(token);
  whole.push_back({.name = "video_poster_url", .value = poster.url()});
  EXPECT_TRUE(submit(token, whole).publishes);
  pass(std::chrono::seconds(29));
  EXPECT_EQ(seen(), 0u);
  pass(std::chrono::seconds(1));
  const auto post = newest(token);
  EXPECT_EQ(*at(post, "/is_video"), true);
  EXPECT_NE(text_at(post, "/thumbnail").find(poster.asset), std::string::npos);
  EXPECT_EQ(rig.ledger.entries().front().kind, "video");
}

TEST_F(RedditUpload, a_media_post_takes_only_what_this_account_uploaded_and_of_its_kind) {
  const auto* refusal = R"(["BAD_URL","you should check that url","url"])";
  expect_wrong(submit_image(token, "https://bakery.example.com/a.jpg"), refusal);
  expect_wrong(submit_image(token, lease(token).url()), refusal);
  expect_wrong(submit_image(connect("cornerbooks").access, photo(token).url()), refusal);
  expect_wrong(submit_image(token, uploaded(token, "video/mp4", film()).url()), refusal);
  expect_wrong(submit_image(token, ""), R"(["NO_URL","a url is required","url"])");
}

TEST_F(RedditUpload, a_gallery_is_there_at_once_and_its_id_is_the_full_name) {
  const auto pictures = photos(2);
  const auto answer = gallery(pictures, {{"flair_id", "1a2b0000-0000-11ee-0000-000000000001"}});
  const auto name = text_at(json_of(answer), "/json/data/id");
  ASSERT_TRUE(name.starts_with("t3_")) << answer.response.body;
  EXPECT_TRUE(answer.publishes);
  const auto post = newest(token);
  EXPECT_EQ(text_at(post, "/name"), name);
  EXPECT_EQ(*at(post, "/is_gallery"), true);
  EXPECT_EQ(*at(post, "/spoiler"), true);
  EXPECT_EQ(text_at(post, "/link_flair_text"), "Recipe");
  EXPECT_EQ(at(post, "/gallery_data/items")->as_array().size(), 2u);
  EXPECT_EQ(text_at(post, "/gallery_data/items/1/media_id"), pictures[1].asset);
  EXPECT_EQ(rig.ledger.entries().front().media.size(), 2u);
}

TEST_F(RedditUpload, R26_a_community_may_have_no_galleries) {
  expect_wrong(gallery(photos(2), {{"sr", "CakeClub"}}),
               R"(["GALLERIES_DISABLED","Gallery posts aren't allowed in this subreddit","sr"])");
}

TEST_F(RedditUpload, a_gallery_has_two_to_twenty_finished_pictures_with_short_captions) {
  const auto* refusal = R"(["INVALID_OPTION","that option is not valid","items"])";
  expect_wrong(gallery(photos(1)), refusal);
  expect_wrong(gallery(photos(21)), refusal);
  auto odd = photos(2);
  odd[1].asset = "nothing";
  expect_wrong(gallery(odd), refusal);
  const std::vector<Lease> fresh = {photo(token), photo(token)};
  EXPECT_EQ(text_at(json_of(gallery(fresh)), "/json/errors/0/0"), "MEDIA_NOT_READY");
  turn("unready_gallery", "accepted");
  EXPECT_TRUE(gallery(fresh).publishes);
  boost::json::array items;
  for (const auto& picture : photos(2))
    items.push_back(
        boost::json::object{{"media_id", picture.asset}, {"caption", std::string(181, 'x')}});
  expect_wrong(gallery({}, {{"items", items}}),
               R"x(["TOO_LONG","this is too long (max: 180)","items"])x");
}

TEST_F(RedditUpload, a_community_sets_its_own_bounds_for_galleries) {
  const auto five = gallery(photos(5), {{"sr", "OvenPhotos"}});
  EXPECT_EQ(five.response.status, 400);
  EXPECT_EQ(text_at(json_of(five), "/reason"), "SUBMIT_VALIDATION_GALLERY_MAX_ITEMS");
  EXPECT_TRUE(gallery(photos(4), {{"sr", "OvenPhotos"}}).publishes);
}

TEST_F(RedditUpload, a_gallery_as_a_form_is_not_read) {
  const auto answer =
      post("/api/submit_gallery_post.json",
           {{.name = "sr", .value = "breadlab"}, {.name = "title", .value = "x"}}, token);
  EXPECT_NE(answer.response.body.find("SUBREDDIT_REQUIRED"), std::string::npos);
}

}  // namespace herald::sandbox::reddit
