#include "tests/program/person.h"

#include <ctime>
#include <stdexcept>

#include "program/system_clock.h"

namespace herald::program {
namespace {

namespace json = boost::json;
using testing::HttpAnswer;
using testing::HttpClient;
using testing::HttpHeaders;

constexpr const char* kApi = "/api/social-media/";
// Killed between its fence and the call, a post is in doubt until nothing can be on its way: where
// a lease and a call take their longest, 90 s, and two minutes more on some platforms.
constexpr std::chrono::minutes kPostPatience{5};

[[noreturn]] void refused(const std::string& what, const HttpAnswer& answer) {
  throw std::runtime_error(what + ": " + std::to_string(answer.status) + " " + answer.body);
}

// "/path?query" of an address.
std::string target_of(const std::string& url) {
  const auto path = url.find('/', url.find("://") + 3);
  return url.substr(path, url.find('#') - path);
}

// As it stands in a query, still escaped; "" if it is not there.
std::string parameter(const std::string& url, const std::string& name) {
  for (const char before : {'?', '&'}) {
    const auto at = url.find(before + name + "=");
    if (at == url.npos) continue;
    const auto begin = at + name.size() + 2;
    return url.substr(begin, url.find_first_of("&#", begin) - begin);
  }
  return {};
}

// What pressing the button on the consent page sends, and where.
HttpAnswer press_allow(std::uint16_t port, const std::string& auth_url) {
  std::string target = target_of(auth_url);
  std::string form = "decision=allow";
  if (target.starts_with("/accounts.google.com/")) {
    const auto query = target.find('?');
    form = target.substr(query + 1) + "&decision=continue&account=UCexampleChannel0000001";
    const std::string scopes = parameter(target, "scope");
    for (std::size_t at = 0; at < scopes.size();) {
      const auto end = std::min(scopes.find('+', at), scopes.find("%20", at));
      form += "&granted=" + scopes.substr(at, std::min(end, scopes.size()) - at);
      at = end == scopes.npos ? scopes.size() : end + (scopes[end] == '+' ? 1 : 3);
    }
    target = target.substr(0, target.rfind('/', query) + 1) + "consent";
  }
  return HttpClient(port).post(target, form,
                               {{"Content-Type", "application/x-www-form-urlencoded"}});
}

}  // namespace

Person::Person(const House& house, std::string email) : house_(house) {
  const json::value body{{"email", email}, {"password", kPassword}};
  const auto answer = house.post(kEdge, "/api/auth/login", body);
  if (answer.status != 200) refused("signing in", answer);
  token_ = json::parse(answer.body).at("access_token").as_string();
  secrets_.insert(token_);
  keep(answer);
}

void Person::keep(const HttpAnswer& answer) {
  for (const auto& [name, value] : answer.headers) {
    if (name != "Set-Cookie" && name != "set-cookie") continue;
    const auto equals = value.find('=');
    const auto end = std::min(value.find(';'), value.size());
    const std::string text = value.substr(equals + 1, end - equals - 1);
    cookies_[value.substr(0, equals)] = text;
    if (text.size() >= 16) secrets_.insert(text);
  }
}

HttpAnswer Person::send(const std::string& method, const std::string& target,
                        const std::string& body, HttpHeaders headers) {
  headers.emplace_back("Authorization", "Bearer " + token_);
  std::string jar;
  for (const auto& [name, value] : cookies_) jar += (jar.empty() ? "" : "; ") + name + "=" + value;
  if (!jar.empty()) headers.emplace_back("Cookie", jar);
  auto answer = HttpClient(house_.port(kEdge)).request(method, target, body, headers);
  keep(answer);
  if (!target.ends_with("/oauth/initiate")) {
    for (const auto& [name, value] : answer.headers) heard_ += name + ": " + value + "\n";
    heard_ += answer.body + "\n";
  }
  return answer;
}

json::value Person::ask(const std::string& method, const std::string& route,
                        const json::value& body) {
  const bool speaks = !body.is_null();
  const auto answer =
      send(method, kApi + route, speaks ? json::serialize(body) : "",
           speaks ? HttpHeaders{{"Content-Type", "application/json"}} : HttpHeaders{});
  if (answer.status / 100 != 2) refused(method + " " + route, answer);
  return answer.body.empty() ? json::value() : json::parse(answer.body);
}

std::string Person::consent(const std::string& platform) {
  const auto begun = ask("GET", platform + "/oauth/initiate");
  const std::string auth_url(begun.at("auth_url").as_string());
  const auto allowed = press_allow(house_.sandbox_port(), auth_url);
  const std::string back = allowed.header("location");
  if (allowed.status != 302) refused("consent", allowed);
  secrets_.insert(parameter(auth_url, "state"));
  secrets_.insert(parameter(back, "code"));
  const auto returned = send("GET", target_of(back));
  if (returned.status != 303) refused("the callback", returned);
  return std::string(begun.at("flow_id").as_string());
}

json::value Person::finish(const std::string& platform, const std::string& flow_id) {
  auto flow = ask("POST", platform + "/oauth/finish", {{"flow_id", flow_id}});
  if (flow.at("status") != "choose") return flow;
  json::array picked;
  for (const auto& choice : flow.at("choices").as_array()) {
    if (picked.empty() && choice.at("usable").as_bool()) picked.push_back(choice.at("id"));
  }
  return ask("POST", platform + "/oauth/finish", {{"flow_id", flow_id}, {"choices", picked}});
}

std::string Person::connect(const std::string& platform) {
  const auto flow = finish(platform, consent(platform));
  if (flow.at("status") != "connected") throw std::runtime_error(json::serialize(flow));
  return std::string(flow.at("accounts").at(0).at("id").as_string());
}

std::string Person::upload(const std::string& file, const std::string& metadata) {
  const std::string bytes = file_text(HERALD_SOURCE_DIR + ("/samples/" + file));
  const auto answer = send("POST", "/api/social-media/media", bytes,
                           {{"Tus-Resumable", "1.0.0"},
                            {"Upload-Length", std::to_string(bytes.size())},
                            {"Upload-Metadata", metadata},
                            {"Content-Type", "application/offset+octet-stream"}});
  if (answer.status != 201) refused("uploading", answer);
  const std::string location = answer.header("location");
  std::string id = location.substr(location.rfind('/') + 1);
  wait_for_medium(id);
  return id;
}

// filename and filetype, each in base64.
std::string Person::upload_photo() {
  return upload("photo.jpg", "filename cGhvdG8uanBn,filetype aW1hZ2UvanBlZw==");
}
std::string Person::upload_video() {
  return upload("video.mp4", "filename dmlkZW8ubXA0,filetype dmlkZW8vbXA0");
}

void Person::wait_for_medium(const std::string& id) {
  wait_until("the medium", [&] {
    const auto medium = ask("GET", "media/" + id);
    if (medium.at("status") == "rejected") throw std::runtime_error(json::serialize(medium));
    return medium.at("status") == "ready";
  });
}

HttpAnswer Person::create(const json::value& draft, const std::string& key) {
  HttpHeaders headers{{"Content-Type", "application/json"}};
  if (!key.empty()) headers.emplace_back("Idempotency-Key", key);
  return send("POST", "/api/social-media/posts", json::serialize(draft), std::move(headers));
}

json::value Person::read(const std::string& post_id) { return ask("GET", "posts/" + post_id); }

json::value Person::wait_for_post(const std::string& post_id, const std::string& state) {
  static const std::set<std::string> kEnds{"published", "failed", "missed", "cancelled"};
  json::value post;
  try {
    const auto there = [&] {
      post = read(post_id);
      const auto now = state_of(post);
      return state.empty() ? kEnds.contains(now) : now == state;
    };
    wait_until(state.empty() ? "the post's end" : "a post " + state, there, kPostPatience);
  } catch (const std::runtime_error& vain) {
    throw std::runtime_error(std::string(vain.what()) + ": " + json::serialize(post));
  }
  return post;
}

namespace {

json::value draft(const std::string& account, const std::string& medium, const std::string& text,
                  const char* kind, json::value options) {
  return {
      {"text", text},
      {"media", json::array{{{"media_id", medium}}}},
      {"targets",
       json::array{{{"account_id", account}, {"kind", kind}, {"options", std::move(options)}}}}};
}

}  // namespace

json::value photo_draft(const std::string& account, const std::string& medium,
                        const std::string& text) {
  return draft(account, medium, text, "image", json::object());
}

json::value video_draft(const std::string& account, const std::string& medium,
                        const std::string& text) {
  return draft(account, medium, text, "short",
               {{"title", "Bread"}, {"made_for_kids", false}, {"privacy", "public"}});
}

std::string due_in(std::chrono::seconds time) {
  // The programs run by the real clock, and so does what is due.
  const std::time_t at = std::chrono::system_clock::to_time_t(SystemClock().now() + time);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&at));
  return text;
}

std::string id_of(const HttpAnswer& created) {
  if (created.status != 201) refused("a post", created);
  return std::string(json::parse(created.body).at("id").as_string());
}

std::string state_of(const json::value& post) {
  return std::string(post.at("deliveries").at(0).at("state").as_string());
}

}  // namespace herald::program
