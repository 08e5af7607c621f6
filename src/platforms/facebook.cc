// Facebook: known by name. It has no kinds and no flows, so nothing can be connected or posted.
#include "ports/platform.h"

namespace herald {

const Platform& facebook() {
  static const PlatformSpec kSpec{
      .id = PlatformId("facebook"),
      .name = "Facebook",
      .sign_in = "Facebook Login",
      .account_type = "Facebook Page",
      .account_word = "page",
      .can_post = {"posts", "photos", "videos", "reels", "stories"},
      .variables = {"FACEBOOK_APP_ID", "FACEBOOK_APP_SECRET", "FACEBOOK_REDIRECT_URI"},
  };
  static const Platform kPlatform{.spec = &kSpec};
  return kPlatform;
}

}  // namespace herald
