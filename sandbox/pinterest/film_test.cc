// Pinterest: films and figures.
#include "sandbox/pinterest/rig.h"

namespace herald::sandbox::pinterest {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

using PinterestFilms = PinterestTest;

TEST_F(PinterestFilms, PN33_a_film_is_registered_with_a_form) {
  const auto token = connect();
  const auto body = film(token);
  EXPECT_EQ(body.at("media_type"), "video");
  EXPECT_EQ(body.at("upload_url"), "https://pinterest-media-upload.s3-accelerate.amazonaws.com/");
  const auto& form = body.at("upload_parameters").as_object();
  EXPECT_EQ(form.size(), 8u);
  for (const char* name : {"x-amz-date", "x-amz-signature", "x-amz-security-token",
                           "x-amz-algorithm", "key", "policy", "x-amz-credential", "Content-Type"})
    EXPECT_TRUE(form.contains(name)) << name;
  EXPECT_EQ(status(token, std::string(body.at("media_id").as_string())), "registered");
  EXPECT_EQ(post("/media", R"({"media_type":"image"})", token).response.status, 400);
}

TEST_F(PinterestFilms, PN34_the_form_is_taken_whole_with_the_file_last_and_no_token) {
  const auto token = connect();
  const auto made = film(token);
  const auto good = upload_of(made, mp4_of({}));
  const auto refused = [&](RigRequest request, const std::string& bearer = {}) {
    const auto answer = ask(std::move(request), bearer);
    EXPECT_EQ(answer.response.status, 403);
    EXPECT_EQ(header_of(answer, "Content-Type"), "application/xml");
  };
  refused(good, token);
  auto put = good;
  put.method = "PUT";
  refused(put);
  auto behind = good;
  behind.body.resize(behind.body.size() - std::string("--edge--\r\n").size());
  behind.body += part("acl", "public") + "--edge--\r\n";
  refused(behind);
  auto wrong = made;
  wrong.as_object().at("upload_parameters").as_object()["policy"] = "eyJother";
  refused(upload_of(wrong, mp4_of({})));
  const auto answer = ask(good);
  EXPECT_EQ(answer.response.status, 204);
  EXPECT_TRUE(answer.response.body.empty());
  const auto late = film(token);
  pass(1h);
  refused(upload_of(late, mp4_of({})));
}

TEST_F(PinterestFilms, PN35_a_film_takes_its_time) {
  const auto token = connect();
  const auto id = uploaded(token);
  EXPECT_EQ(status(token, id), "processing");
  pass(3999ms);
  EXPECT_EQ(status(token, id), "processing");
  pass(1ms);
  EXPECT_EQ(status(token, id), "succeeded");
  EXPECT_EQ(get("/media/" + id, connect(kScopes, "cornerbooks")).response.status, 404);
}

TEST_F(PinterestFilms, PN36_what_is_no_film_fails) {
  const auto token = connect();
  const auto id = uploaded(token, jpeg_of(800, 800));
  pass(4s);
  EXPECT_EQ(status(token, id), "failed");
  control("next-media", {{.name = "status", .value = "failed"}});
  const auto unlucky = uploaded(token);
  pass(4s);
  EXPECT_EQ(status(token, unlucky), "failed");
  EXPECT_EQ(post("/pins", pin_of(film_source(unlucky)), token).response.status, 400);
}

TEST_F(PinterestFilms, PN37_a_film_is_pinned_with_its_cover) {
  const auto token = connect();
  const auto ready = [&] {
    const auto id = uploaded(token);
    pass(4s);
    return id;
  };
  const auto id = ready();
  const auto pin = pinned(token, pin_of(film_source(id)));
  const auto shown = [&] { return json_of(get("/pins/" + pin, token)); };
  EXPECT_EQ(shown().at("creative_type"), "REGULAR");
  EXPECT_TRUE(shown().at("media").at("duration").is_null());
  pass(5s);
  EXPECT_EQ(shown().at("creative_type"), "VIDEO");
  EXPECT_EQ(shown().at("media").at("duration"), 12'000);
  EXPECT_EQ(rig.ledger.entries().back().kind, "video");
  EXPECT_EQ(rig.ledger.entries().back().media.at(0).type, "video/mp4");

  expect_body(post("/pins", pin_of({{"source_type", "video_id"}, {"media_id", ready()}}), token),
              400,
              R"({"code":1,"message":"Invalid request: cover_image_url or )"
              R"(cover_image_content_type is required"})");
  const auto by_time = [&] {
    return post("/pins",
                pin_of({{"source_type", "video_id"},
                        {"media_id", ready()},
                        {"cover_image_key_frame_time", 1}}),
                token)
        .response.status;
  };
  EXPECT_EQ(by_time(), 201);
  turn("key_frame_cover", "refused");
  EXPECT_EQ(by_time(), 400);
}

