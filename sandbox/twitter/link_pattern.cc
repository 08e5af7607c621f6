#include "sandbox/twitter/link_pattern.h"

#include "sandbox/twitter/top_level_domains.h"

namespace herald::sandbox::twitter {

namespace {

// Inside brackets.
const std::string kPunctuation = R"(\!'\#%\&\(\)\*\+,\\\-\./:;<=>\?@\[\]\^_\{\|\}~\$)";
const std::string kSpaces =
    R"(\u0009-\u000D\u0020\u0085\u00A0\u1680\u180E\u2000-\u200A\u2028\u2029\u202F\u205F\u3000)";
const std::string kForbidden = R"(\uFFFE\uFEFF\uFFFF)";
const std::string kDirections = R"(\u202A-\u202E\u061C\u200E\u200F\u2066-\u2069)";
const std::string kCyrillic = R"(\u0400-\u04FF)";
const std::string kLatinAccents =
    R"(\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u00FF\u0100-\u024F\u0253\u0254\u0256\u0257\u0259\u025B)"
    R"(\u0263\u0268\u026F\u0272\u0289\u028B\u02BB\u0300-\u036F\u1E00-\u1EFF)";

std::string domain_end() {
  return "(?:(?:" + std::string(top_level_domains()) +
         R"()(?=[^0-9a-zA-Z@+\-]|$)|xn--[\-0-9a-z]+))";
}

std::string host() {
  const auto letter = "[^" + kPunctuation + kSpaces + kForbidden + kDirections + "]";
  const auto subdomain = "(?:(?:" + letter + R"((?:[_\-]|)" + letter + ")*)?" + letter + R"(\.))";
  const auto name = "(?:(?:" + letter + R"((?:-|)" + letter + ")*)?" + letter + R"(\.))";
  return subdomain + "*" + name + domain_end();
}

std::string path() {
  const auto general =
      "[a-z" + kCyrillic + R"(0-9\!\*';:=\+,\.\$/%\#\[\]\-\u2013_~@\|\&)" + kLatinAccents + "]";
  const auto parentheses = R"(\((?:)" + general + "+|(?:" + general + R"(*\()" + general +
                           R"(+\))" + general + R"(*))\))";
  const auto ending =
      R"((?:[\+\-a-z)" + kCyrillic + R"(0-9=_\#/)" + kLatinAccents + "]|(?:" + parentheses + "))";
  return "(?:(?:" + general + "*(?:" + parentheses + general + "*)*" + ending + ")|(?:@" + general +
         "+/))";
}

std::string made() {
  const auto before =
      R"((?:[^A-Za-z0-9@\uFF20\$\#\uFF03)" + kForbidden + "]|[" + kDirections + "]|^)";
  const std::string query =
      R"((?:\?[a-z0-9\!\?\*'@\(\);:\&=\+\$/%\#\[\]\-_\.,~\|]*[a-z0-9\-_\&=\#/])?)";
  return "(" + before + ")((https?://)?(" + host() + ")(?::[0-9]+)?(/" + path() + "*)?" + query +
         ")";
}

}  // namespace

const std::string& link_pattern() {
  static const std::string pattern = made();
  return pattern;
}

const std::string& plain_host_pattern() {
  static const std::string pattern = R"((?:[\-a-z0-9)" + kLatinAccents + R"(]+\.)+)" + domain_end();
  return pattern;
}

}  // namespace herald::sandbox::twitter
