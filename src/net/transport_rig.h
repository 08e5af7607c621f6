// The real transport with a real disk folder, talking to a server on this machine by the sandbox's
// way. For tests.
#pragma once

#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <utility>

#include "crypto/digest.h"
#include "media/disk_folder.h"
#include "net/curl_transport.h"
#include "net/sandbox_hosts.h"
#include "testing/fault_server.h"
#include "testing/seeded_random.h"

namespace herald {

// Runs everything at once, where it is posted.
class DirectExecutor final : public Executor {
 public:
  void post(std::function<void()> work) override { work(); }
  void post_after(Duration, std::function<void()> work) override { work(); }
};

// A folder that goes when the test does.
class TestFolder {
 public:
  TestFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "herald_net_XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TestFolder() { std::filesystem::remove_all(path_); }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct TransportRig {
  static TransportLimits quick() {
    TransportLimits limits;
    limits.connect = Duration(2'000);
    limits.brief = Duration(5'000);
    limits.stall_seconds = 2;
    return limits;
  }

  // `url`: where the platforms are taken to be.
  explicit TransportRig(std::string url, TransportLimits limits = quick(),
                        bool loopback_only = true)
      : hosts(std::move(url)),
        folder(std::move(*media::DiskFolder::open_root(disk.path(), {}))),
        transport(std::make_unique<CurlTransport>(
            CurlTransport::Ports{executor, random, digest, *folder, hosts},
            [](const CustomerId&, std::string_view medium) {
              return "link/" + std::string(medium);
            },
            loopback_only, limits)) {}

  static Call call(std::string method = "GET", Effect effect = Effect::prepare) {
    Call call;
    call.method = std::move(method);
    call.url = "https://api.platform.test/v1/thing";
    call.effect = effect;
    return call;
  }
  static Call visible(std::string text) {
    Call made = call("POST", Effect::publish);
    made.body = FormBody{{{"text", std::move(text)}}};
    return made;
  }

  Dispatch dispatch(Call call) const {
    Dispatch made;
    made.call = std::move(call);
    made.customer = CustomerId("cus_1");
    made.secrets = secrets;
    made.token_hosts = {"api.platform.test"};
    return made;
  }

  std::future<Received> begin(Dispatch dispatch) {
    auto promise = std::make_shared<std::promise<Received>>();
    auto future = promise->get_future();
    transport->send(std::move(dispatch),
                    [promise](Received received) { promise->set_value(std::move(received)); });
    return future;
  }
  Received send(Call call) { return begin(dispatch(std::move(call))).get(); }

  TestFolder disk;
  DirectExecutor executor;
  testing::SeededRandom random;
  SystemDigest digest;
  SandboxHosts hosts;
  std::unique_ptr<media::DiskFolder> folder;
  std::shared_ptr<SecretSet> secrets = std::make_shared<SecretSet>();
  std::unique_ptr<CurlTransport> transport;
};

}  // namespace herald
