// Containers and what is refused of them (vectors TH-17, TH-21 to TH-31).
#include "sandbox/threads/rig.h"

namespace herald::sandbox::threads {

class ThreadsContainer : public ThreadsTest {
 protected:
  // The refusal of a TEXT with these parameters besides.
  void expect_refused(const std::vector<Field>& more, const std::string& said = kInvalidParameter) {
    expect_body(container(words("Hello", more), token), 400, said);
  }
  std::string token = connect();
};

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

const std::string kTooLong = parameter_error("Param text must be at most 500 characters long.");

TEST_F(ThreadsContainer, TH17_a_text_is_in_progress_then_finished_then_published) {
  const auto id = made(words("Hello"), token);
  expect_body(get("/" + id + "?fields=status", token), 200,
              R"({"status":"IN_PROGRESS","id":")" + id + "\"}");
  pass(std::chrono::seconds(1));
  expect_body(get("/" + id + "?fields=status,error_message", token), 200,
              R"({"status":"FINISHED","id":")" + id + "\"}");
  EXPECT_EQ(seen(), 0u) << "nobody sees a container";
  const auto answer = publish(id, token);
  const auto post = text_at(json_of(answer), "/id");
  EXPECT_NE(post, id);
  EXPECT_TRUE(answer.publishes);
  EXPECT_EQ(status(id, token), "PUBLISHED");
  ASSERT_EQ(seen(), 1u);
  const auto entry = rig.ledger.entries().front();
  EXPECT_EQ(entry.text, "Hello");
  EXPECT_EQ(entry.account_name, "@bluebakery");
  EXPECT_TRUE(entry.link.starts_with("https://www.threads.com/@bluebakery/post/")) << entry.link;
  const auto page = ask({.url = entry.link});
  EXPECT_EQ(page.response.status, 200);
  EXPECT_TRUE(page.response.body.contains("Hello"));
}

TEST_F(ThreadsContainer, TH17_parameters_come_as_query_form_parts_or_json) {
  EXPECT_EQ(post("/me/threads?media_type=TEXT&text=Hi", {}, token).response.status, 200);
  const auto url = "https://graph.threads.net/v1.0/me/threads";
  EXPECT_EQ(ask({.method = "POST",
                 .url = url,
                 .content_type = "application/json",
                 .body = R"({"media_type":"TEXT","text":"Hi",)"
                         R"("poll_attachment":{"option_a":"Rye","option_b":"Spelt"}})"},
                token)
                .response.status,
            200);
  EXPECT_EQ(ask({.method = "POST",
                 .url = url,
                 .content_type = "multipart/form-data; boundary=frame",
                 .body = "--frame\r\nContent-Disposition: form-data; name=\"media_type\"\r\n\r\n"
                         "TEXT\r\n--frame\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n"
                         "Hi\r\n--frame--\r\n"},
                token)
                .response.status,
            200);
}

TEST_F(ThreadsContainer, TH21_a_text_post_wants_a_text) {
  expect_refused({{.name = "text", .value = ""}},
                 parameter_error("The parameter text is required"));
}

TEST_F(ThreadsContainer, TH22_five_hundred_and_one_letters_are_too_many) {
  EXPECT_EQ(container(words(std::string(500, 'a')), token).response.status, 200);
  expect_body(container(words(std::string(501, 'a')), token), 400, kTooLong);
  turn("parameter_status", "500");
  expect_body(container(words(std::string(501, 'a')), token), 500, kTooLong);
}

TEST_F(ThreadsContainer, TH23_an_emoji_counts_as_its_bytes) {
  EXPECT_EQ(container(words(repeated("\U0001F600", 125)), token).response.status, 200);
  expect_body(container(words(repeated("\U0001F600", 126)), token), 400, kTooLong);
  const auto quoted = std::string(495, 'a') + repeated("\u2019", 3);
  EXPECT_EQ(container(words(quoted), token).response.status, 200);
  turn("text_counting", "bytes");
  expect_body(container(words(quoted), token), 400, kTooLong);
}

