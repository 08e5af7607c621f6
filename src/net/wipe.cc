#include "net/wipe.h"

#include <cstring>

namespace herald {

void wipe(std::string& text) {
  explicit_bzero(text.data(), text.size());
  text.clear();
}

}  // namespace herald
