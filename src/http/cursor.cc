#include "http/cursor.h"

#include <array>
#include <charconv>

#include "domain/encoding.h"

namespace herald::http {
namespace {

using namespace std::chrono_literals;

constexpr int kLimitDefault = 30;
constexpr int kLimitMax = 100;
constexpr std::size_t kCursorBytesMax = 1024;
constexpr Duration kCursorLife = 24h;

std::unexpected<Error> malformed(std::string message) {
  return std::unexpected(Error{ErrorKind::invalid, std::move(message), {}, {}, "malformed_query"});
}

std::unexpected<Error> bad_cursor() {
  return malformed("This cursor is not good (any more). Start again without it.");
}

// The person is bound in as well: a member's place in a list means nothing in another's.
SealContext context_of(const ApiCall& call, std::string_view listing, std::string_view filter) {
  std::string kind(listing);
  kind.append("?").append(filter);
  return {call.caller().scope.customer(), "cursor", {}, call.caller().user.value, std::move(kind)};
}

template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number value = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return value;
}

// What is sealed: "<made at> <row's time> <row's id>", times in ms.
struct Place {
  Time made_at{};
  Time time{};
  std::string id;
};

std::optional<Place> place_of(std::string_view text) {
  const auto first = text.find(' ');
  const auto second = first == text.npos ? text.npos : text.find(' ', first + 1);
  if (second == text.npos) return std::nullopt;
  const auto made_at = number_of<std::int64_t>(text.substr(0, first));
  const auto time = number_of<std::int64_t>(text.substr(first + 1, second - first - 1));
  if (!made_at || !time) return std::nullopt;
  return Place{from_ms(*made_at), from_ms(*time), std::string(text.substr(second + 1))};
}

}  // namespace

Result<PageRequest> page_request(const ApiCall& call, const Query& query, std::string_view listing,
                                 std::string_view filter) {
  PageRequest page;
  page.limit = kLimitDefault;
  if (query.count("limit") > 0) {
    const auto* text = query.find("limit");
    const auto limit = text == nullptr ? std::nullopt : number_of<int>(*text);
    if (!limit || *limit < 1 || *limit > kLimitMax) {
      return malformed("\"limit\" must be a whole number from 1 to 100.");
    }
    page.limit = *limit;
  }
  if (query.count("cursor") == 0) return page;
  const auto* cursor = query.find("cursor");
  if (cursor == nullptr || cursor->size() > kCursorBytesMax) return bad_cursor();
  const auto sealed = from_base64url(*cursor);
  if (!sealed) return bad_cursor();
  const auto plain = call.services.sealer.open(context_of(call, listing, filter), *sealed);
  if (!plain && plain.error().kind == ErrorKind::unavailable) {
    return std::unexpected(plain.error());
  }
  if (!plain) return bad_cursor();
  auto place = place_of(plain->reveal());
  if (!place || place->made_at + kCursorLife < call.services.clock.now()) return bad_cursor();
  page.before.emplace(place->time, std::move(place->id));
  return page;
}

Result<std::string> cursor_after(const ApiCall& call, std::string_view listing,
                                 std::string_view filter, Time time, const std::string& id) {
  const auto plain = std::to_string(to_ms(call.services.clock.now())) + " " +
                     std::to_string(to_ms(time)) + " " + id;
  HERALD_TRY(const std::string sealed,
             call.services.sealer.seal(context_of(call, listing, filter), plain));
  return to_base64url(sealed);
}

}  // namespace herald::http