TEST_F(ThreadsContainer, TH24_six_different_links_are_too_many) {
  std::string five;
  for (int i = 1; i <= 5; ++i) five += "https://bakery.example/" + std::to_string(i) + " ";
  const auto limit = parameter_error("THREADS_API__LINK_LIMIT_EXCEEDED");
  const Field equal{.name = "link_attachment", .value = "https://bakery.example/5"};
  EXPECT_EQ(container(words(five, {equal}), token).response.status, 200);
  expect_body(container(words(five + "https://bakery.example/6"), token), 400, limit);
  const Field other{.name = "link_attachment", .value = "https://bakery.example/6"};
  expect_body(container(words(five, {other}), token), 400, limit);
  turn("link_error_place", "code");
  EXPECT_EQ(text_at(json_of(container(words(five, {other}), token)), "/error/code"),
            "THREADS_API__LINK_LIMIT_EXCEEDED");
}

TEST_F(ThreadsContainer, TH25_a_picture_wants_an_address) {
  const auto said = parameter_error("Param image_url is not a valid URI.");
  expect_body(container(picture({{.name = "image_url", .value = "not a url"}}), token), 400, said);
  const Field plain{.name = "image_url", .value = "http://media.example/a.jpg"};
  expect_body(container(picture({plain}), token), 400, said);
  turn("http_media", "accepted");
  rig.serve(plain.value, jpeg_of(800, 600));
  EXPECT_EQ(container(picture({plain}), token).response.status, 200);
}

TEST_F(ThreadsContainer, TH26_a_picture_that_cannot_be_fetched_is_refused) {
  const std::string said =
      R"({"error":{"message":"An unknown error occurred","type":"OAuthException","code":1,)"
      R"("error_subcode":2207052,"is_transient":false,)"
      R"("error_user_title":"Media download has failed.","error_user_msg":"The media could not be )"
      R"(fetched from this URI: https://media.test/x.jpg","fbtrace_id":"AsimTrace"}})";
  const Field url{.name = "image_url", .value = "https://media.test/x.jpg"};
  expect_body(container(picture({url}), token), 400, said);
  rig.serve(url.value, "<html>Sign in</html>");
  expect_body(container(picture({url}), token), 400, said);
  rig.serve(url.value, jpeg_of(800, 600));
  rig.web[url.value].status = 404;
  expect_body(container(picture({url}), token), 400, said);
}

