#include "sandbox/outside.h"

#include <curl/curl.h>

#include <memory>

#include "sandbox/spool.h"

namespace herald::sandbox {

namespace {

constexpr long kTimeMaxMs = 10'000;
constexpr std::size_t kSizeMax = 512ULL * 1024 * 1024;

struct Sink {
  Spool spool;
  std::size_t size = 0;
  bool too_large = false;
};

std::size_t take_piece(char* data, std::size_t one, std::size_t count, void* to) {
  auto& sink = *static_cast<Sink*>(to);
  const auto size = one * count;
  sink.size += size;
  sink.too_large = sink.size > kSizeMax;
  return !sink.too_large && sink.spool.write({data, size}) ? size : 0;
}

using Easy = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

Easy prepared(const std::string& url, Sink& sink) {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  Easy easy(ready ? curl_easy_init() : nullptr, curl_easy_cleanup);
  if (!easy) return easy;
  auto* handle = easy.get();
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, kTimeMaxMs);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "facebookexternalhit/1.1 (herald-sandbox)");
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_piece);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &sink);
  return easy;
}

Fetched perform(CURL* handle, Sink& sink) {
  const auto code = curl_easy_perform(handle);
  Fetched fetched;
  if (sink.too_large) {
    fetched.outcome = Fetched::Outcome::too_large;
  } else if (code == CURLE_OPERATION_TIMEDOUT) {
    fetched.outcome = Fetched::Outcome::timed_out;
  } else if (code == CURLE_OK) {
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    const char* type = nullptr;
    curl_easy_getinfo(handle, CURLINFO_CONTENT_TYPE, &type);
    fetched = {.outcome = Fetched::Outcome::ok,
               .status = static_cast<int>(status),
               .content_type = type != nullptr ? type : "",
               .body = sink.spool.take()};
  }
  return fetched;
}

}  // namespace

Fetched fetch_by_curl(const std::string& url, const std::string& folder) {
  Sink sink{.spool = Spool(folder)};
  const auto easy = prepared(url, sink);
  if (!easy) return {};
  curl_easy_setopt(easy.get(), CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_MAXREDIRS, 3L);
  return perform(easy.get(), sink);
}

Fetched post_by_curl(const Notice& notice) {
  Sink sink{.spool = Spool({})};
  const auto easy = prepared(notice.url, sink);
  if (!easy) return {};
  const auto type = "Content-Type: " + notice.content_type;
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(
      curl_slist_append(nullptr, type.c_str()), curl_slist_free_all);
  curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(notice.body.size()));
  curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDS, notice.body.c_str());
  return perform(easy.get(), sink);
}

}  // namespace herald::sandbox
