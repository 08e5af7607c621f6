#include "sandbox/regex.h"

#include <unicode/uregex.h>
#include <unicode/ustring.h>

#include <stdexcept>

namespace herald::sandbox {

std::u16string to_utf16(std::string_view text) {
  std::u16string out(text.size(), u'\0');  // Never longer than in UTF-8.
  std::int32_t size = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strFromUTF8WithSub(out.data(), static_cast<std::int32_t>(out.size()), &size, text.data(),
                       static_cast<std::int32_t>(text.size()), 0xFFFD, nullptr, &status);
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::string to_utf8(std::u16string_view text) {
  std::string out(text.size() * 3, '\0');
  std::int32_t size = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strToUTF8WithSub(out.data(), static_cast<std::int32_t>(out.size()), &size, text.data(),
                     static_cast<std::int32_t>(text.size()), 0xFFFD, nullptr, &status);
  out.resize(static_cast<std::size_t>(size));
  return out;
}

Regex::Regex(std::string_view pattern) {
  const auto wide = to_utf16(pattern);
  UErrorCode status = U_ZERO_ERROR;
  UParseError where{};
  compiled_ = uregex_open(wide.data(), static_cast<std::int32_t>(wide.size()),
                          UREGEX_CASE_INSENSITIVE, &where, &status);
  if (U_FAILURE(status))
    throw std::logic_error("broken pattern at " + std::to_string(where.offset) + ": " +
                           u_errorName(status));
}

Regex::~Regex() { uregex_close(compiled_); }

void Regex::look_at(std::u16string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  uregex_setText(compiled_, text.data(), static_cast<std::int32_t>(text.size()), &status);
}

bool Regex::find_next() {
  UErrorCode status = U_ZERO_ERROR;
  return uregex_findNext(compiled_, &status) != 0 && U_SUCCESS(status);
}

Regex::Span Regex::group(int number) const {
  UErrorCode status = U_ZERO_ERROR;
  const auto begin = uregex_start(compiled_, number, &status);
  const auto end = uregex_end(compiled_, number, &status);
  if (U_FAILURE(status) || begin < 0) return {};
  return {static_cast<std::size_t>(begin), static_cast<std::size_t>(end), true};
}

}  // namespace herald::sandbox
