#include "net/curl_transport.h"

#include <curl/curl.h>

#include <atomic>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "net/address_guard.h"
#include "net/secret_fields.h"

namespace herald {
namespace {

constexpr std::size_t kHeaderBytesMax = 64u << 10;

struct Transfer {
  Dispatch dispatch;
  WireRequest wire;
  std::function<void(Received)> done;
  const TransportLimits& limits;
  bool loopback_allowed = false;
  std::unique_ptr<MediaReader> reader;
  std::uint64_t media_left = 0;
  std::uint64_t body_at = 0;
  std::string url;
  CURL* easy = nullptr;
  curl_slist* headers = nullptr;
  Answer answer;
  std::size_t header_bytes = 0;
  bool begun = false;     // Past the last check: bytes may have left.
  bool too_much = false;  // The answer outgrew its bound.
  bool unread = false;    // The medium could not be read.

  ~Transfer() {
    if (easy != nullptr) curl_easy_cleanup(easy);
    curl_slist_free_all(headers);
  }
};

bool visible(const Transfer& transfer) { return transfer.dispatch.call.effect == Effect::publish; }

std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::size_t length = size * count;
  if (transfer.answer.body.size() + length > transfer.limits.answer_bytes_max) {
    transfer.too_much = true;
    return 0;
  }
  transfer.answer.body.append(bytes, length);
  return length;
}

std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::size_t length = size * count;
  transfer.header_bytes += length;
  if (transfer.header_bytes > kHeaderBytesMax) {
    transfer.too_much = true;
    return 0;
  }
  std::string_view line(bytes, length);
  if (line.starts_with("HTTP/")) transfer.answer.headers.clear();  // After a 100 Continue.
  const auto colon = line.find(':');
  if (colon == line.npos) return length;
  std::string name(line.substr(0, colon));
  for (char& c : name) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  const auto& wanted = transfer.dispatch.call.keep_headers;
  if (name != "retry-after" && std::find(wanted.begin(), wanted.end(), name) == wanted.end()) {
    return length;
  }
  line.remove_prefix(colon + 1);
  const auto first = line.find_first_not_of(" \t");
  const auto last = line.find_last_not_of(" \t\r\n");
  transfer.answer.headers[name] =
      first == line.npos ? std::string() : std::string(line.substr(first, last - first + 1));
  return length;
}

// Body bytes in order: what stands before the medium, the medium, what stands after it.
std::size_t on_read(char* room, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::size_t space = size * count;
  const auto& wire = transfer.wire;
  if (transfer.body_at < wire.before.size()) {
    const auto part = std::string_view(wire.before).substr(transfer.body_at, space);
    std::copy(part.begin(), part.end(), room);
    transfer.body_at += part.size();
    return part.size();
  }
  if (transfer.media_left > 0) {
    const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(space, transfer.media_left));
    auto got = transfer.reader->read({room, want});
    if (!got || *got == 0) {
      transfer.unread = true;
      return CURL_READFUNC_ABORT;
    }
    transfer.media_left -= *got;
    transfer.body_at += *got;
    return *got;
  }
  const auto after_at = transfer.body_at - (wire.body_bytes() - wire.after.size());
  const auto part = std::string_view(wire.after).substr(after_at, space);
  std::copy(part.begin(), part.end(), room);
  transfer.body_at += part.size();
  return part.size();
}

// Connected, and about to send: the last moment to think better of it.
int on_ready(void* user, char*, char*, int, int) {
  auto& transfer = *static_cast<Transfer*>(user);
  if (transfer.dispatch.may_send && !transfer.dispatch.may_send()) return CURL_PREREQFUNC_ABORT;
  transfer.begun = true;
  return CURL_PREREQFUNC_OK;
}

int on_progress(void* user, curl_off_t, curl_off_t, curl_off_t total, curl_off_t sent) {
  auto& transfer = *static_cast<Transfer*>(user);
  const auto& told = transfer.dispatch.on_progress;
  if (!told) return 0;
  return told(static_cast<std::uint64_t>(sent), static_cast<std::uint64_t>(total)) ? 0 : 1;
}

