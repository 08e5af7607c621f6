#include "sandbox/mastodon/refusal.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <functional>
#include <map>

#include "sandbox/page.h"

namespace herald::sandbox::mastodon {

namespace json = boost::json;

std::string Words::text_of(std::string_view text, std::string_view french) const {
  const auto& texts = x_.choice("texts");
  if (texts == "scrambled") return "Zxqv wplk";
  const bool asked = texts == "asked" && call_.header("Accept-Language").starts_with("fr");
  return std::string((asked || texts == "fr") && !french.empty() ? french : text);
}

http::Response Words::error(int status, std::string_view text, std::string_view french) const {
  return json_answer(status, json::serialize(json::object{{"error", text_of(text, french)}}));
}

http::Response Words::invalid(std::string_view text, std::string_view french) const {
  return error(422, fmt::format("Validation failed: {}", text),
               fmt::format("La validation a échoué : {}", french));
}

http::Response Words::oauth(int status, std::string_view code, std::string_view description) const {
  auto response = json_answer(
      status, json::serialize(json::object{
                  {"error", code},
                  {"error_description", text_of(description, "L’autorisation a été refusée.")}}));
  response.headers.set("Cache-Control", "no-store");
  return response;
}

http::Response Words::page(int status, std::string_view why) const {
  return html_answer(status, page_of("Mastodon (sandbox)",
                                     "<main class=\"card\"><h1>An error has occurred</h1><p>" +
                                         html_escaped(why) + "</p></main>"));
}

http::Response Words::invalid_client() const {
  return oauth(401, "invalid_client",
               "Client authentication failed due to unknown client, no client authentication "
               "included, or unsupported authentication method.");
}

http::Response Words::invalid_grant() const {
  return oauth(400, "invalid_grant",
               "The provided authorization grant is invalid, expired, revoked, does not match the "
               "redirection URI used in the authorization request, or was issued to another "
               "client.");
}

http::Response Words::missing(std::string_view parameter) const {
  return oauth(400, "invalid_request", fmt::format("Missing required parameter: {}.", parameter));
}

http::Response Words::not_yours() const {
  return oauth(403, "unauthorized_client", "You are not authorized to revoke this token");
}

http::Response Words::bad_token(std::string_view how) const {
  const auto text = how == "revoked"   ? "The access token was revoked"
                    : how == "expired" ? "The access token expired"
                                       : "The access token is invalid";
  auto response = error(401, text, "Le jeton d’accès n’est pas valide");
  response.headers.set(
      "WWW-Authenticate",
      fmt::format(R"(Bearer realm="Doorkeeper", error="invalid_token", error_description="{}")",
                  text));
  return response;
}

http::Response Words::out_of_scope() const {
  return error(403, "This action is outside the authorized scopes");
}

http::Response Words::no_person(int status) const {
  const bool documented = status == 401 && x_.choice("closed") == "api";
  return error(status, documented ? "This API requires an authenticated user"
                                  : "This method requires an authenticated user");
}

http::Response Words::stopped(std::string_view standing) const {
  if (standing == "unconfirmed")
    return error(403, "Your login is missing a confirmed e-mail address");
  if (standing == "pending") return error(403, "Your login is currently pending approval");
  return error(403, "Your login is currently disabled");
}

http::Response Words::no_record() const { return error(404, "Record not found"); }

http::Response Words::no_parent() const {
  return error(404, "The post you are trying to reply to does not appear to exist.",
               "Le message auquel vous essayez de répondre ne semble pas exister.");
}

http::Response Words::no_quotation() const {
  return error(404, "The post you are trying to quote does not appear to exist.",
               "Le message que vous essayez de citer ne semble pas exister.");
}

http::Response Words::still_processing() const {
  return error(422, "Cannot attach files that have not finished processing. Try again in a moment!",
               "Impossible de joindre les fichiers en cours de traitement. Réessayez dans un "
               "instant !");
}

http::Response Words::thumbnail_failed(int status) const {
  return error(status, "Error processing thumbnail for uploaded media");
}

http::Response Words::media_not_found(const std::string& ids) const {
  return error(422, fmt::format("Media {} not found or already attached to another post", ids),
               fmt::format("Média {} introuvable ou déjà attaché à un autre message", ids));
}

http::Response Words::too_many_files(std::int64_t most) const {
  return error(422, fmt::format("Cannot attach more than {} files", most),
               fmt::format("Impossible de joindre plus de {} fichiers", most));
}

http::Response Words::mixed_files() const {
  return error(422, "Cannot attach a video to a post that already contains images",
               "Impossible de joindre une vidéo à un message contenant déjà des images");
}

http::Response Words::wrong_content() const {
  return invalid("File content type is invalid, File is invalid", "Le fichier n’est pas valide");
}

http::Response Words::too_long(std::int64_t most) const {
  return invalid(fmt::format("Text character limit of {} exceeded", most),
                 fmt::format("Texte limite de caractères de {} dépassée", most));
}

http::Response Words::too_many_requests() const {
  return error(429, "Too many requests", "Trop de requêtes");
}

http::Response Words::try_again() const {
  return error(503, "There was a temporary problem serving your request, please try again");
}

http::Response Words::broken() const {
  if (x_.choice("repeat") == "page") return page(500, "Something went wrong on our end.");
  return error(500, "Internal Server Error");
}

http::Response scripted_refusal(const Context& x, std::string_view name, const Call& call) {
  const Words words(x, call);
  static const std::map<std::string_view, std::function<http::Response(const Words&)>> kAnswers = {
      {"MA-07", [](const Words& w) { return w.invalid_grant(); }},
      {"MA-08", [](const Words& w) { return w.missing("code_verifier"); }},
      {"MA-09", [](const Words& w) { return w.invalid_client(); }},
      {"MA-12", [](const Words& w) { return w.bad_token("revoked"); }},
      {"MA-13", [](const Words& w) { return w.not_yours(); }},
      {"MA-14", [](const Words& w) { return w.bad_token("invalid"); }},
      {"MA-16", [](const Words& w) { return w.out_of_scope(); }},
      {"MA-17", [](const Words& w) { return w.no_person(422); }},
      {"MA-18", [](const Words& w) { return w.stopped("disabled"); }},
      {"MA-24", [](const Words& w) { return w.broken(); }},
      {"MA-25", [](const Words& w) { return w.try_again(); }},
      {"MA-26", [](const Words& w) { return w.no_record(); }},
      {"MA-34", [](const Words& w) { return w.no_parent(); }},
      {"MA-37", [](const Words& w) { return w.still_processing(); }},
      {"MA-38", [](const Words& w) { return w.thumbnail_failed(422); }},
      {"MA-39", [](const Words& w) { return w.wrong_content(); }},
      {"MA-55", [](const Words& w) { return w.too_many_requests(); }},
      {"MA-57", [](const Words& w) { return w.no_quotation(); }},
      {"MA-58", [](const Words& w) { return w.no_person(401); }},
      {"MA-60", [](const Words& w) { return w.page(413, "Request Entity Too Large"); }},
      {"bad-gateway", [](const Words& w) { return w.page(502, "Bad Gateway"); }},
      {"gateway-timeout", [](const Words& w) { return w.page(504, "Gateway Timeout"); }},
      {"upload-error", [](const Words& w) { return w.thumbnail_failed(500); }},
  };
  const auto found = kAnswers.find(name);
  return found == kAnswers.end() ? http::Response{.status = 0} : found->second(words);
}

}  // namespace herald::sandbox::mastodon
