// What a community demands of posts, checked when the caller asks for it (validate_on_submit).
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "sandbox/reddit/draft.h"
#include "sandbox/reddit/link.h"
#include "sandbox/reddit/posts.h"
#include "sandbox/regex.h"

namespace herald::sandbox::reddit {

namespace {

Objection broken(std::string code, std::string text, std::string field) {
  return Objection(Wrong{.code = "SUBMIT_VALIDATION_" + std::move(code),
                         .text = std::move(text),
                         .field = std::move(field),
                         .requirement = true});
}

bool contains(std::string_view text, std::string_view piece) {
  return lower(text).find(lower(piece)) != std::string::npos;
}

// A community's pattern that is no regular expression holds nobody back.
bool matches(const std::string& text, const std::string& pattern) {
  try {
    const auto wide = to_utf16(text);
    Regex regex(pattern);
    regex.look_at(wide);
    return regex.find_next();
  } catch (const std::logic_error&) {
    return true;
  }
}

struct TextRules {
  const std::vector<std::string>& required;
  const std::vector<std::string>& blacklisted;
  const std::vector<std::string>& regexes;
  std::int64_t min_length = -1;
  std::int64_t max_length = -1;
};

// `field` is "title" or "body".
Fine check_words(const std::string& text, const TextRules& rules, const std::string& field) {
  const auto code = field == "title" ? std::string("TITLE") : std::string("BODY");
  const auto length = static_cast<std::int64_t>(code_points(text));
  if (length < rules.min_length)
    return broken(code + "_MIN_LENGTH",
                  fmt::format("Your {} must be at least {} characters. ", field, rules.min_length),
                  field);
  if (rules.max_length >= 0 && length > rules.max_length)
    return broken(code + "_MAX_LENGTH",
                  fmt::format("Your {} must be at most {} characters. ", field, rules.max_length),
                  field);
  for (const auto& word : rules.blacklisted)
    if (contains(text, word))
      return broken(code + "_BLACKLISTED_STRING",
                    fmt::format("You may not have \"{}\" in your {}. ", word, field), field);
  const bool one =
      std::ranges::any_of(rules.required, [&](const auto& word) { return contains(text, word); });
  if (!rules.required.empty() && !one)
    return broken(code + "_REQUIRED_STRING",
                  fmt::format("Your {} must contain \"{}\". ", field, rules.required.front()),
                  field);
  const bool fits = std::ranges::any_of(
      rules.regexes, [&](const auto& pattern) { return matches(text, pattern); });
  if (!rules.regexes.empty() && !fits)
    return broken(code + "_REGEX", fmt::format("Your {} does not have the form asked for. ", field),
                  field);
  return Done{};
}

Fine check_domain(const Requirements& held, const Post& post) {
  if (post.kind != "link") return Done{};
  const auto domain = domain_of(post.url);
  const auto listed = [&](const std::vector<std::string>& list) {
    return std::ranges::any_of(list,
                               [&](const auto& outer) { return within_domain(domain, outer); });
  };
  if (held.link_restriction_policy == "blacklist" && listed(held.domain_blacklist))
    return broken("LINK_BLACKLIST", "Links to " + domain + " are not allowed. ", "url");
  if (held.link_restriction_policy == "whitelist" && !listed(held.domain_whitelist))
    return broken("LINK_WHITELIST", "Links to " + domain + " are not allowed. ", "url");
  return Done{};
}

Fine check_gallery(const Requirements& held, const Post& post) {
  if (post.kind != "gallery") return Done{};
  const auto count = static_cast<std::int64_t>(post.pictures.size());
  if (count < held.gallery_min_items)
    return broken("GALLERY_MIN_ITEMS",
                  fmt::format("Your gallery must have at least {} items. ", held.gallery_min_items),
                  "gallery");
  if (held.gallery_max_items >= 0 && count > held.gallery_max_items)
    return broken("GALLERY_MAX_ITEMS",
                  fmt::format("Your gallery must have at most {} items. ", held.gallery_max_items),
                  "gallery");
  const auto lacks = [&](const std::string& policy, std::string Picture::* member) {
    return policy == "required" && std::ranges::any_of(post.pictures, [&](const auto& picture) {
             return (picture.*member).empty();
           });
  };
  if (lacks(held.gallery_captions_requirement, &Picture::caption))
    return broken("GALLERY_CAPTION_REQUIRED", "Every picture needs a caption. ", "gallery");
  if (lacks(held.gallery_urls_requirement, &Picture::link))
    return broken("GALLERY_URL_REQUIRED", "Every picture needs a link. ", "gallery");
  return Done{};
}

}  // namespace

Fine check_requirements(const Community& community, const Draft& draft) {
  const auto& held = community.requirements;
  const auto& post = draft.post;
  HERALD_CHECK(check_words(post.title,
                           {.required = held.title_required_strings,
                            .blacklisted = held.title_blacklisted_strings,
                            .regexes = held.title_regexes,
                            .min_length = held.title_text_min_length,
                            .max_length = held.title_text_max_length},
                           "title"));
  if (held.body_restriction_policy == "notAllowed" && !post.text.empty())
    return broken("BODY_NOT_ALLOWED", "Your post may not have a body. ", "body");
  if (held.body_restriction_policy == "required" && post.text.empty())
    return broken("BODY_REQUIRED", "Your post must have a body. ", "body");
  if (post.kind == "self" || !post.text.empty()) {
    HERALD_CHECK(check_words(post.text,
                             {.required = held.body_required_strings,
                              .blacklisted = held.body_blacklisted_strings,
                              .regexes = held.body_regexes,
                              .min_length = held.body_text_min_length,
                              .max_length = held.body_text_max_length},
                             "body"));
  }
  HERALD_CHECK(check_domain(held, post));
  return check_gallery(held, post);
}

}  // namespace herald::sandbox::reddit
