#include "sandbox/reddit/link.h"

#include <algorithm>

#include "sandbox/reddit/state.h"

namespace herald::sandbox::reddit {

std::string domain_of(std::string_view url) {
  const auto scheme = lower(url.substr(0, 8));
  const std::size_t from = scheme.starts_with("https://")  ? 8
                           : scheme.starts_with("http://") ? 7
                                                           : 0;
  const bool blank = std::ranges::any_of(url, [](char c) { return c >= 0 && c <= ' '; });
  if (from == 0 || blank) return {};
  const auto rest = url.substr(from);
  auto domain = lower(rest.substr(0, rest.find_first_of("/?#:")));
  if (domain.starts_with("www.")) domain.erase(0, 4);
  const auto dot = domain.find('.');
  const bool whole =
      dot != domain.npos && dot != 0 && !domain.ends_with('.') && domain.find('@') == domain.npos;
  return whole ? domain : std::string();
}

bool within_domain(std::string_view domain, std::string_view outer) {
  return domain == outer || (domain.size() > outer.size() && domain.ends_with(outer) &&
                             domain[domain.size() - outer.size() - 1] == '.');
}

}  // namespace herald::sandbox::reddit
