// The memory of this process holds keys and tokens: it is written to no disk (V-13).
#pragma once

namespace herald {

// No core file, and no other process of this user may look inside.
void forbid_core_dumps();

}  // namespace herald
