// libsodium asks to be started once before anything else of it.
#pragma once

namespace herald {

// Any number of times, from any thread. Ends the process when the machine has no safe randomness.
void start_sodium();

}  // namespace herald
