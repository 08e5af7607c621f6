#include "sandbox/twitter/posts.h"

#include <algorithm>

#include "sandbox/encoding.h"
#include "sandbox/twitter/text.h"

namespace herald::sandbox::twitter {

namespace {

constexpr std::size_t kCodeLength = 10;

LedgerEntry entry_of(const Context& x, const Post& post, std::string event) {
  const auto& author = x.state.users.at(post.author);
  LedgerEntry entry{.at_ms = x.now_ms(),
                    .platform = "twitter",
                    .account = author.id,
                    .account_name = "@" + author.username,
                    .event = std::move(event),
                    .kind = kind_of(x.state, post),
                    .audience = author.is_protected ? "followers" : "public",
                    .id = post.id,
                    .parent = post.reply_to,
                    .text = post.text,
                    .link = "https://x.com" + status_path(x.state, post)};
  for (const auto& option : post.poll)
    entry.title += (entry.title.empty() ? "Poll: " : " / ") + option;
  for (const auto& id : post.media) {
    const auto& medium = x.state.media.at(id);
    entry.media.push_back({.digest = medium.digest, .type = medium.type});
  }
  return entry;
}

std::string expanded(std::string_view link) {
  const bool has_scheme = link.find("://") != link.npos;
  return (has_scheme ? "" : "http://") + std::string(link);
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else
      out += c;
  }
  return out;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

std::string status_path(const State& state, const Post& post) {
  return "/" + state.users.at(post.author).username + "/status/" + post.id;
}

std::string kind_of(const State& state, const Post& post) {
  if (!post.poll.empty()) return "poll";
  if (!post.quote.empty()) return "quote";
  if (post.media.empty()) return "text";
  const auto& category = state.media.at(post.media.front()).category;
  if (category.ends_with("gif")) return "gif";
  return category.ends_with("video") ? "video" : "image";
}

const Post& make_visible(Context& x, Post post) {
  post.id = x.state.next_id(x.now_ms());
  post.at_ms = x.now_ms();
  const auto* target = x.state.post(post.reply_to);
  post.conversation = target == nullptr ? post.id : target->conversation;
  for (const auto& link : find_links(post.text))
    post.links.push_back(
        {.code = random_text(kCodeLength),
         .expanded = expanded(std::string_view(post.text).substr(link.offset, link.size))});
  if (!post.media.empty())
    post.links.push_back(
        {.code = random_text(kCodeLength),
         .expanded = "https://x.com" + status_path(x.state, post) +
                     (kind_of(x.state, post) == "image" ? "/photo/1" : "/video/1")});
  auto& held = x.state.posts[post.id];
  held = std::move(post);
  x.world.ledger.record(entry_of(x, held, "post"));
  return held;
}

void remove_post(Context& x, const std::string& id) {
  auto& post = x.state.posts.at(id);
  post.deleted = true;
  x.world.ledger.record(entry_of(x, post, "removed"));
}

ShownText shown_text(const Post& post) {
  ShownText out;
  std::size_t at = 0;
  std::size_t number = 0;
  const auto add_link = [&](bool of_media) {
    const auto& link = post.links.at(number++);
    const auto begin = code_points(out.text);
    out.text += "https://t.co/" + link.code;
    out.links.push_back(
        {.begin = begin, .end = code_points(out.text), .link = link, .of_media = of_media});
  };
  const std::string_view text = post.text;
  if (!post.links.empty()) {
    for (const auto& link : find_links(text)) {
      out.text += escaped(text.substr(at, link.offset - at));
      add_link(false);
      at = link.offset + link.size;
    }
  }
  out.text += escaped(text.substr(at));
  if (post.media.empty()) return out;
  if (!out.text.empty()) out.text += ' ';
  add_link(true);
  return out;
}

}  // namespace herald::sandbox::twitter
