#include "sandbox/pinterest/upload.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/pinterest/endpoint.h"
#include "sandbox/pinterest/router.h"
#include "sandbox/query.h"
#include "sandbox/video_facts.h"

namespace herald::sandbox::pinterest {

namespace json = boost::json;

namespace {

constexpr std::int64_t kFormMs = 60LL * 60 * 1000;

Answer s3_error(int status, std::string_view code) {
  auto response = text_answer(status, fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                                  "<Error><Code>{}</Code></Error>",
                                                  code));
  response.headers.set("Content-Type", "application/xml");
  return {.response = std::move(response)};
}

// Every field of the form but the file.
std::vector<Field> form_of(const Film& film) {
  const auto at = std::chrono::floor<std::chrono::seconds>(from_ms(film.registered_ms));
  return {{.name = "x-amz-date", .value = fmt::format("{:%Y%m%dT%H%M%SZ}", at)},
          {.name = "x-amz-signature", .value = "5a" + film.key.substr(8, 6)},
          {.name = "x-amz-security-token", .value = "IQoJ" + film.id},
          {.name = "x-amz-algorithm", .value = "AWS4-HMAC-SHA256"},
          {.name = "key", .value = film.key},
          {.name = "policy", .value = "eyJ" + film.id},
          {.name = "x-amz-credential",
           .value = fmt::format("ASIASIM/{:%Y%m%d}/us-east-1/s3/aws4_request", at)},
          {.name = "Content-Type", .value = "multipart/form-data"}};
}

std::string_view status_of(const Context& x, const Film& film) {
  if (film.digest.empty()) return "registered";
  if (x.now_ms() < film.ready_ms) return "processing";
  return film.failed ? "failed" : "succeeded";
}

json::object film_json(const Context& x, const Film& film) {
  return {{"media_id", film.id}, {"media_type", "video"}, {"status", status_of(x, film)}};
}

Film* film_of(State& state, const Call& call) {
  const auto key = std::ranges::find(call.fields, "key", &Field::name);
  if (key == call.fields.end()) return nullptr;
  for (auto& [id, film] : state.films)
    if (film.key == key->value) return &film;
  return nullptr;
}

// The form as it was given out, then the file, and nothing behind it.
bool is_whole(const Film& film, const Call& call) {
  auto wanted = form_of(film);
  if (call.fields.size() != wanted.size() + 1 || call.fields.back().name != "file") return false;
  return std::ranges::all_of(wanted, [&](const Field& field) {
    const auto found = std::ranges::find(call.fields, field.name, &Field::name);
    return found != call.fields.end() && found->value == field.value;
  });
}

}  // namespace

Answer take_upload(Context& x, const Call& call) {
  if (call.method != "POST" || call.content_type != "multipart/form-data")
    return s3_error(403, "AccessDenied");
  if (!call.header("Authorization").empty()) return s3_error(403, "InvalidArgument");
  auto* film = film_of(x.state, call);
  if (film == nullptr || !is_whole(*film, call)) return s3_error(403, "AccessDenied");
  if (x.now_ms() >= film->registered_ms + kFormMs) return s3_error(403, "ExpiredToken");
  const auto bytes = call.part(call.fields.back());
  film->digest = x.world.media.keep(bytes);
  film->ready_ms = x.now_ms() + x.scaled(x.number("media_seconds") * 1000);
  const auto facts = video_facts(bytes);
  film->failed = !facts;
  if (facts) {
    film->duration_ms = facts->duration_ms;
    film->width = facts->width;
    film->height = facts->height;
  }
  if (!x.state.fates.empty()) {
    film->failed = film->failed || x.state.fates.front() == "failed";
    x.state.fates.erase(x.state.fates.begin());
  }
  return {.response = {.status = 204}};
}

Checked<Answer> register_film(Request& request) {
  boost::system::error_code error;
  const auto body = json::parse(request.call.body->view(), error);
  const auto* type =
      error || !body.is_object() ? nullptr : body.as_object().if_contains("media_type");
  if (type == nullptr || *type != "video")
    return Refused(invalid("media_type is not one of ['video']"));
  auto& state = request.state();
  const auto id = state.next_id();
  auto& film = state.films[id];
  film = {.id = id,
          .user = request.me.id,
          .key = "uploads/" + id + ":video",
          .registered_ms = request.x.now_ms()};
  json::object parameters;
  for (const auto& field : form_of(film)) parameters[field.name] = field.value;
  return answer_with(201, {{"media_id", id},
                           {"media_type", "video"},
                           {"upload_url", "https://" + std::string(kUploadHost) + "/"},
                           {"upload_parameters", std::move(parameters)}});
}

Checked<Answer> list_films(Request& request) {
  json::array all;
  for (const auto& [id, film] : request.state().films)
    if (film.user == request.me.id) all.push_back(film_json(request.x, film));
  return page_of_list(request, all);
}

Checked<Answer> show_film(Request& request) {
  const auto found = request.state().films.find(request.id);
  if (found == request.state().films.end() || found->second.user != request.me.id)
    return Refused(refuse(404, 404, "Media upload not found"));
  return answer_with(200, film_json(request.x, found->second));
}

}  // namespace herald::sandbox::pinterest
