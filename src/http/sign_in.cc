#include "http/sign_in.h"

#include <algorithm>
#include <boost/json.hpp>

#include "http/client_address.h"
#include "http/json_body.h"
#include "http/server/cookie.h"
#include "http/server/problem.h"

namespace herald::http {
namespace {

namespace json = boost::json;

constexpr const char* kCookie = "herald_refresh";
constexpr const char* kPath = "/api/auth";
constexpr std::uint64_t kBodyMax = 8 * 1024;
constexpr std::uint64_t kUnreadMax = 1024;  // Clients send "{}" where nothing is asked for.

struct AuthRoute {
  std::string_view method;
  std::string_view path;
  std::uint64_t body_limit_bytes;
  bool open;  // Answers without a caller.
};
constexpr AuthRoute kRoutes[] = {{"POST", "/api/auth/login", kBodyMax, true},
                                 {"POST", "/api/auth/refresh", kUnreadMax, true},
                                 {"POST", "/api/auth/logout", kUnreadMax, true},
                                 {"GET", "/api/auth/me", 0, false}};

json::object identity(const User& user, const Customer& customer) {
  return {{"user",
           {{"id", user.id.value},
            {"email", user.email},
            {"name", user.name},
            {"role", user.role == Role::admin ? "admin" : "member"}}},
          {"customer", {{"id", customer.id.value}, {"name", customer.name}}}};
}

std::string refresh_cookie(const Site& site, const std::string& value,
                           std::chrono::seconds max_age) {
  Cookie cookie;
  cookie.name = kCookie;
  cookie.value = value;
  cookie.path = kPath;
  cookie.max_age = max_age;
  cookie.secure = !site.loopback;
  cookie.same_site = SameSite::strict;
  return set_cookie(cookie).value_or(std::string());
}

// Another spelling of an address is no other address, and no further tries.
std::string spelled_alike(std::string email) {
  std::ranges::transform(email, email.begin(), [](char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  });
  return email;
}

Error too_many(std::chrono::seconds wait) {
  return {ErrorKind::rate_limited, "Too many tries. Wait a little.", {}, wait, {}};
}

}  // namespace

Admission SignIn::admit(const std::optional<Caller>& caller, const Request& head) {
  std::string allowed;
  for (const auto& route : kRoutes) {
    if (route.path != head.path) continue;
    if (route.method == head.method) {
      if (!route.open && !caller) {
        return {problem({ErrorKind::unauthorized, "Sign in to continue.", {}, {}, {}}, head.id), 0,
                nullptr};
      }
      return {{}, route.body_limit_bytes, nullptr};
    }
    allowed = route.method;
  }
  if (allowed.empty()) return {no_such_address(head.id), 0, nullptr};
  return {method_not_allowed(head.id, std::move(allowed)), 0, nullptr};
}

std::vector<std::string> SignIn::names() {
  std::vector<std::string> names;
  for (const auto& route : kRoutes) {
    names.push_back(std::string(route.method) + " " + std::string(route.path));
  }
  return names;
}

Response SignIn::handle(const std::optional<Caller>& caller, const Request& request) {
  if (request.path == "/api/auth/login") return login(request);
  if (request.path == "/api/auth/refresh") return refresh(request);
  if (request.path == "/api/auth/logout") return logout(request);
  return me(caller, request);
}

Response SignIn::login(const Request& request) {
  const auto refuse = [&](const Error& error) {
    const bool media_type = error.code == "unsupported_media_type";
    return media_type ? problem(415, error, request.id) : problem(error, request.id);
  };
  json::object body;
  if (auto read = read_json(request, body); !read) return refuse(read.error());
  Fields fields(body);
  const std::string email = fields.text("email", 254);
  const Secret password(fields.text("password", 1024));
  if (auto sound = fields.done(); !sound) return refuse(sound.error());
  const Time now = services_.clock.now();
  for (const auto wait :
       {by_email_.take(spelled_alike(email), now), by_peer_.take(network_of(request.peer), now)}) {
    if (wait.count() > 0) return refuse(too_many(wait));
  }
  auto who = services_.access.sign_in(email, password);
  if (!who && who.error().kind == ErrorKind::unauthorized) {
    Error error = who.error();
    error.code = "wrong_credentials";
    return refuse(error);
  }
  return who ? signed_in(*who) : refuse(who.error());
}

Response SignIn::signed_in(const SignedIn& who) const {
  json::object body = identity(who.user, who.customer);
  body["access_token"] = who.access_token;
  body["token_type"] = "Bearer";
  body["expires_in"] = std::chrono::floor<std::chrono::seconds>(who.lifetime).count();
  Response response = json_answer(200, body);
  if (who.refresh_token.empty()) return response;
  const auto max_age =
      std::chrono::floor<std::chrono::seconds>(who.refresh_expires_at - services_.clock.now());
  response.headers.add("Set-Cookie", refresh_cookie(services_.site, who.refresh_token, max_age));
  return response;
}

Response SignIn::refresh(const Request& request) {
  const auto token = find_cookie(request.headers, kCookie);
  auto who = services_.access.renew(token.value_or(std::string()));
  if (who) return signed_in(*who);
  Response refusal = problem(who.error(), request.id);
  if (token && who.error().kind == ErrorKind::unauthorized) {
    refusal.headers.add("Set-Cookie", refresh_cookie(services_.site, "", std::chrono::seconds(0)));
  }
  return refusal;
}

Response SignIn::logout(const Request& request) {
  if (const auto token = find_cookie(request.headers, kCookie)) {
    if (auto ended = services_.access.sign_out(*token); !ended) {
      return problem(ended.error(), request.id);
    }
  }
  Response response = empty_answer(204);
  response.headers.add("Set-Cookie", refresh_cookie(services_.site, "", std::chrono::seconds(0)));
  return response;
}

Response SignIn::me(const std::optional<Caller>& caller, const Request& request) {
  auto person = services_.access.person(*caller);
  if (!person) return problem(person.error(), request.id);
  return json_answer(200, identity(person->user, person->customer));
}

}  // namespace herald::http
