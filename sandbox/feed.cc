#include "sandbox/feed.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sandbox/call.h"
#include "sandbox/page.h"
#include "sandbox/side.h"

namespace herald::sandbox {

namespace {

constexpr int kRefreshSeconds = 4;

struct Card {
  LedgerEntry post;
  std::vector<LedgerEntry> comments;
  bool removed = false;
};

std::string name_of(const PlatformNames& names, const std::string& id) {
  const auto found = names.find(id);
  return html_escaped(found == names.end() ? id : found->second);
}

// Entries folded into posts, newest first.
std::vector<Card> cards_from(const std::vector<LedgerEntry>& entries) {
  std::vector<Card> cards;
  std::map<std::string, std::size_t> by_id;
  for (const auto& entry : entries) {
    const auto key = entry.platform + "/" + (entry.event == "comment" ? entry.parent : entry.id);
    if (entry.event == "post") {
      by_id[key] = cards.size();
      cards.push_back({.post = entry});
      continue;
    }
    const auto found = by_id.find(key);
    if (found == by_id.end()) {
      for (auto& card : cards)
        std::erase_if(card.comments, [&](const auto& held) { return held.id == entry.id; });
      continue;
    }
    auto& card = cards[found->second];
    if (entry.event == "comment") card.comments.push_back(entry);
    if (entry.event == "removed") card.removed = true;
    if (entry.event != "changed") continue;
    card.post.title = entry.title;
    card.post.text = entry.text;
    card.post.audience = entry.audience;
  }
  std::ranges::reverse(cards);
  return cards;
}

std::string medium(const LedgerMedia& media, const std::string& of) {
  const auto source = "/_sandbox/media/" + media.digest + "?type=" + percent_encoded(media.type);
  if (media.type.starts_with("video/"))
    return fmt::format(
        "<video controls playsinline preload=\"metadata\" aria-label=\"Video by {}\" "
        "src=\"{}\"></video>",
        html_escaped(of), source);
  if (!media.type.starts_with("image/"))
    return fmt::format(R"(<p class="words"><a href="{}">Document by {}</a></p>)", source,
                       html_escaped(of));
  return fmt::format(R"(<img loading="lazy" alt="Picture by {}" src="{}">)", html_escaped(of),
                     source);
}

std::string clock_text(std::int64_t ms) {
  const auto seconds = std::chrono::system_clock::to_time_t(from_ms(ms));
  return fmt::format(R"(<time datetime="{0:%Y-%m-%dT%H:%M:%SZ}">{0:%d %b %Y, %H:%M:%S} UTC</time>)",
                     fmt::gmtime(seconds));
}

// The name, leading to the post's own page where the sandbox has one.
std::string name_html(const LedgerEntry& post) {
  const auto name = html_escaped(post.account_name);
  constexpr std::string_view kScheme = "https://";
  if (!post.link.starts_with(kScheme)) return name;
  return fmt::format(R"(<a href="/{}">{}</a>)", html_escaped(post.link.substr(kScheme.size())),
                     name);
}

std::string card_html(const Card& card, const PlatformNames& names) {
  const auto& post = card.post;
  auto kind = html_escaped(post.kind);
  if (post.media.size() > 1) kind += fmt::format(" of {}", post.media.size());
  std::string tags = fmt::format(R"(<span class="kind">{}</span>)", kind);
  if (!post.audience.empty() && post.audience != "public")
    tags += fmt::format(R"( <span class="kind">{}</span>)", html_escaped(post.audience));
  if (card.removed) tags += R"( <b class="state">removed</b>)";
  std::string out = fmt::format(
      "<article class=\"card post{}\" data-id=\"{}\"><header><div><h2>{}</h2><small>{} · {}"
      "</small></div><div class=\"tags\">{}</div></header>",
      card.removed ? " gone" : "", html_escaped(post.id), name_html(post),
      name_of(names, post.platform), clock_text(post.at_ms), tags);
  if (!post.media.empty()) {
    out += "<div class=\"strip\" tabindex=\"0\" role=\"group\" aria-label=\"Media\">";
    for (const auto& media : post.media) out += medium(media, post.account_name);
    out += "</div>";
  }
  const bool speaks = !post.title.empty() || !post.text.empty();
  if (speaks) out += "<p class=\"words\">";
  if (!post.title.empty()) out += "<b>" + html_escaped(post.title) + "</b>\n";
  if (speaks) out += html_escaped(post.text) + "</p>";
  if (!card.comments.empty()) {
    out += "<ul aria-label=\"Comments\">";
    for (const auto& comment : card.comments)
      out += "<li><b>" + html_escaped(comment.account_name) + "</b> " + html_escaped(comment.text) +
             "</li>";
    out += "</ul>";
  }
  return out + "</article>";
}

std::string chip(const std::string& label, const std::string& query, bool current) {
  return fmt::format(R"(<li><a href="/_sandbox/feed{}"{}>{}</a></li>)", query,
                     current ? R"( aria-current="page")" : "", label);
}

std::string chips(const std::vector<Card>& cards, const FeedFilter& filter,
                  const PlatformNames& names) {
  std::map<std::pair<std::string, std::string>, std::string> accounts;
  for (const auto& card : cards)
    accounts[{card.post.platform, card.post.account}] = card.post.account_name;
  std::string out = "<ul class=\"chips\" aria-label=\"Accounts\">" +
                    chip("Everything", "", filter.platform.empty());
  for (const auto& [key, name] : accounts)
    out += chip(
        name_of(names, key.first) + " " + html_escaped(name),
        "?platform=" + percent_encoded(key.first) + "&amp;account=" + percent_encoded(key.second),
        filter.platform == key.first && filter.account == key.second);
  return out + "</ul>";
}

}  // namespace

std::string feed_page(const std::vector<LedgerEntry>& entries, const FeedFilter& filter,
                      const PlatformNames& names) {
  const auto cards = cards_from(entries);
  std::string shown;
  for (const auto& card : cards) {
    const bool wanted = (filter.platform.empty() || card.post.platform == filter.platform) &&
                        (filter.account.empty() || card.post.account == filter.account);
    if (wanted) shown += card_html(card, names);
  }
  if (shown.empty())
    shown =
        "<p class=\"card empty\">Nobody has seen anything yet. What is published to the "
        "sandbox shows up here by itself.</p>";
  const auto query = "?platform=" + percent_encoded(filter.platform) +
                     "&amp;account=" + percent_encoded(filter.account);
  const std::string body =
      "<div class=\"wide\"><header class=\"bar\"><h1>What the audience sees</h1>"
      "<a href=\"/_sandbox/\">Sandbox</a> " +
      (filter.refreshing ? "<a href=\"" + query + "&amp;refresh=off\">Pause</a>"
                         : "<a href=\"" + query + "\">Keep up to date</a>") +
      "</header><main>" + chips(cards, filter, names) + "<div class=\"feed\">" + shown +
      "</div></main></div>";
  return page_of("Sandbox feed", body, filter.refreshing ? kRefreshSeconds : 0);
}

}  // namespace herald::sandbox
