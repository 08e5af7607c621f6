#include "platforms/youtube.h"

namespace herald {

const Platform& youtube() {
  static const Platform kPlatform{.spec = &youtube_flows::spec()};
  return kPlatform;
}

}  // namespace herald
