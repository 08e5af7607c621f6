// What a person wrote and where it shall go.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/ids.h"
#include "domain/time.h"

namespace herald {

struct MediaUse {
  MediaId medium;
  std::string alt_text;
};

using OptionValue = std::variant<bool, std::string, std::vector<std::string>>;
using Options = std::map<std::string, OptionValue>;

// One place the post goes to.
struct Target {
  AccountId account;
  std::string kind;  // A PostKind id.
  std::string key;   // Tells targets of one account apart (a subreddit); often empty.
  std::optional<std::string> text;  // Instead of the post's.
  Options options;
};

struct Post {
  PostId id;
  CustomerId customer;
  UserId user;
  std::string text;
  std::vector<MediaUse> media;
  std::vector<Target> targets;
  Time due_at{};
  std::string time_zone;    // IANA; how the person thinks of due_at. May be empty.
  Duration lateness_max{};  // Past due_at + this it is missed, not published.
  int revision = 1;         // Rises with every edit.
  bool cancelled = false;
  Time created_at{};
  Time updated_at{};
};

}  // namespace herald
