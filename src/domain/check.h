// Does a draft keep the rules that its kind states as data? What data cannot say, a platform's own
// check adds (ports/platform.h).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/capability.h"
#include "domain/media.h"
#include "domain/post.h"

namespace herald {

struct DraftMedium {
  MediaFacts facts;
  std::optional<MediaFacts> jpeg;  // What is sent where a rule is `jpeg_only`.
  std::string alt_text;
};

struct Draft {
  std::string text;
  std::vector<DraftMedium> media;
  Options options;
  std::map<std::string, DraftMedium> option_media;  // By option name.
  // What was looked up (LookedUp::choices); a name that is absent is not known just now.
  std::map<std::string, std::vector<OptionChoice>> live_choices;
};

// All of them, in the order text, media, options. Empty: the draft may be saved.
std::vector<Violation> check_by_spec(const PostKind& kind, const Draft& draft);

// The media half alone. Fields are "media" and "media.0", "media.1", ...
std::vector<Violation> check_media(const MediaSlots& slots, const std::vector<DraftMedium>& media);

// One medium, whose type is the rule's, against that rule.
void check_medium(const MediaRule& rule, const std::string& field, const DraftMedium& medium,
                  std::vector<Violation>& found);

// What a person typed as a target ("/r/Bread "), as it is kept ("bread"). ASCII only changes case.
std::string canonical_target(const TargetSpec& spec, std::string_view typed);
// Does the target have the key that its platform wants? Field "target_key".
std::vector<Violation> check_target(
    const TargetSpec& spec, const std::string& key,
    const std::map<std::string, std::vector<OptionChoice>>& live_choices = {});

// The value of a boolean option, or `otherwise` when it is not set.
bool flag_of(const Options& options, const std::string& name, bool otherwise = false);
// The text of a text, choice or media option; empty when it is not set.
std::string text_of(const Options& options, const std::string& name);
std::vector<std::string> tags_of(const Options& options, const std::string& name);

// "8 MB", "1.5 GB", "700 bytes".
std::string shown_bytes(std::uint64_t bytes);

}  // namespace herald
