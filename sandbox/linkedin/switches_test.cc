// The outcomes that are uncertain, each in its other form.
#include "sandbox/linkedin/rig.h"

namespace herald::sandbox::linkedin {

class LinkedInSwitches : public LinkedInTest {};

TEST_F(LinkedInSwitches, a_refresh_token_may_count_in_minutes) {
  turn("refresh_tokens", "on");
  turn("refresh_life_unit", "minutes");
  EXPECT_EQ(value_at(json_of(exchange(code())), "/refresh_token_expires_in"), 525'600);
}

TEST_F(LinkedInSwitches, the_page_may_be_shown_every_time) {
  connect();
  turn("skip_consent", "off");
  EXPECT_EQ(ask({.url = authorize_url(kMemberScopes)}).response.status, 200);
}

TEST_F(LinkedInSwitches, there_may_be_no_revocation) {
  const auto token = connect();
  turn("revoke_endpoint", "off");
  EXPECT_EQ(token_call({{.name = "token", .value = token}}, kSecret, "revoke").response.status,
            404);
  EXPECT_EQ(get("/v2/userinfo", token, {}).response.status, 200);
}

TEST_F(LinkedInSwitches, an_expired_token_may_have_the_number_of_a_bad_one) {
  const auto token = connect();
  turn("expired_number", "65600");
  control("expire-tokens");
  EXPECT_EQ(value_at(json_of(get("/v2/userinfo", token, {})), "/serviceErrorCode"), 65600);
}

TEST_F(LinkedInSwitches, a_duplicate_may_have_no_code_and_be_forgotten_soon) {
  turn("duplicate_code", "off");
  turn("duplicate_minutes", "10");
  const auto token = connect();
  posted(token, body_of(kMember, "Once"));
  const auto answer = post(token, body_of(kMember, "Once"));
  EXPECT_EQ(answer.response.status, 422);
  EXPECT_EQ(text_at(json_of(answer), "/code"), "");
  pass(std::chrono::minutes(10));
  posted(token, body_of(kMember, "Once"));
}

TEST_F(LinkedInSwitches, a_post_with_media_may_be_a_share) {
  turn("media_post_urn", "share");
  const auto token = connect();
  const auto body =
      body_of(kMember, "Rolls", R"(,"content":{"media":{"id":")" + image(token) + "\"}}");
  EXPECT_TRUE(posted(token, body).starts_with("urn:li:share:"));
}

TEST_F(LinkedInSwitches, an_image_may_be_put_without_a_token_and_answered_by_200) {
  turn("image_put_token", "free");
  turn("image_put_status", "200");
  const auto url = text_at(json_of(initialize("images", connect(), kMember)), "/value/uploadUrl");
  EXPECT_EQ(put(url, jpeg_of(9, 9)).response.status, 200);
}

TEST_F(LinkedInSwitches, a_part_may_be_sent_once_only) {
  const auto token = connect();
  const auto url = [&] {
    return text_at(json_of(initialize("videos", token, kMember, R"(,"fileSizeBytes":80000)")),
                   "/value/uploadInstructions/0/uploadUrl");
  };
  const std::string part(80'000, 'p');
  const auto again = url();
  EXPECT_EQ(put(again, part).response.status, 200);
  EXPECT_EQ(put(again, part).response.status, 200);
  turn("part_urls", "once");
  const auto once = url();
  EXPECT_EQ(put(once, part).response.status, 200);
  expect_refused(put(once, part), 400, "EXPIRED_UPLOAD_URL");
}

TEST_F(LinkedInSwitches, a_finalized_video_may_not_be_finalized_again) {
  const auto token = connect();
  const auto value = json_of(initialize("videos", token, kMember, R"(,"fileSizeBytes":80000)"));
  const auto sent =
      put(text_at(value, "/value/uploadInstructions/0/uploadUrl"), std::string(80'000, 'p'));
  const auto etag = header_of(sent, "ETag");
  const auto finalize = [&] {
    return send("/rest/videos?action=finalizeUpload",
                R"({"finalizeUploadRequest":{"video":")" + text_at(value, "/value/video") +
                    R"(","uploadToken":"","uploadedPartIds":[)" +
                    boost::json::serialize(boost::json::value(etag)) + "]}}",
                token);
  };
  EXPECT_EQ(finalize().response.status, 200);
  EXPECT_EQ(finalize().response.status, 200);
  turn("finalize_again", "refused");
  expect_refused(finalize(), 400, "UPDATING_ASSET_FAILED");
}

TEST_F(LinkedInSwitches, a_comment_may_be_little_text) {
  turn("comment_text", "little");
  turn("comment_delay_ms", "0");
  const auto token = connect();
  const auto urn = posted(token, body_of(kMember, "Rolls"));
  send(path_of(urn, "socialActions") + "/comments",
       R"({"actor":")" + std::string(kMember) + R"(","object":")" + urn +
           R"(","message":{"text":"Recipe \\(short\\) (cut"}})",
       token);
  EXPECT_EQ(rig.ledger.entries().back().text, "Recipe (short) ");
}

TEST_F(LinkedInSwitches, a_metric_type_may_be_plain) {
  const auto token = connect(kAllScopes);
  const auto first = [&] {
    return value_at(json_of(get("/rest/memberCreatorPostAnalytics?q=me&queryType=COMMENT", token)),
                    "/elements/0/metricType");
  };
  EXPECT_TRUE(first().is_object());
  turn("metric_type", "plain");
  EXPECT_EQ(first(), "COMMENT");
}

TEST_F(LinkedInSwitches, an_app_has_its_own_daily_limit_which_may_carry_a_code) {
  turn("daily_app_calls", "1");
  turn("limit_code", "on");
  const auto token = connect();
  posted(token, body_of(kMember, "One"));
  const auto answer = post(token, body_of(kMember, "Two"));
  expect_refused(answer, 429, "TOO_MANY_REQUESTS");
  EXPECT_NE(answer.response.body.find("throttle APPLICATION DAY"), std::string::npos);
}

TEST_F(LinkedInSwitches, a_fault_spoils_the_token_that_a_call_carries) {
  const auto spoil = [&](const std::string& token, const char* how) {
    Call call;
    call.headers.set("Authorization", "Bearer " + token);
    side->spoil_token(call, how);
    return text_at(json_of(get("/v2/userinfo", token, {})), "/code");
  };
  EXPECT_EQ(spoil(connect(), "expire"), "EXPIRED_ACCESS_TOKEN");
  EXPECT_EQ(spoil(connect(), "revoke"), "REVOKED_ACCESS_TOKEN");
}

}  // namespace herald::sandbox::linkedin
