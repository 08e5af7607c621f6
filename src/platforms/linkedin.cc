// LinkedIn: known by name. It has no kinds and no flows, so nothing can be connected or posted.
#include "ports/platform.h"

namespace herald {

const Platform& linkedin() {
  static const PlatformSpec kSpec{
      .id = PlatformId("linkedin"),
      .name = "LinkedIn",
      .sign_in = "LinkedIn",
      .account_type = "LinkedIn member or organisation page",
      .account_word = "page",
      .can_post = {"posts", "images", "videos"},
      .variables = {"LINKEDIN_CLIENT_ID", "LINKEDIN_CLIENT_SECRET", "LINKEDIN_REDIRECT_URI"},
  };
  static const Platform kPlatform{.spec = &kSpec};
  return kPlatform;
}

}  // namespace herald
