// Photos and films that TikTok fetches itself, cancelling, and how tasks fail.
#include "sandbox/tiktok/rig.h"

namespace herald::sandbox::tiktok {

class TikTokPulls : public TikTokTest {
 protected:
  static constexpr const char* kFilm = "https://herald.example/f/1.mp4";
  Answer begin_pull(const std::string& token, const std::string& url = kFilm) {
    return post("/v2/post/publish/video/init/", token,
                "{" + post_info("PUBLIC_TO_EVERYONE") +
                    R"(,"source_info":{"source":"PULL_FROM_URL","video_url":")" + url + "\"}}");
  }
  std::string id_of(const Answer& begun) {
    EXPECT_EQ(begun.response.status, 200) << begun.response.body;
    return text_at(json_of(begun), "/data/publish_id");
  }
  std::string reason_of(const std::string& token, const std::string& id) {
    return text_at(json_of(status(token, id)), "/data/fail_reason");
  }
};

TEST_F(TikTokPulls, photos_are_posted_in_their_order) {
  const auto token = access();
  const auto begun =
      begin_photos(token, "DIRECT_POST",
                   R"("https://media.herald.example/p/2.jpg",")" + std::string(kPhoto) + "\"");
  const auto id = id_of(begun);
  EXPECT_TRUE(id.starts_with("p_pub_url~v2.")) << id;
  EXPECT_TRUE(begun.publishes);
  EXPECT_EQ(json_of(begun).at("data").as_object().size(), 1U);
  EXPECT_EQ(state_of(token, id), "PROCESSING_DOWNLOAD");
  EXPECT_TRUE(seen().empty());
  pass(std::chrono::seconds(23));
  EXPECT_EQ(state_of(token, id), "PUBLISH_COMPLETE");
  ASSERT_EQ(seen().size(), 1U);
  const auto entry = seen().front();
  EXPECT_EQ(entry.kind, "photo");
  EXPECT_EQ(entry.title, "Three loaves");
  EXPECT_EQ(entry.text, "Oven test");
  EXPECT_EQ(entry.link, "https://www.tiktok.com/@bluebakery/photo/" + entry.id);
  ASSERT_EQ(entry.media.size(), 2U);
  EXPECT_EQ(rig.media.find(entry.media[0].digest)->view(), jpeg_of(1080, 1350));
  EXPECT_EQ(ask({.url = entry.link}).response.status, 200);
}

TEST_F(TikTokPulls, photo_rules_are_kept) {
  const auto token = access();
  const auto with = [&](const std::string& more, const std::string& source) {
    return post("/v2/post/publish/content/init/", token,
                R"({"media_type":"PHOTO","post_mode":"DIRECT_POST","post_info":{)"
                R"("privacy_level":"PUBLIC_TO_EVERYONE")" +
                    more + R"(},"source_info":{"source":"PULL_FROM_URL")" + source + "}}");
  };
  const auto one = R"(,"photo_cover_index":0,"photo_images":[")" + std::string(kPhoto) + "\"]";
  expect_refused(with(R"(,"title":")" + std::string(91, 'a') + "\"", one), 400, "invalid_param");
  expect_refused(with(R"(,"description":")" + std::string(4001, 'a') + "\"", one), 400,
                 "invalid_param");
  expect_refused(with("", R"(,"photo_images":[")" + std::string(kPhoto) + "\"]"), 400,
                 "invalid_param");
  expect_refused(
      with("", R"(,"photo_cover_index":1,"photo_images":[")" + std::string(kPhoto) + "\"]"), 400,
      "invalid_param");
  expect_refused(with("", R"(,"photo_cover_index":0,"photo_images":[])"), 400, "invalid_param");
  expect_refused(with(R"(,"disable_comment":"yes")", one), 400, "invalid_param");
  pass(std::chrono::minutes(1));
  EXPECT_EQ(with(R"(,"title":")" + std::string(90, 'a') + R"(","description":")" +
                     std::string(4000, 'a') + "\"",
                 one)
                .response.status,
            200);
}

TEST_F(TikTokPulls, a_post_has_at_most_thirty_five_photos) {
  std::string photos = "\"" + std::string(kPhoto) + "\"";
  for (int i = 1; i < 35; ++i) photos += ",\"" + std::string(kPhoto) + "\"";
  const auto token = access();
  EXPECT_EQ(begin_photos(token, "DIRECT_POST", photos).response.status, 200);
  expect_refused(begin_photos(token, "DIRECT_POST", photos + ",\"" + kPhoto + "\""), 400,
                 "invalid_param");
}

TEST_F(TikTokPulls, the_mode_of_photos_says_which_scope_they_need) {
  const auto drafts = connect("user.info.basic,video.upload").access;
  expect_refused(begin_photos(drafts), 401, "scope_not_authorized");
  const auto id = id_of(begin_photos(drafts, "MEDIA_UPLOAD"));
  pass(std::chrono::seconds(3));
  EXPECT_EQ(state_of(drafts, id), "SEND_TO_USER_INBOX");
  pass(std::chrono::hours(1));
  EXPECT_TRUE(rig.ledger.entries().empty());
  expect_refused(begin_photos(connect("user.info.basic,video.publish").access, "MEDIA_UPLOAD"), 401,
                 "scope_not_authorized");
  control("creator", {{.name = "old_app", .value = "true"}});
  expect_refused(begin_photos(drafts, "MEDIA_UPLOAD"), 400, "app_version_check_failed");
}

