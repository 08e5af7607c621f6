#include "crypto/system_random.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <set>

namespace herald {
namespace {

constexpr std::size_t kNonceBytes = 24;
constexpr int kProcesses = 8;
constexpr int kNoncesEach = 500;

std::string nonce(Random& random) {
  std::string bytes(kNonceBytes, '\0');
  random.fill(bytes.data(), bytes.size());
  return bytes;
}

// A child that shares all of the parent's memory must not share its future.
TEST(SystemRandom, V04_ForkedProcessesDrawDifferentNonces) {
  SystemRandom random;
  std::set<std::string> seen = {nonce(random)};
  for (int child = 0; child < kProcesses; ++child) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    const auto process = ::fork();
    ASSERT_GE(process, 0);
    if (process == 0) {
      for (int i = 0; i < kNoncesEach; ++i) {
        const auto bytes = nonce(random);
        if (::write(ends[1], bytes.data(), bytes.size()) != kNonceBytes) ::_exit(1);
      }
      ::_exit(0);
    }
    ::close(ends[1]);
    std::array<char, kNonceBytes> bytes;
    while (::read(ends[0], bytes.data(), bytes.size()) == kNonceBytes) {
      seen.emplace(bytes.data(), bytes.size());
    }
    ::close(ends[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(process, &status, 0), process);
    ASSERT_EQ(status, 0);
  }
  for (int i = 0; i < kNoncesEach; ++i) seen.insert(nonce(random));
  EXPECT_EQ(seen.size(), 1u + kProcesses * kNoncesEach + kNoncesEach);
}

}  // namespace
}  // namespace herald