TEST_F(PinterestFilms, PN38_a_film_that_is_not_ready_unknown_or_used_is_none) {
  const auto token = connect();
  const auto status_of = [&](const std::string& id) {
    return post("/pins", pin_of(film_source(id)), token).response.status;
  };
  const auto id = uploaded(token);
  EXPECT_EQ(status_of(id), 400);
  EXPECT_EQ(status_of("1"), 400);
  pass(4s);
  EXPECT_EQ(status_of(id), 201);
  EXPECT_EQ(status_of(id), 400);
  EXPECT_EQ(seen(), 1u);
}

TEST_F(PinterestFilms, PN45_a_pin_has_figures_by_the_day) {
  const auto token = connect();
  const auto pin = pinned(token);
  pass(48h);
  const std::string wish = "/pins/" + pin +
                           "/analytics?start_date=2026-11-20&end_date=2026-11-24&metric_types="
                           "IMPRESSION,PIN_CLICK,OUTBOUND_CLICK,SAVE";
  const auto body = json_of(get(wish, token)).at("all");
  const auto& days = body.at("daily_metrics").as_array();
  ASSERT_EQ(days.size(), 5u);
  EXPECT_EQ(days[0].at("metrics").at("IMPRESSION"), 0) << "before there was a pin";
  EXPECT_GT(days[2].at("metrics").at("IMPRESSION").as_int64(), 0);
  EXPECT_EQ(days[3].at("data_status"), "READY");
  EXPECT_EQ(days[4].at("data_status"), "PROCESSING");
  EXPECT_TRUE(days[4].at("metrics").as_object().empty());
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < 4; ++i) sum += days[i].at("metrics").at("IMPRESSION").as_int64();
  EXPECT_EQ(body.at("summary_metrics").at("IMPRESSION"), sum);
  EXPECT_TRUE(body.at("lifetime_metrics").as_object().contains("TOTAL_COMMENTS"));
  turn("lifetime_metrics", "off");
  EXPECT_FALSE(json_of(get(wish, token)).at("all").as_object().contains("lifetime_metrics"));
}

TEST_F(PinterestFilms, PN46_figures_that_there_are_none_of_are_refused) {
  const auto token = connect();
  const auto pin = pinned(token);
  for (const char* query : {"start_date=2026-08-23&end_date=2026-11-20&metric_types=SAVE",
                            "start_date=2026-11-20&end_date=2026-11-22",
                            "start_date=2026-11-20&end_date=2026-11-22&metric_types=LOVE",
                            "start_date=2026-11-20&end_date=2026-11-22&metric_types=VIDEO_START",
                            "start_date=2026-11-22&end_date=2026-11-20&metric_types=SAVE",
                            "start_date=20261120&end_date=2026-11-22&metric_types=SAVE"})
    expect_body(get("/pins/" + pin + "/analytics?" + query, token), 400,
                R"({"code":1,"message":"Invalid pins analytics parameters."})");
  EXPECT_EQ(
      get("/pins/" + pin + "/analytics?start_date=2026-08-24&end_date=2026-11-22&metric_types=SAVE",
          token)
          .response.status,
      200);
}

TEST_F(PinterestFilms, PN47_an_account_has_figures_with_rates) {
  const auto token = connect();
  pinned(token);
  pass(24h);
  const auto body =
      json_of(get("/user_account/analytics?start_date=2026-11-22&end_date=2026-11-23", token));
  const auto day = body.at("all").at("daily_metrics").at(0).at("metrics").as_object();
  EXPECT_GT(day.at("IMPRESSION").as_int64(), 0);
  EXPECT_TRUE(day.contains("ENGAGEMENT"));
  EXPECT_LT(day.at("SAVE_RATE").as_double(), 1.0);
}

}  // namespace
}  // namespace herald::sandbox::pinterest
