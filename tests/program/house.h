// A Herald of its own for a test: a folder, settings with fresh secrets, ports, the built programs
// to run on them, and the sandbox in place of the platforms. Calls throw std::runtime_error.
#pragma once

#include <boost/json.hpp>
#include <memory>
#include <string>
#include <vector>

#include "testing/http_client.h"
#include "testing/test_folder.h"
#include "tests/program/processes.h"

namespace herald::program {

inline constexpr const char* kPassword = "correct-horse-battery";
inline constexpr const char* kEmail = "mia@bakery.test";

inline constexpr const char* kEdge = "HERALD_EDGE_PORT";
inline constexpr const char* kGateway = "HERALD_GATEWAY_PORT";
inline constexpr const char* kUploader = "HERALD_UPLOADER_PORT";
inline constexpr const char* kOperations = "HERALD_OPERATIONS_PORT";
inline constexpr const char* kDoors[] = {kEdge, kGateway, kUploader, kOperations};

struct Ended {
  int code = 0;
  std::string out;
  std::string err;
};

class House {
 public:
  House();

  // Runs a subcommand to its end.
  Ended run(const std::vector<std::string>& words, const std::string& input = {});
  // Begins one and returns at once.
  std::unique_ptr<Process> begin(const std::vector<std::string>& words);
  // Starts `herald serve`; returns when it is ready. Throws what it said if it ends instead.
  std::unique_ptr<Process> serve();
  // Starts the sandbox of the platforms and makes it known to this house.
  std::unique_ptr<Process> sandbox();
  Ended add_user(const std::string& email = kEmail, const std::string& customer = "bakery");

  // An answer of a door, on a connection of its own.
  testing::HttpAnswer get(const char* door, const std::string& target,
                          const std::string& token = {}) const;
  testing::HttpAnswer post(const char* door, const std::string& target,
                           const boost::json::value& body, const std::string& token = {}) const;
  bool listens(const char* door) const;
  bool ready() const;
  // A token of the person, by signing in; "" if that is refused.
  std::string sign_in(const std::string& email = kEmail) const;

  // The sandbox's control API: POST /_sandbox/<verb>.
  void control(const std::string& verb, const boost::json::value& body) const;
  // What the audience saw: each post's text.
  std::vector<std::string> seen() const;

  std::uint16_t port(const char* door) const;
  std::uint16_t sandbox_port() const;
  std::string data() const { return variables.at("HERALD_DATA"); }
  std::string url() const { return variables.at("HERALD_PUBLIC_URL"); }
  std::string sandbox_state() const;  // All that the sandbox keeps, tokens too.
  // All that the programs said, on both outputs.
  std::string said() const;

  testing::TestFolder folder;
  Variables variables;

 private:
  std::unique_ptr<Process> start(const std::string& file, const std::vector<std::string>& words,
                                 const std::string& input = {});
  int started_ = 0;
};

}  // namespace herald::program
