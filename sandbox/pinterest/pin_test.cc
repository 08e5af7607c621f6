// Pinterest: accounts, boards and pins of pictures.
#include "sandbox/pinterest/rig.h"

namespace herald::sandbox::pinterest {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

using PinterestPins = PinterestTest;

std::string message_of(const Answer& answer) { return text_at(json_of(answer), "/message"); }
std::int64_t code_of(const Answer& answer) { return at(json_of(answer), "/code")->as_int64(); }

TEST_F(PinterestPins, PN16_an_account_says_who_it_is) {
  const auto token = connect();
  const auto body = json_of(get("/user_account", token)).as_object();
  EXPECT_EQ(body.at("id"), "2783136121146311751");
  EXPECT_EQ(body.at("username"), "bluebakery");
  EXPECT_EQ(body.at("account_type"), "BUSINESS");
  EXPECT_EQ(body.at("business_name"), "Blue Bakery");
  EXPECT_EQ(body.at("board_count"), 2);
  turn("account_id", "off");
  EXPECT_FALSE(json_of(get("/user_account", token)).as_object().contains("id"));
}

TEST_F(PinterestPins, PN17_boards_come_in_pages_with_those_that_are_shared) {
  const auto token = connect();
  const auto first = json_of(get("/boards?page_size=2", token));
  ASSERT_EQ(first.at("items").as_array().size(), 2u);
  EXPECT_EQ(first.at("items").at(0).at("name"), "Bread");
  EXPECT_EQ(first.at("items").at(0).at("owner").at("username"), "bluebakery");
  const auto bookmark = std::string(first.at("bookmark").as_string());
  const auto second = json_of(get("/boards?page_size=2&bookmark=" + bookmark, token));
  ASSERT_EQ(second.at("items").as_array().size(), 1u);
  EXPECT_EQ(second.at("items").at(0).at("name"), "Market Day");
  EXPECT_TRUE(second.at("bookmark").is_null());
  EXPECT_EQ(get("/boards?page_size=251", token).response.status, 400);
  turn("repeated_bookmark", "on");
  EXPECT_EQ(json_of(get("/boards", token)).at("bookmark"),
            json_of(get("/boards", token)).at("bookmark"));
}

TEST_F(PinterestPins, PN18_a_picture_by_its_address_is_pinned) {
  const auto token = connect();
  const auto answer =
      post("/pins", photo_pin({{"link", "https://shop.test/rye"}, {"alt_text", "A loaf"}}), token);
  EXPECT_EQ(answer.response.status, 201);
  EXPECT_TRUE(answer.publishes);
  const auto body = json_of(answer).as_object();
  EXPECT_EQ(body.at("id").as_string().size(), 18u);
  EXPECT_EQ(body.at("created_at"), "2026-11-22T12:00:00");
  EXPECT_EQ(body.at("link"), "https://shop.test/rye");
  EXPECT_EQ(body.at("alt_text"), "A loaf");
  EXPECT_EQ(body.at("board_id"), kBread);
  EXPECT_TRUE(body.at("board_section_id").is_null());
  EXPECT_EQ(body.at("board_owner").at("username"), "bluebakery");
  EXPECT_EQ(body.at("media").at("media_type"), "image");
  EXPECT_EQ(body.at("media").at("images").at("600x").at("width"), 1000);
  ASSERT_EQ(seen(), 1u);
  const auto entry = rig.ledger.entries().back();
  EXPECT_EQ(entry.account_name, "bluebakery");
  EXPECT_EQ(entry.kind, "image");
  EXPECT_EQ(entry.title, "Rye");
  EXPECT_EQ(entry.link, "https://www.pinterest.com/pin/" + entry.id + "/");
  EXPECT_EQ(entry.media.at(0).type, "image/jpeg");
  EXPECT_EQ(ask({.url = entry.link}).response.status, 200);
  turn("created_at_zone", "z");
  EXPECT_EQ(text_at(json_of(get("/pins/" + entry.id, token)), "/created_at"),
            "2026-11-22T12:00:00Z");
}

TEST_F(PinterestPins, PN19_the_status_may_be_200) {
  turn("create_status", "200");
  EXPECT_EQ(post("/pins", photo_pin(), connect()).response.status, 200);
}

TEST_F(PinterestPins, PN21_an_app_on_trial_creates_no_pins) {
  const auto token = connect();
  control("app", {{.name = "tier", .value = "trial"}});
  const auto answer = post("/pins", photo_pin(), token);
  EXPECT_EQ(answer.response.status, 403);
  EXPECT_EQ(code_of(answer), 29);
  EXPECT_TRUE(message_of(answer).starts_with("Apps with Trial access may not create Pins"));
  EXPECT_EQ(get("/boards", token).response.status, 200);
  EXPECT_EQ(seen(), 0u);
}

TEST_F(PinterestPins, PN23_PN24_PN25_a_place_has_to_be_ones_own_and_there) {
  const auto token = connect();
  expect_body(post("/pins", photo_pin({{"board_id", kSongs}}), token), 403, kNotPermitted);
  EXPECT_EQ(post("/pins", photo_pin({{"board_id", "549755885179"}}), token).response.status, 201)
      << "one that is shared";
  expect_body(post("/pins", photo_pin({{"board_section_id", "1"}}), token), 404,
              R"({"code":2031,"message":"Sorry! We couldn't find this board section."})");
  EXPECT_EQ(
      post("/pins", photo_pin({{"board_section_id", "5195035916725"}}), token).response.status,
      201);
  control("board", {{.name = "id", .value = kBread}});
  const std::string gone = R"({"code":40,"message":"Board not found."})";
  expect_body(post("/pins", photo_pin(), token), 404, gone);
  expect_body(get(std::string("/boards/") + kBread, token), 404, gone);
  turn("lost_board", "forbidden");
  expect_body(post("/pins", photo_pin(), token), 403, kNotPermitted);
}

TEST_F(PinterestPins, PN26_PN27_what_a_pin_says_is_judged) {
  const auto token = connect();
  expect_body(post("/pins", photo_pin({{"board_id", "bread"}}), token), 400,
              R"({"code":1,"message":"Invalid request: 'bread' does not match '^\\d+$'"})");
  const auto refused = [&](const json::object& changes) {
    const auto answer = post("/pins", photo_pin(changes), token);
    EXPECT_EQ(answer.response.status, 400) << json::serialize(changes);
    EXPECT_TRUE(message_of(answer).starts_with("Invalid request: ")) << answer.response.body;
  };
  const auto letters = [](std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "ü";
    return text;
  };
  refused({{"media_source", nullptr}});
  refused({{"title", letters(101)}});
  refused({{"description", letters(801)}});
  refused({{"alt_text", letters(501)}});
  refused({{"link", "https://a.test/" + std::string(2034, 'a')}});
  refused({{"note", "x"}});
  refused({{"board_id", 549755885175}});
  refused({{"media_source", json::object{{"source_type", "pin_url"}, {"url", kPhoto}}}});
  EXPECT_EQ(seen(), 0u);
  EXPECT_EQ(post("/pins",
                 photo_pin({{"title", letters(100)},
                            {"description", letters(800)},
                            {"alt_text", letters(500)},
                            {"link", "https://a.test/" + std::string(2033, 'a')}}),
                 token)
                .response.status,
            201);
}

TEST_F(PinterestPins, PN28_a_link_has_to_be_one) {
  expect_body(post("/pins", photo_pin({{"link", "not a url"}}), connect()), 400,
              R"({"code":1,"message":"Whoops! It looks like you entered an invalid URL. Try )"
              R"(creating a Pin again with a valid URL."})");
}

