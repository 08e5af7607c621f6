#include "sandbox/tiktok/upload.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "sandbox/query.h"
#include "sandbox/tiktok/source.h"
#include "sandbox/tiktok/tasks.h"

namespace herald::sandbox::tiktok {

namespace {

constexpr std::array<std::string_view, 3> kTypes = {"video/mp4", "video/quicktime", "video/webm"};

struct Range {
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::int64_t total = 0;
};

// Takes a number and the character behind it off the front; 0 stands for the end.
std::optional<std::int64_t> take_number(std::string_view& text, char behind) {
  std::int64_t value = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc() || value < 0) return {};
  if (behind == 0 ? read.ptr != end : read.ptr == end || *read.ptr != behind) return {};
  text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()) + (behind == 0 ? 0 : 1));
  return value;
}

// "bytes 0-9999999/50000123"
std::optional<Range> read_range(std::string_view text) {
  if (!text.starts_with("bytes ")) return {};
  text.remove_prefix(6);
  const auto first = take_number(text, '-');
  const auto last = first ? take_number(text, '/') : std::nullopt;
  const auto total = last ? take_number(text, 0) : std::nullopt;
  if (!total || *last < *first) return {};
  return Range{*first, *last, *total};
}

Task* task_of(Context& x, const Call& call) {
  const auto id = in_query(call, "upload_id");
  const auto secret = in_query(call, "upload_token");
  const auto found = std::ranges::find_if(x.state.tasks, [&](const auto& entry) {
    return !id.empty() && entry.second.upload_id == id && entry.second.upload_secret == secret;
  });
  return found == x.state.tasks.end() ? nullptr : &found->second;
}

Answer bare(int status) { return {.response = {.status = status}}; }

// With how much is stored; whether as a count or as the last index is not documented.
Answer progress(const Context& x, const Task& task, int status) {
  auto answer = bare(status);
  const bool last = x.choice("content_range") == "last" && task.stored > 0;
  answer.response.headers.set(
      "Content-Range", fmt::format("bytes 0-{}/{}", task.stored - (last ? 1 : 0), task.size));
  return answer;
}

std::string index_of(std::int64_t chunk) { return fmt::format("{:04}", chunk); }

// The file is whole: it goes to processing. Null: the disk has no room.
SharedBytes whole(Context& x, const Task& task) {
  std::vector<std::string> indices;
  for (std::int64_t chunk = 0; chunk < task.chunks; ++chunk) indices.push_back(index_of(chunk));
  return x.chunks.joined(task.upload_id, indices);
}

}  // namespace

Answer take_chunk(Context& x, const Call& call) {
  auto* task = task_of(x, call);
  if (call.method != "PUT" || task == nullptr) return bare(404);
  if (upload_is_over(x, *task)) return bare(403);
  const auto bytes = call.body->view();
  const auto range = read_range(call.header("Content-Range"));
  if (!range || range->total != task->size || std::ranges::count(kTypes, call.content_type) == 0 ||
      range->last - range->first + 1 != static_cast<std::int64_t>(bytes.size()))
    return bare(400);
  if (range->first != task->stored || task->ready_ms != 0) return progress(x, *task, 416);
  if (static_cast<std::int64_t>(bytes.size()) != next_chunk_size(*task)) return bare(400);
  if (!x.chunks.keep(task->upload_id, index_of(task->stored_chunks), bytes)) return bare(500);
  const auto before = task->stored;
  task->stored += static_cast<std::int64_t>(bytes.size());
  ++task->stored_chunks;
  if (task->stored < task->size) return progress(x, *task, 206);
  const auto file = whole(x, *task);
  if (file == nullptr) {
    task->stored = before;
    --task->stored_chunks;
    return bare(500);
  }
  take_film(x, *task, {.outcome = Fetched::Outcome::ok, .status = 200, .body = file});
  x.chunks.drop(task->upload_id);
  auto answer = progress(x, *task, 201);
  answer.publishes = !task->draft;
  return answer;
}

}  // namespace herald::sandbox::tiktok
