#include "sandbox/mastodon/media.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <cmath>
#include <optional>

#include "sandbox/mastodon/endpoint.h"
#include "sandbox/mastodon/files.h"
#include "sandbox/mastodon/parameters.h"
#include "sandbox/mastodon/text.h"

namespace herald::sandbox::mastodon {

namespace json = boost::json;

namespace {

constexpr std::string_view kDetails = "description focus";

std::optional<double> axis(std::string_view text) {
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
  if (!whole || std::abs(value) > 1) return std::nullopt;
  return value;
}

// Alt text and focal point.
Checked<Done> take_details(const Context& x, const Words& words, const Parameters& parameters,
                           Medium& medium) {
  if (const auto* text = parameters.find("description")) {
    const auto most = release_of(x).description;
    if (letters(*text) > most)
      return Refused(words.invalid(
          fmt::format("Description is too long (maximum is {} characters)", most),
          fmt::format("La description est trop longue (pas plus de {} caractères)", most)));
    medium.description = stripped(*text);
  }
  if (const auto* focus = parameters.find("focus")) {
    const auto comma = std::min(focus->find(','), focus->size());
    const auto left = axis(std::string_view(*focus).substr(0, comma));
    const auto up = axis(std::string_view(*focus).substr(std::min(comma + 1, focus->size())));
    const bool good = left.has_value() && up.has_value();
    if (!good && x.on("strict_parameters"))
      return Refused(words.error(400, "param is misshaped: focus"));
    medium.focus_x = left.value_or(0);
    medium.focus_y = up.value_or(0);
  }
  return Done{};
}

const Field* file_of(const Call& call, std::string_view name) {
  if (call.content_type != "multipart/form-data") return nullptr;
  const auto found = std::ranges::find_if(call.fields, [&](const Field& field) {
    return field.name == name && !field.filename.empty();
  });
  return found == call.fields.end() ? nullptr : &*found;
}

std::int64_t processing_ms(const Context& x, const Medium& medium) {
  if (medium.type == "video") return x.scaled(x.number("video_ms"));
  if (medium.type == "audio") return x.scaled(x.number("audio_ms"));
  return medium.type == "gifv" && x.choice("gif_answer") == "202" ? x.scaled(x.number("video_ms"))
                                                                  : 0;
}

void meet_fate(Context& x, Medium& medium) {
  medium.ready_ms = x.now_ms() + processing_ms(x, medium);
  if (x.state.media_fates.empty()) return;
  const auto fate = x.state.media_fates.front();
  x.state.media_fates.erase(x.state.media_fates.begin());
  if (fate.processing_ms >= 0) medium.ready_ms = x.now_ms() + fate.processing_ms;
  if (fate.outcome == "stuck") medium.ready_ms = -1;
  medium.fails = fate.outcome == "fails";
}

// The person's own that no status has; null: none.
Medium* free_medium(const Request& request) {
  const auto found = request.state().media.find(request.id);
  if (found == request.state().media.end()) return nullptr;
  auto& medium = found->second;
  return medium.account == request.me->id && medium.status.empty() ? &medium : nullptr;
}

Checked<Medium*> take_upload(Request& request) {
  const auto words = request.words();
  const auto* file = file_of(request.call, "file");
  HERALD_TRY(const auto parameters, Parameters::read(request.x, request.call, kDetails));
  if (file == nullptr) return Refused(words.invalid("File can't be blank", "Fichier absent"));
  const auto bytes = request.call.part(*file);
  HERALD_TRY(auto medium, examined(request.x, words, bytes, file->content_type));
  const bool pictured = file_of(request.call, "thumbnail") != nullptr;
  if (pictured && medium.type != "video" && medium.type != "audio" &&
      request.x.on("strict_parameters"))
    return Refused(words.error(400, "param is misplaced: thumbnail"));
  HERALD_CHECK(take_details(request.x, words, parameters, medium));
  medium.id = request.state().next_medium_id();
  medium.account = request.me->id;
  medium.digest = request.x.world.media.keep(bytes);
  medium.kept_since_ms = request.x.now_ms();
  meet_fate(request.x, medium);
  return &(request.state().media[medium.id] = std::move(medium));
}

}  // namespace

bool is_ready(const Context& x, const Medium& medium) {
  return medium.ready_ms >= 0 && x.now_ms() >= medium.ready_ms && !medium.fails;
}

std::string file_path(const Medium& medium) {
  return fmt::format("/system/media_attachments/files/{}/original/{}.{}", medium.id,
                     medium.digest.substr(0, 16), medium.mime.substr(medium.mime.find('/') + 1));
}

json::object medium_json(const Context& x, const Call& call, const Medium& medium) {
  const auto address = call.link(x.state.host, file_path(medium));
  json::object meta{{"focus", json::object{{"x", medium.focus_x}, {"y", medium.focus_y}}}};
  if (medium.width > 0 && medium.height > 0)
    meta["original"] = json::object{
        {"width", medium.width},
        {"height", medium.height},
        {"size", fmt::format("{}x{}", medium.width, medium.height)},
        {"aspect", static_cast<double>(medium.width) / static_cast<double>(medium.height)}};
  json::object body{{"id", medium.id},        {"type", medium.type},   {"url", nullptr},
                    {"preview_url", nullptr}, {"remote_url", nullptr}, {"meta", std::move(meta)},
                    {"description", nullptr}, {"blurhash", nullptr}};
  if (!medium.description.empty()) body["description"] = medium.description;
  if (!is_ready(x, medium)) return body;
  body["url"] = address;
  if (medium.type != "audio") {
    body["preview_url"] = address;
    body["blurhash"] = "UFBWY:8_0Jxv4mx]t8t64.%M-:IUWGWAt6M}";
  }
  return body;
}

Checked<Answer> upload(Request& request) {
  HERALD_TRY(const auto* medium, take_upload(request));
  const auto& x = request.x;
  if (medium->fails && medium->ready_ms >= 0 && medium->ready_ms <= x.now_ms())
    return Refused(request.words().thumbnail_failed(500));
  return answer_with(medium_json(x, request.call, *medium), is_ready(x, *medium) ? 200 : 202);
}

Checked<Answer> upload_and_wait(Request& request) {
  HERALD_TRY(auto* medium, take_upload(request));
  medium->ready_ms = std::min(medium->ready_ms, request.x.now_ms());
  if (medium->fails || medium->ready_ms < 0) return Refused(request.words().thumbnail_failed(500));
  return answer_with(medium_json(request.x, request.call, *medium));
}

Checked<Answer> show_medium(Request& request) {
  const auto& x = request.x;
  const auto* medium = free_medium(request);
  if (medium == nullptr) return Refused(request.words().no_record());
  const bool over = medium->ready_ms >= 0 && x.now_ms() >= medium->ready_ms;
  const auto words = request.words();
  if (over && medium->fails)
    return Refused(x.choice("failed_media") == "validation"
                       ? words.invalid("File is invalid", "Le fichier n’est pas valide")
                       : words.thumbnail_failed(422));
  return answer_with(medium_json(x, request.call, *medium), over ? 200 : 206);
}

Checked<Answer> change_medium(Request& request) {
  auto* medium = free_medium(request);
  if (medium == nullptr) return Refused(request.words().no_record());
  HERALD_TRY(const auto parameters, Parameters::read(request.x, request.call, kDetails));
  HERALD_CHECK(take_details(request.x, request.words(), parameters, *medium));
  return answer_with(medium_json(request.x, request.call, *medium));
}

Checked<Answer> delete_medium(Request& request) {
  const auto words = request.words();
  if (!release_of(request.x).deletes_media) return Refused(words.error(404, "Not Found"));
  const auto found = request.state().media.find(request.id);
  if (found == request.state().media.end() || found->second.account != request.me->id)
    return Refused(words.no_record());
  if (!found->second.status.empty())
    return Refused(words.error(422, "Media attachment is currently used by a status"));
  request.state().media.erase(found);
  return answer_with(json::object{});
}

}  // namespace herald::sandbox::mastodon
