// Which account it is, which boards it may use, and how a pin or the account fares.
#include <span>

#include "platforms/json_answer.h"
#include "platforms/pinterest.h"
#include "platforms/steps.h"

namespace herald::pinterest_flows {
namespace {

using namespace std::chrono_literals;

// ---------------------------------------------------------------- discover

Step discover_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (!notes.has("id")) return get(input, "find the account", "user_account");
  DiscoveredAccount account;
  account.remote_id = notes.text("id");
  account.username = notes.text("username");
  account.name = notes.text("name").empty() ? account.username : notes.text("name");
  account.picture_url = notes.text("picture");
  account.kind = "account";
  return finished(Discovered{{std::move(account)}, notes.text("id")});
}

// Some were answered without an id. A name may change hands, so it does not stand in for one.
Absorbed discover_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = fault_in(input, answer)) return faulty(notes, std::move(*fault));
  const JsonAnswer json(answer.body);
  if (json.text("/id").empty()) return in_doubt(notes, nonsense(answer, "Pinterest"));
  return accepted(notes.set("id", json.text("/id"))
                      .set("username", json.text("/username"))
                      .set("name", json.text("/business_name"))
                      .set("picture", json.text("/profile_image")));
}

// ---------------------------------------------------------------- lookup

constexpr std::int64_t kBoardPagesMax = 10;  // An account has at most 2,000 boards.

// Notes: lists "ids" and "names" of the boards; "bookmark" where the next page begins; "read".
Step lookup_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (!notes.has("read")) {
    Call call = get(input, "list the boards", "boards", {{"page_size", std::to_string(kPageSize)}});
    if (notes.has("bookmark")) call.query.push_back({"bookmark", notes.text("bookmark")});
    return call;
  }
  LookedUp found{{}, input.now, {}};
  auto& boards = found.choices[kBoards];
  for (std::size_t i = 0; i < notes.list("ids").size(); ++i) {
    boards.push_back({notes.list("ids")[i], notes.list("names")[i]});
  }
  return finished(std::move(found));
}

// A group board bears its owner's name, since two of one name are allowed.
std::string label_of(const Input& input, const JsonAnswer& json, const std::string& board) {
  std::string label = json.text(board + "/name");
  const std::string owner = json.text(board + "/owner/username");
  if (!owner.empty() && owner != input.account.username) label += " (of " + owner + ")";
  return label;
}

Absorbed lookup_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = fault_in(input, answer)) return faulty(notes, std::move(*fault));
  const JsonAnswer json(answer.body);
  if (!json.has("/items")) return in_doubt(notes, nonsense(answer, "Pinterest"));
  for (std::size_t i = 0; i < json.size("/items"); ++i) {
    const std::string board = at("/items", i);
    const std::string id = json.text(board + "/id");
    if (id.empty() || json.flag(board + "/is_ads_only").value_or(false)) continue;
    notes.add("ids", id).add("names", label_of(input, json, board));
  }
  const std::string bookmark = json.text("/bookmark");
  if (bookmark.empty()) return accepted(notes.set("read", "yes"));
  if (bookmark == notes.text("bookmark") ||
      notes.count("pages").number("pages") >= kBoardPagesMax) {
    return refused(notes, nonsense(answer, "Pinterest"));  // Without an end.
  }
  return accepted(notes.set("bookmark", bookmark));
}

// ---------------------------------------------------------------- measure

constexpr auto kFiguresBack = std::chrono::days(89);

struct Figure {
  const char* theirs;
  const char* ours;
};
// Sums of the days asked for, and what is only told as a whole.
constexpr Figure kOfPinDays[] = {
    {"IMPRESSION", "views"}, {"PIN_CLICK", "clicks"}, {"SAVE", "saves"}};
constexpr Figure kOfPin[] = {{"TOTAL_COMMENTS", "comments"}, {"TOTAL_REACTIONS", "likes"}};
constexpr Figure kOfAccount[] = {{"follower_count", "followers"}, {"following_count", "following"}};