curl_socket_t on_open(void* user, curlsocktype, curl_sockaddr* address) {
  const auto& transfer = *static_cast<Transfer*>(user);
  const bool allowed =
      is_public(address->addr) || (transfer.loopback_allowed && is_loopback(address->addr));
  if (!allowed) return CURL_SOCKET_BAD;
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

template <class Value>
void set(CURL* easy, CURLoption option, Value value) {
  curl_easy_setopt(easy, option, value);
}

void prepare(Transfer& transfer) {
  CURL* easy = transfer.easy = curl_easy_init();
  const Call& call = transfer.dispatch.call;
  set(easy, CURLOPT_URL, transfer.url.c_str());
  set(easy, CURLOPT_PROTOCOLS_STR, transfer.loopback_allowed ? "http,https" : "https");
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy, CURLOPT_PROXY, "");
  set(easy, CURLOPT_NOPROXY, "*");
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_ACCEPT_ENCODING, "");
  set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(easy, CURLOPT_USERAGENT, "Herald/1.0");
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(transfer.limits.connect.count()));
  if (call.patience == Patience::brief) {
    set(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(transfer.limits.brief.count()));
  } else {
    set(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    set(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(transfer.limits.stall_seconds));
    set(easy, CURLOPT_UPLOAD_BUFFERSIZE, 512L * 1024);
  }
  // curl repeats a request by itself when a reused connection dies before the answer: never for
  // what the audience sees. HTTP/2 uploads cost three times the CPU.
  const bool alone = visible(transfer) || transfer.wire.media.has_value();
  set(easy, CURLOPT_HTTP_VERSION,
      static_cast<long>(alone ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS));
  if (visible(transfer)) {
    set(easy, CURLOPT_FRESH_CONNECT, 1L);
    set(easy, CURLOPT_FORBID_REUSE, 1L);
  }
  set(easy, CURLOPT_WRITEFUNCTION, on_body);
  set(easy, CURLOPT_WRITEDATA, &transfer);
  set(easy, CURLOPT_HEADERFUNCTION, on_header);
  set(easy, CURLOPT_HEADERDATA, &transfer);
  set(easy, CURLOPT_PREREQFUNCTION, on_ready);
  set(easy, CURLOPT_PREREQDATA, &transfer);
  set(easy, CURLOPT_OPENSOCKETFUNCTION, on_open);
  set(easy, CURLOPT_OPENSOCKETDATA, &transfer);
  set(easy, CURLOPT_NOPROGRESS, 0L);
  set(easy, CURLOPT_XFERINFOFUNCTION, on_progress);
  set(easy, CURLOPT_XFERINFODATA, &transfer);
  set(easy, CURLOPT_PRIVATE, &transfer);

  if (transfer.wire.has_body) {
    set(easy, CURLOPT_UPLOAD, 1L);
    set(easy, CURLOPT_READFUNCTION, on_read);
    set(easy, CURLOPT_READDATA, &transfer);
    set(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(transfer.wire.body_bytes()));
  }
  set(easy, CURLOPT_CUSTOMREQUEST, transfer.wire.method.c_str());
  if (transfer.wire.method == "HEAD") set(easy, CURLOPT_NOBODY, 1L);
  for (const auto& [name, value] : transfer.wire.headers) {
    const std::string line = name + ": " + value;
    transfer.headers = curl_slist_append(transfer.headers, line.c_str());
  }
  transfer.headers = curl_slist_append(transfer.headers, "Expect:");
  set(easy, CURLOPT_HTTPHEADER, transfer.headers);
}

}  // namespace

