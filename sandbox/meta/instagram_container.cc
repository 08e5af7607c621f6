// Step one: a container that nobody sees yet.
#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/meta/instagram.h"

namespace herald::sandbox::meta {

namespace json = boost::json;

namespace {

constexpr std::string_view kKnown =
    "image_url video_url media_type is_carousel_item children caption alt_text location_id "
    "user_tags product_tags collaborators cover_url thumb_offset share_to_feed audio_name "
    "trial_params is_ai_generated";
// Not with Instagram Login.
constexpr std::string_view kFacebookLoginOnly =
    " branded_content_sponsor_ids is_paid_partnership audio_configuration upload_type";
constexpr std::size_t kCaptionMax = 2200;
constexpr std::size_t kAltTextMax = 1000;
constexpr std::int64_t kContainersADay = 400;

using Check = std::optional<GraphError>;

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool in_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Words that a mark begins ("#bread", "@ana"), not those it stands inside of ("mia@home").
std::ptrdiff_t marked_words(std::string_view text, char mark) {
  std::ptrdiff_t count = 0;
  for (std::size_t i = 0; i + 1 < text.size(); ++i)
    if (text[i] == mark && in_word(text[i + 1]) && (i == 0 || !in_word(text[i - 1]))) ++count;
  return count;
}

Check check_caption(const std::string& caption) {
  if (const auto length = code_points(caption); length > kCaptionMax)
    return refuse(kCaptionTooLong, {std::to_string(length)});
  if (marked_words(caption, '#') > 30 || marked_words(caption, '@') > 20)
    return refuse(kTooManyTags);
  return std::nullopt;
}

Check check_type(const GraphCall& graph, const Container& container) {
  static constexpr std::array kTypes = {"", "REELS", "STORIES", "CAROUSEL", "VIDEO", "IMAGE"};
  const auto& type = container.media_type;
  if (std::ranges::count(kTypes, type) == 0) return refuse(kUnknownType, {type});
  if (container.is_child) {
    for (const char* name : {"is_ai_generated", "caption", "location_id"})
      if (graph.call.find(name) != nullptr) return refuse(kNotOnChild, {name});
    if (type != "" && type != "IMAGE" && type != "VIDEO")
      return refuse(kNotOnChild, {"media_type=" + type});
  } else if (type == "VIDEO" && graph.world.switches.on("meta.refuse_video_at_once")) {
    return refuse(kStandaloneVideoAtOnce);
  }
  return std::nullopt;
}

bool is_json_array(const std::string& text, std::size_t most) {
  boost::system::error_code error;
  const auto value = json::parse(text, error);
  return !error && value.is_array() && value.get_array().size() <= most;
}

bool coordinate(const json::object& tag, std::string_view name, bool required) {
  const auto* value = tag.if_contains(name);
  if (value == nullptr) return !required;
  const auto number = value->is_string()   ? std::strtod(value->get_string().c_str(), nullptr)
                      : value->is_number() ? value->to_number<double>()
                                           : -1.0;
  return number >= 0.0 && number <= 1.0;
}

Check check_user_tags(const GraphCall& graph, const Container& container) {
  const auto text = graph.get("user_tags");
  if (text.empty()) return std::nullopt;
  if (!is_json_array(text, 1000)) return refuse_parameter("user_tags must be a JSON array");
  const auto tags = json::parse(text).as_array();
  if (tags.size() > 20) return refuse(kTooManyTags);
  const bool placed = container.media_type.empty() || container.media_type == "IMAGE";
  for (const auto& tag : tags)
    if (!tag.is_object() || !tag.get_object().contains("username") ||
        !coordinate(tag.get_object(), "x", placed) || !coordinate(tag.get_object(), "y", placed))
      return refuse_parameter("user_tags want a username, and x and y between 0 and 1");
  return std::nullopt;
}

Check check_extras(const GraphCall& graph, const Container& container) {
  const auto alt_text = graph.get("alt_text");
  const bool image = container.media_type.empty() || container.media_type == "IMAGE";
  if (!alt_text.empty() && !image) return refuse_parameter("alt_text is for images only");
  if (code_points(alt_text) > kAltTextMax)
    return refuse_parameter("alt_text may have at most 1000 characters");
  if (const auto names = graph.get("collaborators"); !names.empty()) {
    if (container.media_type == "STORIES" || container.is_child)
      return refuse_parameter("collaborators are not allowed here");
    if (names.starts_with('[') ? !is_json_array(names, 3) : split(names, ",").size() > 3)
      return refuse_parameter("collaborators takes at most 3 usernames");
  }
  if (const auto tags = graph.get("product_tags"); !tags.empty() && !is_json_array(tags, 5))
    return refuse_parameter("product_tags takes a JSON array of at most 5");
  if (const auto place = graph.get("location_id");
      place.find_first_not_of("0123456789") != std::string::npos)
    return refuse_parameter("INSTAGRAM_PLATFORM_API__INVALID_LOCATION_ID");
  return check_user_tags(graph, container);
}

std::vector<std::string> children_of(const GraphCall& graph) {
  std::vector<std::string> ids;
  const auto text = graph.get("children");
  if (!text.starts_with('[')) return split(text, ", ");
  boost::system::error_code error;
  const auto list = json::parse(text, error);
  if (error) return ids;
  for (const auto& id : list.as_array())
    ids.push_back(id.is_string() ? std::string(id.get_string()) : json::serialize(id));
  return ids;
}

Check take_children(GraphCall& graph, Container& container) {
  container.children = children_of(graph);
  if (container.children.size() < 2 || container.children.size() > 10) return refuse(kBadCarousel);
  for (const auto& id : container.children) {
    const auto found = graph.state.containers.find(id);
    if (found == graph.state.containers.end() || found->second.account != container.account)
      return refuse(kMediaNotFound, {id});
    if (!found->second.is_child) return refuse(kBadCarousel);
    const auto status = status_code(found->second, graph.now_ms());
    if (status == "EXPIRED") return refuse(kBuilderGone, {id});
    if (status != "FINISHED") return refuse(kNotReady);
  }
  start_processing(graph.world, container);
  return std::nullopt;
}

Check check_daily_containers(const GraphCall& graph, const Container& container) {
  const auto recent = std::ranges::count_if(graph.state.containers, [&](const auto& entry) {
    return entry.second.account == container.account &&
           entry.second.created_ms > graph.now_ms() - kDayMs;
  });
  if (recent >= kContainersADay) return refuse(kContainerLimit);
  return std::nullopt;
}

bool fetchable(const std::string& url) {
  return (url.starts_with("https://") || url.starts_with("http://")) &&
         std::ranges::all_of(url, [](char c) { return c > ' ' && c < '\x7f'; });
}

// The parameter that names the file; empty: the bytes come by another way, or there are none.
std::string file_parameter(const GraphCall& graph, const Container& container) {
  const auto& type = container.media_type;
  if (type == "CAROUSEL" || !container.upload_type.empty()) return {};
  if (type == "REELS" || type == "VIDEO") return "video_url";
  if (type == "STORIES" && graph.call.find("image_url") == nullptr) return "video_url";
  return "image_url";
}

Check check_thumb_offset(const Container& container) {
  if (container.pictures.empty() || container.pictures[0].duration_ms == 0) return std::nullopt;
  const auto duration_ms = container.pictures[0].duration_ms;
  if (container.thumb_offset_ms >= 0 && container.thumb_offset_ms < duration_ms)
    return std::nullopt;
  return refuse(kThumbOffset, {std::to_string(duration_ms)});
}

Check take_file(GraphCall& graph, Container& container, const std::string& parameter) {
  const auto url = graph.get(parameter);
  const auto& file = graph.call.fetched.at(url);
  if (parameter == "image_url") return take_image(graph, container, file, url);
  if (file.outcome == Fetched::Outcome::ok && file.status == 200) {
    take_video(graph.world, container, file.body);
    return check_thumb_offset(container);
  }
  container.failure = file.outcome == Fetched::Outcome::timed_out ? 2207003 : 2207052;
  start_processing(graph.world, container);
  return std::nullopt;
}

Container read_container(const GraphCall& graph, const InstagramAccount& account) {
  return {.account = account.id,
          .app = graph.token->app,
          .media_type = graph.get("media_type"),
          .caption = graph.get("media_type") == "STORIES" ? "" : graph.get("caption"),
          .alt_text = graph.get("alt_text"),
          .upload_type = graph.get("upload_type"),
          .is_child = truthy(graph.get("is_carousel_item")),
          .share_to_feed = graph.call.get("share_to_feed", "true") != "false",
          .created_ms = graph.now_ms(),
          .thumb_offset_ms = std::strtoll(graph.get("thumb_offset").c_str(), nullptr, 10)};
}

Check check_container(const GraphCall& graph, const InstagramAccount& account,
                      const Container& container) {
  const auto known =
      std::string(kKnown) + std::string(graph.by_instagram() ? "" : kFacebookLoginOnly);
  if (auto refused = unknown_parameter(graph, known)) return refused;
  if (graph.by_instagram() && !container.upload_type.empty())
    return refuse_parameter("upload_type is not supported with Instagram Login");
  if (account.restricted) return refuse(kRestricted);
  if (auto refused = check_type(graph, container)) return refused;
  if (auto refused = check_caption(graph.get("caption"))) return refused;
  if (auto refused = check_extras(graph, container)) return refused;
  if (!container.upload_type.empty() && container.upload_type != "resumable")
    return refuse_parameter("upload_type must be resumable");
  return check_daily_containers(graph, container);
}

}  // namespace

Graph<Answer> create_container(GraphCall& graph, const InstagramAccount& account) {
  auto container = read_container(graph, account);
  if (auto refused = check_container(graph, account, container)) return std::unexpected(*refused);
  const auto parameter = file_parameter(graph, container);
  if (!parameter.empty()) {
    const auto url = graph.get(parameter);
    if (url.empty())
      return std::unexpected(parameter == "image_url"
                                 ? refuse(kImageUrlRequired)
                                 : refuse_parameter("The parameter video_url is required"));
    if (!fetchable(url)) return std::unexpected(refuse(kDownloadFailed, {url}));
    const auto cover = container.media_type == "REELS" ? graph.get("cover_url") : std::string();
    if (!graph.call.fetched.contains(url)) {
      if (cover.empty()) return Answer{.fetch_first = {url}};
      return Answer{.fetch_first = {url, cover}};
    }
    if (!cover.empty()) {
      HERALD_TRY(const auto picture, read_image(graph, graph.call.fetched.at(cover), cover));
      container.cover = picture.digest;
    }
    if (auto refused = take_file(graph, container, parameter)) return std::unexpected(*refused);
  } else if (container.media_type == "CAROUSEL") {
    if (auto refused = take_children(graph, container)) return std::unexpected(*refused);
  }
  container.id = graph.state.next_id("container", 17889450000000001);
  json::object answer{{"id", container.id}};
  if (!container.upload_type.empty())
    answer["uri"] = graph.call.link("rupload.facebook.com",
                                    "/ig-api-upload/" + graph.version + "/" + container.id);
  graph.state.containers[container.id] = std::move(container);
  return json_result(answer);
}

}  // namespace herald::sandbox::meta
