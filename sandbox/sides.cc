// The list of sides; one line each.
#include "sandbox/google/side.h"
#include "sandbox/linkedin/side.h"
#include "sandbox/mastodon/side.h"
#include "sandbox/meta/side.h"
#include "sandbox/pinterest/side.h"
#include "sandbox/reddit/side.h"
#include "sandbox/side.h"
#include "sandbox/threads/side.h"
#include "sandbox/tiktok/side.h"
#include "sandbox/twitter/side.h"

namespace herald::sandbox {

std::vector<std::unique_ptr<Side>> make_sides(World& world) {
  std::vector<std::unique_ptr<Side>> sides;
  sides.push_back(make_meta_side(world));
  sides.push_back(make_google_side(world));
  sides.push_back(make_twitter_side(world));
  sides.push_back(make_linkedin_side(world));
  sides.push_back(make_tiktok_side(world));
  sides.push_back(make_reddit_side(world));
  sides.push_back(make_threads_side(world));
  sides.push_back(make_mastodon_side(world));
  sides.push_back(make_pinterest_side(world));
  return sides;
}

}  // namespace herald::sandbox
