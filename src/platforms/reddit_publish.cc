// Files first, then the one call that makes the post; then its id is looked for where it was not
// said, and whether it is still there.
#include <boost/json.hpp>

#include "domain/check.h"
#include "platforms/json_answer.h"
#include "platforms/reddit.h"
#include "platforms/steps.h"

namespace herald::reddit_flows {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr Duration kLooks[] = {5s, 5s, 10s, 20s, 30s};
constexpr Duration kLookLater = 60s;
constexpr std::int64_t kLooksMax = 60;  // About an hour.
constexpr Duration kFiltersAct = 5s;
constexpr Duration kWaits[] = {5s, 5s, 10s, 20s, 30s, 60s, 60s, 60s};

// Notes: "urls", "assets" (uploads); "taken" when Reddit was given what it answered without an id,
// "taken_after" what its own clock had said by then; "name", "url" of the post; "seen" it was
// looked at afterwards; "note"; those of a look below "looks" of them.

const char* yes_or_no(bool value) { return value ? "true" : "false"; }

FormBody form(const Input& input, const std::vector<std::string>& urls) {
  const auto flag = [&](const char* name, bool otherwise = false) {
    return yes_or_no(flag_of(input.options, name, otherwise));
  };
  std::vector<Field> fields{{"api_type", "json"},
                            {"kind", input.kind},
                            {"sr", input.target_key},
                            {"title", text_of(input.options, "title")},
                            {"nsfw", flag("nsfw")},
                            {"spoiler", flag("spoiler")},
                            {"sendreplies", flag("inbox", true)},
                            {"validate_on_submit", "true"}};
  if (input.kind == "self" || !input.text.empty()) fields.push_back({"text", input.text});
  if (input.kind == "link") {
    fields.push_back({"url", one_line(text_of(input.options, "link"))});
    fields.push_back({"resubmit", flag("again")});
  } else if (!urls.empty()) {
    fields.push_back({"url", urls[0]});
  }
  if (input.kind == "video" && urls.size() > 1) fields.push_back({"video_poster_url", urls[1]});
  const auto flair = text_of(input.options, "flair");
  if (!flair.empty()) fields.push_back({"flair_id", flair});
  return {std::move(fields)};
}

JsonBody gallery(const Input& input, const std::vector<std::string>& assets) {
  json::array items;
  for (std::size_t i = 0; i < assets.size(); ++i) {
    items.push_back(json::object{
        {"media_id", assets[i]}, {"caption", input.media[i].alt_text}, {"outbound_url", ""}});
  }
  json::object body{{"sr", input.target_key},
                    {"title", text_of(input.options, "title")},
                    {"text", input.text},
                    {"items", std::move(items)},
                    {"nsfw", flag_of(input.options, "nsfw")},
                    {"spoiler", flag_of(input.options, "spoiler")},
                    {"sendreplies", flag_of(input.options, "inbox", true)},
                    {"api_type", "json"},
                    {"show_error_list", true},
                    {"validate_on_submit", true}};
  const auto flair = text_of(input.options, "flair");
  if (!flair.empty()) body["flair_id"] = flair;
  return {json::serialize(body), {}};
}

Call submit(const Input& input, const Notes& notes) {
  Call call = input.kind == "gallery"
                  ? post(input, "publish", "api/submit_gallery_post.json",
                         gallery(input, notes.list("assets")))
                  : post(input, "publish", "api/submit", form(input, notes.list("urls")));
  call.effect = Effect::publish;
  // Whoever has it hears what becomes of the post.
  call.secrets = {{"/json/data/websocket_url", "websocket"}};
  return call;
}

// Nobody else may say it: Reddit took the post and answers no more questions about it.
Error never_shown() {
  return {ErrorKind::conflict,
          "Reddit took the post and has not shown it for an hour. It could most likely not process "
          "the file. Look at the account's posts; if it is not there, post it with another file.",
          "not in the listing",
          {},
          "not_shown"};
}

Step next(const Input& input, const Progress& progress) {
  Notes notes(progress);
  if (const auto delay = notes.number("rest"); delay > 0) {
    return rest(Duration(delay), notes.erase("rest"), Meter{"Reddit is processing the post", 0, 0});
  }
  if (notes.has("seen")) {
    return finished(Published{notes.text("name"), notes.text("url"), notes.text("note")});
  }
  if (notes.has("name")) {
    return get(input, "look at the post", "api/info", {{"id", notes.text("name")}});
  }
  if (notes.has("taken")) {
    if (notes.number("looks") >= kLooksMax) return never_shown();
    return list_posts(input, notes);
  }
  if (more_to_upload(input, notes)) return upload_next(input, notes);
  return submit(input, notes);
}

Absorbed named(Notes notes, const std::string& name, const std::string& url) {
  return accepted(notes.set("name", name).set("url", url).set("rest", kFiltersAct.count()));
}

// A gallery's pictures may not be ready yet. What Reddit calls that is not known; but a list of
// errors in place of a post is a refusal, whatever stands in it.
bool may_be_early(const Input& input, const Notes& notes, const Answer& answer) {
  const JsonAnswer json(answer.body);
  return input.kind == "gallery" && is_success(answer) && !json.has("/json/data") &&
         notes.number("waits") < static_cast<std::int64_t>(std::size(kWaits));
}

Absorbed absorb_submit(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(answer)) {
    // After a lost answer it may be our own link that is there already.
    const bool maybe_ours = fault->error.code == "duplicate" && notes.has(kDoubts);
    const bool unlisted = fault->visible == Verdict::unknown;
    if (unlisted && may_be_early(input, notes, answer)) {
      const auto waits = notes.number("waits");
      return not_yet(notes.count("waits").set("rest", kWaits[waits].count()));
    }
    if (maybe_ours || unlisted) {
      return in_doubt(notes, std::move(fault->error));
    }
    return refused(notes, std::move(fault->error));
  }
  const JsonAnswer json(answer.body);
  std::string name = json.text("/json/data/name");
  if (name.empty()) name = json.text("/json/data/id");  // A gallery's holds the whole name.
  if (name.starts_with("t3_")) return named(std::move(notes), name, json.text("/json/data/url"));
  const bool taken = json.has("/json/errors") && json.has("/json/data");
  if (!taken || !is_answered_blindly(input)) return in_doubt(notes, nonsense(answer, "Reddit"));
  if (input.platform_time) notes.set("taken_after", to_ms(*input.platform_time));
  notes.set("taken", to_ms(input.begun_at.value_or(input.now)));
  return accepted(notes.set("rest", kLooks[0].count()));
}

