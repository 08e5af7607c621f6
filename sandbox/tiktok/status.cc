// Status of a task and its cancelling (get post status reference, looked up 2026-09).
#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "sandbox/tiktok/body.h"
#include "sandbox/tiktok/endpoint.h"
#include "sandbox/tiktok/tasks.h"

namespace herald::sandbox::tiktok {

namespace json = boost::json;

namespace {

Checked<Task*> named_task(Request& request) {
  const Body body(request.call);
  const auto id = body.text("publish_id");
  if (!body.fault().empty()) return wrong(body.fault());
  auto* task = find_task(request.x, id);
  if (task == nullptr) return Refused(refusal("invalid_publish_id"));
  if (task->app != request.app.key || task->user != request.user.id)
    return Refused(refusal("token_not_authorized_for_specified_publish_id"));
  return task;
}

std::int64_t number_of(const std::string& id) {
  std::int64_t value = 0;
  std::from_chars(id.data(), id.data() + id.size(), value);
  return value;
}

// Bare integers above 2^53; what clients have met besides is a switch.
json::value public_ids(const Context& x, const Task& task) {
  json::array ids;
  const auto& form = x.choice("post_ids");
  for (const auto& id : task.posts) {
    if (!is_public(x, x.state.posts.at(id))) continue;
    if (form == "bare") return json::value(id);
    ids.push_back(form == "strings" ? json::value(id) : json::value(number_of(id)));
  }
  return ids;
}

}  // namespace

Checked<Answer> fetch_status(Request& request) {
  HERALD_TRY(const auto* task, named_task(request));
  json::object data{{"status", task->status}};
  if (task->status == "FAILED") data["fail_reason"] = task->failure;
  data[request.x.choice("post_ids_name")] = public_ids(request.x, *task);
  data[task->pulls ? "downloaded_bytes" : "uploaded_bytes"] = task->stored;
  return success(json::serialize(data));
}

Checked<Answer> cancel_task(Request& request) {
  HERALD_TRY(auto* task, named_task(request));
  if (task->status != "PROCESSING_DOWNLOAD") return Refused(refusal("publish_not_cancellable"));
  task->status = "FAILED";
  task->failure = "publish_cancelled";
  return success("");
}

}  // namespace herald::sandbox::tiktok
