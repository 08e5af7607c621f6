#include "media/s3/client.h"

#include <curl/curl.h>
#include <string.h>

#include <algorithm>
#include <mutex>

#include "domain/encoding.h"
#include "media/s3/answer_xml.h"
#include "media/s3/fault.h"

namespace herald::media {
namespace {

constexpr long kConnectMs = 5'000;
constexpr long kStallSeconds = 20;

// What curl calls back with, of one try.
struct Try {
  std::string_view body;
  std::size_t sent = 0;
  S3Answer answer;
};

std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* self) {
  auto& body = static_cast<Try*>(self)->answer.body;
  if (body.size() + size * count > S3Client::kAnswerBytesMax) return 0;
  body.append(bytes, size * count);
  return size * count;
}

std::size_t take_header(char* bytes, std::size_t size, std::size_t count, void* self) {
  const std::string_view line(bytes, size * count);
  auto& headers = static_cast<Try*>(self)->answer.headers;
  if (line.starts_with("HTTP/")) headers.clear();  // What came before was a 1xx.
  const auto colon = line.find(':');
  if (colon == line.npos) return line.size();
  std::string name(line.substr(0, colon));
  for (char& c : name) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  const auto first = line.find_first_not_of(" \t", colon + 1);
  const auto last = line.find_last_not_of(" \t\r\n");
  headers[std::move(name)] = first > last ? "" : line.substr(first, last - first + 1);
  return line.size();
}

std::size_t give_body(char* room, std::size_t size, std::size_t count, void* self) {
  auto& one = *static_cast<Try*>(self);
  const auto piece = one.body.substr(one.sent, size * count);
  std::ranges::copy(piece, room);
  one.sent += piece.size();
  return piece.size();
}

int go_back(void* self, curl_off_t offset, int origin) {
  if (origin != SEEK_SET) return CURL_SEEKFUNC_CANTSEEK;
  static_cast<Try*>(self)->sent = static_cast<std::size_t>(offset);
  return CURL_SEEKFUNC_OK;
}

struct Lines {
  curl_slist* all = nullptr;
  void add(const std::string& line) { all = curl_slist_append(all, line.c_str()); }
  Lines() = default;
  ~Lines() { curl_slist_free_all(all); }
  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;
};

template <class Value>
void set(CURL* easy, CURLoption option, Value value) {
  curl_easy_setopt(easy, option, value);
}

}  // namespace

struct S3Client::Impl {
  S3Place place;
  const Digest& digest;
  std::mutex mutex;
  std::vector<CURL*> idle;  // Guarded by mutex; each keeps its connection.

