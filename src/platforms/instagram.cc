#include "platforms/instagram.h"

namespace herald {

const Platform& instagram() {
  static const Platform kPlatform{.spec = &instagram_flows::spec()};
  return kPlatform;
}

}  // namespace herald
