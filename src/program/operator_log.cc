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

std::string escaped(std::string_view line) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string text;
  for (const char c : line.substr(0, kLineMax)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7f) {
      text += c;
    } else {
      text += "\\x";
      text += kHex[byte >> 4];
      text += kHex[byte & 15];
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
