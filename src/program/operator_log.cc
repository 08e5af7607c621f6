#include "program/operator_log.h"

#include <spdlog/sinks/ansicolor_sink.h>
#include <spdlog/spdlog.h>

namespace herald {
namespace {

constexpr std::size_t kLineMax = 4096;

spdlog::level::level_enum level_of(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warning:
      return spdlog::level::warn;
    case LogLevel::error:
      break;
  }
  return spdlog::level::err;
}

// What a terminal may take for an order: the control characters of ASCII, and those that UTF-8
// writes as C2 80 to C2 9F.
bool is_control(std::string_view line, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(line[i]); };
  if (byte(at) < 0x20 || byte(at) == 0x7f) return true;
  if (byte(at) == 0xc2) return at + 1 < line.size() && byte(at + 1) >= 0x80 && byte(at + 1) < 0xa0;
  return at > 0 && byte(at - 1) == 0xc2 && byte(at) >= 0x80 && byte(at) < 0xa0;
}

std::string escaped(std::string_view line) {
  static constexpr char kHex[] = "0123456789abcdef";
  static constexpr std::string_view kCut = "...";
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const auto byte = static_cast<unsigned char>(line[i]);
    const bool control = is_control(line, i);
    if (text.size() + (control ? 4 : 1) > kLineMax - kCut.size()) return text.append(kCut);
    if (control) {
      text.append("\\x").append({kHex[byte >> 4], kHex[byte & 15]});
    } else {
      text += line[i];
    }
  }
  return text;
}

}  // namespace

struct OperatorLog::Impl {
  spdlog::logger logger{"herald", std::make_shared<spdlog::sinks::ansicolor_stderr_sink_mt>()};
};

OperatorLog::OperatorLog(std::string_view level) : impl_(std::make_unique<Impl>()) {
  impl_->logger.set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
  impl_->logger.set_level(spdlog::level::from_str(std::string(level)));
  impl_->logger.flush_on(spdlog::level::debug);
}

OperatorLog::~OperatorLog() = default;

void OperatorLog::write(LogLevel level, std::string_view line) {
  impl_->logger.log(level_of(level), escaped(line));
}

}  // namespace herald
