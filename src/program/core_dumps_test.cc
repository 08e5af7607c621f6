#include "program/core_dumps.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace herald {
namespace {

[[noreturn]] void forbid_and_look() {
  forbid_core_dumps();
  rlimit limit{1, 1};
  ::getrlimit(RLIMIT_CORE, &limit);
  const bool forbidden =
      limit.rlim_cur == 0 && limit.rlim_max == 0 && ::prctl(PR_GET_DUMPABLE) == 0;
  ::_exit(forbidden ? 0 : 1);
}

// In a process of its own, since there is no way back.
TEST(CoreDumps, V13_are_forbidden_by_limit_and_by_flag) {
  EXPECT_EXIT(forbid_and_look(), ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace herald
