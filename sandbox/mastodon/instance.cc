// What the instance tells about itself, and apps.
#include <boost/json.hpp>

#include "sandbox/encoding.h"
#include "sandbox/mastodon/authorize.h"
#include "sandbox/mastodon/endpoint.h"
#include "sandbox/mastodon/files.h"
#include "sandbox/mastodon/parameters.h"
#include "sandbox/mastodon/text.h"
#include "sandbox/query.h"
#include "sandbox/scopes.h"

namespace herald::sandbox::mastodon {

namespace json = boost::json;

namespace {

json::object media_limits(const Context& x) {
  json::array types;
  for (const auto& type : supported_types(x)) types.emplace_back(type);
  json::object limits{
      {"supported_mime_types", std::move(types)}, {"image_size_limit", kImageMost},
      {"image_matrix_limit", kImagePixels},       {"video_size_limit", kVideoMost},
      {"video_frame_rate_limit", kFramesASecond}, {"video_matrix_limit", kVideoPixels}};
  if (x.choice("description_limit") != "absent" && release_of(x).modern)
    limits["description_limit"] = release_of(x).description;
  return limits;
}

json::object app_json(const App& app) {
  json::array scopes;
  for (const auto& scope : app.scopes) scopes.emplace_back(scope);
  json::array uris;
  for (const auto& uri : app.redirect_uris) uris.emplace_back(uri);
  return {{"name", app.name},
          {"website", nullptr},
          {"scopes", std::move(scopes)},
          {"redirect_uris", std::move(uris)}};
}

}  // namespace

Checked<Answer> show_instance(Request& request) {
  const auto& x = request.x;
  const auto release = release_of(x);
  json::object body{
      {"domain", handle_domain(x)},
      {"title", "Mastodon (sandbox)"},
      {"version", release.version},
      {"source_url", "https://github.com/mastodon/mastodon"},
      {"languages", {"en"}},
      {"configuration",
       json::object{{"statuses", json::object{{"max_characters", release.characters},
                                              {"max_media_attachments", release.attachments},
                                              {"characters_reserved_per_url", 23}}},
                    {"media_attachments", media_limits(x)},
                    {"polls", json::object{{"max_options", 4},
                                           {"max_characters_per_option", 50},
                                           {"min_expiration", 300},
                                           {"max_expiration", 2629746}}}}}};
  if (release.api_version > 0)
    body["api_versions"] = json::object{{"mastodon", release.api_version}};
  return answer_with(body);
}

Checked<Answer> register_app(Request& request) {
  const auto words = request.words();
  HERALD_TRY(const auto parameters,
             Parameters::read(request.x, request.call,
                              "client_name redirect_uris redirect_uris[] scopes website"));
  const auto name = parameters.get("client_name");
  auto uris = parameters.list("redirect_uris[]");
  if (uris.empty()) uris = split(parameters.get("redirect_uris"), '\n');
  if (name.empty())
    return Refused(words.invalid("Application name can't be blank", "Nom doit être rempli(e)"));
  if (uris.empty())
    return Refused(words.invalid("Redirect URI can't be blank", "URI doit être rempli(e)"));
  const auto asked = parameters.get("scopes");
  const auto scopes = sorted_scopes(asked.empty() ? "read" : asked);
  for (const auto& scope : scopes)
    if (scope_meaning(scope).empty())
      return Refused(words.invalid("Scopes doesn't match configured on the server.",
                                   "Scopes ne correspond pas"));
  const App app{.client_id = random_text(43),
                .secret = random_text(43),
                .name = name,
                .scopes = scopes,
                .redirect_uris = uris};
  request.state().apps[app.client_id] = app;
  auto body = app_json(app);
  body["id"] = request.state().next_id();
  body["client_id"] = app.client_id;
  body["client_secret"] = app.secret;
  body["client_secret_expires_at"] = 0;
  return answer_with(body);
}

Checked<Answer> show_app(Request& request) {
  return answer_with(app_json(request.state().apps.at(request.token->app)));
}

}  // namespace herald::sandbox::mastodon
