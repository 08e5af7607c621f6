#include "program/core_dumps.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace herald {

void forbid_core_dumps() {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  // The limit does not hold for cores that go to a pipe.
  ::prctl(PR_SET_DUMPABLE, 0);
}

}  // namespace herald