struct CurlTransport::Impl {
  Impl(Ports p, LinkMaker l, bool loopback, TransportLimits bounds)
      : ports(p), link(std::move(l)), loopback_allowed(loopback), limits(bounds) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    multi = curl_multi_init();
    // The default is four per live transfer, which reopens connections over and over.
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, limits.connections_max);
    curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, limits.connections_max);
    thread = std::thread([this] { loop(); });
  }

  ~Impl() {
    stopped = true;
    curl_multi_wakeup(multi);
    thread.join();
    curl_multi_cleanup(multi);
  }

  void loop() {
    int running = 0;
    while (!stopped) {
      start_new();
      curl_multi_perform(multi, &running);
      end_finished();
      curl_multi_poll(multi, nullptr, 0, 60'000, nullptr);
    }
    for (auto* transfer : live) finish(*transfer, CURLE_ABORTED_BY_CALLBACK);
    for (auto* transfer : live) {
      curl_multi_remove_handle(multi, transfer->easy);
      delete transfer;
    }
    live.clear();
  }

  void start_new() {
    std::vector<std::unique_ptr<Transfer>> fresh;
    {
      const std::lock_guard lock(mutex);
      fresh.swap(waiting);
    }
    for (auto& transfer : fresh) {
      prepare(*transfer);
      curl_multi_add_handle(multi, transfer->easy);
      live.insert(transfer.release());
    }
  }

  void end_finished() {
    int left = 0;
    while (CURLMsg* message = curl_multi_info_read(multi, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const CURLcode code = message->data.result;
      char* user = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &user);
      auto* transfer = reinterpret_cast<Transfer*>(user);
      curl_multi_remove_handle(multi, transfer->easy);
      finish(*transfer, code);
      live.erase(transfer);
      delete transfer;
    }
  }

  void finish(Transfer& transfer, CURLcode code) {
    Answer& answer = transfer.answer;
    long status = 0;
    curl_easy_getinfo(transfer.easy, CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<int>(status);
    if (code != CURLE_OK) {
      answer.arrival = transfer.begun ? Answer::Arrival::maybe_sent : Answer::Arrival::nothing_sent;
      answer.detail = transfer.too_much ? "the answer was too large"
                      : transfer.unread ? "the medium could not be read"
                                        : curl_easy_strerror(code);
      answer.body.clear();
    }
    Received received{std::move(answer), {}};
    received.secrets = take_secrets(received.answer.body, transfer.dispatch.call.secrets);
    hand_over(std::move(transfer.done), std::move(received));
  }

  void hand_over(std::function<void(Received)> done, Received received) {
    // std::function must be copyable, so the secrets travel behind a pointer.
    auto parcel = std::make_shared<Received>(std::move(received));
    ports.executor.post([done = std::move(done), parcel] { done(std::move(*parcel)); });
  }

  void refuse(std::function<void(Received)> done, std::string detail) {
    Received received;
    received.answer.arrival = Answer::Arrival::nothing_sent;
    received.answer.detail = std::move(detail);
    hand_over(std::move(done), std::move(received));
  }

  Ports ports;
  LinkMaker link;
  bool loopback_allowed;
  TransportLimits limits;
  CURLM* multi = nullptr;
  std::mutex mutex;
  std::vector<std::unique_ptr<Transfer>> waiting;
  std::set<Transfer*> live;  // Owned; the loop's thread only.
  std::atomic<bool> stopped = false;
  std::thread thread;
};

CurlTransport::CurlTransport(Ports ports, LinkMaker link, bool loopback_allowed,
                             TransportLimits limits)
    : impl_(std::make_unique<Impl>(ports, std::move(link), loopback_allowed, limits)) {}

CurlTransport::~CurlTransport() = default;

void CurlTransport::send(Dispatch dispatch, std::function<void(Received)> done) {
  Impl& impl = *impl_;
  auto wire = assemble(dispatch.call, dispatch.customer, *dispatch.secrets, dispatch.token_hosts,
                       impl.ports.digest, impl.link, impl.ports.random.token(128));
  if (!wire) return impl.refuse(std::move(done), wire.error().detail);

  std::unique_ptr<MediaReader> reader;
  if (wire->media) {
    const auto part = wire->media->rendition == "jpeg" ? MediaPart::jpeg : MediaPart::original;
    auto opened =
        impl.ports.folder.open(dispatch.customer, wire->media->medium, part, wire->media->offset);
    if (!opened) return impl.refuse(std::move(done), opened.error().message);
    reader = std::move(*opened);
  }
  const std::uint64_t media_bytes = wire->media ? wire->media->length : 0;
  std::string url = impl.ports.hosts.reach(wire->url);
  std::unique_ptr<Transfer> transfer(
      new Transfer{std::move(dispatch), std::move(*wire), std::move(done), impl.limits,
                   impl.loopback_allowed, std::move(reader), media_bytes, 0, std::move(url)});
  {
    const std::lock_guard lock(impl.mutex);
    impl.waiting.push_back(std::move(transfer));
  }
  curl_multi_wakeup(impl.multi);
}

}  // namespace herald
