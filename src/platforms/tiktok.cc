// TikTok: known by name. It has no kinds and no flows, so nothing can be connected or posted.
#include "ports/platform.h"

namespace herald {

const Platform& tiktok() {
  static const PlatformSpec kSpec{
      .id = PlatformId("tiktok"),
      .name = "TikTok",
      .sign_in = "TikTok",
      .account_type = "TikTok account",
      .account_word = "account",
      .can_post = {"videos", "photos"},
      .variables = {"TIKTOK_CLIENT_KEY", "TIKTOK_CLIENT_SECRET", "TIKTOK_REDIRECT_URI"},
  };
  static const Platform kPlatform{.spec = &kSpec};
  return kPlatform;
}

}  // namespace herald