TEST_F(PinterestPins, PN29_the_picture_is_fetched_and_looked_at) {
  const auto token = connect();
  const auto at_address = [&](const std::string& url) {
    return post("/pins", pin_of({{"source_type", "image_url"}, {"url", url}}), token);
  };
  rig.serve("https://media.test/page", "<html>no</html>");
  rig.serve("https://media.test/small.jpg", jpeg_of(20, 20));
  rig.serve("https://media.test/broken.jpg", "no picture at all");
  for (const char* url : {"https://media.test/gone", "https://media.test/page", "ftp://media.test"})
    expect_body(at_address(url), 400,
                R"({"code":1,"message":"Unable to reach the URL. Please check the URL and try )"
                R"(again."})");
  EXPECT_EQ(code_of(at_address("https://media.test/small.jpg")), 233);
  EXPECT_EQ(code_of(at_address("https://media.test/broken.jpg")), 235);
  EXPECT_EQ(at_address("https://media.test/broken.jpg").response.status, 403);
  EXPECT_EQ(seen(), 0u);
}

TEST_F(PinterestPins, PN30_a_picture_may_come_as_base64) {
  const auto token = connect();
  const auto data = base64(png_of(300, 300));
  const auto status = [&](const std::string& type, const std::string& text) {
    return post("/pins",
                pin_of({{"source_type", "image_base64"}, {"content_type", type}, {"data", text}}),
                token)
        .response.status;
  };
  EXPECT_EQ(status("image/png", data), 201);
  EXPECT_EQ(status("image/webp", data), 400);
  EXPECT_EQ(status("image/png", "data:image/png;base64," + data), 400);
  EXPECT_EQ(status("image/png", data + "\n"), 400);
  EXPECT_EQ(seen(), 1u);
}

