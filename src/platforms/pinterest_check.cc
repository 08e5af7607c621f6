// Rules of Pinterest that the data of its spec cannot say.
#include <cmath>

#include "domain/check.h"
#include "domain/text.h"
#include "platforms/pinterest.h"

namespace herald::pinterest_flows {
namespace {

constexpr std::int64_t kShownMax = 500;

double ratio_of(const MediumInput& medium) {
  const MediaFacts& facts = medium.jpeg ? *medium.jpeg : medium.original;
  return facts.height > 0 ? static_cast<double>(facts.width) / facts.height : 0;
}

class Check {
 public:
  explicit Check(const Input& input) : input_(input) {}

  std::vector<Violation> run() {
    board();
    link();
    description();
    for (const char* option : {"title", "alt_text"}) units(option);
    if (input_.kind == "carousel") shapes();
    return std::move(found_);
  }

 private:
  void add(const char* rule, std::string field, std::string message, std::int64_t limit = 0,
           std::int64_t actual = 0, Violation::Severity severity = Violation::Severity::error) {
    found_.push_back({rule, std::move(field), std::move(message),
                      limit > 0 ? std::to_string(limit) : "",
                      limit > 0 ? std::to_string(actual) : "",
                      spec().kinds.front().text.source.where, severity});
  }

  void board() {
    if (input_.target_key.find_first_not_of("0123456789") == std::string::npos) return;
    add("target.board", "target_key", "Choose the board from the list; its id has digits only.");
  }

  void link() {
    const auto link = text_of(input_.options, "link");
    if (link.empty()) return;
    const bool web = link.starts_with("https://") || link.starts_with("http://");
    const auto host = link.find("://") + 3;
    if (web && link.find_first_of(" \t\r\n") == link.npos && host < link.size() &&
        link[host] != '/') {
      return;
    }
    add("link.address", "options.link", "Give the whole link; it begins with https://.");
  }

  // Its help pages and other tools stop at 500, the interface takes 800.
  void description() {
    const auto size = length(input_.text, Counting::code_points).value_or(0);
    if (size <= kShownMax) return;
    add("text.shown", "text", "Pinterest may show only the first 500 characters of this.",
        kShownMax, size, Violation::Severity::warning);
  }

  // What its limits count is not documented: emoji may be two.
  void units(const std::string& option) {
    const auto text = text_of(input_.options, option);
    const std::int64_t max = option == "title" ? 100 : 500;
    const auto size = length(text, Counting::utf16_units).value_or(0);
    if (size <= max || length(text, Counting::code_points).value_or(0) > max) return;
    add("option.units", "options." + option,
        "Pinterest may count emoji twice and find this too long. Shorten it a little to be sure.",
        max, size, Violation::Severity::warning);
  }

  // What it does with pictures of several shapes is not documented; one other tool refuses them.
  void shapes() {
    constexpr double kTolerance = 0.01;
    for (std::size_t i = 1; i < input_.media.size(); ++i) {
      const double first = ratio_of(input_.media.front());
      const double other = ratio_of(input_.media[i]);
      if (first <= 0 || other <= 0 || std::abs(other / first - 1) <= kTolerance) continue;
      add("carousel.shape", "media." + std::to_string(i),
          "Crop the pictures of a carousel to one shape; this one differs from the first.");
    }
  }

  const Input& input_;
  std::vector<Violation> found_;
};

}  // namespace

std::vector<Violation> check(const Input& input) { return Check(input).run(); }

}  // namespace herald::pinterest_flows
