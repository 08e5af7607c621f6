#include "http/server/accept_encoding.h"

#include <algorithm>

#include "http/server/message.h"

namespace herald::http {
namespace {

std::string_view trim(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

// "0.5" -> 500. qvalue = "0" [ "." 0*3DIGIT ] / "1" [ "." 0*3"0" ]; anything else: 0.
int thousandths(std::string_view weight) {
  if (weight.empty() || weight.size() > 5 || (weight[0] != '0' && weight[0] != '1')) return 0;
  if (weight.size() > 1 && weight[1] != '.') return 0;
  int value = (weight[0] - '0') * 1000;
  int unit = 100;
  for (const char digit : weight.substr(std::min<std::size_t>(weight.size(), 2))) {
    if (digit < '0' || digit > '9') return 0;
    value += (digit - '0') * unit;
    unit /= 10;
  }
  return value <= 1000 ? value : 0;
}

// The weight of one element: "gzip" is 1000, "gzip;q=0.2" is 200.
int weight_of(std::string_view parameters) {
  parameters = trim(parameters);
  if (parameters.empty()) return 1000;
  if (!parameters.starts_with(';')) return 0;
  parameters = trim(parameters.substr(1));
  if (parameters.size() < 2 || !same_name(parameters.substr(0, 2), "q=")) return 0;
  return thousandths(parameters.substr(2));
}

}  // namespace

Coding choose_coding(std::string_view accept_encoding) {
  int brotli = -1;  // -1: not named, so "*" decides.
  int gzip = -1;
  int others = 0;
  while (!accept_encoding.empty()) {
    const auto element = accept_encoding.substr(0, accept_encoding.find(','));
    accept_encoding.remove_prefix(std::min(accept_encoding.size(), element.size() + 1));
    const auto name = trim(element.substr(0, element.find(';')));
    const auto weight = weight_of(element.substr(std::min(element.find(';'), element.size())));
    if (same_name(name, "br")) brotli = weight;
    if (same_name(name, "gzip") || same_name(name, "x-gzip")) gzip = weight;
    if (name == "*") others = weight;
  }
  if (brotli < 0) brotli = others;
  if (gzip < 0) gzip = others;
  if (brotli > 0 && brotli >= gzip) return Coding::brotli;
  return gzip > 0 ? Coding::gzip : Coding::identity;
}

}  // namespace herald::http
