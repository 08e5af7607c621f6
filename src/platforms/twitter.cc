// X (Twitter): known by name. It has no kinds and no flows, so nothing can be connected or posted.
#include "ports/platform.h"

namespace herald {

const Platform& twitter() {
  static const PlatformSpec kSpec{
      .id = PlatformId("twitter"),
      .name = "X (Twitter)",
      .sign_in = "X",
      .account_type = "X account",
      .account_word = "account",
      .can_post = {"posts", "threads", "images", "videos"},
      .variables = {"TWITTER_CLIENT_ID", "TWITTER_CLIENT_SECRET", "TWITTER_REDIRECT_URI"},
  };
  static const Platform kPlatform{.spec = &kSpec};
  return kPlatform;
}

}  // namespace herald
