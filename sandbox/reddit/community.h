// A community ("subreddit") and what it demands of posts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace herald::sandbox::reddit {

struct Flair {
  std::string id;
  std::string text;
  bool editable = false;
  bool mod_only = false;
};

struct Rule {
  std::string short_name;
  std::string kind;  // "link", "comment" or "all".
  std::string violation_reason;
};

// Under the names of GET /api/v1/{community}/post_requirements; -1 there is null.
struct Requirements {
  std::vector<std::string> title_required_strings;
  std::vector<std::string> title_blacklisted_strings;
  std::vector<std::string> title_regexes;
  std::int64_t title_text_min_length = -1;
  std::int64_t title_text_max_length = -1;
  std::string body_restriction_policy = "none";
  std::vector<std::string> body_required_strings;
  std::vector<std::string> body_blacklisted_strings;
  std::vector<std::string> body_regexes;
  std::int64_t body_text_min_length = -1;
  std::int64_t body_text_max_length = -1;
  std::vector<std::string> domain_blacklist;
  std::vector<std::string> domain_whitelist;
  std::string link_restriction_policy = "none";
  bool is_flair_required = false;
  std::int64_t gallery_min_items = -1;
  std::int64_t gallery_max_items = -1;
  std::string gallery_captions_requirement = "none";
  std::string gallery_urls_requirement = "none";
  std::string guidelines_text;
};

struct Community {
  std::string name;
  std::string title;
  std::string type = "public";          // "public", "restricted", "private", "user" or "banned".
  std::string submission_type = "any";  // "any", "link" or "self".
  bool allow_images = true;
  bool allow_videos = true;
  bool allow_galleries = true;
  bool over18 = false;
  std::int64_t subscribers = 0;
  bool flairs_enabled = false;
  std::vector<Flair> flairs;
  std::vector<Rule> rules;
  Requirements requirements;
  std::vector<std::string> members;       // User ids that have joined.
  std::vector<std::string> contributors;  // Who may post where not everybody may.
  std::vector<std::string> banned;
};

}  // namespace herald::sandbox::reddit
