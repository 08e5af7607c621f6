// Rules of Reddit, and of the one subreddit as it was looked up, that the spec's data cannot say.
#include <algorithm>

#include "domain/check.h"
#include "domain/text.h"
#include "platforms/json_answer.h"
#include "platforms/reddit.h"

namespace herald::reddit_flows {
namespace {

constexpr const char* kSource =
    "https://www.reddit.com/dev/api/#GET_api_v1_{subreddit}_post_requirements";

std::string host_in(const std::string& link) {
  const auto begin = link.find("://");
  if (begin == link.npos) return {};
  const std::string rest = link.substr(begin + 3);
  return lower_case(rest.substr(0, rest.find_first_of("/?#:")));
}

bool is_domain(const std::string& host, const std::string& domain) {
  return host == domain || (host.ends_with("." + domain) && !domain.empty());
}

class Check {
 public:
  explicit Check(const Input& input) : input_(input) {}

  std::vector<Violation> run() {
    name();
    title();
    if (input_.kind == "image") picture();
    if (input_.kind == "link") link();
    place();
    if (!fact("closed").empty()) return std::move(found_);
    takes();
    words("title", "options.title", text_of(input_.options, "title"));
    body();
    flair();
    if (input_.kind == "gallery") {
      gallery();
      captions();
    }
    return std::move(found_);
  }

 private:
  void add(const char* rule, std::string field, std::string message, std::string limit = {},
           std::string actual = {}, Violation::Severity severity = Violation::Severity::error) {
    found_.push_back({rule, std::move(field), std::move(message), std::move(limit),
                      std::move(actual), kSource, severity});
  }

  // Empty when it is not known.
  std::string fact(const std::string& name) const {
    const auto found = input_.looked_up.facts.find(name);
    return found == input_.looked_up.facts.end() ? std::string() : found->second;
  }
  std::vector<std::string> list(const std::string& name) const {
    return JsonAnswer(fact(name)).texts("");
  }

  void name() {
    const auto& key = input_.target_key;
    const auto plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    if (key.find_first_not_of(plain) == key.npos) return;
    add("target.name", "target_key",
        "A subreddit's name has letters, digits and underscores. Give the name alone.");
  }

  void title() {
    const auto title = text_of(input_.options, "title");
    if (title.empty() || !one_line(title).empty()) return;
    add("title.blank", "options.title", "Write a title.");
  }

  // What a GIF may have is in the spec.
  void picture() {
    if (input_.media.empty()) return;
    const MediaFacts& facts = input_.media.front().original;
    const auto most = static_cast<std::uint64_t>(find_limit(spec().limits, "image.bytes")->value);
    if (facts.content_type == "image/gif" || facts.size_bytes <= most) return;
    add("image.bytes", "media.0", "Use a smaller file: at most " + shown_bytes(most) + ".",
        shown_bytes(most), shown_bytes(facts.size_bytes));
  }

  void link() {
    const auto link = one_line(text_of(input_.options, "link"));
    if (link.empty()) return;
    const bool web = link.starts_with("https://") || link.starts_with("http://");
    const std::string host = host_in(link);
    if (!web || host.empty() || link.contains(' ')) {
      return add("link.address", "options.link", "Give the whole link; it begins with https://.");
    }
    const auto policy = fact("link_restriction_policy");
    bool listed = policy != "whitelist";
    for (const auto& domain : list("domain_whitelist")) listed |= is_domain(host, domain);
    if (policy == "blacklist") {
      for (const auto& domain : list("domain_blacklist")) listed &= !is_domain(host, domain);
    }
    if (listed) return;
    add("link.domain", "options.link", "This subreddit does not take links to that site.", {},
        host);
  }

  void place() {
    if (const auto closed = fact("closed"); !closed.empty()) {
      return add("target.closed", "target_key", closed);
    }
    if (fact("user_is_banned") == "yes") {
      add("target.banned", "target_key", "This account is banned from the subreddit.");
    }
    const bool member = fact("user_is_contributor") == "yes";
    if (fact("subreddit_type") == "archived") {
      add("target.archived", "target_key", "This subreddit takes no posts any more.");
    } else if (fact("subreddit_type") == "restricted" && !member) {
      add("target.restricted", "target_key",
          "Only approved accounts may post in this subreddit. Ask its moderators.", {}, {},
          Violation::Severity::warning);
    }
  }

