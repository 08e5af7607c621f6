#include "sandbox/tiktok/tasks.h"

#include <algorithm>
#include <utility>

#include "sandbox/encoding.h"
#include "sandbox/tiktok/media.h"
#include "sandbox/tiktok/tokens.h"

namespace herald::sandbox::tiktok {

namespace {

constexpr std::int64_t kUploadLifeMs = 60LL * 60 * 1000;
constexpr std::int64_t kDayMs = 24 * kUploadLifeMs;
constexpr std::int64_t kFilmMs = 8'000;
constexpr std::int64_t kPhotosMs = 3'000;
// TikTok has no id of an account for everybody: the ledger takes the one that this app sees.
constexpr const char* kDemoApp = "sandbox-tiktok-client";

std::string_view kind_in_id(const Task& task) {
  if (task.photo) return "p_pub_url~v2.";
  if (task.draft) return task.pulls ? "v_inbox_url~v2." : "v_inbox_file~v2.";
  return task.pulls ? "v_pub_url~v2." : "v_pub_file~v2-1.";
}

void begin_processing(Context& x, Task& task, std::string failure) {
  auto& scripted = x.state.outcomes;
  if (!scripted.empty()) {
    if (failure.empty() && scripted.front() != "succeeded") failure = scripted.front();
    scripted.erase(scripted.begin());
  }
  task.failure = std::move(failure);
  task.ready_ms = x.now_ms() + x.scaled(task.photo ? kPhotosMs : kFilmMs);
}

std::string_view audience_of(const Post& post) {
  if (post.details.privacy == "PUBLIC_TO_EVERYONE") return "public";
  if (post.details.privacy == "MUTUAL_FOLLOW_FRIENDS") return "friends";
  return post.details.privacy == "FOLLOWER_OF_CREATOR" ? "followers" : "private";
}

LedgerEntry entry_of(const Context& x, const Post& post, std::int64_t at_ms, std::string event) {
  const auto& author = x.state.users.at(post.author);
  LedgerEntry entry{.at_ms = at_ms,
                    .platform = "tiktok",
                    .account = open_id_of(kDemoApp, author.id),
                    .account_name = "@" + author.username,
                    .event = std::move(event),
                    .kind = post.photo ? "photo" : "video",
                    .audience = std::string(audience_of(post)),
                    .id = post.id,
                    .title = post.photo ? post.details.title : "",
                    .text = post.photo ? post.details.description : post.details.title,
                    .link = "https://www.tiktok.com" + path_of(x, post)};
  for (const auto& medium : post.media)
    entry.media.push_back({.digest = medium.digest, .type = medium.type});
  return entry;
}

std::string make_post(Context& x, Post post) {
  const bool waits = audience_of(post) == "public";
  post.id = x.state.next_id(post.at_ms);
  post.public_ms = post.at_ms + (waits ? x.scaled(x.number("moderation_ms")) : 0);
  const auto id = post.id;
  x.state.posts[id] = std::move(post);
  return id;
}

void finish(Context& x, Task& task) {
  if (task.failure.empty() && !is_authorized(x.state, task.app, task.user))
    task.failure = "auth_removed";
  if (!task.failure.empty()) {
    task.status = "FAILED";
  } else if (task.draft) {
    task.status = "SEND_TO_USER_INBOX";
  } else {
    task.status = "PUBLISH_COMPLETE";
    task.posts.push_back(make_post(x, {.author = task.user,
                                       .photo = task.photo,
                                       .details = task.details,
                                       .media = task.media,
                                       .at_ms = task.ready_ms}));
  }
}

}  // namespace

Task& open_task(Context& x, Task task) {
  const auto number = x.state.next_id(x.now_ms());
  task.id = std::string(kind_in_id(task)) + number;
  task.began_ms = x.now_ms();
  task.status = task.pulls ? "PROCESSING_DOWNLOAD" : "PROCESSING_UPLOAD";
  if (!task.pulls) {
    task.upload_id = number;
    task.upload_secret = random_text(40);
  }
  auto& held = x.state.tasks[task.id];
  held = std::move(task);
  return held;
}

Task* find_task(Context& x, const std::string& id) {
  const auto found = x.state.tasks.find(id);
  if (found == x.state.tasks.end()) return nullptr;
  const auto days = x.number("publish_id_days");
  const bool forgotten = days > 0 && x.now_ms() >= found->second.began_ms + days * kDayMs;
  return forgotten ? nullptr : &found->second;
}

bool upload_is_over(const Context& x, const Task& task) {
  return x.now_ms() >= task.began_ms + kUploadLifeMs;
}

void take_film(Context& x, Task& task, const Fetched& file) {
  if (file.outcome != Fetched::Outcome::ok || file.status != 200)
    return begin_processing(x, task, "video_pull_failed");
  Medium medium;
  auto failure = keep_film(x, x.state.users.at(task.user), file.body->view(), medium);
  task.stored = static_cast<std::int64_t>(file.body->view().size());
  if (failure.empty()) task.media.push_back(std::move(medium));
  begin_processing(x, task, std::move(failure));
}

void take_photos(Context& x, Task& task, const std::vector<const Fetched*>& files) {
  std::string failure;
  for (const auto* file : files) {
    Medium medium;
    if (failure.empty()) failure = keep_photo(x, *file, medium);
    if (file->body) task.stored += static_cast<std::int64_t>(file->body->view().size());
    task.media.push_back(std::move(medium));
  }
  begin_processing(x, task, std::move(failure));
}

std::string post_draft(Context& x, Task& task, const Details& details) {
  task.status = "PUBLISH_COMPLETE";
  task.posts.push_back(make_post(x, {.author = task.user,
                                     .photo = task.photo,
                                     .details = details,
                                     .media = task.media,
                                     .at_ms = x.now_ms()}));
  return task.posts.back();
}

std::string post_by_hand(Context& x, const User& author, const Details& details) {
  return make_post(x, {.author = author.id, .details = details, .at_ms = x.now_ms()});
}

void remove_post(Context& x, const std::string& id) {
  auto& post = x.state.posts.at(id);
  post.deleted = true;
  if (post.shown) x.world.ledger.record(entry_of(x, post, x.now_ms(), "removed"));
}

bool is_public(const Context& x, const Post& post) {
  return !post.deleted && audience_of(post) == "public" && x.now_ms() >= post.public_ms;
}

std::string path_of(const Context& x, const Post& post) {
  return "/@" + x.state.users.at(post.author).username +
         (post.photo ? "/" + x.choice("photo_links") + "/" : "/video/") + post.id;
}

void settle_tasks(Context& x) {
  std::vector<Task*> due;
  for (auto& [id, task] : x.state.tasks)
    if (task.running() && task.ready_ms != 0 && x.now_ms() >= task.ready_ms) due.push_back(&task);
  std::ranges::sort(due, {}, [](const Task* task) { return std::pair(task->ready_ms, task->id); });
  for (auto* task : due) finish(x, *task);
  for (auto& [id, post] : x.state.posts) {
    if (post.shown || post.deleted || x.now_ms() < post.public_ms) continue;
    post.shown = true;
    x.world.ledger.record(entry_of(x, post, post.public_ms, "post"));
  }
}

}  // namespace herald::sandbox::tiktok