TEST_F(ThreadsContainer, TH27_a_bad_film_ends_its_container_with_an_error) {
  const auto fate_of = [&](const std::string& bytes) {
    rig.serve(kFilm, bytes);
    const auto id = made(video(), token);
    EXPECT_EQ(status(id, token), "IN_PROGRESS");
    pass(std::chrono::seconds(8));
    return json_of(get("/" + id + "?fields=status,error_message", token));
  };
  const auto longest = fate_of(film(301'000));
  EXPECT_EQ(text_at(longest, "/status"), "ERROR");
  EXPECT_EQ(text_at(longest, "/error_message"), "INVALID_DURATION");
  EXPECT_EQ(text_at(fate_of(film(300'000)), "/status"), "FINISHED");
  EXPECT_EQ(text_at(fate_of(film(12'000, 10)), "/error_message"), "INVALID_ASPEC_RATIO");
  EXPECT_EQ(text_at(fate_of("no film"), "/error_message"), "UNKNOWN");
  const auto missing = made(video("https://media.test/none.mp4"), token);
  pass(std::chrono::seconds(8));
  EXPECT_TRUE(get("/" + missing + "?fields=error_message", token)
                  .response.body.contains("FAILED_DOWNLOADING_VIDEO"));
}

TEST_F(ThreadsContainer, TH27_an_odd_failure_leaves_a_second_container_alone) {
  control("next-container", {{.name = "error", .value = "UNKNOWN"}});
  const auto first = made(video(), token);
  const auto second = made(video(), token);
  pass(std::chrono::seconds(8));
  EXPECT_EQ(status(first, token), "ERROR");
  EXPECT_EQ(status(second, token), "FINISHED");
  expect_body(publish(first, token), 400, not_found_error(first));
}

TEST_F(ThreadsContainer, TH28_a_container_expires_after_a_day) {
  const auto id = made(words("Hello"), token);
  pass(std::chrono::hours(24));
  EXPECT_EQ(status(id, token), "FINISHED");
  pass(std::chrono::seconds(1));
  expect_body(get("/" + id + "?fields=status", token), 200,
              R"({"status":"EXPIRED","id":")" + id + "\"}");
  expect_body(publish(id, token), 400, not_found_error(id));
}

class ThreadsCarousel : public ThreadsContainer {
 protected:
  std::string child() {
    return made(picture({{.name = "is_carousel_item", .value = "true"}}), token);
  }
  static std::vector<Field> parent(const std::string& children) {
    return {{.name = "media_type", .value = "CAROUSEL"},
            {.name = "text", .value = "Both"},
            {.name = "children", .value = children}};
  }
};

TEST_F(ThreadsCarousel, TH29_two_children_make_one_post) {
  const auto children = child() + "," + child();
  pass(std::chrono::seconds(2));
  const auto id = posted(parent(children), token);
  const auto read = json_of(get("/" + id + "?fields=media_type,children", token));
  EXPECT_EQ(text_at(read, "/media_type"), "CAROUSEL_ALBUM");
  EXPECT_EQ(text_at(read, "/children/data/0/id") + "," + text_at(read, "/children/data/1/id"),
            children);
  ASSERT_EQ(seen(), 1u);
  EXPECT_EQ(rig.ledger.entries().front().media.size(), 2u);
  EXPECT_EQ(at(json_of(get("/me/threads", token)), "/data")->as_array().size(), 1u)
      << "children are in no list";
}

TEST_F(ThreadsCarousel, TH29_published_children_may_have_ids_of_their_own) {
  turn("child_ids", "own");
  const auto children = child() + "," + child();
  pass(std::chrono::seconds(2));
  const auto id = posted(parent(children), token);
  const auto read = json_of(get("/" + id + "?fields=children", token));
  ASSERT_NE(text_at(read, "/children/data/1/id"), "");
  EXPECT_FALSE(children.contains(text_at(read, "/children/data/0/id")));
}

TEST_F(ThreadsCarousel, TH30_children_in_progress_are_invalid) {
  const auto ready = child();
  pass(std::chrono::seconds(2));
  const auto young = child();
  expect_body(container(parent(ready + "," + young), token), 400,
              R"({"error":{"message":"Invalid parameter","type":"OAuthException","code":100,)"
              R"("error_subcode":4279004,"is_transient":false,)"
              R"("error_user_title":"Invalid carousel children","error_user_msg":)"
              R"("The children with IDs )" +
                  young + R"( are invalid, non-existent or expired.","fbtrace_id":"AsimTrace"}})");
}

TEST_F(ThreadsCarousel, TH31_a_carousel_has_two_to_twenty_children) {
  std::string many;
  for (int i = 0; i < 20; ++i) many += child() + ",";
  const auto last = child();
  pass(std::chrono::seconds(2));
  expect_body(container(parent(last), token), 400, kInvalidParameter);
  expect_body(container(parent(many + last), token), 400, kInvalidParameter);
  EXPECT_EQ(container(parent(many), token).response.status, 200);
  expect_body(container({{.name = "image_url", .value = kPicture},
                         {.name = "is_carousel_item", .value = "true"}},
                        token),
              400, parameter_error("The parameter media_type is required"));
}

TEST_F(ThreadsContainer, TH31_what_the_rules_forbid_is_refused) {
  expect_refused({{.name = "poll_attachment", .value = R"({"option_a":"Rye"})"}});
  expect_refused({{.name = "poll_attachment", .value = R"({"options":["Rye","Spelt"]})"}});
  expect_refused({{.name = "poll_attachment",
                   .value = R"({"option_a":"Rye","option_b":"abcdefghijklmnopqrstuvwxyz"})"}});
  expect_refused({{.name = "topic_tag", .value = "a.b"}});
  expect_refused({{.name = "topic_tag", .value = std::string(51, 'a')}});
  expect_refused({{.name = "reply_control", .value = "nobody"}});
  expect_refused({{.name = "is_ghost_post", .value = "true"},
                  {.name = "reply_to_id", .value = "19001000000000001"}});
  expect_refused(
      {{.name = "text_entities",
        .value = "[" + repeated(R"({"entity_type":"SPOILER","offset":0,"length":2},)", 10) +
                 R"({"entity_type":"SPOILER","offset":0,"length":2}])"}});
  expect_refused({{.name = "gif_attachment", .value = R"({"gif_id":"x","provider":"TENOR"})"}});
  expect_body(
      container(picture({{.name = "link_attachment", .value = "https://a.example/"}}), token), 400,
      kInvalidParameter);
}

TEST_F(ThreadsContainer, TH31_what_the_rules_allow_is_taken) {
  const auto taken = [&](const std::vector<Field>& more) {
    const auto answer = container(words("Hello", more), token);
    EXPECT_EQ(answer.response.status, 200) << answer.response.body;
  };
  taken({{.name = "poll_attachment", .value = R"({"option_a":"Rye","option_b":"Spelt"})"},
         {.name = "topic_tag", .value = "Bread and salt"},
         {.name = "reply_control", .value = "followers_only"}});
  taken(
      {{.name = "is_ghost_post", .value = "true"},
       {.name = "text_entities", .value = R"([{"entity_type":"SPOILER","offset":0,"length":2}])"}});
  taken({{.name = "gif_attachment", .value = R"({"gif_id":"x","provider":"GIPHY"})"}});
  taken({{.name = "text_attachment",
          .value = R"({"plaintext":"Longer words","text_with_styling_info":)"
                   R"([{"offset":0,"length":6,"styling_info":["bold"]}]})"}});
  expect_refused({{.name = "text_attachment",
                   .value = R"({"plaintext":"Longer words","text_with_styling_info":)"
                            R"([{"offset":0,"length":6,"styling_info":["bold"]},)"
                            R"({"offset":5,"length":2,"styling_info":["italic"]}]})"}});
}

TEST_F(ThreadsContainer, an_unknown_parameter_is_refused_unless_it_is_ignored) {
  expect_refused({{.name = "colour", .value = "red"}},
                 parameter_error("Param colour is not known"));
  turn("unknown_parameters", "ignored");
  const auto id = posted(
      words("Hello", {{.name = "poll_attachment", .value = R"({"options":["Rye","Spelt"]})"}}),
      token);
  EXPECT_EQ(rig.ledger.entries().back().kind, "text") << "the poll of " << id << " is gone";
}

TEST_F(ThreadsContainer, only_some_profiles_choose_countries) {
  const Field countries{.name = "allowlisted_country_codes", .value = "DE,FR"};
  expect_refused({countries}, parameter_error("THREADS_API__FEATURE_NOT_AVAILABLE"));
  control("account", {{.name = "geo_gating", .value = "true"}});
  EXPECT_EQ(container(words("Hello", {countries}), token).response.status, 200);
  expect_refused({{.name = countries.name, .value = "Germany"}},
                 parameter_error("THREADS_API__GEO_GATING_INVALID_COUNTRY_CODES"));
}

TEST_F(ThreadsContainer, pictures_are_jpeg_or_png_and_neither_large_nor_narrow) {
  const auto status_of = [&](const std::string& bytes) {
    rig.serve(kPicture, bytes);
    return container(picture(), token).response.status;
  };
  EXPECT_EQ(status_of(png_of(640, 480)), 200);
  EXPECT_EQ(status_of(jpeg_of(1000, 100)), 200);
  EXPECT_EQ(status_of(jpeg_of(1001, 100)), 400);
  EXPECT_EQ(status_of(jpeg_of(800, 600, 8 * 1024 * 1024 + 1)), 400);
}

}  // namespace herald::sandbox::threads
