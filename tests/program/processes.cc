#include "tests/program/processes.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace herald::program {
namespace {

constexpr int kLookAgainMs = 5;

void pause() { ::poll(nullptr, 0, kLookAgainMs); }

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> list;
  for (auto& text : texts) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

}  // namespace

Process::Process(const std::string& file, const std::vector<std::string>& words,
                 const Variables& variables, std::string log, const std::string& input)
    : log_(std::move(log)) {
  std::vector<std::string> arguments{file};
  arguments.insert(arguments.end(), words.begin(), words.end());
  std::vector<std::string> entries;
  for (const auto& [name, value] : variables) entries.push_back(name + "=" + value);
  for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "PATH"}) {
    if (const char* value = std::getenv(name)) entries.push_back(name + std::string("=") + value);
  }
  std::ofstream(log_ + ".in", std::ios::binary) << input;

  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  const auto open = [&](int number, const char* end, int how) {
    ::posix_spawn_file_actions_addopen(&files, number, (log_ + end).c_str(), how, 0600);
  };
  open(STDIN_FILENO, ".in", O_RDONLY);
  open(STDOUT_FILENO, ".out", O_WRONLY | O_CREAT | O_TRUNC);
  open(STDERR_FILENO, ".err", O_WRONLY | O_CREAT | O_TRUNC);
  // A shell starts what it puts in the background with these ignored, and that is inherited.
  sigset_t usual;
  ::sigemptyset(&usual);
  for (const int number : {SIGINT, SIGQUIT, SIGTERM, SIGHUP}) ::sigaddset(&usual, number);
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  ::posix_spawnattr_setsigdefault(&attributes, &usual);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  const int error = ::posix_spawn(&pid_, file.c_str(), &files, &attributes,
                                  pointers(arguments).data(), pointers(entries).data());
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&files);
  if (error != 0) throw std::runtime_error("cannot start " + file);
}

Process::~Process() {
  if (!running()) return;
  signal(SIGKILL);
  wait();
}

void Process::signal(int number) const { ::kill(pid_, number); }

bool Process::reap() {
  int status = 0;
  if (ended_ || ::waitpid(pid_, &status, WNOHANG) != pid_) return ended_;
  ended_ = true;
  code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  dumped_core_ = WIFSIGNALED(status) && WCOREDUMP(status);
  return true;
}

bool Process::running() { return !reap(); }

int Process::wait() {
  wait_until("the end of process " + std::to_string(pid_), [this] { return reap(); });
  return code_;
}

int Process::end(int number) {
  signal(number);
  return wait();
}

std::string Process::out() const { return file_text(log_ + ".out"); }
std::string Process::err() const { return file_text(log_ + ".err"); }

void wait_until(const std::string& what, const std::function<bool()>& holds,
                std::chrono::seconds patience) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > until) {
      throw std::runtime_error("waited in vain for " + what);
    }
    pause();
  }
}

int free_port() {
  // Below those that the system gives to outgoing connections, which would take it meanwhile.
  static int next = 20'000 + (::getpid() % 1'000) * 10;
  for (;;) {
    next = next >= 29'990 ? 20'000 : next + 1;
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<in_port_t>(next));
    address.sin_addr.s_addr = htonl(INADDR_ANY);
    const bool free = ::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    if (free) return next;
  }
}

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace herald::program
