#include "net/curl_transport.h"

#include <curl/curl.h>

#include <atomic>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>

#include "domain/http_date.h"
#include "net/transfer.h"

namespace herald {
namespace {

constexpr int kPollMs = 60'000;  // Woken for anything that happens; a bound for what we forgot.

// By which a read that ends late finds the loop, or that it is gone.
struct Waker {
  void wake() {
    const std::lock_guard lock(mutex);
    if (multi == nullptr) return;
    resumed = true;
    curl_multi_wakeup(multi);
  }
  std::mutex mutex;
  CURLM* multi = nullptr;  // Guarded by mutex.
  std::atomic<bool> resumed = false;
};

}  // namespace

struct CurlTransport::Impl {
  Impl(Ports p, LinkMaker l, bool here_only, TransportLimits bounds)
      : ports(p), link(std::move(l)), loopback_only(here_only), limits(bounds) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    multi = curl_multi_init();
    waker->multi = multi;
    // The default is four per live transfer, which reopens connections over and over.
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, limits.connections_max);
    curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, limits.connections_max);
    thread = std::thread([this] { loop(); });
  }

  ~Impl() {
    stopped = true;
    curl_multi_wakeup(multi);
    thread.join();
    {
      const std::lock_guard lock(waker->mutex);
      waker->multi = nullptr;
    }
    curl_multi_cleanup(multi);
  }

  void loop() {
    int running = 0;
    while (!stopped) {
      start_new();
      if (waker->resumed.exchange(false)) {
        for (auto& [easy, transfer] : live) transfer->resume();
      }
      curl_multi_perform(multi, &running);
      end_finished();
      curl_multi_poll(multi, nullptr, 0, kPollMs, nullptr);
    }
    start_new();  // Only to be told with the others.
    while (!live.empty()) end(live.begin()->first, CURLE_ABORTED_BY_CALLBACK);
  }

  void start_new() {
    std::vector<std::unique_ptr<Transfer>> fresh;
    {
      const std::lock_guard lock(mutex);
      fresh.swap(waiting);
    }
    for (auto& transfer : fresh) {
      CURL* easy = transfer->easy();
      if (easy == nullptr || curl_multi_add_handle(multi, easy) != CURLM_OK) {
        tell(*transfer, CURLE_FAILED_INIT);
      } else {
        live.emplace(easy, std::move(transfer));
      }
    }
  }

  void end_finished() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
      if (message->msg == CURLMSG_DONE) end(message->easy_handle, message->data.result);
    }
  }

  void end(CURL* easy, CURLcode code) {
    curl_multi_remove_handle(multi, easy);
    const auto ended = live.extract(easy);
    tell(*ended.mapped(), code);
  }

  void tell(Transfer& transfer, CURLcode code) {
    if (const auto date = time_of_http_date(transfer.date())) {
      const std::lock_guard lock(mutex);
      dates[transfer.host()] = *date;
    }
    hand_over(transfer.take_done(), transfer.ended(code));
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
  bool loopback_only;
  TransportLimits limits;
  CURLM* multi = nullptr;
  std::shared_ptr<Waker> waker = std::make_shared<Waker>();
  std::mutex mutex;
  std::vector<std::unique_ptr<Transfer>> waiting;             // Guarded by mutex.
  std::map<std::string, Time, std::less<>> dates;             // By host; guarded by mutex.
  std::unordered_map<CURL*, std::unique_ptr<Transfer>> live;  // The loop's thread only.
  std::atomic<bool> stopped = false;
  std::thread thread;
};

CurlTransport::CurlTransport(Ports ports, LinkMaker link, bool loopback_only,
                             TransportLimits limits)
    : impl_(std::make_unique<Impl>(ports, std::move(link), loopback_only, limits)) {}

CurlTransport::~CurlTransport() = default;

void CurlTransport::send(Dispatch dispatch, std::function<void(Received)> done) {
  Impl& impl = *impl_;
  auto wire = assemble(dispatch.call, dispatch.customer, *dispatch.secrets, dispatch.token_hosts,
                       impl.ports.digest, impl.link, impl.ports.random.token(128));
  if (!wire) return impl.refuse(std::move(done), wire.error().detail);

  std::unique_ptr<ReadAhead> reader;
  if (const auto& media = wire->media) {
    const auto part = media->rendition == "jpeg" ? MediaPart::jpeg : MediaPart::original;
    auto opened = impl.ports.folder.open(dispatch.customer, media->medium, part, media->offset);
    if (!opened) return impl.refuse(std::move(done), opened.error().message);
    reader = std::make_unique<ReadAhead>(std::move(*opened), impl.ports.executor,
                                         [waker = impl.waker] { waker->wake(); });
  }
  std::string url = impl.ports.hosts.reach(wire->url);
  auto transfer = std::make_unique<Transfer>(
      Transfer::Parts{std::move(dispatch), std::move(*wire), std::move(url), std::move(reader),
                      std::move(done)},
      impl.limits, impl.loopback_only);
  {
    const std::lock_guard lock(impl.mutex);
    impl.waiting.push_back(std::move(transfer));
  }
  curl_multi_wakeup(impl.multi);
}

std::optional<Time> CurlTransport::last_date(std::string_view url) const {
  const std::lock_guard lock(impl_->mutex);
  const auto found = impl_->dates.find(host_of(url));
  return found == impl_->dates.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace herald
