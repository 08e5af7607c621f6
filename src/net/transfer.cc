#include "net/transfer.h"

#include <curl/curl.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "net/address_guard.h"
#include "net/secret_fields.h"
#include "net/wipe.h"

namespace herald {
namespace {

constexpr std::size_t kHeaderBytesMax = 64u << 10;
constexpr std::size_t kSecretAnswerBytes = 64u << 10;

std::string lower(std::string_view name) {
  std::string text(name);
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return text;
}

template <class Value>
void set(CURL* easy, CURLoption option, Value value) {
  curl_easy_setopt(easy, option, value);
}

}  // namespace

// A token that is good for one use is as precious as what the audience sees; both say so by asking
// before they are sent.
Transfer::Transfer(Parts parts, const TransportLimits& limits, bool loopback_only)
    : parts_(std::move(parts)),
      limits_(limits),
      loopback_only_(loopback_only),
      once_(parts_.dispatch.call.effect == Effect::publish || parts_.dispatch.may_send) {}

Transfer::~Transfer() {
  if (easy_ != nullptr) curl_easy_cleanup(easy_);
  for (auto* line = headers_; line != nullptr; line = line->next) {
    explicit_bzero(line->data, std::strlen(line->data));
  }
  curl_slist_free_all(headers_);
  wipe(parts_.url);
}

bool Transfer::keep(std::string_view piece) {
  if (answer_.body.size() + piece.size() > limits_.answer_bytes_max) {
    fault_ = "the answer was too large";
    return false;
  }
  const bool secret = !parts_.dispatch.call.secrets.empty();
  // Growing would leave copies of the tokens in it behind.
  if (secret && answer_.body.empty()) answer_.body.reserve(kSecretAnswerBytes);
  answer_.body.append(piece);
  return true;
}

bool Transfer::keep_header(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > kHeaderBytesMax) {
    fault_ = "the answer's headers were too large";
    return false;
  }
  if (line.starts_with("HTTP/")) {  // What came before was a 1xx.
    answer_.headers.clear();
    head_whole_ = false;
  }
  if (head_whole_) return true;  // Trailers are no headers.
  head_whole_ = line.find_first_not_of("\r\n") == line.npos;
  const auto colon = line.find(':');
  if (colon == line.npos) return true;
  std::string name = lower(line.substr(0, colon));
  const auto& wanted = parts_.dispatch.call.keep_headers;
  line.remove_prefix(colon + 1);
  const auto first = line.find_first_not_of(" \t\r\n");
  const auto last = line.find_last_not_of(" \t\r\n");
  std::string value =
      first == line.npos ? std::string() : std::string(line.substr(first, last - first + 1));
  if (name == "date") date_ = value;
  if (name == "retry-after" || std::ranges::find(wanted, name) != wanted.end()) {
    answer_.headers[std::move(name)] = std::move(value);
  }
  return true;
}

// Body bytes in order: what stands before the medium, the medium, what stands after it.
std::size_t Transfer::next_bytes(char* room, std::size_t space) {
  const WireRequest& wire = parts_.wire;
  const std::uint64_t after_from = wire.body_bytes() - wire.after.size();
  const auto copy = [&](std::string_view text, std::uint64_t from) {
    const auto part = text.substr(from, space);
    std::ranges::copy(part, room);
    body_at_ += part.size();
    return part.size();
  };
  if (body_at_ < wire.before.size()) return copy(wire.before, body_at_);
  if (body_at_ >= after_from) return copy(wire.after, body_at_ - after_from);
  const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(space, after_from - body_at_));
  const auto got = parts_.reader->read({room, want});
  if (got.state == ReadAhead::State::later) {
    paused_ = true;
    return CURL_READFUNC_PAUSE;
  }
  if (got.state != ReadAhead::State::bytes) {
    fault_ = "the medium could not be read";
    return CURL_READFUNC_ABORT;
  }
  body_at_ += got.count;
  return got.count;
}

void Transfer::resume() {
  if (std::exchange(paused_, false)) curl_easy_pause(easy_, CURLPAUSE_CONT);
}

