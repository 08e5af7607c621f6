#include "media/captions.h"

#include <algorithm>
#include <string>

#include "domain/text.h"

namespace herald::media {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view without_mark(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return text;
}

// Cuts one line off, without its end and the blanks before it.
std::string_view take_line(std::string_view& text) {
  const auto end = std::min(text.find('\n'), text.size());
  auto line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  while (line.ends_with('\r') || line.ends_with(' ') || line.ends_with('\t')) {
    line.remove_suffix(1);
  }
  return line;
}

// "00:01:02,345"; a 0 in the pattern stands for any digit.
bool is_time(std::string_view text) {
  constexpr std::string_view kPattern = "00:00:00,000";
  return std::ranges::equal(text, kPattern, [](char c, char wanted) {
    return wanted == '0' ? is_digit(c) : c == wanted;
  });
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
}

std::unexpected<Error> refuse(std::string message) {
  auto error = fail(ErrorKind::invalid, std::move(message));
  error.error().code = "media_refused";
  return error;
}

}  // namespace

bool is_web_vtt(std::string_view head) {
  constexpr std::string_view kSignature = "WEBVTT";
  head = without_mark(head);
  if (!head.starts_with(kSignature)) return false;
  head.remove_prefix(kSignature.size());
  return head.empty() || std::string_view(" \t\r\n").find(head.front()) != std::string_view::npos;
}

bool begins_with_cue(std::string_view head) {
  head = without_mark(head);
  const auto number = take_line(head);
  if (number.empty() || number.size() > 9 || !std::ranges::all_of(number, is_digit)) return false;
  constexpr std::string_view kArrow = " --> ";
  constexpr std::size_t kTimeSize = 12;
  const auto times = take_line(head);
  return times.size() == kTimeSize + kArrow.size() + kTimeSize &&
         is_time(times.substr(0, kTimeSize)) && times.substr(kTimeSize, kArrow.size()) == kArrow &&
         is_time(times.substr(kTimeSize + kArrow.size())) && !take_line(head).empty();
}

Result<Done> check_captions(ByteSource& file) {
  if (file.size() > kCaptionsBytesMax) {
    return refuse("The captions are too large: at most 1 MB is taken. Make them shorter.");
  }
  std::string text(file.size(), '\0');
  HERALD_TRY(const std::size_t count, file.read_at(0, text));
  text.resize(count);
  if (!is_utf8(text)) return refuse("The captions are not in UTF-8. Save them so and upload that.");
  if (std::ranges::any_of(text, is_control)) {
    return refuse("The captions hold bytes that are no text. Export them anew and upload that.");
  }
  return Done{};
}

}  // namespace herald::media