TEST_F(TikTokPulls, photos_that_tiktok_does_not_take_fail) {
  const auto token = access();
  rig.serve("https://herald.example/a.png", png_of(1080, 1080));
  rig.serve("https://herald.example/large.jpg", jpeg_of(2000, 2000));
  const std::pair<const char*, const char*> cases[] = {{"a.png", "file_format_check_failed"},
                                                       {"large.jpg", "picture_size_check_failed"},
                                                       {"nothing.jpg", "photo_pull_failed"}};
  for (const auto& [name, reason] : cases) {
    const auto id = id_of(
        begin_photos(token, "DIRECT_POST", "\"https://herald.example/" + std::string(name) + "\""));
    pass(std::chrono::seconds(3));
    EXPECT_EQ(reason_of(token, id), reason);
  }
  turn("photo_size", "any");
  const auto id =
      id_of(begin_photos(token, "DIRECT_POST", R"("https://herald.example/large.jpg")"));
  pass(std::chrono::seconds(3));
  EXPECT_EQ(state_of(token, id), "PUBLISH_COMPLETE");
}

TEST_F(TikTokPulls, a_film_is_pulled_once_and_counted_once) {
  rig.serve(kFilm, film());
  const auto token = access();
  const auto begun = begin_pull(token);
  EXPECT_TRUE(begun.publishes);
  const auto id = id_of(begun);
  EXPECT_TRUE(id.starts_with("v_pub_url~v2.")) << id;
  EXPECT_EQ(json_of(status(token, id)).at("data").at("downloaded_bytes"),
            static_cast<std::int64_t>(film().size()));
  pass(std::chrono::seconds(28));
  EXPECT_EQ(seen().size(), 1U);
  const auto gone = id_of(begin_pull(token, "https://herald.example/gone.mp4"));
  pass(std::chrono::seconds(8));
  EXPECT_EQ(reason_of(token, gone), "video_pull_failed");
}

TEST_F(TikTokPulls, pulling_from_this_machine_is_for_those_who_run_there) {
  rig.settings.redirect_uris["tiktok"].push_back("http://localhost:3002/callback");
  const auto token = access();
  rig.serve("http://localhost:3002/f.mp4", film());
  EXPECT_EQ(begin_pull(token, "http://localhost:3002/f.mp4").response.status, 200);
  turn("pull_scheme", "https");
  expect_refused(begin_pull(token, "http://localhost:3002/f.mp4"), 400, "invalid_param");
}

TEST_F(TikTokPulls, a_download_can_be_cancelled_and_an_upload_cannot) {
  rig.serve(kFilm, film());
  const auto token = access();
  const auto cancel = [&](const std::string& id) {
    return post("/v2/post/publish/cancel/", token, R"({"publish_id":")" + id + "\"}");
  };
  const auto id = id_of(begin_pull(token));
  const auto answer = cancel(id);
  EXPECT_EQ(answer.response.status, 200);
  EXPECT_EQ(text_at(json_of(answer), "/error/code"), "ok");
  EXPECT_FALSE(json_of(answer).as_object().contains("data"));
  pass(std::chrono::minutes(1));
  EXPECT_EQ(reason_of(token, id), "publish_cancelled");
  EXPECT_TRUE(seen().empty());
  expect_refused(cancel(id), 400, "publish_not_cancellable");
  expect_refused(cancel(sent_film(token)), 400, "publish_not_cancellable");
  expect_refused(cancel("v_pub_url~v2.1"), 400, "invalid_publish_id");
}

TEST_F(TikTokPulls, a_script_decides_how_processing_ends) {
  const auto token = access();
  control("next-processing", {{.name = "outcome", .value = "internal"}});
  control("next-processing", {{.name = "outcome", .value = "succeeded"}});
  const auto first = sent_film(token);
  const auto second = sent_film(token);
  pass(std::chrono::seconds(8));
  EXPECT_EQ(reason_of(token, first), "internal");
  EXPECT_EQ(state_of(token, second), "PUBLISH_COMPLETE");
}

TEST_F(TikTokPulls, access_taken_back_while_processing_fails_the_post) {
  const auto id = sent_film(access());
  control("remove-access", {{.name = "account", .value = "bluebakery"}});
  pass(std::chrono::seconds(8));
  // A new grant, so that the old task can be asked for.
  EXPECT_EQ(reason_of(access(), id), "auth_removed");
  pass(std::chrono::hours(1));
  EXPECT_TRUE(seen().empty());
}

TEST_F(TikTokPulls, everything_is_there_after_a_restart) {
  const auto token = access();
  const auto id = sent_film(token);
  const auto saved = side->save();
  side->restart();
  expect_refused(status(token, id), 401, "access_token_invalid");
  side->load(saved);
  pass(std::chrono::seconds(28));
  EXPECT_EQ(state_of(token, id), "PUBLISH_COMPLETE");
  EXPECT_EQ(seen().size(), 1U);
  side->load(side->save());
  pass(std::chrono::minutes(1));
  EXPECT_EQ(seen().size(), 1U) << "what was shown is not shown again";
}

TEST_F(TikTokPulls, scripts_name_answers_by_number_and_by_code) {
  const Call call;
  EXPECT_EQ(side->scripted("TT-6", call).status, 200);
  EXPECT_EQ(side->scripted("TT14", call).status, 403);
  EXPECT_EQ(side->scripted("TT16", call).status, 416);
  EXPECT_EQ(side->scripted("internal_error", call).status, 500);
  EXPECT_NE(side->scripted("temporarily_unavailable", call).body.find("log_id"), std::string::npos);
  EXPECT_EQ(side->scripted("TT99", call).status, 0);
  EXPECT_EQ(side->rate_limited(call).status, 429);
}

}  // namespace herald::sandbox::tiktok