// curl sends a prepare call again when a reused connection died before it could be answered.
bool Transfer::rewind() {
  if (parts_.wire.media) return false;
  body_at_ = 0;
  return true;
}

// Connected, and about to send: the last moment to think better of it.
bool Transfer::ready() {
  const auto& may_send = parts_.dispatch.may_send;
  if (begun_ && once_) {
    fault_ = "it would have been sent twice";
  } else if (may_send && !may_send()) {
    fault_ = "it may not be sent any more";
  } else {
    begun_ = true;
    return true;
  }
  return false;
}

bool Transfer::progressed(std::uint64_t sent, std::uint64_t total) {
  const auto& told = parts_.dispatch.on_progress;
  if (drips()) {
    fault_ = "the answer came too slowly";
  } else if (told && !told(sent, total)) {
    fault_ = "it was broken off";
  } else {
    return true;
  }
  return false;
}

// An upload may take its time, but not its answer.
bool Transfer::drips() const {
  if (parts_.dispatch.call.patience != Patience::upload) return false;
  curl_off_t first_us = 0;
  curl_off_t now_us = 0;
  curl_easy_getinfo(easy_, CURLINFO_STARTTRANSFER_TIME_T, &first_us);
  curl_easy_getinfo(easy_, CURLINFO_TOTAL_TIME_T, &now_us);
  return first_us > 0 && now_us - first_us > limits_.brief.count() * 1000;
}

bool Transfer::may_reach(const sockaddr& address) const {
  return loopback_only_ ? is_loopback(address) : is_public(address);
}

void* Transfer::easy() {
  if (easy_ != nullptr) return easy_;
  easy_ = curl_easy_init();
  if (easy_ != nullptr) set_up();
  return easy_;
}

void Transfer::set_up() {
  set(easy_, CURLOPT_PRIVATE, this);
  set(easy_, CURLOPT_URL, parts_.url.c_str());
  set(easy_, CURLOPT_PROTOCOLS_STR, loopback_only_ ? "http,https" : "https");
  set(easy_, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy_, CURLOPT_PROXY, "");  // Not the environment's either.
  set(easy_, CURLOPT_NOSIGNAL, 1L);
  set(easy_, CURLOPT_QUICK_EXIT, 1L);  // Or a slow resolver would hold up all transfers.
  set(easy_, CURLOPT_ACCEPT_ENCODING, "");
  set(easy_, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(easy_, CURLOPT_USERAGENT, "Herald/1.0");
  // curl repeats a request by itself when a reused connection dies before the answer. HTTP/2
  // uploads cost three times the CPU.
  const bool plain = once_ || parts_.wire.media.has_value();
  set(easy_, CURLOPT_HTTP_VERSION,
      static_cast<long>(plain ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS));
  if (once_) {
    set(easy_, CURLOPT_FRESH_CONNECT, 1L);
    set(easy_, CURLOPT_FORBID_REUSE, 1L);
  }
  set_up_callbacks();
  set_up_limits();
  set_up_body();
}

void Transfer::set_up_callbacks() {
  constexpr auto on_body = [](char* bytes, std::size_t size, std::size_t count, void* self) {
    const std::size_t length = size * count;
    return static_cast<Transfer*>(self)->keep({bytes, length}) ? length : length + 1;
  };
  constexpr auto on_header = [](char* bytes, std::size_t size, std::size_t count, void* self) {
    const std::size_t length = size * count;
    return static_cast<Transfer*>(self)->keep_header({bytes, length}) ? length : length + 1;
  };
  constexpr auto on_ready = [](void* self, char*, char*, int, int) {
    return static_cast<Transfer*>(self)->ready() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
  };
  constexpr auto on_open = [](void* self, curlsocktype, curl_sockaddr* to) -> curl_socket_t {
    if (!static_cast<Transfer*>(self)->may_reach(to->addr)) return CURL_SOCKET_BAD;
    return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
  };
  constexpr auto on_progress = [](void* self, curl_off_t, curl_off_t, curl_off_t total,
                                  curl_off_t sent) {
    const bool go_on = static_cast<Transfer*>(self)->progressed(static_cast<std::uint64_t>(sent),
                                                                static_cast<std::uint64_t>(total));
    return go_on ? 0 : 1;
  };
  set(easy_, CURLOPT_WRITEFUNCTION, +on_body);
  set(easy_, CURLOPT_WRITEDATA, this);
  set(easy_, CURLOPT_HEADERFUNCTION, +on_header);
  set(easy_, CURLOPT_HEADERDATA, this);
  set(easy_, CURLOPT_PREREQFUNCTION, +on_ready);
  set(easy_, CURLOPT_PREREQDATA, this);
  set(easy_, CURLOPT_OPENSOCKETFUNCTION, +on_open);
  set(easy_, CURLOPT_OPENSOCKETDATA, this);
  set(easy_, CURLOPT_NOPROGRESS, 0L);
  set(easy_, CURLOPT_XFERINFOFUNCTION, +on_progress);
  set(easy_, CURLOPT_XFERINFODATA, this);
}

void Transfer::set_up_limits() {
  set(easy_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits_.connect.count()));
  if (parts_.dispatch.call.patience == Patience::brief) {
    set(easy_, CURLOPT_TIMEOUT_MS, static_cast<long>(limits_.brief.count()));
  } else {
    set(easy_, CURLOPT_LOW_SPEED_LIMIT, 1L);
    set(easy_, CURLOPT_LOW_SPEED_TIME, static_cast<long>(limits_.stall_seconds));
    set(easy_, CURLOPT_UPLOAD_BUFFERSIZE, 512L * 1024);
  }
}

