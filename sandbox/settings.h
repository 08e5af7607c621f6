// What the operator chose on the command line.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace herald::sandbox {

struct Settings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8099;
  std::string data;  // Folder; empty: nothing is kept.
  // Redirect URIs registered for the demo app, by platform id ("instagram", "youtube", ...).
  std::map<std::string, std::vector<std::string>, std::less<>> redirect_uris;
  // Of every platform; "{platform}" in them stands for its id.
  std::vector<std::string> redirect_uris_of_all;
  std::string deauthorize_url;    // Where Meta tells that a person removed the app.
  std::string deletion_url;       // Where Meta asks to delete a person's data.
  double processing_scale = 1.0;  // Multiplies every simulated processing time.
  std::uint64_t seed = 1;         // Of made-up numbers (likes, views).

  // All that are registered of this platform.
  std::vector<std::string> redirect_uris_of(std::string_view platform) const;
};

}  // namespace herald::sandbox
