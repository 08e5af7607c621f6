// GET /2/tweets/analytics: what posts did over time, in steps.
#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/query.h"
#include "sandbox/twitter/endpoint.h"
#include "sandbox/twitter/members.h"
#include "sandbox/twitter/metrics.h"
#include "sandbox/twitter/moment.h"

namespace herald::sandbox::twitter {

namespace json = boost::json;

namespace {

constexpr std::int64_t kHourMs = 60LL * 60 * 1000;
constexpr std::int64_t kStepsMax = 2000;

struct Column {
  std::string_view name;
  std::int64_t (*count)(const Metrics&);
};

constexpr std::int64_t none(const Metrics&) { return 0; }

constexpr std::array kColumns = {
    Column{"impressions", [](const Metrics& m) { return m.impressions; }},
    Column{"likes", [](const Metrics& m) { return m.likes; }},
    Column{"replies", [](const Metrics& m) { return m.replies; }},
    Column{"retweets", [](const Metrics& m) { return m.reposts; }},
    Column{"quote_tweets", [](const Metrics& m) { return m.quotes; }},
    Column{"bookmarks", [](const Metrics& m) { return m.bookmarks; }},
    Column{"engagements", [](const Metrics& m) { return m.engagements(); }},
    Column{"url_clicks", [](const Metrics& m) { return m.url_clicks; }},
    Column{"user_profile_clicks", [](const Metrics& m) { return m.profile_clicks; }},
    Column{"media_views", [](const Metrics& m) { return m.video_views; }},
    Column{"app_install_attempts", none},
    Column{"app_opens", none},
    Column{"detail_expands", none},
    Column{"email_tweet", none},
    Column{"follows", none},
    Column{"hashtag_clicks", none},
    Column{"permalink_clicks", none},
    Column{"shares", none},
    Column{"unfollows", none},
    Column{"unlikes", none}};

struct Question {
  std::vector<std::string> ids;
  std::int64_t from_ms = 0;
  std::int64_t until_ms = 0;
  std::int64_t step_ms = 0;  // 0: all at once.
  std::vector<const Column*> columns;
};

Checked<Done> read_columns(const Call& call, Question& question) {
  for (const auto& name : split(in_query(call, "analytics.fields"), ',')) {
    if (name == "id" || name == "timestamp" || name == "timestamped_metrics") continue;
    const auto* found = std::ranges::find(kColumns, name, &Column::name);
    if (found == kColumns.end())
      return Refused(
          invalid("The `analytics.fields` query parameter value [" + name + "] is not one of them",
                  "analytics.fields", name));
    question.columns.push_back(found);
  }
  return Done{};
}

Checked<Question> read_question(const Call& call) {
  Question question{.ids = split(in_query(call, "ids"), ',')};
  if (question.ids.empty() || question.ids.size() > 100 ||
      !std::ranges::all_of(question.ids, is_id))
    return Refused(invalid("The `ids` query parameter wants 1 to 100 ids", "ids"));
  const auto from = parse_moment(in_query(call, "start_time"));
  const auto until = parse_moment(in_query(call, "end_time"));
  if (!from || !until || *from >= *until)
    return Refused(invalid("`start_time` and `end_time` are required", "start_time",
                           in_query(call, "start_time")));
  question.from_ms = *from;
  question.until_ms = *until;
  const auto granularity = in_query(call, "granularity");
  if (granularity == "hourly") question.step_ms = kHourMs;
  if (granularity == "daily") question.step_ms = 24 * kHourMs;
  if (granularity == "weekly") question.step_ms = 7 * 24 * kHourMs;
  if (question.step_ms == 0 && granularity != "total")
    return Refused(invalid("The `granularity` query parameter value [" + granularity +
                               "] is not one of [hourly,daily,weekly,total]",
                           "granularity", granularity));
  if (question.step_ms == 0) question.step_ms = question.until_ms - question.from_ms;
  if ((question.until_ms - question.from_ms) / question.step_ms > kStepsMax)
    return Refused(invalid("The time span is too long for this granularity", "granularity"));
  HERALD_CHECK(read_columns(call, question));
  return question;
}

json::array series(const Context& x, const Post& post, const Question& question) {
  json::array out;
  for (auto from = question.from_ms; from < question.until_ms; from += question.step_ms) {
    const auto until = std::min({from + question.step_ms, question.until_ms, x.now_ms()});
    if (until <= from) break;
    const auto before = metrics_of(x, post, from);
    const auto after = metrics_of(x, post, until);
    json::object metrics;
    for (const auto* column : question.columns)
      metrics[column->name] = column->count(after) - column->count(before);
    out.push_back(json::object{{"timestamp", moment(from)}, {"metrics", std::move(metrics)}});
  }
  return out;
}

}  // namespace

Checked<Answer> post_analytics(Request& request) {
  if (request.x.choice("analytics") == "forbidden") return Refused(client_forbidden());
  HERALD_TRY(const auto question, read_question(request.call));
  json::array data;
  json::array errors;
  for (const auto& id : question.ids) {
    const auto* post = request.state().post(id);
    if (post == nullptr || !request.is(post->author)) {
      errors.push_back(json::parse(not_found_entry("tweet", "ids", id)));
      continue;
    }
    data.push_back(
        json::object{{"id", id}, {"timestamped_metrics", series(request.x, *post, question)}});
  }
  json::object body;
  if (!data.empty()) body["data"] = std::move(data);
  if (!errors.empty()) body["errors"] = std::move(errors);
  return answer_with(json::serialize(body));
}

}  // namespace herald::sandbox::twitter
