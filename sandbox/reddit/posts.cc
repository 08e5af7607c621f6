#include "sandbox/reddit/posts.h"

#include <algorithm>

namespace herald::sandbox::reddit {

namespace {

constexpr std::size_t kSlugMax = 50;
constexpr std::string_view kSite = "https://www.reddit.com";

std::string slug(std::string_view title) {
  std::string out;
  for (const char c : lower(title)) {
    const bool keeps = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (keeps)
      out += c;
    else if (!out.empty() && !out.ends_with('_'))
      out += '_';
  }
  out.resize(std::min(out.size(), kSlugMax));
  while (out.ends_with('_')) out.pop_back();
  return out.empty() ? "_" : out;
}

LedgerEntry entry_of(const Context& x, const Post& post, std::string event) {
  const auto& author = x.state.users.at(post.author);
  const bool profile = post.community.starts_with("u_");
  LedgerEntry entry{.at_ms = x.now_ms(),
                    .platform = "reddit",
                    .account = author.id,
                    .account_name = "u/" + author.name,
                    .event = std::move(event),
                    .kind = post.kind == "self" ? "text" : post.kind,
                    .audience = "public",
                    .id = "t3_" + post.id,
                    .title = post.title,
                    .text = (profile ? "" : "r/") + post.community,
                    .link = std::string(kSite) + permalink(x.state, post)};
  if (!post.flair_text.empty()) entry.text += " · " + post.flair_text;
  if (post.nsfw) entry.text += " · NSFW";
  if (post.spoiler) entry.text += " · spoiler";
  for (const auto& part : {post.url, post.text})
    if (!part.empty()) entry.text += "\n" + part;
  for (const auto& picture : post.pictures) {
    const auto& asset = x.state.assets.at(picture.asset);
    entry.media.push_back({.digest = asset.digest, .type = asset.type});
    if (!picture.caption.empty()) entry.text += "\n" + picture.caption;
  }
  return entry;
}

LedgerEntry entry_of(const Context& x, const Comment& comment, std::string event) {
  const auto& author = x.state.users.at(comment.author);
  return {.at_ms = x.now_ms(),
          .platform = "reddit",
          .account = author.id,
          .account_name = "u/" + author.name,
          .event = std::move(event),
          .kind = "comment",
          .id = "t1_" + comment.id,
          .parent = "t3_" + comment.post,
          .text = comment.text,
          .link = std::string(kSite) + permalink(x.state, comment)};
}

}  // namespace

std::string permalink(const State& state, const Post& post) {
  const auto found = state.communities.find(lower(post.community));
  const auto name = found == state.communities.end() ? post.community : found->second.name;
  return (name.starts_with("u_") ? "/user/" + name.substr(2) : "/r/" + name) + "/comments/" +
         post.id + "/" + slug(post.title) + "/";
}

std::string permalink(const State& state, const Comment& comment) {
  return permalink(state, state.posts.at(comment.post)) + comment.id + "/";
}

std::string picture_address(const Asset& asset) {
  const auto form = asset.type.substr(asset.type.find('/') + 1);
  return "https://i.redd.it/" + asset.id + "." + (form == "jpeg" ? "jpg" : form);
}

std::string target_of(const State& state, const Post& post) {
  if (post.kind == "link") return post.url;
  if (post.kind == "gallery") return std::string(kSite) + "/gallery/" + post.id;
  if (post.kind == "self") return std::string(kSite) + permalink(state, post);
  const auto& asset = state.assets.at(post.pictures.front().asset);
  return post.kind == "image" ? picture_address(asset) : "https://v.redd.it/" + asset.id;
}

Post* post_of(State& state, std::string_view fullname) {
  if (!fullname.starts_with("t3_")) return nullptr;
  const auto found = state.posts.find(std::string(fullname.substr(3)));
  return found == state.posts.end() || found->second.deleted ? nullptr : &found->second;
}

Comment* comment_of(State& state, std::string_view fullname) {
  if (!fullname.starts_with("t1_")) return nullptr;
  const auto found = state.comments.find(std::string(fullname.substr(3)));
  return found == state.comments.end() || found->second.deleted ? nullptr : &found->second;
}

const Post& make_visible(Context& x, Post post) {
  post.id = x.state.next_id();
  post.at_ms = x.now_ms();
  if (!x.state.removals.empty()) {
    post.removal_coming = x.state.removals.front();
    x.state.removals.erase(x.state.removals.begin());
  }
  auto& held = x.state.posts[post.id];
  held = std::move(post);
  x.world.ledger.record(entry_of(x, held, "post"));
  return held;
}

const Comment& make_visible(Context& x, Comment comment) {
  comment.id = x.state.next_id();
  comment.at_ms = x.now_ms();
  auto& held = x.state.comments[comment.id];
  held = std::move(comment);
  x.world.ledger.record(entry_of(x, held, "comment"));
  return held;
}

void remove_post(Context& x, const std::string& id, const std::string& removed_by) {
  auto& post = x.state.posts.at(id);
  const bool seen = !post.deleted && post.removed_by.empty();
  post.deleted = post.deleted || removed_by.empty();
  post.removed_by = removed_by.empty() ? "deleted" : removed_by;
  if (seen) x.world.ledger.record(entry_of(x, post, "removed"));
}

void remove_comment(Context& x, const std::string& id) {
  auto& comment = x.state.comments.at(id);
  comment.deleted = true;
  x.world.ledger.record(entry_of(x, comment, "removed"));
}

void change_text(Context& x, Post& post, const std::string& text) {
  post.text = text;
  if (post.removed_by.empty()) x.world.ledger.record(entry_of(x, post, "changed"));
}

void change_text(Context& x, Comment& comment, const std::string& text) {
  // The ledger knows no changed comments: it goes and comes.
  x.world.ledger.record(entry_of(x, comment, "removed"));
  comment.text = text;
  x.world.ledger.record(entry_of(x, comment, "comment"));
}

void settle_posts(Context& x) {
  for (auto& [socket, pending] : x.state.pending) {
    if (pending.over || x.now_ms() < pending.ready_ms) continue;
    pending.over = true;
    if (!pending.fails) pending.redirect = permalink(x.state, make_visible(x, pending.post));
  }
  for (auto& [id, post] : x.state.posts) {
    if (post.removal_coming.empty() || x.now_ms() <= post.at_ms) continue;
    const auto by = std::exchange(post.removal_coming, {});
    if (!post.deleted) remove_post(x, id, by);
  }
}

std::string collapsed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
    if (!blank)
      out += c;
    else if (!out.empty() && !out.ends_with(' '))
      out += ' ';
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace herald::sandbox::reddit
