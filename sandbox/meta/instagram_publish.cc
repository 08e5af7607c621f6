// Step two: the container becomes a post that the audience sees.
#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/encoding.h"
#include "sandbox/meta/instagram.h"

namespace herald::sandbox::meta {

namespace json = boost::json;

namespace {

constexpr std::int64_t kQuotaTotal = 50;

std::int64_t published_lately(const State& state, const std::string& account,
                              std::int64_t since_ms) {
  return std::ranges::count_if(state.media, [&](const auto& entry) {
    const auto& media = entry.second;
    return media.account == account && media.by_api && media.parent.empty() &&
           media.at_ms > since_ms;
  });
}

std::optional<GraphError> check_publishable(const GraphCall& graph,
                                            const InstagramAccount& account) {
  const auto id = graph.get("creation_id");
  if (account.restricted) return refuse(kRestricted);
  const auto found = graph.state.containers.find(id);
  if (found == graph.state.containers.end() || found->second.account != account.id)
    return refuse(kMediaNotFound, {id});
  const auto& container = found->second;
  const auto status = status_code(container, graph.now_ms());
  if (status == "EXPIRED" || status == "PUBLISHED") return refuse(kBuilderGone, {id});
  if (status != "FINISHED") return refuse(kNotReady);
  if (container.is_child || container.media_type == "VIDEO") return refuse(kStandaloneVideo);
  if (published_lately(graph.state, account.id, graph.now_ms() - kDayMs) >= kQuotaTotal)
    return refuse(kDailyLimit);
  return std::nullopt;
}

Media media_from(State& state, const Container& container, std::int64_t at_ms) {
  Media media{.id = state.next_id("media", 17920230000000001),
              .account = container.account,
              .shortcode = "D" + random_text(10),
              .caption = container.caption,
              .alt_text = container.alt_text,
              .media_type = "IMAGE",
              .product_type = "FEED",
              .pictures = container.pictures,
              .cover = container.cover,
              .at_ms = at_ms,
              .shared_to_feed = container.share_to_feed};
  if (!media.pictures.empty() && media.pictures.front().duration_ms > 0) media.media_type = "VIDEO";
  if (container.media_type == "REELS") media.product_type = "REELS";
  if (container.media_type == "STORIES") media.product_type = "STORY";
  if (container.media_type == "CAROUSEL") media.media_type = "CAROUSEL_ALBUM";
  return media;
}

std::string kind_of(const Media& media) {
  if (media.product_type == "STORY") return "story";
  if (media.product_type == "REELS") return "reel";
  return media.media_type == "CAROUSEL_ALBUM" ? "carousel" : "image";
}

std::string public_link(const Media& media, const std::string& username) {
  const std::string host = "https://www.instagram.com";
  if (media.product_type == "STORY") return host + "/stories/" + username + "/" + media.id + "/";
  return host + (media.product_type == "REELS" ? "/reel/" : "/p/") + media.shortcode + "/";
}

}  // namespace

Media& make_public(World& world, State& state, const Container& container, bool by_api) {
  const auto at_ms = to_ms(world.clock.now());
  auto media = media_from(state, container, at_ms);
  media.by_api = by_api;
  for (const auto& child_id : container.children) {
    auto child = media_from(state, state.containers.at(child_id), at_ms);
    child.parent = media.id;
    child.caption.clear();
    media.children.push_back(child.id);
    media.pictures.insert(media.pictures.end(), child.pictures.begin(), child.pictures.end());
    state.media[child.id] = std::move(child);
  }
  const auto& account = state.accounts.at(media.account);
  LedgerEntry entry{.at_ms = at_ms,
                    .platform = "instagram",
                    .account = account.id,
                    .account_name = "@" + account.username,
                    .event = "post",
                    .kind = kind_of(media),
                    .id = media.id,
                    .text = media.caption,
                    .link = public_link(media, account.username)};
  for (const auto& picture : media.pictures) entry.media.push_back({picture.digest, picture.type});
  world.ledger.record(std::move(entry));
  auto& held = state.media[media.id];
  held = std::move(media);
  return held;
}

Graph<Answer> publish_container(GraphCall& graph, const InstagramAccount& account) {
  if (auto refused = unknown_parameter(graph, "creation_id")) return std::unexpected(*refused);
  if (graph.get("creation_id").empty())
    return std::unexpected(refuse_parameter("The parameter creation_id is required"));
  if (auto refused = check_publishable(graph, account)) return std::unexpected(*refused);
  auto& container = graph.state.containers.at(graph.get("creation_id"));
  container.media = make_public(graph.world, graph.state, container, true).id;
  auto answer = json_result({{"id", container.media}});
  answer.publishes = true;
  return answer;
}

Graph<Answer> publishing_limit(GraphCall& graph, const InstagramAccount& account) {
  if (auto refused = unknown_parameter(graph, "since")) return std::unexpected(*refused);
  auto since_ms = graph.now_ms() - kDayMs;
  if (const auto since = graph.get("since"); !since.empty()) {
    const auto asked_ms = std::strtoll(since.c_str(), nullptr, 10) * 1000;
    if (asked_ms < since_ms)
      return std::unexpected(refuse_parameter("since must be within the last 24 hours"));
    since_ms = asked_ms;
  }
  HERALD_TRY(auto row, project_call(graph, "quota_usage", [&](const FieldRequest& field) -> Shown {
               if (field.name == "quota_usage")
                 return json::value(published_lately(graph.state, account.id, since_ms));
               if (field.name == "config")
                 return json::value{{"quota_total", kQuotaTotal}, {"quota_duration", 86400}};
               if (field.name == "id") return json::value();
               return unknown_field(field, "IGContentPublishingLimit");
             }));
  return json_result({{"data", json::array{std::move(row)}}});
}

}  // namespace herald::sandbox::meta