// In UTC, as Pinterest counts.
std::string day(Time time) {
  const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(time)};
  const auto two = [](unsigned number) {
    return (number < 10 ? "-0" : "-") + std::to_string(number);
  };
  return std::to_string(static_cast<int>(date.year())) + two(static_cast<unsigned>(date.month())) +
         two(static_cast<unsigned>(date.day()));
}

std::string yesterday(const Input& input) { return day(input.now - 24h); }

// Notes: "account" and "figures" once they were read; "is.<name>" the figures.
Step measure_next(const Input& input, const Progress& progress) {
  const Notes notes(progress);
  if (notes.has("figures")) return finished(LookedUp{notes.below("is."), input.now, {}});
  if (!input.remote_id.empty()) {
    return get(input, "read the figures", "pins/" + segment(input.remote_id) + "/analytics",
               {{"start_date", day(input.now - kFiguresBack)},
                {"end_date", day(input.now)},
                {"metric_types", "IMPRESSION,PIN_CLICK,SAVE,TOTAL_COMMENTS,TOTAL_REACTIONS"}});
  }
  if (!notes.has("account")) return get(input, "read the account", "user_account");
  return get(input, "read the figures", "user_account/analytics",
             {{"start_date", yesterday(input)},
              {"end_date", yesterday(input)},
              {"metric_types", "IMPRESSION"}});
}

void keep(const JsonAnswer& json, const std::string& where, std::span<const Figure> figures,
          Notes& notes) {
  for (const auto& [theirs, ours] : figures) {
    if (const auto value = json.number(where + "/" + theirs)) {
      notes.set(std::string("is.") + ours, *value);
    }
  }
}

// A day that is not counted yet is no zero.
bool is_counted(const JsonAnswer& json, std::size_t row) {
  const std::string status = json.text(at("/all/daily_metrics", row, "/data_status"));
  return status == "READY" || status == "ESTIMATE";
}

void keep_pin(const JsonAnswer& json, Notes& notes) {
  bool counted = false;
  for (std::size_t i = 0; i < json.size("/all/daily_metrics"); ++i) counted |= is_counted(json, i);
  if (counted) keep(json, "/all/summary_metrics", kOfPinDays, notes);
  keep(json, "/all/lifetime_metrics", kOfPin, notes);
}

void keep_day(const Input& input, const JsonAnswer& json, Notes& notes) {
  for (std::size_t i = 0; i < json.size("/all/daily_metrics"); ++i) {
    const std::string row = at("/all/daily_metrics", i);
    if (json.text(row + "/date") != yesterday(input) || !is_counted(json, i)) continue;
    if (const auto views = json.number(row + "/metrics/IMPRESSION")) notes.set("is.views", *views);
  }
}

Absorbed measure_absorb(const Input& input, const Progress& progress, const Answer& answer) {
  Notes notes(progress);
  if (auto fault = fault_in(input, answer)) return faulty(notes, std::move(*fault));
  const JsonAnswer json(answer.body);
  if (!json.is_object()) return in_doubt(notes, nonsense(answer, "Pinterest"));
  if (!input.remote_id.empty()) {
    keep_pin(json, notes);
  } else if (!notes.has("account")) {
    keep(json, "", kOfAccount, notes);
    return accepted(notes.set("account", "read"));
  } else {
    keep_day(input, json, notes);
  }
  return accepted(notes.set("figures", "read"));
}

// ---------------------------------------------------------------- follow-up

Step no_follow_up(const Input& input, const Progress&) {
  return Error{
      ErrorKind::internal, "Herald does not know this kind of work.", input.follow_up, {}, {}};
}

Absorbed nothing_heard(const Input&, const Progress& progress, const Answer& answer) {
  return in_doubt(Notes(progress), nonsense(answer, "Pinterest"));
}

}  // namespace

FlowSteps discover() { return {discover_next, discover_absorb}; }
FlowSteps lookup() { return {lookup_next, lookup_absorb}; }
FlowSteps measure() { return {measure_next, measure_absorb}; }
FlowSteps follow_up() { return {no_follow_up, nothing_heard}; }

}  // namespace herald::pinterest_flows
