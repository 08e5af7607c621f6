#include "sandbox/mastodon/draft.h"

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <sstream>

#include "sandbox/control_answers.h"
#include "sandbox/mastodon/posts.h"
#include "sandbox/mastodon/text.h"
#include "sandbox/query.h"

namespace herald::sandbox::mastodon {

namespace {

constexpr std::int64_t kSoonestMs = 5 * kMinuteMs;
constexpr std::int64_t kPollShortestS = 300;
constexpr std::int64_t kYearS = 366LL * 24 * 60 * 60;  // More is too much in any month.
constexpr std::size_t kPollOptionsMost = 4;
constexpr std::int64_t kOptionLettersMost = 50;
constexpr std::string_view kLanguages =
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
    "da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gu gv ha he hi ho hr ht hu hy "
    "hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg "
    "li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or "
    "os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sn so sq sr ss st su sv sw ta te "
    "tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "
    "ast chr ckb cnr gsw jbo kab ldn lfn sco sma smj szl tok zba zgh pt-BR pt-PT zh-CN zh-HK zh-TW";

std::optional<std::int64_t> parsed_moment(std::string text) {
  if (text.ends_with('Z')) text.replace(text.size() - 1, 1, "+00:00");
  std::istringstream in(text);
  Time time;
  in >> date::parse("%FT%T%Ez", time);
  if (in.fail()) return std::nullopt;
  return to_ms(time);
}

// The same day and time of the next month, or its last day: what the instance tells as a number is
// a month on average.
std::int64_t a_month_later(std::int64_t now_ms) {
  const auto now = from_ms(now_ms);
  const auto today = std::chrono::floor<std::chrono::days>(now);
  auto then = std::chrono::year_month_day(today) + std::chrono::months(1);
  if (!then.ok()) then = then.year() / then.month() / std::chrono::last;
  return to_ms(std::chrono::sys_days(then) + (now - today));
}

Checked<Done> read_media(const Request& request, const Parameters& parameters, Status& status) {
  const auto words = request.words();
  const auto ids = parameters.list("media_ids[]");
  if (ids.empty()) return Done{};
  const auto most = release_of(request.x).attachments;
  const bool polled = !parameters.list("poll[options][]").empty();
  if (polled || std::ssize(ids) > most) return Refused(words.too_many_files(most));
  std::string missing;
  std::int64_t moving = 0;
  std::int64_t gifs = 0;
  bool ready = true;
  for (const auto& id : ids) {
    const auto found = request.state().media.find(id);
    if (found == request.state().media.end() || found->second.account != request.me->id ||
        !found->second.status.empty()) {
      missing += (missing.empty() ? "" : ", ") + id;
      continue;
    }
    const auto& medium = found->second;
    moving += medium.type == "video" || medium.type == "audio";
    gifs += medium.type == "gifv";
    const bool over = medium.ready_ms >= 0 && request.x.now_ms() >= medium.ready_ms;
    ready = ready && over && !medium.fails;
    if (std::ranges::count(status.media, id) == 0) status.media.push_back(id);
  }
  if (!missing.empty()) return Refused(words.media_not_found(missing));
  const bool mixed = moving > 0 || (gifs > 0 && request.x.choice("several_gifs") == "refused");
  if (status.media.size() > 1 && mixed) return Refused(words.mixed_files());
  if (!ready) return Refused(words.still_processing());
  return Done{};
}

Checked<Done> read_poll(const Request& request, const Parameters& parameters, Poll& poll) {
  const auto words = request.words();
  const auto no = [&](std::string_view why) {
    return Refused(words.invalid(why, "Le sondage n’est pas valide"));
  };
  for (const auto& option : parameters.list("poll[options][]"))
    if (!stripped(option).empty()) poll.options.push_back(stripped(option));
  const auto* expires = parameters.find("poll[expires_in]");
  if (poll.options.empty() && expires == nullptr) return Done{};
  if (poll.options.size() < 2) return no("Options must have more than one item");
  if (poll.options.size() > kPollOptionsMost) return no("Options can't contain more than 4 items");
  for (const auto& option : poll.options)
    if (graphemes(option) > kOptionLettersMost)
      return no("Options can't be longer than 50 characters each");
  if (std::set<std::string>(poll.options.begin(), poll.options.end()).size() != poll.options.size())
    return no("Options contain duplicate items");
  const auto seconds = expires == nullptr ? 0 : number_in(*expires);
  if (seconds < kPollShortestS) return no("Expires at is too soon");
  const auto now = request.x.now_ms();
  poll.expires_ms = now + std::min(seconds, kYearS) * kSecondMs;
  if (poll.expires_ms > a_month_later(now)) return no("Expires at is too far into the future");
  poll.multiple = parameters.is_true("poll[multiple]", false);
  poll.hide_totals = parameters.is_true("poll[hide_totals]", false);
  return Done{};
}

void read_words(const Request& request, const Parameters& parameters, Status& status) {
  const auto& me = *request.me;
  status.text = stripped(parameters.get("status"));
  status.spoiler = stripped(parameters.get("spoiler_text"));
  if (status.text.empty() && status.quoted.empty()) status.text = std::exchange(status.spoiler, "");
  status.sensitive = parameters.is_true("sensitive", me.sensitive) || !status.spoiler.empty();
  const auto asked = parameters.get("language");
  const auto known = split(kLanguages, ' ');
  status.language = std::ranges::count(known, asked) > 0 ? asked : me.language;
}

Checked<Done> check_words(const Request& request, Status& status) {
  const auto words = request.words();
  const auto most = release_of(request.x).characters;
  if (status.text.empty() && status.media.empty() && status.quoted.empty())
    return Refused(words.invalid("Text can't be blank", "Le texte doit être rempli(e)"));
  if (counted(status.spoiler) + counted(status.text) > most) return Refused(words.too_long(most));
  status.text = with_full_mentions(request.x, status.text);
  return Done{};
}

Checked<Done> read_audience(const Request& request, const Parameters& parameters, Status& status) {
  static constexpr std::array kVisibilities = {"public", "unlisted", "private", "direct"};
  static constexpr std::array kPolicies = {"public", "followers", "nobody"};
  const auto words = request.words();
  const auto& me = *request.me;
  const auto asked = parameters.get("visibility");
  status.visibility = asked.empty() ? me.privacy : asked;
  if (std::ranges::count(kVisibilities, status.visibility) == 0)
    return Refused(words.invalid("Visibility is not included in the list",
                                 "Visibility n’est pas inclus(e) dans la liste"));
  if (me.silenced && status.visibility == "public") status.visibility = "unlisted";
  const auto policy = parameters.get("quote_approval_policy");
  status.quote_policy = policy.empty() ? me.quote_policy : policy;
  if (std::ranges::count(kPolicies, status.quote_policy) == 0)
    return Refused(words.invalid("Quote approval policy is not included in the list",
                                 "Quote approval policy n’est pas inclus(e) dans la liste"));
  if (const auto* quoted = request.state().status(status.quoted)) {
    if (quoted->visibility == "private" && status.visibility != "direct")
      status.visibility = "private";
    const auto& author = request.state().accounts.at(quoted->account);
    if (status.visibility == "direct" && author.id != me.id &&
        !mentions(request.x, status.text, author))
      return Refused(words.invalid("Quoted author must be mentioned", "Citation non valide"));
  }
  if (status.visibility == "private" || status.visibility == "direct")
    status.quote_policy = "nobody";
  return Done{};
}

Checked<Done> read_schedule(const Request& request, const Parameters& parameters, Draft& draft) {
  const auto* asked = parameters.find("scheduled_at");
  if (asked == nullptr || asked->empty()) return Done{};
  const auto words = request.words();
  const auto due = parsed_moment(*asked);
  if (!due) return Refused(words.error(422, "Invalid date supplied"));
  const auto now = request.x.now_ms();
  if (*due <= now) return Done{};  // Posted at once.
  if (*due < now + kSoonestMs)
    return Refused(words.invalid("Scheduled at date must be in the future",
                                 "Scheduled at la date doit être dans le futur"));
  draft.due_ms = due;
  return Done{};
}

}  // namespace

Checked<Done> find_others(const Request& request, const Parameters& parameters, Status& status) {
  const auto words = request.words();
  status.in_reply_to = parameters.get("in_reply_to_id");
  if (!status.in_reply_to.empty()) {
    const auto* above = request.state().status(status.in_reply_to);
    if (above == nullptr || !visible_to(*above, request.me)) return Refused(words.no_parent());
  }
  status.quoted = release_of(request.x).quotes ? parameters.get("quoted_status_id") : "";
  if (status.quoted.empty()) return Done{};
  const auto* quoted = request.state().status(status.quoted);
  if (quoted == nullptr || !visible_to(*quoted, request.me)) return Refused(words.no_quotation());
  const bool own = quoted->account == request.me->id;
  const bool may = own ? quoted->visibility != "direct" : quoted->quote_policy == "public";
  if (!may) return Refused(words.no_quotation());
  return Done{};
}

Checked<Draft> read_draft(const Request& request, const Parameters& parameters, Status status) {
  Draft draft{.status = std::move(status)};
  draft.status.account = request.me->id;
  draft.status.app = request.token->app;
  HERALD_CHECK(read_media(request, parameters, draft.status));
  read_words(request, parameters, draft.status);
  HERALD_CHECK(read_schedule(request, parameters, draft));
  HERALD_CHECK(read_audience(request, parameters, draft.status));
  HERALD_CHECK(read_poll(request, parameters, draft.status.poll));
  const bool more = !draft.status.media.empty() || !draft.status.poll.options.empty();
  if (more && !draft.status.quoted.empty() && request.x.choice("quote_with_media") == "refused")
    return Refused(request.words().invalid("Quote cannot have media or a poll", "Citation"));
  HERALD_CHECK(check_words(request, draft.status));
  return draft;
}

}  // namespace herald::sandbox::mastodon
