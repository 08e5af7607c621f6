#include "tests/program/house.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace herald::program {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using testing::HttpClient;

testing::HttpHeaders bearer(const std::string& token) {
  if (token.empty()) return {};
  return {{"Authorization", "Bearer " + token}};
}

// NAME=value, one a line.
Variables settings_in(const std::string& text) {
  Variables found;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const auto equals = line.find('=');
    if (line.starts_with('#') || equals == line.npos) continue;
    found[line.substr(0, equals)] = line.substr(equals + 1);
  }
  return found;
}

}  // namespace

House::House() {
  const std::string web = folder.path() + "/web";
  fs::create_directories(web);
  std::ofstream(web + "/index.html") << "<!doctype html><title>Herald</title>";
  variables = {{"HERALD_DATA", folder.path() + "/data"},
               {"HERALD_WEB", web},
               {"HERALD_LOG_LEVEL", "info"},
               {"HERALD_USER_REQUESTS_PER_MINUTE", "0"},
               {"HERALD_PEER_REQUESTS_PER_MINUTE", "0"}};
  for (const char* door : kDoors) variables[door] = std::to_string(free_port());
  variables["HERALD_PUBLIC_URL"] = "http://localhost:" + variables[kEdge];
  variables.merge(settings_in(run({"keys", "new-settings"}).out));
}

std::unique_ptr<Process> House::start(const std::string& file,
                                      const std::vector<std::string>& words,
                                      const std::string& input) {
  const std::string log = folder.path() + "/log" + std::to_string(++started_);
  return std::make_unique<Process>(file, words, variables, log, input);
}

Ended House::run(const std::vector<std::string>& words, const std::string& input) {
  const auto process = start(HERALD_PROGRAM, words, input);
  const int code = process->wait();
  return {code, process->out(), process->err()};
}

std::unique_ptr<Process> House::begin(const std::vector<std::string>& words) {
  return start(HERALD_PROGRAM, words);
}

std::unique_ptr<Process> House::serve() {
  auto process = begin({"serve"});
  wait_until("Herald to be ready", [&] {
    if (!process->running()) throw std::runtime_error("Herald ended: " + process->err());
    return ready();
  });
  return process;
}

std::unique_ptr<Process> House::sandbox() {
  std::vector<std::string> words{"--port", "0",      "--processing-scale",
                                 "0.01",   "--data", folder.path() + "/sandbox"};
  for (const char* last : {"", "/login"}) {
    words.push_back("--redirect-uri");
    words.push_back(url() + "/api/social-media/{platform}/oauth/callback" + last);
  }
  auto process = start(HERALD_SANDBOX_PROGRAM, words);
  static constexpr std::string_view kAt = "http://127.0.0.1:";
  wait_until("the sandbox", [&] { return process->out().contains("/_sandbox/"); });
  const std::string said = process->out();
  const auto at = said.find(kAt);
  variables["HERALD_SANDBOX_URL"] = said.substr(at, said.find('/', at + kAt.size()) - at);
  variables.merge(settings_in(file_text(HERALD_SOURCE_DIR "/tools/sandbox_apps.env")));
  return process;
}

Ended House::add_user(const std::string& email, const std::string& customer) {
  return run({"user", "add", "--customer", customer, "--email", email, "--name", "Mia"},
             std::string(kPassword) + "\n");
}

testing::HttpAnswer House::get(const char* door, const std::string& target,
                               const std::string& token) const {
  return HttpClient(port(door)).get(target, bearer(token));
}

testing::HttpAnswer House::post(const char* door, const std::string& target,
                                const json::value& body, const std::string& token) const {
  auto headers = bearer(token);
  headers.emplace_back("Content-Type", "application/json");
  return HttpClient(port(door)).post(target, json::serialize(body), headers);
}

bool House::listens(const char* door) const {
  try {
    const HttpClient client(port(door));
    return true;
  } catch (const std::runtime_error&) {
    return false;
  }
}

bool House::ready() const {
  try {
    return get(kOperations, "/readyz").status == 200;
  } catch (const std::runtime_error&) {
    return false;
  }
}

std::string House::sign_in(const std::string& email) const {
  const auto answer = post(kEdge, "/api/auth/login", {{"email", email}, {"password", kPassword}});
  if (answer.status != 200) return {};
  return std::string(json::parse(answer.body).at("access_token").as_string());
}

void House::control(const std::string& verb, const json::value& body) const {
  const auto answer =
      HttpClient(sandbox_port())
          .post("/_sandbox/" + verb, json::serialize(body), {{"Content-Type", "application/json"}});
  if (answer.status >= 300) throw std::runtime_error("the sandbox refuses: " + answer.body);
}

std::vector<std::string> House::seen() const {
  std::vector<std::string> texts;
  const auto ledger = json::parse(HttpClient(sandbox_port()).get("/_sandbox/ledger").body);
  for (const auto& entry : ledger.at("entries").as_array()) {
    if (entry.at("event") == "post") texts.emplace_back(entry.at("text").as_string());
  }
  return texts;
}

std::uint16_t House::port(const char* door) const {
  return static_cast<std::uint16_t>(std::stoi(variables.at(door)));
}

std::uint16_t House::sandbox_port() const {
  const std::string& at = variables.at("HERALD_SANDBOX_URL");
  return static_cast<std::uint16_t>(std::stoi(at.substr(at.rfind(':') + 1)));
}

std::string House::sandbox_state() const {
  return file_text(folder.path() + "/sandbox/state.json");
}

std::string House::said() const {
  std::string all;
  for (int i = 1; i <= started_; ++i) {
    const std::string log = folder.path() + "/log" + std::to_string(i);
    all += file_text(log + ".out") + file_text(log + ".err");
  }
  return all;
}

}  // namespace herald::program