// As it was when Reddit took the post.
Input when_taken(const Input& input, const Notes& notes) {
  Input then = input;
  then.begun_at = from_ms(notes.number("taken"));
  then.platform_time.reset();
  if (notes.has("taken_after")) then.platform_time = from_ms(notes.number("taken_after"));
  return then;
}

// Never posted again from here on, whatever the listing says.
Absorbed absorb_listing(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(answer)) return faulty(notes, std::move(*fault));
  if (!read_posts(when_taken(input, notes), JsonAnswer(answer.body), notes)) {
    return in_doubt(notes, nonsense(answer, "Reddit"));
  }
  if (!notes.has("ended")) return accepted(notes);  // The next page.
  const auto matches = notes.list("matches");
  const auto links = notes.list("links");
  const auto doubtful = notes.list("doubtful");
  const auto doubtful_links = notes.list("doubtful_links");
  for (const char* list : {"matches", "links", "doubtful", "doubtful_links"}) {
    notes.keep_first(list, 0);
  }
  notes.erase("ended").erase("after").erase("pages").erase("unclear");
  if (matches.size() == 1) return named(std::move(notes), matches[0], links[0]);
  const auto looks = static_cast<std::size_t>(notes.count("looks").number("looks"));
  // It was taken, and by now there would be another if this were not it: our clock was wrong.
  const bool last = looks >= static_cast<std::size_t>(kLooksMax);
  if (last && matches.empty() && doubtful.size() == 1) {
    return named(std::move(notes), doubtful[0], doubtful_links[0]);
  }
  const Duration delay = looks < std::size(kLooks) ? kLooks[looks] : kLookLater;
  return accepted(notes.set("rest", delay.count()), Meter{"Reddit is processing the post", 0, 0});
}

// A bot may have taken it down at once. What cannot be seen is no harm to a post that is live.
Absorbed absorb_info(Notes notes, const Answer& answer) {
  const std::string removed =
      JsonAnswer(answer.body).text("/data/children/0/data/removed_by_category");
  if (is_success(answer) && !removed.empty()) {
    notes.set("note", "The subreddit hid it right away (" + removed +
                          "). Ask its moderators, or look at its rules.");
  }
  return accepted(notes.set("seen", "yes"));
}

Absorbed absorb(const Input& input, const Progress& progress, const Answer& answer) {
  const Notes notes(progress);
  if (notes.has("name")) return absorb_info(notes, answer);
  if (notes.has("taken")) return absorb_listing(input, notes, answer);
  if (more_to_upload(input, notes)) return upload_absorb(input, notes, answer);
  return absorb_submit(input, notes, answer);
}

}  // namespace

FlowSteps publish() { return {next, absorb}; }

Answer imagine(const Input& input, const Progress& progress, const Call&) {
  const Notes notes(progress);
  const std::string link = "https://www.reddit.com/r/" + input.target_key + "/comments/1/";
  if (notes.has("name")) return {.status = 200, .body = R"({"data":{"children":[]}})"};
  if (notes.has("taken")) {
    const double now = static_cast<double>(to_ms(input.now)) / 1000;
    const json::object shown{{"name", "t3_1"},
                             {"subreddit", input.target_key},
                             {"title", text_of(input.options, "title")},
                             {"created_utc", now},
                             {"permalink", "/r/" + input.target_key + "/comments/1/"}};
    return {.status = 200,
            .body = json::serialize(json::object{
                {"kind", "Listing"},
                {"data", {{"children", json::array{json::object{{"data", shown}}}}}}})};
  }
  if (more_to_upload(input, notes)) return imagine_upload(input, notes);
  json::object data;
  if (!is_answered_blindly(input)) data = {{"name", "t3_1"}, {"url", link}};
  return {
      .status = 200,
      .body = json::serialize(json::object{{"json", {{"errors", json::array()}, {"data", data}}}})};
}

}  // namespace herald::reddit_flows
