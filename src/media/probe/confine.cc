#include "media/probe/confine.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstring>
#include <vector>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HERALD_SHADOW_MEMORY 1  // Terabytes of address space, by design.
#endif
#endif

namespace herald::media {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
#error "Name this machine's audit architecture (linux/audit.h)."
#endif

// Reading what is open, memory, threads, time, and the way out. Everything else gets EPERM.
constexpr long kAllowed[] = {
    SYS_read,
    SYS_pread64,
    SYS_readv,
    SYS_write,
    SYS_writev,
    SYS_lseek,
    SYS_close,
    SYS_dup,
    SYS_fcntl,
    SYS_newfstatat,
    SYS_mmap,
    SYS_munmap,
    SYS_mremap,
    SYS_mprotect,
    SYS_madvise,
    SYS_brk,
    SYS_futex,
    SYS_clone,
    SYS_clone3,
    SYS_set_robust_list,
    SYS_rseq,
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_sigaltstack,
    SYS_tgkill,
    SYS_getpid,
    SYS_gettid,
    SYS_sched_yield,
    SYS_getrandom,
    SYS_clock_gettime,
    SYS_clock_nanosleep,
    SYS_gettimeofday,
    SYS_prlimit64,
    SYS_sched_getaffinity,
    SYS_sysinfo,
    SYS_exit,
    SYS_exit_group,
#ifdef HERALD_SHADOW_MEMORY
    SYS_pipe2,  // UBSan asks through a pipe whether memory is there.
#endif
};

sock_filter statement(std::uint16_t code, std::uint32_t value) {
  return {.code = code, .jt = 0, .jf = 0, .k = value};
}

sock_filter jump_if_equal(std::uint32_t value, std::uint8_t yes, std::uint8_t no) {
  return {.code = BPF_JMP | BPF_JEQ | BPF_K, .jt = yes, .jf = no, .k = value};
}

std::vector<sock_filter> filter() {
  std::vector<sock_filter> program{
      statement(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
      jump_if_equal(kArchitecture, 1, 0),
      statement(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      statement(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
  };
  for (const long call : kAllowed) {
    program.push_back(jump_if_equal(static_cast<std::uint32_t>(call), 0, 1));
    program.push_back(statement(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  }
  program.push_back(statement(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM));
  return program;
}

bool limit(int resource, rlim_t value) {
  const rlimit both{.rlim_cur = value, .rlim_max = value};
  return ::setrlimit(static_cast<__rlimit_resource_t>(resource), &both) == 0;
}

bool time_out(int timer, int seconds) {
  const itimerval once{.it_interval = {}, .it_value = {.tv_sec = seconds, .tv_usec = 0}};
  return ::setitimer(static_cast<__itimer_which_t>(timer), &once, nullptr) == 0;
}

}  // namespace

Result<Done> confine(const Bounds& bounds) {
  bool done = time_out(ITIMER_PROF, bounds.cpu_seconds) &&
              time_out(ITIMER_REAL, bounds.wall_seconds) && limit(RLIMIT_CORE, 0) &&
              limit(RLIMIT_FSIZE, 0);
#ifndef HERALD_SHADOW_MEMORY
  done = done && limit(RLIMIT_AS, bounds.memory_bytes);
#endif
  done = done && ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 &&
         ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
  if (!done) return fail(ErrorKind::internal, "The probe has no bounds.", std::strerror(errno));
  auto program = filter();
  const sock_fprog rules{.len = static_cast<unsigned short>(program.size()),
                         .filter = program.data()};
  if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &rules) != 0 && errno != EINVAL &&
      errno != ENOSYS) {
    return fail(ErrorKind::internal, "The probe has no bounds.", std::strerror(errno));
  }
  return Done{};
}

}  // namespace herald::media
