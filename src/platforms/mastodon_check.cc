// Rules of Mastodon that the data of its spec cannot say. Where the instance says its own limits
// (Input::looked_up), those hold.
#include <algorithm>
#include <set>

#include "domain/check.h"
#include "domain/text.h"
#include "platforms/mastodon.h"

namespace herald::mastodon_flows {
namespace {

constexpr const char* kPosting = "https://docs.joinmastodon.org/user/posting/";
constexpr const char* kStatuses = "https://docs.joinmastodon.org/methods/statuses/";
constexpr const char* kInstance = "https://docs.joinmastodon.org/entities/Instance/";

constexpr std::int64_t kGifPixelsMax = 921'600;

bool is_blank(const std::string& text) { return folded(text).empty(); }
bool is_gif(const MediumInput& medium) {
  return medium.original.content_type == "image/gif" && medium.original.frames != 1;
}

bool is_listed(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    if (list.substr(0, end) == word) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

class Check {
 public:
  explicit Check(const Input& input) : input_(input) {}

  std::vector<Violation> run() {
    texts();
    warning_text();
    language();
    if (input_.kind == "poll") poll();
    for (std::size_t i = 0; i < input_.media.size(); ++i) medium(i);
    gifs();
    return std::move(found_);
  }

 private:
  using Severity = Violation::Severity;

  void add(const char* rule, std::string field, std::string message, const char* source,
           std::int64_t limit = 0, std::int64_t actual = 0, Severity severity = Severity::error) {
    found_.push_back({rule, std::move(field), std::move(message),
                      limit > 0 ? std::to_string(limit) : "",
                      limit > 0 ? std::to_string(actual) : "", source, severity});
  }

  static std::string field_of(std::size_t part) { return part == 0 ? "text" : "options.thread"; }

  void texts() {
    const auto parts = parts_of(input_);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const bool needed = i > 0 || input_.media.empty();
      if (!parts[i].empty() && is_blank(parts[i]) && needed) {
        add("text.blank", field_of(i), "Write a text.", kStatuses);
      }
    }
    const bool direct = text_of(input_.options, "visibility") == "direct";
    if (direct && input_.text.find('@') == input_.text.npos) {
      add("visibility.direct", "options.visibility",
          "Only who is mentioned would see this, and nobody is.", kStatuses, 0, 0,
          Severity::warning);
    }
  }

  // It stands before each post of the thread, and counts into each.
  void warning_text() {
    const std::string warning = text_of(input_.options, "spoiler_text");
    if (warning.empty()) return;
    const auto max = live_number(input_, "max.text", spec().kinds.front().text.max);
    const auto before = length(warning, Counting::clusters).value_or(0);
    const auto parts = parts_of(input_);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto size = length(parts[i], Counting::clusters).value_or(0);
      if (size <= max && before + size > max) {
        add("spoiler_text.max", field_of(i),
            "Text and content warning are too long together. Shorten one of them.", max,
            before + size);
      }
    }
    if (is_blank(input_.text)) {
      add("spoiler_text.alone", "text",
          "Without a text Mastodon shows the content warning as the text. Write one.", kStatuses);
    }
  }

  void add(const char* rule, std::string field, std::string message, std::int64_t limit,
           std::int64_t actual) {
    add(rule, std::move(field), std::move(message), kInstance, limit, actual);
  }

  // What Mastodon does not know it replaces without a word.
  void language() {
    const std::string code = text_of(input_.options, "language");
    const bool letters = std::ranges::all_of(code, [](char c) { return c >= 'a' && c <= 'z'; });
    if (code.empty() || (letters && code.size() >= 2)) return;
    add("language", "options.language", "Give the language as two or three small letters, like en.",
        kStatuses);
  }

  void poll() {
    const auto answers = tags_of(input_.options, "poll_answers");
    std::set<std::string> seen;
    for (const auto& answer : answers) {
      const bool blank = is_blank(answer) && !answer.empty();
      if (blank) add("poll.blank", "options.poll_answers", "Write every answer.", kStatuses);
      if (!seen.insert(folded(answer)).second) {
        add("poll.twice", "options.poll_answers", "An answer stands there twice. Change one.",
            kStatuses);
      }
    }
    const auto most = live_number(input_, "poll.answers", 4);
    const auto count = static_cast<std::int64_t>(answers.size());
    if (count > most) {
      add("poll.answers", "options.poll_answers",
          "This server takes fewer answers. Leave some out.", most, count);
    }
    const auto chosen = text_of(input_.options, "poll_minutes");
    const auto seconds = 60 * (chosen.empty() ? 1440 : std::strtoll(chosen.c_str(), nullptr, 10));
    const auto shortest = live_number(input_, "poll.shortest", 300);
    const auto longest = live_number(input_, "poll.longest", 2'629'746);
    if (seconds < shortest || seconds > longest) {
      add("poll.length", "options.poll_minutes",
          "This server does not take polls of this length. Choose another.",
          seconds < shortest ? shortest : longest, seconds);
    }
  }

  void medium(std::size_t index) {
    const MediaFacts& facts = input_.media[index].original;
    const std::string field = "media." + std::to_string(index);
    const bool video = facts.type == MediaType::video;
    const std::string type = video ? "video" : "image";
    const auto bytes = live_number(input_, type + ".bytes", 0);
    if (bytes > 0 && static_cast<std::int64_t>(facts.size_bytes) > bytes) {
      add("media.bytes", field, "This server takes no file of this size. Make it smaller.", bytes,
          static_cast<std::int64_t>(facts.size_bytes));
    }
    const auto formats = input_.looked_up.facts.find("formats");
    const bool known = formats != input_.looked_up.facts.end() && !facts.content_type.empty();
    if (known && !is_listed(formats->second, facts.content_type)) {
      add("media.format", field, "This server does not take this kind of file. Convert it.",
          kInstance);
    }
    const std::int64_t pixels = std::int64_t{facts.width} * facts.height;
    const bool gif = facts.content_type == "image/gif";
    const auto most =
        gif ? kGifPixelsMax : live_number(input_, type + ".pixels", video ? 8'294'400 : 33'177'600);
    if (pixels > most) {
      add("media.pixels", field, "Scale it down: it has too many pixels.", most, pixels);
    }
    const auto rate = live_number(input_, "video.frame_rate", 120);
    if (facts.frames_per_second > static_cast<double>(rate) + 0.5) {
      add("video.frame_rate", field, "Export the video with fewer pictures a second.", rate,
          static_cast<std::int64_t>(facts.frames_per_second));
    }
  }

  void gifs() {
    if (input_.media.size() < 2 || std::ranges::none_of(input_.media, is_gif)) return;
    add("gif.alone", "media", "A GIF that moves goes alone. Post it by itself.", kPosting);
  }

  const Input& input_;
  std::vector<Violation> found_;
};

}  // namespace

std::vector<Violation> check(const Input& input) { return Check(input).run(); }

}  // namespace herald::mastodon_flows
