#include "sandbox/threads/posts.h"

#include "sandbox/encoding.h"

namespace herald::sandbox::threads {

namespace {

std::string kind_of(const Post& post) {
  if (!post.repost_of.empty()) return "repost";
  if (!post.words.poll.empty()) return "poll";
  const auto& type = post.words.media_type;
  if (type == "CAROUSEL") return "carousel";
  if (type == "IMAGE") return "image";
  return type == "VIDEO" ? "video" : "text";
}

LedgerEntry entry_of(const Context& x, const Post& post, std::string event) {
  const auto& profile = x.state.profiles.at(post.profile);
  LedgerEntry entry{.at_ms = x.now_ms(),
                    .platform = "threads",
                    .account = profile.id,
                    .account_name = "@" + profile.username,
                    .event = std::move(event),
                    .kind = kind_of(post),
                    .id = post.id,
                    .parent = post.root,
                    .text = post.words.text,
                    .link = "https://www.threads.com" + post_path(x.state, post)};
  if (!post.words.long_text.empty()) entry.text += "\n\n" + post.words.long_text;
  for (const auto& medium : post.media) entry.media.push_back({medium.digest, medium.type});
  return entry;
}

// The posts of a carousel's children, which are in no list.
void add_children(Context& x, Post& post, const Container& container) {
  const bool same = x.choice("child_ids") == "container";
  for (const auto& id : container.children) {
    const auto& child = x.state.containers.at(id);
    Post part{.id = same ? id : x.state.next_post_id(),
              .profile = post.profile,
              .shortcode = post.shortcode,
              .words = child.words,
              .media = {child.medium},
              .carousel = post.id,
              .at_ms = post.at_ms};
    post.children.push_back(part.id);
    post.media.push_back(child.medium);
    x.state.posts[part.id] = std::move(part);
  }
}

}  // namespace

std::string_view status_of(const Container& container, std::int64_t now_ms) {
  if (!container.post.empty()) return "PUBLISHED";
  if (now_ms > container.created_ms + kDayMs) return "EXPIRED";
  if (now_ms < container.ready_ms) return "IN_PROGRESS";
  return container.failure.empty() ? "FINISHED" : "ERROR";
}

const Post& make_visible(Context& x, const Container& container) {
  Post post{.id = x.state.next_post_id(),
            .profile = container.profile,
            .shortcode = "D" + random_text(10),
            .words = container.words,
            .at_ms = x.now_ms()};
  if (!container.medium.digest.empty()) post.media.push_back(container.medium);
  add_children(x, post, container);
  return add_post(x, std::move(post));
}

const Post& add_post(Context& x, Post post) {
  auto& state = x.state;
  if (post.id.empty()) post.id = state.next_post_id();
  if (post.shortcode.empty()) post.shortcode = "D" + random_text(10);
  post.at_ms = x.now_ms();
  if (const auto* target = state.post(post.words.reply_to))
    post.root = target->root.empty() ? target->id : target->root;
  auto& held = state.posts[post.id];
  held = std::move(post);
  x.world.ledger.record(entry_of(x, held, held.root.empty() ? "post" : "comment"));
  return held;
}

void take_away(Context& x, const std::string& id) {
  auto& post = x.state.posts.at(id);
  post.removed = true;
  for (const auto& child : post.children) x.state.posts.at(child).removed = true;
  x.world.ledger.record(entry_of(x, post, "removed"));
}

std::string_view media_type_of(const Post& post) {
  if (!post.repost_of.empty()) return "REPOST_FACADE";
  const auto& type = post.words.media_type;
  if (type == "CAROUSEL") return "CAROUSEL_ALBUM";
  if (type == "IMAGE" || type == "VIDEO") return type;
  return "TEXT_POST";
}

std::string post_path(const State& state, const Post& post) {
  return "/@" + state.profiles.at(post.profile).username + "/post/" + post.shortcode;
}

}  // namespace herald::sandbox::threads
