// Statuses read back, one or several, and taken away.
#include <boost/json.hpp>

#include "sandbox/mastodon/parameters.h"
#include "sandbox/mastodon/posts.h"
#include "sandbox/mastodon/status_json.h"

namespace herald::sandbox::mastodon {

namespace json = boost::json;

namespace {

constexpr std::size_t kBatchMost = 20;

const Status* readable(const Request& request, const std::string& id) {
  const auto* status = request.state().status(id);
  return status != nullptr && visible_to(*status, request.me) ? status : nullptr;
}

}  // namespace

Checked<Answer> show_statuses(Request& request) {
  if (!release_of(request.x).modern) return Refused(request.words().error(404, "Not Found"));
  HERALD_TRY(const auto parameters, Parameters::read(request.x, request.call, "id[]"));
  const auto ids = parameters.list("id[]");
  if (ids.size() > kBatchMost)
    return Refused(request.words().error(422, "Cannot ask for more than 20 posts"));
  json::array found;
  for (const auto& id : ids)
    if (const auto* status = readable(request, id))
      found.emplace_back(status_json(request, *status));
  return answer_with(found);
}

Checked<Answer> show_status(Request& request) {
  const auto* status = readable(request, request.id);
  if (status == nullptr) return Refused(request.words().no_record());
  return answer_with(status_json(request, *status));
}

Checked<Answer> show_source(Request& request) {
  const auto* status = readable(request, request.id);
  if (status == nullptr) return Refused(request.words().no_record());
  return answer_with(
      json::object{{"id", status->id}, {"text", status->text}, {"spoiler_text", status->spoiler}});
}

Checked<Answer> delete_status(Request& request) {
  HERALD_TRY(const auto parameters, Parameters::read(request.x, request.call, "delete_media"));
  const auto* status = request.state().status(request.id);
  if (status == nullptr || status->account != request.me->id)
    return Refused(request.words().no_record());
  auto body = status_json(request, *status);
  body.erase("content");
  body["text"] = status->text;
  const auto media = status->media;
  take_away(request.x, request.id);
  if (parameters.is_true("delete_media", false) && release_of(request.x).deletes_media) {
    request.state().statuses.at(request.id).media.clear();
    for (const auto& id : media) request.state().media.erase(id);
  }
  return answer_with(body);
}

}  // namespace herald::sandbox::mastodon
