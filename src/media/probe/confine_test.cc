#include "media/probe/confine.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace herald::media {
namespace {

// Runs `deed` in a confined child and returns how the child ended.
template <class Deed>
int confined(Deed deed, const Bounds& bounds = {}) {
  const pid_t child = ::fork();
  if (child == 0) _exit(confine(bounds) ? deed() : 99);
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

class ConfineTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::prctl(PR_GET_SECCOMP) < 0) GTEST_SKIP() << "this kernel has no seccomp";
  }
};

TEST_F(ConfineTest, M03_NoSocketIsOpened) {
  const int status = confined([] {
    const bool refused = ::socket(AF_INET, SOCK_STREAM, 0) < 0 && errno == EPERM &&
                         ::socket(AF_UNIX, SOCK_STREAM, 0) < 0 && errno == EPERM;
    return refused ? 0 : 1;
  });
  EXPECT_EQ(status, 0);
}

TEST_F(ConfineTest, NoFileIsOpenedAndNoProgramStarted) {
  const int status = confined([] {
    const bool file = ::open("/etc/passwd", O_RDONLY) < 0 && errno == EPERM;
    char* const none[] = {nullptr};
    const bool program = ::execve("/bin/true", none, none) < 0 && errno == EPERM;
    return file && program ? 0 : 1;
  });
  EXPECT_EQ(status, 0);
}

TEST_F(ConfineTest, M02_TimeEnds) {
  const int status = confined(
      [] {
        for (volatile unsigned i = 0;; i = i + 1) {
        }
        return 0;
      },
      {.cpu_seconds = 1});
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGPROF);
}

}  // namespace
}  // namespace herald::media