TEST_F(PinterestPins, PN31_PN32_two_to_five_pictures_are_a_carousel) {
  const auto token = connect();
  rig.serve("https://media.test/b.jpg", jpeg_of(500, 750));
  const auto carousel = [&](int count) {
    json::array items;
    for (int i = 0; i < count; ++i)
      items.push_back(json::object{{"url", i == 0 ? kPhoto : "https://media.test/b.jpg"}});
    return post("/pins", pin_of({{"source_type", "multiple_image_urls"}, {"items", items}}), token);
  };
  const auto answer = carousel(3);
  EXPECT_EQ(answer.response.status, 201);
  const auto media = json_of(answer).at("media");
  EXPECT_EQ(media.at("media_type"), "multiple_images");
  ASSERT_EQ(media.at("items").as_array().size(), 3u);
  EXPECT_EQ(media.at("items").at(0).at("images").at("600x").at("width"), 1000);
  EXPECT_EQ(media.at("items").at(1).at("images").at("600x").at("width"), 500);
  EXPECT_TRUE(media.at("items").at(0).at("title").is_null());
  EXPECT_EQ(rig.ledger.entries().back().media.size(), 3u);
  EXPECT_TRUE(message_of(carousel(1)).ends_with("constraint: minItems=2"));
  EXPECT_TRUE(message_of(carousel(6)).ends_with("constraint: maxItems=5"));
  EXPECT_EQ(carousel(6).response.status, 400);
}

TEST_F(PinterestPins, PN39_PN40_a_pin_is_found_again_in_its_boards_list) {
  const auto token = connect();
  const auto first = pinned(token);
  pass(1s);
  turn("list_lag_s", "90");
  const auto second = pinned(token);
  EXPECT_EQ(listed(token), std::vector<std::string>{});
  pass(90s);
  EXPECT_EQ(listed(token), (std::vector{second, first}));
  turn("list_order", "oldest");
  EXPECT_EQ(listed(token), (std::vector{first, second}));
  turn("list_order", "shuffled");
  EXPECT_EQ(listed(token).size(), 2u);
  EXPECT_EQ(text_at(json_of(get("/pins/" + first, token)), "/id"), first) << "at once by its id";
}

TEST_F(PinterestPins, PN41_equal_pins_are_two) {
  const auto token = connect();
  EXPECT_NE(pinned(token), pinned(token));
  control("foreign-pin", {{.name = "title", .value = "Rye"}});
  EXPECT_EQ(listed(token).size(), 3u);
  EXPECT_EQ(seen(), 3u);
}

