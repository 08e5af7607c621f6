#include "platforms/steps.h"

#include <algorithm>
#include <charconv>

namespace herald {

using namespace std::chrono_literals;

std::array<FlowSteps, kFlows> flows_of(std::initializer_list<std::pair<Flow, FlowSteps>> flows) {
  std::array<FlowSteps, kFlows> all{};
  for (const auto& [flow, steps] : flows) all[static_cast<std::size_t>(flow)] = steps;
  return all;
}

Absorbed accepted(const Notes& notes, std::optional<Meter> meter) {
  return {Verdict::accepted, notes.progress(), {}, std::move(meter)};
}

Absorbed not_yet(const Notes& notes, std::optional<Meter> meter) {
  return {Verdict::not_yet, notes.progress(), {}, std::move(meter)};
}

Absorbed refused(const Notes& notes, Error error) {
  return {Verdict::refused, notes.progress(), std::move(error), {}};
}

Absorbed in_doubt(const Notes& notes, Error error) {
  return {Verdict::unknown, notes.progress(), std::move(error), {}};
}

Step rest(Duration delay, const Notes& after, std::optional<Meter> meter) {
  return Wait{delay, after.progress(), std::move(meter)};
}

Step finished(Outcome outcome) { return Finished{std::move(outcome)}; }

Error nonsense(const Answer& answer, std::string_view platform) {
  return {ErrorKind::unavailable,
          std::string(platform) + " had a temporary problem. We are trying again.",
          "unreadable answer, status " + std::to_string(answer.status), retry_after(answer),
          "platform_unavailable"};
}

std::optional<std::chrono::seconds> retry_after(const Answer& answer) {
  const std::string* header = answer.header("retry-after");
  if (header == nullptr) return std::nullopt;
  std::int64_t seconds = 0;
  const char* end = header->data() + header->size();
  const auto [stopped, error] = std::from_chars(header->data(), end, seconds);
  if (error != std::errc() || stopped != end) return std::nullopt;
  return std::clamp<std::chrono::seconds>(std::chrono::seconds(seconds), 1s, 24h);
}

bool is_success(const Answer& answer) { return answer.status >= 200 && answer.status < 300; }

std::string segment(std::string_view id) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string text;
  for (const char c : id) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '~' || (c == '.' && id.size() > 2);
    if (plain) {
      text += c;
    } else {
      text += '%';
      text += kHex[byte >> 4];
      text += kHex[byte & 15];
    }
  }
  return text;
}

std::optional<Time> time_of(std::string_view text) {
  // "YYYY-MM-DDThh:mm:ss"
  int part[6] = {};
  constexpr std::size_t kBegins[6] = {0, 5, 8, 11, 14, 17};
  constexpr std::size_t kSizes[6] = {4, 2, 2, 2, 2, 2};
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':') {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < 6; ++i) {
    const char* begin = text.data() + kBegins[i];
    const auto [stopped, error] = std::from_chars(begin, begin + kSizes[i], part[i]);
    if (error != std::errc() || stopped != begin + kSizes[i]) return std::nullopt;
  }
  std::string_view zone = text.substr(19);
  if (zone.starts_with('.')) zone.remove_prefix(std::min(zone.find_first_of("Z+-"), zone.size()));
  if (zone != "Z" && zone != "+0000" && zone != "+00:00") return std::nullopt;
  const std::chrono::year_month_day day{std::chrono::year(part[0]),
                                        std::chrono::month(static_cast<unsigned>(part[1])),
                                        std::chrono::day(static_cast<unsigned>(part[2]))};
  if (!day.ok() || part[3] > 23 || part[4] > 59 || part[5] > 60) return std::nullopt;
  return Time(std::chrono::sys_days(day)) + std::chrono::hours(part[3]) +
         std::chrono::minutes(part[4]) + std::chrono::seconds(part[5]);
}

}  // namespace herald
