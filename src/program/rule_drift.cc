#include "program/rule_drift.h"

#include <algorithm>

#include "http/server/plain_get.h"

namespace herald {
namespace {

// The value of a label: platform="toy" -> toy.
std::string_view label(std::string_view line, std::string_view name) {
  const std::string begin = std::string(name) + "=\"";
  const auto at = line.find(begin);
  if (at == line.npos) return {};
  line.remove_prefix(at + begin.size());
  return line.substr(0, line.find('"'));
}

}  // namespace

std::string drift_in(std::string_view metrics) {
  constexpr std::string_view kBegin = "herald_rule_drift_total{";
  std::string report;
  while (!metrics.empty()) {
    const auto line = metrics.substr(0, metrics.find('\n'));
    metrics.remove_prefix(std::min(line.size() + 1, metrics.size()));
    if (!line.starts_with(kBegin)) continue;
    report.append("warning: ")
        .append(label(line, "platform"))
        .append(" refused what Herald's rules allow (")
        .append(label(line, "code"))
        .append("), so often since the start:")
        .append(line.substr(line.rfind(' ')))
        .append(". A limit has changed there; look for an update.\n");
  }
  return report.empty() ? "rules: no platform has refused what they allow, since the start\n"
                        : report;
}

std::string drift_report(const Config& config) {
  const auto metrics =
      http::plain_get(config.operations_address, config.operations_port, "/metrics");
  if (!metrics) {
    return "rules: no server answers, so it is not known what platforms refuse of what they "
           "allow\n";
  }
  return drift_in(*metrics);
}

}  // namespace herald
