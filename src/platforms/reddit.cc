// Reddit: known by name. It has no kinds and no flows, so nothing can be connected or posted.
#include "ports/platform.h"

namespace herald {

const Platform& reddit() {
  static const PlatformSpec kSpec{
      .id = PlatformId("reddit"),
      .name = "Reddit",
      .sign_in = "Reddit",
      .account_type = "Reddit account",
      .account_word = "account",
      .can_post = {"text posts", "links", "images"},
      .variables = {"REDDIT_CLIENT_ID", "REDDIT_CLIENT_SECRET", "REDDIT_REDIRECT_URI"},
  };
  static const Platform kPlatform{.spec = &kSpec};
  return kPlatform;
}

}  // namespace herald
