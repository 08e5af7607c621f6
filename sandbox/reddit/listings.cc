// Reading back: a person's posts, a community's, things by name, a post with its comments.
#include <algorithm>
#include <charconv>

#include "sandbox/query.h"
#include "sandbox/reddit/endpoint.h"
#include "sandbox/reddit/posts.h"
#include "sandbox/reddit/things.h"

namespace herald::sandbox::reddit {

namespace {

constexpr std::size_t kUsualPage = 25;
constexpr std::size_t kLargestPage = 100;

std::size_t page_size(const Call& call) {
  const auto text = in_query(call, "limit");
  std::size_t size = 0;
  std::from_chars(text.data(), text.data() + text.size(), size);
  return size == 0 ? kUsualPage : std::min(size, kLargestPage);
}

// Newest first, a page of those that are wanted, behind the one named by `after`.
template <class Wanted>
Answer newest(Request& request, Wanted wanted) {
  const auto limit = page_size(request.call);
  auto after = in_query(request.call, "after");
  if (after.starts_with("t3_")) after.erase(0, 3);
  std::vector<std::string> things;
  std::string last;
  bool more = false;
  const auto& posts = request.state().posts;
  for (auto it = posts.rbegin(); it != posts.rend() && !more; ++it) {
    const auto& post = it->second;
    if (!wanted(post) || (!after.empty() && post.id >= after)) continue;
    more = things.size() == limit;
    if (more) break;
    things.push_back(post_json(request.x, post));
    last = "t3_" + post.id;
  }
  return answer_with(listing_json(things, more ? last : ""));
}

}  // namespace

Checked<Answer> submitted(Request& request) {
  const auto* author = request.state().user_named(request.name);
  if (author == nullptr) return Refused(plain_error(404));
  const bool own = author->id == request.user.id;
  // What was removed is still in its author's own listing.
  return newest(request, [&](const Post& post) {
    return post.author == author->id && !post.deleted && (own || post.removed_by.empty());
  });
}

Checked<Answer> newest_of_community(Request& request) {
  const auto* community = request.state().community(request.name);
  if (community == nullptr) return Refused(plain_error(404));
  if (community->type == "private") return Refused(plain_error(403, "private"));
  return newest(request, [&](const Post& post) {
    return lower(post.community) == lower(community->name) && !post.deleted &&
           post.removed_by.empty();
  });
}

Checked<Answer> look_up_things(Request& request) {
  auto& state = request.state();
  auto names = split(in_query(request.call, "id"), ',');
  names.resize(std::min(names.size(), kLargestPage));
  std::vector<std::string> things;
  for (const auto& name : names) {
    if (name.size() < 4) continue;
    const auto id = name.substr(3);
    const auto post = state.posts.find(id);
    const auto comment = state.comments.find(id);
    if (name.starts_with("t3_") && post != state.posts.end())
      things.push_back(post_json(request.x, post->second));
    if (name.starts_with("t1_") && comment != state.comments.end())
      things.push_back(comment_json(request.x, comment->second));
  }
  return answer_with(listing_json(things));
}

Checked<Answer> look_up_thread(Request& request) {
  const auto& state = request.state();
  const auto post = state.posts.find(request.name);
  if (post == state.posts.end()) return Refused(plain_error(404));
  std::vector<std::string> comments;
  for (const auto& [id, comment] : state.comments)
    if (comment.post == post->first && !comment.deleted)
      comments.push_back(comment_json(request.x, comment));
  return answer_with("[" + listing_json({post_json(request.x, post->second)}) + "," +
                     listing_json(comments) + "]");
}

}  // namespace herald::sandbox::reddit
