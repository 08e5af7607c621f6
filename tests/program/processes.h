// Starts the built programs as a person would and looks at how they end. Waiting is for events;
// when the patience for one is over, it throws std::runtime_error.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace herald::program {

using Variables = std::map<std::string, std::string>;

class Process {
 public:
  // Its output goes to `<log>.out` and `<log>.err`, from their start; `input` is its standard
  // input. It gets `variables` and nothing of our environment but what sanitizers read.
  Process(const std::string& file, const std::vector<std::string>& words,
          const Variables& variables, std::string log, const std::string& input = {});
  ~Process();  // Kills it if it still runs.
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t pid() const { return pid_; }
  void signal(int number) const;
  bool running();
  // Its exit code, or minus the signal that ended it.
  int wait();
  int end(int number);                               // Sends the signal, then waits.
  bool dumped_core() const { return dumped_core_; }  // Once it has ended.
  std::string out() const;
  std::string err() const;

 private:
  bool reap();

  pid_t pid_ = -1;
  bool ended_ = false;
  bool dumped_core_ = false;
  int code_ = 0;
  std::string log_;
};

// Throws when `patience` is over, and says what was waited for. A lease and a call may have to run
// out first.
void wait_until(const std::string& what, const std::function<bool()>& holds,
                std::chrono::seconds patience = std::chrono::minutes(4));

// A port of 127.0.0.1 that nobody listened on a moment ago.
int free_port();

std::string file_text(const std::string& path);

}  // namespace herald::program
