// Rules of LinkedIn that the data of its spec cannot say.
#include "domain/check.h"
#include "domain/text.h"
#include "platforms/linkedin.h"

namespace herald::linkedin_flows {
namespace {

constexpr const char* kSource =
    "https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api";

std::int64_t limit_of(std::string_view id) { return find_limit(spec().limits, id)->value; }

bool is_blank(const std::string& text) {
  return !text.empty() && text.find_first_not_of(" \t\r\n") == text.npos;
}

class Check {
 public:
  explicit Check(const Input& input) : input_(input) {}

  std::vector<Violation> run() {
    text();
    visibility();
    link();
    reshare();
    for (std::size_t i = 0; i < input_.media.size(); ++i) {
      file(input_.media[i].original, "media." + std::to_string(i));
    }
    thumbnail();
    page();
    return std::move(found_);
  }

 private:
  using Severity = Violation::Severity;

  void add(const char* rule, std::string field, std::string message, std::string limit = {},
           std::string actual = {}, Severity severity = Severity::error) {
    found_.push_back({rule, std::move(field), std::move(message), std::move(limit),
                      std::move(actual), kSource, severity});
  }

  // Which unit is counted, and whether before or after escaping, LinkedIn does not say.
  void text() {
    const auto points = length(input_.text, Counting::code_points).value_or(0);
    const auto most = length(little_text(input_.text), Counting::utf16_units).value_or(0);
    const auto max = spec().kinds.front().text.max;
    if (points > max || most <= max) return;
    add("text.counted", "text",
        "LinkedIn may count emoji and brackets twice and find this too long. Shorten it a little.",
        std::to_string(max), std::to_string(most), Severity::warning);
  }

  void visibility() {
    if (!is_page(input_) || text_of(input_.options, "visibility") != "CONNECTIONS") return;
    add("visibility.page", "options.visibility",
        "A page has no connections. Choose who else can see it.");
  }

  void link() {
    if (input_.kind != "article") return;
    const auto link = text_of(input_.options, "link");
    const bool web = link.starts_with("https://") || link.starts_with("http://");
    const bool whole = link.find_first_of(" \t\r\n") == link.npos && link.size() > 10;
    if (!link.empty() && !(web && whole)) {
      add("link.address", "options.link", "Give the whole link; it begins with https://.");
    }
    if (is_blank(text_of(input_.options, "title"))) {
      add("title.blank", "options.title", "Write what the link is about.");
    }
  }

  void reshare() {
    if (input_.kind != "reshare") return;
    const auto post = text_of(input_.options, "post");
    if (post.empty() || !post_urn_in(percent_decoded(post)).empty()) return;
    add("post.urn", "options.post",
        "Give a link or URN with \"urn:li:share:\" or \"urn:li:ugcPost:\" in it. A link with "
        "\"activity\" does not name the post well enough to repost it.");
  }

  void file(const MediaFacts& facts, const std::string& field) {
    const auto pixels = static_cast<std::int64_t>(facts.width) * facts.height;
    if (facts.type != MediaType::image) return;
    if (const auto limit = limit_of("image.pixels"); pixels >= limit) {  // Fewer than these.
      add("image.pixels", field, "Use an image of fewer than 36 megapixels.", std::to_string(limit),
          std::to_string(pixels));
    }
    if (const auto limit = limit_of("image.frames"); facts.frames > limit) {
      add("image.frames", field, "Use a GIF of at most " + std::to_string(limit) + " frames.",
          std::to_string(limit), std::to_string(facts.frames));
    }
  }

  void thumbnail() {
    const auto found = input_.option_media.find("thumbnail");
    if (found == input_.option_media.end()) return;
    file(found->second.original, "options.thumbnail");
  }

  void page() {
    if (!is_page(input_)) return;
    if (!may(input_, "w_organization_social")) {
      return add("scope.page", "text",
                 "Posting as a page was not allowed when it was connected. Reconnect it.");
    }
    const auto role = input_.looked_up.facts.find("role");
    if (role == input_.looked_up.facts.end() || role->second != "none") return;
    add("page.role", "text",
        "You have no role on this page any more that may post. Ask one of its admins.");
  }

  const Input& input_;
  std::vector<Violation> found_;
};

}  // namespace

std::vector<Violation> check(const Input& input) { return Check(input).run(); }

}  // namespace herald::linkedin_flows
