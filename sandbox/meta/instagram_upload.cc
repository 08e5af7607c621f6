// Resumable bytes: rupload.facebook.com/ig-api-upload/{version}/{container}. This host has error
// shapes of its own.
#include <boost/json.hpp>
#include <charconv>

#include "sandbox/meta/instagram.h"

namespace herald::sandbox::meta {

namespace json = boost::json;

namespace {

Answer upload_error(const std::string& type, const std::string& message) {
  json::object info{{"type", type}, {"message", message}};
  if (type == "ProcessingFailedError") info["retriable"] = false;
  return {.response = json_answer(400, json::serialize(json::object{{"debug_info", info}}))};
}

Answer unauthorized_upload() {  // IG-28.
  return upload_error("ProcessingFailedError",
                      R"({"success":false,"error":{"message":"unauthorized user request"}})");
}

Answer offset_missing() {  // IG-29.
  return upload_error("ParameterValidationError",
                      "HeaderValuePredicate: Header Offset not convertable to unsigned long");
}

bool may_upload(const Call& call, World& world, State& state, const Container& container) {
  const auto header = call.header("Authorization");
  if (!header.starts_with("OAuth ")) return false;
  const auto token = check_token(header.substr(6), state, world.clock.now());
  if (!token) return false;
  const auto* page = state.page_of_account(container.account);
  const GraphCall graph{.call = call, .world = world, .state = state, .token = *token};
  return page != nullptr && page_for(graph, page->id) &&
         graph.has_permission("instagram_content_publish");
}

std::optional<std::int64_t> number(const std::string& text) {
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || value < 0)
    return std::nullopt;
  return value;
}

Answer uploaded() { return json_result({{"success", true}, {"message", "Upload successful."}}); }

Answer take_from_url(const Call& call, World& world, Container& container, const std::string& url) {
  if (world.switches.on("meta.offset_with_file_url") && !number(call.header("offset")))
    return offset_missing();
  const auto fetched = call.fetched.find(url);
  if (fetched == call.fetched.end()) return {.fetch_first = {url}};
  const auto& file = fetched->second;
  if (file.outcome != Fetched::Outcome::ok || file.status != 200) {
    container.failure = file.outcome == Fetched::Outcome::timed_out ? 2207003 : 2207052;
    start_processing(world, container);
  } else {
    take_video(world, container, file.body);
  }
  return uploaded();
}

Answer take_bytes(const Call& call, World& world, Container& container) {
  const auto offset = number(call.header("offset"));
  const auto total = number(call.header("file_size"));
  if (!offset || !total) return offset_missing();
  if (*offset != container.upload_size)
    return upload_error("OffsetInvalidError", "Request starting offset is invalid, expected " +
                                                  std::to_string(container.upload_size));
  auto bytes = call.body;
  if (*offset > 0) {
    const auto earlier = world.media.find(container.upload_digest);
    bytes = std::make_shared<const Bytes>(std::string(earlier->view()) +
                                          std::string(call.body->view()));
  }
  container.upload_size = static_cast<std::int64_t>(bytes->view().size());
  container.upload_total = *total;
  if (container.upload_size < *total) {
    container.upload_digest = world.media.keep(bytes->view());
    return upload_error("PartialRequestError", "Partial request (did not match length of file)");
  }
  take_video(world, container, bytes);
  return uploaded();
}

}  // namespace

Answer upload_bytes(const Call& call, World& world, State& state) {
  const auto parts = split(call.path, "/");
  const bool shaped = call.method == "POST" && parts.size() == 3 && parts[0] == "ig-api-upload";
  const auto found = shaped ? state.containers.find(parts[2]) : state.containers.end();
  if (found == state.containers.end()) return unauthorized_upload();
  auto& container = found->second;
  if (!may_upload(call, world, state, container)) return unauthorized_upload();
  if (container.upload_type.empty() || container.ready_ms != 0)
    return upload_error("ProcessingFailedError", "The upload session is closed");
  if (const auto url = call.header("file_url"); !url.empty())
    return take_from_url(call, world, container, url);
  return take_bytes(call, world, container);
}

}  // namespace herald::sandbox::meta