TEST_F(PinterestPins, PN42_too_many_writes_in_a_minute_are_refused) {
  const auto token = connect();
  turn("writes_a_minute", "2");
  EXPECT_EQ(header_of(post("/pins", photo_pin(), token), "x-ratelimit-limit"), "2, 2;w=60");
  pass(43s);
  EXPECT_EQ(header_of(post("/pins", photo_pin(), token), "x-ratelimit-remaining"), "0");
  const auto answer = post("/pins", photo_pin(), token);
  EXPECT_EQ(answer.response.status, 429);
  EXPECT_EQ(code_of(answer), 8);
  EXPECT_EQ(header_of(answer, "x-ratelimit-reset"), "17");
  EXPECT_EQ(get("/boards", token).response.status, 200) << "reading is counted apart";
  pass(17s);
  EXPECT_EQ(post("/pins", photo_pin(), token).response.status, 201);
  EXPECT_EQ(seen(), 3u);
  turn("rate_headers", "off");
  EXPECT_EQ(header_of(get("/boards", token), "x-ratelimit-limit"), "");
}

TEST_F(PinterestPins, PN44_on_trial_writes_are_counted_by_the_day) {
  const auto token = connect();
  control("app", {{.name = "tier", .value = "trial"}});
  turn("trial_writes_a_day", "1");
  EXPECT_EQ(post("/boards", R"({"name":"Rolls"})", token).response.status, 201);
  pass(23h);
  const auto answer = post("/boards", R"({"name":"Buns"})", token);
  EXPECT_EQ(answer.response.status, 429);
  EXPECT_EQ(header_of(answer, "x-ratelimit-reset"), "3600");
  pass(1h);
  EXPECT_EQ(post("/boards", R"({"name":"Rolls"})", token).response.status, 400) << "a second one";
}

TEST_F(PinterestPins, PN48_PN49_a_pin_is_deleted_once_and_never_edited) {
  const auto token = connect();
  const auto pin = pinned(token);
  const auto other = connect(kScopes, "cornerbooks");
  EXPECT_EQ(remove("/pins/" + pin, other).response.status, 403);
  expect_body(ask({.method = "PATCH", .url = "https://api.pinterest.com/v5/pins/" + pin}, token),
              401,
              R"({"code":3,"message":"Your application does not have access to this restricted )"
              R"(feature: pin_edit"})");
  const auto gone = remove("/pins/" + pin, token);
  EXPECT_EQ(gone.response.status, 204);
  EXPECT_TRUE(gone.response.body.empty());
  EXPECT_EQ(seen("removed"), 1u);
  expect_body(get("/pins/" + pin, token), 404, R"({"code":50,"message":"Pin not found."})");
  EXPECT_EQ(code_of(remove("/pins/" + pin, token)), 50);
  turn("delete_error_code", "404");
  EXPECT_EQ(code_of(remove("/pins/" + pin, token)), 404);
  EXPECT_EQ(ask({.url = "https://www.pinterest.com/pin/" + pin + "/"}).response.status, 404);
}

TEST_F(PinterestPins, a_script_may_ask_for_a_refusal_by_its_vector) {
  Call call;
  for (const auto& [name, status, code] :
       {std::tuple("PN-13", 401, 2), std::tuple("PN-20", 401, 3), std::tuple("PN-21", 403, 29),
        std::tuple("PN-24", 404, 40), std::tuple("PN-25", 404, 2031), std::tuple("PN-40", 500, 12),
        std::tuple("PN-43", 429, 8)}) {
    const auto response = side->scripted(name, call);
    EXPECT_EQ(response.status, status) << name;
    EXPECT_EQ(json::parse(response.body).at("code"), code) << name;
  }
  EXPECT_TRUE(side->scripted("PN-43", call).body.contains("spam"));
  EXPECT_EQ(side->scripted("PN-18", call).status, 0);
}

}  // namespace
}  // namespace herald::sandbox::pinterest
