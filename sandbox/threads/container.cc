// Step one: a container that nobody sees yet.
#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/query.h"
#include "sandbox/scopes.h"
#include "sandbox/threads/draft.h"
#include "sandbox/threads/media.h"
#include "sandbox/threads/posts.h"
#include "sandbox/threads/publish.h"

namespace herald::sandbox::threads {

namespace json = boost::json;

namespace {

constexpr std::size_t kChildrenMin = 2;
constexpr std::size_t kChildrenMax = 20;
constexpr std::int64_t kTextMs = 1'000;
constexpr std::int64_t kImageMs = 2'000;
constexpr std::int64_t kVideoMs = 8'000;

Checked<Done> take_children(const Request& request, Container& container) {
  container.children = split(request.call.get("children"), ',');
  const auto count = container.children.size();
  if (count < kChildrenMin || count > kChildrenMax) return Refused(invalid_parameter(request.x));
  std::vector<std::string> bad;
  for (const auto& id : container.children) {
    const auto found = request.state().containers.find(id);
    const bool good = found != request.state().containers.end() && found->second.is_child &&
                      found->second.profile == request.me.id &&
                      status_of(found->second, request.x.now_ms()) == "FINISHED";
    if (!good) bad.push_back(id);
  }
  if (!bad.empty()) return Refused(invalid_children(request.x, joined(bad, ", ")));
  return Done{};
}

// The parameter that names the file; empty: there is none.
std::string file_parameter(const Words& words) {
  if (words.media_type == "IMAGE") return "image_url";
  return words.media_type == "VIDEO" ? "video_url" : "";
}

// Fills `wanted` where the file is yet to be fetched.
Checked<Done> take_file(const Request& request, Container& container, std::string& wanted) {
  const auto parameter = file_parameter(container.words);
  if (parameter.empty()) return Done{};
  const auto url = request.call.get(parameter);
  if (url.empty())
    return Refused(invalid_parameter(request.x, "The parameter " + parameter + " is required"));
  if (!fetchable(request.x, url))
    return Refused(invalid_parameter(request.x, "Param " + parameter + " is not a valid URI."));
  if (!request.call.fetched.contains(url)) {
    wanted = url;
    return Done{};
  }
  container.medium.alt_text = request.call.get("alt_text");
  if (parameter == "image_url") return take_image(request, container, url);
  take_video(request.x, container, request.call.fetched.at(url));
  return Done{};
}

void start_processing(Context& x, Container& container) {
  auto time_ms = kImageMs;
  if (container.words.media_type == "TEXT") time_ms = kTextMs;
  if (container.words.media_type == "VIDEO") time_ms = kVideoMs;
  container.created_ms = x.now_ms();
  container.ready_ms = container.created_ms + x.scaled(time_ms);
  if (x.state.fates.empty()) return;
  const auto fate = x.state.fates.front();
  x.state.fates.erase(x.state.fates.begin());
  if (!fate.failure.empty()) container.failure = fate.failure;
  container.not_found = fate.not_found;
}

}  // namespace

Checked<Answer> create_container(Request& request) {
  if (!request.may("threads_content_publish")) return Refused(no_permission(request.x));
  if (request.me.restricted) return Refused(restricted(request.x));
  Container container{.profile = request.me.id,
                      .is_child = truthy_parameter(request, "is_carousel_item")};
  HERALD_TRY(container.words, read_words(request));
  std::string wanted;
  HERALD_CHECK(take_file(request, container, wanted));
  if (!wanted.empty()) return Answer{.fetch_first = {wanted}};
  if (container.words.media_type == "CAROUSEL") HERALD_CHECK(take_children(request, container));
  const bool at_once = truthy_parameter(request, "auto_publish_text");
  if (at_once) HERALD_CHECK(may_publish(request, container.words));
  container.id = request.state().next_container_id();
  start_processing(request.x, container);
  auto& held = request.state().containers[container.id];
  held = std::move(container);
  if (at_once) return publish_now(request, held);
  return answer_with({{"id", held.id}});
}

}  // namespace herald::sandbox::threads
