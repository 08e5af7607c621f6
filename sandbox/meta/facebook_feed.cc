// POST /{page}/feed: text, link, several photos; at once, scheduled or held back.
#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "sandbox/meta/facebook.h"
#include "sandbox/meta/facebook_schedule.h"

namespace herald::sandbox::meta {

namespace json = boost::json;

namespace {

constexpr std::ptrdiff_t kMessageMax = 63'206;
constexpr std::int64_t kDuplicateWindowMs = 10LL * 60 * 1000;
constexpr std::int64_t kPhotoLifeMs = 24LL * 3600 * 1000;
constexpr std::string_view kAttached = "attached_media";

std::string known_parameters(const GraphCall& graph) {
  std::string known =
      "message link published scheduled_publish_time attached_media unpublished_content_type "
      "backdated_time targeting feed_targeting place tags text_format_preset_id call_to_action";
  for (const auto* list : {&graph.call.fields, &graph.call.query})
    for (const auto& field : *list)
      if (field.name.starts_with("attached_media[")) known += " " + field.name;
  return known;
}

std::optional<std::string> media_id(const json::value& item) {
  const auto* object = item.if_object();
  const auto* id = object != nullptr ? object->if_contains("media_fbid") : nullptr;
  if (id == nullptr) return std::nullopt;
  return id->is_string() ? std::string(id->get_string()) : json::serialize(*id);
}

// attached_media as one JSON array, or as attached_media[0], [1], ... of one object each.
Graph<std::vector<std::string>> attached_ids(const GraphCall& graph) {
  std::map<int, std::string> numbered;
  for (const auto* list : {&graph.call.fields, &graph.call.query})
    for (const auto& field : *list) {
      if (!field.name.starts_with(kAttached)) continue;
      int index = 0;
      const auto digits = std::string_view(field.name).substr(kAttached.size());
      if (digits.size() > 2)
        std::from_chars(digits.data() + 1, digits.data() + digits.size(), index);
      numbered.try_emplace(index, field.value);
    }
  std::vector<std::string> ids;
  for (const auto& [index, text] : numbered) {
    boost::system::error_code error;
    const auto value = json::parse(text, error);
    if (error) return std::unexpected(refuse(kParameterInvalid));
    const auto items = value.is_array() ? value.get_array() : json::array{value};
    for (const auto& item : items) {
      auto id = media_id(item);
      if (!id) return std::unexpected(refuse(kParameterInvalid));
      ids.push_back(std::move(*id));
    }
  }
  return ids;
}

Check check_photos(const GraphCall& graph, const PagePost& post) {
  for (const auto& id : post.photos) {
    const auto found = graph.state.photos.find(id);
    if (found == graph.state.photos.end()) return refuse(kParameterInvalid);
    const auto& photo = found->second;
    const bool old = graph.now_ms() >= photo.created_ms + kPhotoLifeMs;
    if (photo.page != post.page || photo.removed || !photo.post.empty() || old)
      return refuse(kParameterInvalid);
    if (std::ranges::count(post.photos, id) > 1) return refuse(kParameterInvalid);
    if (post.publish_ms != 0 && !photo.temporary) return refuse(kParameterInvalid);
  }
  const bool said = graph.get("unpublished_content_type") == "SCHEDULED";
  if (post.publish_ms != 0 && !post.photos.empty() && !said) return refuse(kParameterInvalid);
  return std::nullopt;
}

// Empty or fine: none.
Check check_link(const GraphCall& graph, const std::string& link) {
  if (link.empty()) return std::nullopt;
  const auto host_at = link.find("://");
  const bool shaped = link.starts_with("http://") || link.starts_with("https://");
  if (!shaped || link.size() <= host_at + 3 || link.find(' ') != link.npos) return refuse(kLinkBad);
  const auto host = link.substr(host_at + 3, link.find_first_of("/?#", host_at + 3) - host_at - 3);
  if (host == "facebook.com" || host.ends_with(".facebook.com")) return refuse(kLinkToFacebook);
  const auto fetched = graph.call.fetched.find(link);
  if (fetched == graph.call.fetched.end()) return std::nullopt;
  const auto& page = fetched->second;
  const bool read = page.outcome == Fetched::Outcome::ok && page.status < 400;
  return read ? Check() : refuse(kLinkUnread);
}

Check check_duplicate(const GraphCall& graph, const PagePost& post) {
  const auto& how = graph.world.switches.text("meta.duplicate_status");
  if (how == "off" || !post.photos.empty()) return std::nullopt;
  for (const auto& [id, held] : graph.state.posts) {
    const bool same = held.page == post.page && held.message == post.message &&
                      held.link == post.link && held.photos.empty() && held.video.empty();
    if (same && !held.removed && held.created_ms > graph.now_ms() - kDuplicateWindowMs)
      return refuse(how == "368" ? kDuplicateBlocked : kDuplicate);
  }
  return std::nullopt;
}

std::string kind_of(const PagePost& post) {
  if (!post.photos.empty()) return post.photos.size() == 1 ? "image" : "images";
  return post.link.empty() ? "text" : "link";
}

}  // namespace

Graph<Answer> publish_feed(GraphCall& graph, const Page& page) {
  if (auto refused = may_publish(graph, page)) return std::unexpected(*refused);
  if (auto refused = unknown_parameter(graph, known_parameters(graph)))
    return std::unexpected(*refused);
  PagePost post{.page = page.id,
                .app = graph.token->app,
                .message = graph.get("message"),
                .link = graph.get("link"),
                .created_ms = graph.now_ms()};
  HERALD_TRY(post.photos, attached_ids(graph));
  if (post.message.empty() && post.link.empty() && post.photos.empty())
    return std::unexpected(refuse(kEmptyPost));
  const auto length = std::ranges::count_if(
      post.message, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
  if (length > kMessageMax) return std::unexpected(refuse(kMessageTooLong));
  HERALD_TRY(const auto schedule, read_schedule(graph, kPostScheduleMaxMs, true));
  post.publish_ms = schedule.at_ms;
  post.held = schedule.held;
  post.kind = kind_of(post);
  if (auto refused = check_link(graph, post.link)) return std::unexpected(*refused);
  if (auto refused = check_photos(graph, post)) return std::unexpected(*refused);
  if (auto refused = check_duplicate(graph, post)) return std::unexpected(*refused);
  const bool scrape = graph.world.switches.on("meta.scrape_links") && !post.link.empty();
  if (scrape && !graph.call.fetched.contains(post.link)) return Answer{.fetch_first = {post.link}};
  const auto& added = add_post(graph.world, graph.state, std::move(post));
  HERALD_TRY(auto answer, written(graph, {{"id", added.id}}, [&](const Fields& fields) {
               return show_post(graph, added, fields);
             }));
  answer.publishes = !added.held;
  return answer;
}

}  // namespace herald::sandbox::meta