void Transfer::set_up_body() {
  constexpr auto on_read = [](char* room, std::size_t size, std::size_t count, void* self) {
    return static_cast<Transfer*>(self)->next_bytes(room, size * count);
  };
  constexpr auto on_rewind = [](void* self, curl_off_t offset, int origin) {
    const bool to_start = origin == SEEK_SET && offset == 0;
    const bool done = to_start && static_cast<Transfer*>(self)->rewind();
    return done ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_CANTSEEK;
  };
  const WireRequest& wire = parts_.wire;
  if (wire.has_body) {
    set(easy_, CURLOPT_UPLOAD, 1L);
    set(easy_, CURLOPT_READFUNCTION, +on_read);
    set(easy_, CURLOPT_READDATA, this);
    set(easy_, CURLOPT_SEEKFUNCTION, +on_rewind);
    set(easy_, CURLOPT_SEEKDATA, this);
    set(easy_, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(wire.body_bytes()));
  }
  set(easy_, CURLOPT_CUSTOMREQUEST, wire.method.c_str());
  if (wire.method == "HEAD") set(easy_, CURLOPT_NOBODY, 1L);
  for (const auto& [name, value] : wire.headers) {
    // The semicolon is how curl is told to send a header that is empty.
    std::string line = value.empty() ? name + ";" : name + ": " + value;
    headers_ = curl_slist_append(headers_, line.c_str());
    wipe(line);
  }
  headers_ = curl_slist_append(headers_, "Expect:");
  set(easy_, CURLOPT_HTTPHEADER, headers_);
}

Received Transfer::ended(int code) {
  long status = 0;
  if (easy_ != nullptr) curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
  // curl is content with a head that was cut off.
  if (code == CURLE_OK && !head_whole_) code = CURLE_PARTIAL_FILE;
  if (code == CURLE_OK) {
    answer_.status = static_cast<int>(status);
  } else {
    // Half an answer is none.
    answer_.arrival = begun_ ? Answer::Arrival::maybe_sent : Answer::Arrival::nothing_sent;
    answer_.detail = what_failed(code, status);
    answer_.headers.clear();
    wipe(answer_.body);
  }
  Received received{std::move(answer_), {}};
  received.secrets = take_secrets(received.answer.body, parts_.dispatch.call.secrets);
  return received;
}

std::string Transfer::what_failed(int code, long status) const {
  std::string text = fault_ != nullptr ? fault_ : curl_easy_strerror(static_cast<CURLcode>(code));
  if (status > 0) text += ", after status " + std::to_string(status);
  return text;
}

}  // namespace herald
