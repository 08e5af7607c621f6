// Rules of Threads that the data of its spec cannot say.
#include <algorithm>
#include <cstdlib>
#include <set>

#include "domain/check.h"
#include "domain/text.h"
#include "platforms/threads.h"

namespace herald::threads_flows {
namespace {

constexpr std::int64_t kTextMax = 500;
constexpr std::size_t kLinksMax = 5;

bool is_link(std::string_view word) {
  return word.starts_with("https://") || word.starts_with("http://");
}

std::set<std::string> links_in(std::string_view text) {
  std::set<std::string> links;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(" \t\r\n"), text.size());
    if (is_link(text.substr(0, end))) links.emplace(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return links;
}

class Check {
 public:
  explicit Check(const Input& input) : input_(input) {}

  std::vector<Violation> run() {
    words("text", input_.text, "text");
    words("first_comment", text_of(input_.options, "first_comment"), "options.first_comment");
    links();
    topic();
    room();
    return std::move(found_);
  }

 private:
  void add(const std::string& rule, const char* field, std::string message, std::int64_t limit = 0,
           std::int64_t actual = 0, Violation::Severity severity = Violation::Severity::error) {
    found_.push_back({rule, field, std::move(message), limit > 0 ? std::to_string(limit) : "",
                      limit > 0 ? std::to_string(actual) : "",
                      spec().kinds.front().text.source.where, severity});
  }

  void words(const std::string& name, std::string_view text, const char* field) {
    if (length(text, Counting::emoji_bytes).value_or(0) > kTextMax) return;  // Said by the data.
    const auto bytes = static_cast<std::int64_t>(text.size());
    if (bytes <= kTextMax) return;
    add(name + ".bytes", field,
        "Threads may count letters beyond plain ASCII several times and find this text too "
        "long. Shorten it a little to be sure.",
        kTextMax, bytes, Violation::Severity::warning);
  }

  void links() {
    const auto attached = text_of(input_.options, "link_attachment");
    if (!attached.empty() && !is_link(attached)) {
      add("link_attachment", "options.link_attachment",
          "Give the whole address, with https:// at its beginning.");
    }
    auto links = links_in(input_.text);
    if (!attached.empty()) links.insert(attached);
    if (links.size() <= kLinksMax) return;
    add("links", "text", "Use at most 5 different links in a post.", kLinksMax,
        static_cast<std::int64_t>(links.size()));
  }

  void topic() {
    const auto topic = text_of(input_.options, "topic_tag");
    if (topic.find_first_of(".&") == topic.npos) return;
    add("topic_tag", "options.topic_tag", "A topic has neither a full stop nor the sign &.");
  }

  void room() {
    const auto fact = [&](const char* name) -> std::int64_t {
      const auto found = input_.looked_up.facts.find(name);
      return found == input_.looked_up.facts.end()
                 ? -1
                 : std::strtoll(found->second.c_str(), nullptr, 10);
    };
    const auto total = fact("quota_total");
    if (total <= 0 || fact("quota_usage") < total) return;
    add("publish.daily", "account",
        "This profile's daily limit at Threads is reached; the post will wait for room.", total,
        fact("quota_usage"), Violation::Severity::warning);
  }

  const Input& input_;
  std::vector<Violation> found_;
};

}  // namespace

std::vector<Violation> check(const Input& input) { return Check(input).run(); }

}  // namespace herald::threads_flows
