#include "sandbox/google/identity.h"

#include <boost/json.hpp>

#include "sandbox/google/fault.h"

namespace herald::sandbox::google {

namespace json = boost::json;

namespace {

constexpr std::string_view kIssuer = "https://accounts.google.com";

std::string bearer(const Call& call) {
  const auto header = call.header("Authorization");
  return header.starts_with("Bearer ") ? header.substr(7) : std::string();
}

std::string picture_of(const Identity& identity) {
  return "https://lh3.googleusercontent.com/a/" + identity.sub;
}

bool may_see_email(const Token& token) { return has_scope(token.scopes, full_scope("email")); }
bool may_see_profile(const Token& token) { return has_scope(token.scopes, full_scope("profile")); }

http::Response invalid_token() {
  return json_answer(400, R"({"error":"invalid_token","error_description":"Invalid Value"})");
}

// The names of the first version, and numbers where the later ones have text.
json::object first_token_info(const Context& google, const Token& token, const Identity& identity) {
  json::object info{{"issued_to", token.app},
                    {"audience", token.app},
                    {"user_id", identity.sub},
                    {"scope", joined(token.scopes)},
                    {"expires_in", (token.expires_ms - google.now_ms()) / 1000},
                    {"access_type", token.offline ? "offline" : "online"}};
  if (may_see_email(token)) {
    info["email"] = identity.email;
    info["verified_email"] = true;
  }
  return info;
}

json::object token_info(const Context& google, const Token& token, const Identity& identity) {
  json::object info{{"azp", token.app},
                    {"aud", token.app},
                    {"sub", identity.sub},
                    {"scope", joined(token.scopes)},
                    {"exp", std::to_string(token.expires_ms / 1000)},
                    {"expires_in", std::to_string((token.expires_ms - google.now_ms()) / 1000)},
                    {"access_type", token.offline ? "offline" : "online"}};
  if (may_see_email(token)) {
    info["email"] = identity.email;
    info["email_verified"] = "true";
  }
  return info;
}

// Every claim as text, as the real endpoint has them.
http::Response id_token_info(Context& google, std::string_view text) {
  const auto second = text.find('.');
  const auto third = text.rfind('.');
  if (second == text.npos || third <= second) return invalid_token();
  const auto payload = base64_decoded(text.substr(second + 1, third - second - 1));
  boost::system::error_code error;
  const auto claims = json::parse(payload, error);
  if (error || !claims.is_object() || google.key.signed_token(payload) != text)
    return invalid_token();
  if (claims.at("exp").as_int64() <= google.now_ms() / 1000) return invalid_token();
  json::object info{{"alg", "RS256"}, {"kid", google.key.key_id()}, {"typ", "JWT"}};
  for (const auto& [name, value] : claims.get_object())
    info[name] =
        value.is_string() ? json::string(value.get_string()) : json::string(json::serialize(value));
  return json_answer(200, json::serialize(info));
}

}  // namespace

std::string id_claims(const Context& google, const Token& token, const std::string& access_token,
                      const std::string& nonce) {
  const auto* identity = google.directory.identity(token.channel);
  const auto now = google.now_ms() / 1000;
  json::object claims{{"iss", kIssuer},   {"azp", token.app},
                      {"aud", token.app}, {"sub", identity->sub},
                      {"iat", now},       {"exp", now + kAccessLifeSeconds}};
  // OpenID Connect Core, section 3.1.3.6: the left half of the hash.
  claims["at_hash"] = base64url(base64_decoded(sha256_base64url(access_token)).substr(0, 16));
  if (!nonce.empty()) claims["nonce"] = nonce;
  if (may_see_email(token)) {
    claims["email"] = identity->email;
    claims["email_verified"] = true;
  }
  if (may_see_profile(token)) {
    claims["name"] = identity->name;
    claims["given_name"] = identity->given_name;
    claims["picture"] = picture_of(*identity);
  }
  return json::serialize(claims);
}

Answer token_info(Context& google, const Call& call) {
  if (const auto* id_token = call.find("id_token"))
    return {.response = id_token_info(google, *id_token)};
  const auto* token = live_access(google, call.get("access_token", bearer(call)));
  if (token == nullptr) return {.response = invalid_token()};
  const auto* identity = google.directory.identity(token->channel);
  const bool first = call.path.starts_with("/oauth2/v1/") || call.path.starts_with("/oauth2/v2/");
  return {.response =
              json_answer(200, json::serialize(first ? first_token_info(google, *token, *identity)
                                                     : token_info(google, *token, *identity)))};
}

Answer user_info(Context& google, const Call& call) {
  const auto sent = call.get("access_token", bearer(call));
  if (sent.empty()) return {.response = to_response(login_required())};
  const auto* token = live_access(google, sent);
  const bool signed_in = token != nullptr && (has_scope(token->scopes, "openid") ||
                                              may_see_email(*token) || may_see_profile(*token));
  if (!signed_in) return {.response = to_response(invalid_credentials())};
  const auto* identity = google.directory.identity(token->channel);
  const bool early = call.path.starts_with("/oauth2/v1/") || call.path.starts_with("/oauth2/v2/");
  json::object info{{early ? "id" : "sub", identity->sub}};
  if (may_see_email(*token)) {
    info["email"] = identity->email;
    info[early ? "verified_email" : "email_verified"] = true;
  }
  if (may_see_profile(*token)) {
    info["name"] = identity->name;
    info["given_name"] = identity->given_name;
    if (!identity->family_name.empty()) info["family_name"] = identity->family_name;
  }
  info["picture"] = picture_of(*identity);
  return {.response = json_answer(200, json::serialize(info))};
}

Answer signing_keys(Context& google, const Call& call) {
  if (call.path == "/oauth2/v1/certs")
    return {.response = json_answer(200, json::serialize(json::object{
                                             {google.key.key_id(), google.key.public_pem()}}))};
  const json::object key{
      {"kid", google.key.key_id()}, {"kty", "RSA"}, {"alg", "RS256"}, {"use", "sig"}, {"e", "AQAB"},
      {"n", google.key.modulus()}};
  return {.response = json_answer(200, json::serialize(json::object{{"keys", json::array{key}}}))};
}

Answer openid_configuration(Context&, const Call& call) {
  const json::object document{
      {"issuer", kIssuer},
      {"authorization_endpoint", call.link("accounts.google.com", "/o/oauth2/v2/auth")},
      {"token_endpoint", call.link("oauth2.googleapis.com", "/token")},
      {"userinfo_endpoint", call.link("openidconnect.googleapis.com", "/v1/userinfo")},
      {"revocation_endpoint", call.link("oauth2.googleapis.com", "/revoke")},
      {"jwks_uri", call.link("www.googleapis.com", "/oauth2/v3/certs")},
      {"response_types_supported", json::array{"code"}},
      {"subject_types_supported", json::array{"public"}},
      {"id_token_signing_alg_values_supported", json::array{"RS256"}},
      {"scopes_supported", json::array{"openid", "email", "profile"}},
      {"token_endpoint_auth_methods_supported",
       json::array{"client_secret_post", "client_secret_basic"}},
      {"code_challenge_methods_supported", json::array{"plain", "S256"}},
      {"grant_types_supported", json::array{"authorization_code", "refresh_token"}}};
  return {.response = json_answer(200, json::serialize(document))};
}

}  // namespace herald::sandbox::google
