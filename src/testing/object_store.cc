#include "testing/object_store.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <stdexcept>

#include "testing/http_client.h"

namespace herald::testing {
namespace {

// Up to the end of the line, or of what the process says.
std::string line_from(int pipe) {
  std::string line;
  for (char c = 0; ::read(pipe, &c, 1) == 1 && c != '\n';) line += c;
  return line;
}

std::uint16_t port_in(const std::string& url) {
  std::uint16_t port = 0;
  const auto colon = url.rfind(':');
  std::from_chars(url.data() + colon + 1, url.data() + url.size(), port);
  return port;
}

}  // namespace

ObjectStore::ObjectStore(const std::string& script) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe for the object store");
  pid_ = ::fork();
  if (pid_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    ::execl(script.c_str(), script.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(ends[1]);
  url_ = line_from(ends[0]);
  ::close(ends[0]);
  if (!url_.starts_with("http://127.0.0.1:")) {
    throw std::runtime_error("the object store did not start: " + script + " (needs Node and npm)");
  }
}

ObjectStore::~ObjectStore() {
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void ObjectStore::set_faults(const std::string& json) const {
  HttpClient(port_in(url_)).post("/_faults", json);
}

std::vector<std::string> ObjectStore::asked() const {
  const std::string log = HttpClient(port_in(url_)).get("/_log").body;
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < log.size();) {
    const auto end = log.find('\n', at);
    lines.push_back(log.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

}  // namespace herald::testing