  // Does it take posts of this kind?
  void takes() {
    const auto type = fact("submission_type");
    const bool self = input_.kind == "self";
    if ((self && type == "link") || (!self && type == "self")) {
      add("kind.refused", "kind",
          self ? "This subreddit takes only links." : "This subreddit takes only text.");
    }
    const char* flag = input_.kind == "image"     ? "allow_images"
                       : input_.kind == "gallery" ? "allow_galleries"
                       : input_.kind == "video"   ? "allow_videos"
                                                  : nullptr;
    if (flag == nullptr || fact(flag) != "no") return;
    add("kind.refused", "kind", "This subreddit does not take this kind of post.");
  }

  // Regular expressions are left to Reddit, which checks them before it posts.
  void words(const std::string& part, const std::string& field, const std::string& text) {
    const std::string shown = part == "body" ? "text" : part;
    const auto size = length(one_line(text), Counting::code_points).value_or(0);
    const JsonAnswer numbers("{\"min\":\"" + fact(part + "_text_min_length") + "\",\"max\":\"" +
                             fact(part + "_text_max_length") + "\"}");
    const auto min = numbers.number("/min");
    const auto max = numbers.number("/max");
    if (min && size < *min) {
      add("subreddit.short", field, "This subreddit wants a longer " + shown + ".",
          std::to_string(*min), std::to_string(size));
    }
    if (max && size > *max) {
      add("subreddit.long", field, "This subreddit wants a shorter " + shown + ".",
          std::to_string(*max), std::to_string(size));
    }
    const std::string lower = lower_case(text);
    for (const auto& word : list(part + "_blacklisted_strings")) {
      if (!lower.contains(lower_case(word))) continue;
      add("subreddit.word", field,
          "This subreddit does not want \"" + word + "\" in the " + shown + ".");
    }
    const auto wanted = list(part + "_required_strings");
    bool has_one = wanted.empty();
    for (const auto& word : wanted) has_one |= lower.contains(lower_case(word));
    if (has_one) return;
    add("subreddit.word", field,
        "This subreddit wants one of these in the " + shown + ": " +
            fact(part + "_required_strings"));
  }

  void body() {
    const auto policy = fact("body_restriction_policy");
    const bool empty = one_line(input_.text).empty();
    if (policy == "notAllowed" && !empty) {
      add("subreddit.body", "text", "This subreddit wants posts without a text.");
    }
    if (policy == "required" && empty && input_.kind == "self") {
      add("subreddit.body", "text", "This subreddit wants a text below the title.");
    }
    if (input_.kind == "self" && !empty) words("body", "text", input_.text);
  }

  void flair() {
    const std::string given = text_of(input_.options, "flair");
    const auto offered = input_.looked_up.choices.find(kFlairs);
    if (given.empty()) {
      if (fact("is_flair_required") != "yes") return;
      add("flair.required", "options.flair", "This subreddit wants a flair. Choose one.");
    } else if (offered != input_.looked_up.choices.end() &&
               std::ranges::find(offered->second, given, &OptionChoice::value) ==
                   offered->second.end()) {
      add("flair.offered", "options.flair",
          "This subreddit has no such flair. Choose another one, or none.", {}, given);
    }
  }

  void gallery() {
    const auto count = static_cast<std::int64_t>(input_.media.size());
    const JsonAnswer numbers("{\"min\":\"" + fact("gallery_min_items") + "\",\"max\":\"" +
                             fact("gallery_max_items") + "\"}");
    const auto min = numbers.number("/min").value_or(0);
    const auto max = numbers.number("/max").value_or(count);
    if (count >= min && count <= max) return;
    add("subreddit.gallery", "media",
        "This subreddit takes galleries of another number of pictures.",
        std::to_string(count < min ? min : max), std::to_string(count));
  }

  // A picture's caption is its description.
  void captions() {
    const auto policy = fact("gallery_captions_requirement");
    for (std::size_t i = 0; i < input_.media.size(); ++i) {
      const std::string field = "media." + std::to_string(i) + ".alt_text";
      const bool given = !input_.media[i].alt_text.empty();
      if (policy == "required" && !given) {
        add("subreddit.caption", field,
            "This subreddit wants every picture of a gallery described. Add a description.");
      } else if (policy == "notAllowed" && given) {
        add("subreddit.caption", field,
            "This subreddit wants the pictures of a gallery without descriptions. Take it out.");
      }
    }
    if (fact("gallery_urls_requirement") != "required") return;
    add("subreddit.gallery_link", "media",
        "This subreddit wants a link with every picture of a gallery, and Herald cannot give one. "
        "Post one picture instead.");
  }

  const Input& input_;
  std::vector<Violation> found_;
};

}  // namespace

std::vector<Violation> check(const Input& input) { return Check(input).run(); }

}  // namespace herald::reddit_flows
