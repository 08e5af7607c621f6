// What every endpoint of Mastodon's side works with: one instance, and what its release does.
#pragma once

#include "sandbox/mastodon/state.h"
#include "sandbox/side_context.h"

namespace herald::sandbox::mastodon {

struct Context : SideContext {
  State& state;
};

void declare_switches(Switches& switches);

// What differs from release to release and from server to server, by the switch `profile`.
struct Release {
  std::string_view version;
  int api_version = 0;  // 0: not told.
  std::int64_t characters = 500;
  std::int64_t attachments = 4;
  std::int64_t description = 1500;
  bool modern = true;  // Has PKCE and what tells about it, `profile`, several posts at once.
  bool quotes = true;
  bool locks_keys = false;      // A repeat while the first still runs is told to wait.
  bool breaks_repeats = false;  // A later repeat is answered 500.
  bool heic = true;
  bool deletes_media = true;
};
Release release_of(const Context& x);

// "2026-11-22T10:00:03.123Z"
std::string moment(std::int64_t ms);

}  // namespace herald::sandbox::mastodon