  Impl(S3Place p, const Digest& d) : place(std::move(p)), digest(d) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
  }
  ~Impl() {
    for (CURL* easy : idle) curl_easy_cleanup(easy);
  }

  CURL* borrow() {
    {
      const std::lock_guard lock(mutex);
      if (!idle.empty()) {
        CURL* easy = idle.back();
        idle.pop_back();
        return easy;
      }
    }
    return curl_easy_init();
  }
  void give_back(CURL* easy) {
    curl_easy_reset(easy);
    const std::lock_guard lock(mutex);
    idle.push_back(easy);
  }

  std::string url_of(const S3Request& request) const {
    std::string url = place.endpoint + "/" + place.bucket;
    if (!request.key.empty()) url += "/" + request.key;
    char sign = '?';
    for (const auto& [name, value] : request.query) {
      url += sign + name + "=" + percent_encode(value);
      sign = '&';
    }
    return url;
  }

  void set_up(CURL* easy, const S3Request& request, Try& one, Lines& lines) {
    set(easy, CURLOPT_URL, url_of(request).c_str());
    set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    set(easy, CURLOPT_FOLLOWLOCATION, 0L);
    set(easy, CURLOPT_PROXY, "");  // Not the environment's either.
    set(easy, CURLOPT_NOSIGNAL, 1L);
    set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(easy, CURLOPT_USERAGENT, "Herald/1.0");
    set(easy, CURLOPT_CONNECTTIMEOUT_MS, kConnectMs);
    set(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    set(easy, CURLOPT_LOW_SPEED_TIME, kStallSeconds);
    set(easy, CURLOPT_UPLOAD_BUFFERSIZE, 512L * 1024);
    // curl repeats a request by itself when a reused connection dies before the answer.
    if (!request.may_repeat) set(easy, CURLOPT_FRESH_CONNECT, 1L);
    sign(easy);
    set(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    if (request.method == "HEAD") set(easy, CURLOPT_NOBODY, 1L);
    if (request.method == "PUT" || request.method == "POST") {
      set(easy, CURLOPT_UPLOAD, 1L);
      set(easy, CURLOPT_READFUNCTION, give_body);
      set(easy, CURLOPT_READDATA, &one);
      set(easy, CURLOPT_SEEKFUNCTION, go_back);
      set(easy, CURLOPT_SEEKDATA, &one);
      set(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    }
    set(easy, CURLOPT_WRITEFUNCTION, take_body);
    set(easy, CURLOPT_WRITEDATA, &one);
    set(easy, CURLOPT_HEADERFUNCTION, take_header);
    set(easy, CURLOPT_HEADERDATA, &one);
    // curl 7.88 takes the body's hash from here. By itself it would sign none for what it streams.
    lines.add("x-amz-content-sha256: " + to_hex(digest.sha256(request.body)));
    for (const auto& [name, value] : request.headers) lines.add(name + ": " + value);
    set(easy, CURLOPT_HTTPHEADER, lines.all);
  }

  void sign(CURL* easy) {
    set(easy, CURLOPT_AWS_SIGV4, ("aws:amz:" + place.region + ":s3").c_str());
    set(easy, CURLOPT_USERNAME, place.access_key.c_str());
    std::string key(place.secret_key.reveal());
    set(easy, CURLOPT_PASSWORD, key.c_str());
    explicit_bzero(key.data(), key.size());
  }

  // What came of one try: an answer, or what to do about there being none.
  std::expected<S3Answer, std::pair<S3Reaction, std::string>> once(const S3Request& request) {
    using Failed = std::unexpected<std::pair<S3Reaction, std::string>>;
    CURL* easy = borrow();
    if (easy == nullptr) return Failed({S3Reaction::refused, "out of memory"});
    Try one{request.body, 0, {}};
    Lines lines;
    set_up(easy, request, one, lines);
    const CURLcode code = curl_easy_perform(easy);
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    give_back(easy);
    if (code != CURLE_OK) return Failed({S3Reaction::again, curl_easy_strerror(code)});
    one.answer.status = static_cast<int>(status);
    const bool fine = status >= 200 && status < 300;
    // Completing an upload may fail after its 200 was sent.
    if (fine && request.method != "POST") return std::move(one.answer);
    const auto said = error_code_of(one.answer.body);
    if (fine && !said) return std::move(one.answer);
    const std::string name = said.value_or("");
    return Failed(
        {reaction_to(name, static_cast<int>(status)), name + " " + std::to_string(status)});
  }
};

S3Client::S3Client(S3Place place, const Digest& digest)
    : impl_(std::make_unique<Impl>(std::move(place), digest)) {}

S3Client::~S3Client() = default;

Result<S3Answer> S3Client::ask(const S3Request& request) {
  for (int tried = 1;; ++tried) {
    auto answer = impl_->once(request);
    if (answer) return std::move(*answer);
    const auto& [reaction, why] = answer.error();
    const bool repeat = reaction == S3Reaction::again && request.may_repeat && tried < kTriesMax;
    if (repeat) continue;
    return std::unexpected(s3_error(
        reaction, request.method + " of \"" + request.key + "\" in " + name() + ": " + why));
  }
}

std::string S3Client::name() const { return impl_->place.endpoint + "/" + impl_->place.bucket; }

}  // namespace herald::media
