#include "program/password_input.h"

#include <termios.h>
#include <unistd.h>

#include <cstring>
#include <iostream>
#include <string>

namespace herald {
namespace {

// What is typed is not shown as long as this lives.
class Unseen {
 public:
  Unseen() : asked_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!asked_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    (void)!::write(STDERR_FILENO, "Password: ", 10);
  }
  ~Unseen() {
    if (!asked_) return;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    (void)!::write(STDERR_FILENO, "\n", 1);
  }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;

 private:
  termios before_{};
  const bool asked_;
};

}  // namespace

Secret read_password() {
  const Unseen unseen;
  std::string line;
  std::getline(std::cin, line);
  Secret password(line);
  ::explicit_bzero(line.data(), line.size());
  return password;
}

}  // namespace herald
