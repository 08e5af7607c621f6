// Accounts, and what they have posted.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/control_answers.h"
#include "sandbox/mastodon/parameters.h"
#include "sandbox/mastodon/posts.h"
#include "sandbox/mastodon/status_json.h"

namespace herald::sandbox::mastodon {

namespace json = boost::json;

namespace {

constexpr std::int64_t kUsual = 20;
constexpr std::int64_t kMost = 40;

// Ids are as long as each other, or shorter and so smaller.
bool above(const std::string& left, const std::string& right) {
  return left.size() != right.size() ? left.size() > right.size() : left > right;
}

bool is_wanted(const Request& request, const Parameters& parameters, const Status& status) {
  if (status.account != request.id || status.removed || !visible_to(status, request.me) ||
      request.x.now_ms() < status.listed_ms)
    return false;
  if (parameters.is_true("pinned", false)) return false;  // Nothing is pinned here.
  if (parameters.is_true("only_media", false) && status.media.empty()) return false;
  if (parameters.is_true("exclude_replies", false) && !status.in_reply_to.empty()) {
    const auto parent = request.state().statuses.find(status.in_reply_to);
    const bool own =
        parent != request.state().statuses.end() && parent->second.account == status.account;
    if (!own) return false;
  }
  const auto tag = parameters.get("tagged");
  if (!tag.empty() && !status.text.contains("#" + tag)) return false;
  const auto* since = parameters.find("since_id");
  const auto* least = parameters.find("min_id");
  const auto* most = parameters.find("max_id");
  return (since == nullptr || above(status.id, *since)) &&
         (least == nullptr || above(status.id, *least)) &&
         (most == nullptr || above(*most, status.id));
}

std::string page_link(const Request& request, const Parameters& parameters, std::string_view edge,
                      std::string_view rel) {
  std::string query;
  for (const auto* name : {"limit", "exclude_reblogs", "exclude_replies", "only_media", "tagged"})
    if (const auto* value = parameters.find(name)) query += fmt::format("{}={}&", name, *value);
  return fmt::format("<{}{}>; rel=\"{}\"",
                     request.call.link(request.state().host, request.call.path + "?" + query), edge,
                     rel);
}

}  // namespace

Checked<Answer> show_me(Request& request) {
  auto body = account_json(request, *request.me);
  const auto& me = *request.me;
  json::object source{{"privacy", me.privacy},   {"sensitive", me.sensitive},
                      {"language", me.language}, {"note", me.note},
                      {"fields", json::array{}}, {"follow_requests_count", 0}};
  if (release_of(request.x).quotes) source["quote_policy"] = me.quote_policy;
  body["source"] = std::move(source);
  body["role"] = json::object{{"id", "-99"}, {"name", ""}, {"permissions", "0"}};
  return answer_with(body);
}

Checked<Answer> show_account(Request& request) {
  const auto found = request.state().accounts.find(request.id);
  if (found == request.state().accounts.end()) return Refused(request.words().no_record());
  return answer_with(account_json(request, found->second));
}

Checked<Answer> list_statuses(Request& request) {
  HERALD_TRY(const auto parameters,
             Parameters::read(request.x, request.call,
                              "limit max_id since_id min_id exclude_reblogs exclude_replies "
                              "only_media pinned tagged"));
  if (!request.state().accounts.contains(request.id)) return Refused(request.words().no_record());
  const auto* asked = parameters.find("limit");
  const auto limit =
      std::clamp<std::int64_t>(asked == nullptr ? kUsual : number_in(*asked), 1, kMost);
  std::vector<const Status*> found;  // Newest first.
  for (auto it = request.state().statuses.rbegin(); it != request.state().statuses.rend(); ++it)
    if (is_wanted(request, parameters, it->second)) found.push_back(&it->second);
  const auto whole = std::ssize(found);
  // min_id asks for the page that follows it; everything else for the newest.
  if (parameters.find("min_id") != nullptr && whole > limit)
    found.erase(found.begin(), found.begin() + (whole - limit));
  found.resize(static_cast<std::size_t>(std::min(whole, limit)));
  json::array body;
  for (const auto* status : found) body.emplace_back(status_json(request, *status));
  auto answer = answer_with(body);
  if (found.empty()) return answer;
  auto links = page_link(request, parameters, "min_id=" + found.front()->id, "prev");
  if (std::ssize(found) == limit)
    links = page_link(request, parameters, "max_id=" + found.back()->id, "next") + ", " + links;
  answer.response.headers.set("Link", links);
  return answer;
}

}  // namespace herald::sandbox::mastodon
