#include "http/door_rig.h"

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "crypto/argon2_passwords.h"
#include "crypto/digest.h"
#include "crypto/jws_internal_assertions.h"
#include "crypto/sealed_links.h"
#include "crypto/vault_sealer.h"
#include "domain/encoding.h"
#include "http/edge.h"
#include "http/event_hub.h"
#include "http/remote_gateway.h"
#include "http/remote_uploader.h"
#include "http/server/query.h"
#include "http/server/server.h"
#include "http/toy_platform.h"
#include "http/upload_metadata.h"
#include "http/uploader.h"
#include "http/word_probe.h"
#include "media/disk_folder.h"
#include "platforms/list.h"
#include "ports/host_map.h"
#include "store/memory/memory_store.h"
#include "testing/seeded_random.h"

namespace herald::http {
namespace {

namespace fs = std::filesystem;

// Chance from a seed, for several threads.
class SharedRandom final : public Random {
 public:
  void fill(void* bytes, std::size_t size) override {
    const std::lock_guard lock(mutex_);
    random_.fill(bytes, size);
  }

 private:
  std::mutex mutex_;
  testing::SeededRandom random_;
};

class ServerExecutor final : public Executor {
 public:
  explicit ServerExecutor(Server& server) : server_(server) {}
  void post(std::function<void()> work) override { server_.post(std::move(work)); }
  void post_after(Duration delay, std::function<void()> work) override {
    server_.post_after(delay, std::move(work));
  }

 private:
  Server& server_;
};

// Of the platforms one stands in a sandbox.
class RigHosts final : public HostMap {
 public:
  std::string reach(std::string_view url) const override {
    constexpr std::string_view kScheme = "https://";
    if (!url.starts_with(kSandboxedSite)) return std::string(url);
    return std::string(kSandboxUrl) + "/" + std::string(url.substr(kScheme.size()));
  }
};

class QuietLog final : public Log {
 public:
  void write(LogLevel, std::string_view) override {}
};

template <class T>
T must(Result<T> result) {
  if (!result) {
    throw std::runtime_error("rig: " + result.error().message + " " + result.error().detail);
  }
  return std::move(*result);
}

std::vector<Registration> registrations() {
  std::vector<Registration> all;
  for (const Platform* platform : all_platforms()) {
    Registration& one = all.emplace_back();
    const std::string id = platform->spec->id.value;
    one.platform = id == kToyPlatform ? &toy_platform(*platform) : platform;
    one.name = platform->spec->registration;
    const std::string last = one.name == "main" ? "" : "/" + one.name;
    one.client_id = id + "-app" + last;
    one.client_secret = Secret("secret-of-" + id + last);
    if (!one.platform->spec->variables.instance.empty()) one.instance = "instance.example";
    one.redirect_uri = kPublicUrl + ("/api/social-media/" + id + "/oauth/callback" + last);
  }
  return all;
}

struct Folder {
  fs::path path = fs::temp_directory_path() / ("herald-doors-" + std::to_string(::getpid()));
  Folder() {
    fs::remove_all(path);
    fs::create_directories(path / "app/assets");
    std::ofstream(path / "app/index.html") << "<!doctype html><title>Herald</title>";
    std::ofstream(path / "app/assets/app-0123abcd.js") << "export {};";
  }
  ~Folder() { fs::remove_all(path); }
};

JwtSettings token_settings() {
  JwtSettings settings;
  settings.issuer = kPublicUrl;
  settings.audience = "herald";
  settings.secrets.emplace_back(kTokenSecret);
  return settings;
}

ServerLimits server_limits() { return {.drain_time_max = std::chrono::seconds(5)}; }

}  // namespace

bool doors_are_apart() {
  const char* doors = std::getenv("HERALD_TEST_DOORS");
  return doors != nullptr && std::string_view(doors) == "apart";
}

struct DoorRig::World {
  explicit World(const DoorOptions& options)
      : kept(options.store ? options.store() : std::make_unique<MemoryStore>()),
        library({store, *folder, probe, clock, random, executor, hub, log},
                {options.medium_bytes_max, std::uint64_t{1} << 30}),
        uploader(services, options.sign_ins) {}

  // Everything else stands until the server's threads are gone.
  ~World() {
    server->drain();
    server.reset();
  }
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  Folder files;
  testing::FakeClock clock;
  SharedRandom random;
  const std::unique_ptr<Store> kept;
  Store& store = *kept;
  SystemDigest digest;
  QuietLog log;
  RigHosts hosts;
  WordProbe probe;
  std::unique_ptr<Server> server = std::make_unique<Server>(4, server_limits());
  ServerExecutor executor{*server};
  testing::FakeTransport transport{executor};
  Argon2Passwords passwords{{1, 8192}};
  WrappingKeys wrapping = must(WrappingKeys::parse(make_wrapping_key("k1", random)));
  VaultSealer sealer{store, wrapping, clock, random};
  std::unique_ptr<JwtAccessTokens> tokens =
      must(JwtAccessTokens::make(token_settings(), clock, random));
  std::unique_ptr<SealedLinks> links =
      must(SealedLinks::make(Secret("Vb8Nc5Rt1Yw6Pd4Hs0Agk3J9x0Qz7Lm2"), clock));
  std::unique_ptr<JwsInternalAssertions> assertions = must([this] {
    std::vector<Secret> secrets;
    secrets.emplace_back("Pd4Hs0Agk3J9x0Qz7Lm2Vb8Nc5Rt1Yw6");
    return JwsInternalAssertions::make(secrets, clock, random);
  }());
  std::unique_ptr<media::DiskFolder> folder = must(media::DiskFolder::open_root(
      (files.path / "media").string(), {.customer_bytes_max = 1 << 30, .free_bytes_min = 0}));
  Registrations apps{registrations()};
  EventHub hub{store, executor, hosts};
  Access access{{store, *tokens, passwords, clock, random, digest}};
  Dialogues dialogues{clock, executor, transport};
  Vault vault{store, sealer, clock, executor, random, dialogues, hub, apps};
  Connect connect{
      {store, sealer, clock, clock, random, digest, hosts, hub, log}, vault, dialogues, apps};
  Compose compose{{store, clock, random, digest, hub}, apps, [] {}};
  Lookups lookups{{store, clock, executor}, vault, dialogues, apps};
  Notices notices{{store, clock, digest, hub}, apps};
  MediaLibrary library;
  Services services{access, connect, compose, lookups, library, notices, store, *folder,     sealer,
                    *links, digest,  clock,   random,  hub,     apps,    hosts, {kPublicUrl}};
  Uploader uploader;
  UploaderDoor uploader_door{uploader, *assertions, [this] { return ready.load(); }};
  std::unique_ptr<Client> to_uploader, to_gateway;
  std::unique_ptr<RemoteUploader> remote_uploader;
  std::unique_ptr<RemoteGateway> remote_gateway;
  std::unique_ptr<Gateway> gateway;
  StaticFiles app = must(StaticFiles::load(files.path / "app", {"/social-platform"}));
  std::unique_ptr<Edge> edge;
  std::atomic<bool> ready = true;
  std::mutex mutex;
  std::vector<std::string> faults;  // Guarded by mutex.
};

DoorRig::DoorRig(const DoorOptions& options)
    : alice{{ScopeAuthority::of({}), {}, {}, {}}, {}, {}},
      bob(alice),
      amy(alice),
      mallory(alice),
      world_(std::make_unique<World>(options)) {
  World& w = *world_;
  w.server->on_fault([&w](std::string_view what) {
    const std::lock_guard lock(w.mutex);
    w.faults.emplace_back(what);
  });
  uploader = must(w.server->listen("127.0.0.1", 0, w.uploader_door));
  const auto client_to = [&w](std::uint16_t port) {
    return std::make_unique<Client>(*w.server, std::vector<Place>{{"127.0.0.1", port}});
  };
  w.to_uploader = client_to(uploader);
  w.remote_uploader = std::make_unique<RemoteUploader>(*w.to_uploader, *w.assertions);
  w.gateway = std::make_unique<Gateway>(
      Gateway::Ports{*w.tokens, w.clock, w.random},
      options.apart ? static_cast<Upstream&>(*w.remote_uploader) : w.uploader, options.limits, "{}",
      [&w] { return w.ready.load(); });
  gateway = must(w.server->listen("127.0.0.1", 0, *w.gateway));
  w.to_gateway = client_to(gateway);
  w.remote_gateway = std::make_unique<RemoteGateway>(*w.to_gateway);
  w.edge = std::make_unique<Edge>(
      w.app, options.apart ? static_cast<Service&>(*w.remote_gateway) : *w.gateway, w.random);
  edge = must(w.server->listen("127.0.0.1", 0, *w.edge));
  w.server->start();
  for (const char* customer : {"cust_acme", "cust_evil"}) {
    must(w.store.add_customer({CustomerId(customer), customer, false, w.clock.now()}));
  }
  const auto join = [&](const char* customer, const char* email, Role role) {
    must(w.access.add_user(CustomerId(customer), email, email, Secret(kPassword), role));
    return signed_in(email);
  };
  alice = join("cust_acme", "alice@acme.test", Role::member);
  bob = join("cust_acme", "bob@acme.test", Role::member);
  amy = join("cust_acme", "amy@acme.test", Role::admin);
  mallory = join("cust_evil", "mallory@evil.test", Role::admin);
}

DoorRig::~DoorRig() {
  const std::lock_guard lock(world_->mutex);
  for (const auto& fault : world_->faults) ADD_FAILURE() << "a door reported: " << fault;
}

Person DoorRig::signed_in(const std::string& email, const std::string& password) const {
  auto who = must(world_->access.sign_in(email, Secret(password)));
  const auto claims = must(world_->tokens->verify(who.access_token));
  return {claims.caller, email, who.access_token};
}

testing::FakeClock& DoorRig::clock() { return world_->clock; }
Store& DoorRig::store() { return world_->store; }
testing::FakeTransport& DoorRig::transport() { return world_->transport; }
const Services& DoorRig::services() { return world_->services; }
Events& DoorRig::events() { return world_->hub; }
AccessTokens& DoorRig::tokens() { return *world_->tokens; }
InternalAssertions& DoorRig::assertions() { return *world_->assertions; }

void DoorRig::set_ready(bool ready) { world_->ready = ready; }

Account DoorRig::account_of(const Person& person, const std::string& platform) {
  World& w = *world_;
  Connection connection;
  Grant& grant = connection.grant;
  grant.id = GrantId(w.random.id("grant"));
  grant.customer = person.caller.scope.customer();
  grant.user = person.caller.user;
  grant.platform = PlatformId(platform);
  grant.registration = "main";
  grant.created_at = grant.updated_at = w.clock.now();
  TokenSet tokens;
  tokens["access"].secret = Secret("ya29.access");
  grant.sealed_tokens = must(w.vault.seal_tokens(grant, tokens));
  Account account;
  account.id = AccountId(w.random.id("acc"));
  account.customer = grant.customer;
  account.user = grant.user;
  account.platform = grant.platform;
  account.grant = grant.id;
  account.kind = "channel";
  account.remote_id = "remote-of-" + person.email;
  account.name = "Account of " + person.email;
  account.connected_at = w.clock.now();
  connection.accounts.push_back(account);
  return must(w.store.connect(person.caller.scope, connection)).front();
}

std::string DoorRig::begin_upload(const Person& person, std::size_t bytes,
                                  const std::string& filename) const {
  const auto answer = as(person).send("POST", "/api/social-media/media", {},
                                      {{"Tus-Resumable", "1.0.0"},
                                       {"Upload-Length", std::to_string(bytes)},
                                       {"Upload-Metadata", "filename " + to_base64(filename)}});
  if (answer.status != 201) throw std::runtime_error("rig: no upload: " + answer.body);
  const std::string location = answer.header("Location");
  return location.substr(location.rfind('/') + 1);
}

std::string DoorRig::medium_of(const Person& person, const std::string& bytes) {
  const auto id = begin_upload(person, bytes.size());
  const auto sent = as(person).send("PATCH", "/api/social-media/media/" + id, bytes,
                                    {{"Tus-Resumable", "1.0.0"},
                                     {"Upload-Offset", "0"},
                                     {"Content-Type", "application/offset+octet-stream"}});
  if (sent.status != 204) throw std::runtime_error("rig: no bytes taken: " + sent.body);
  wait_until([&] {
    const auto medium = must(store().find_medium(person.caller.scope, MediaId(id)));
    return medium.status == MediaStatus::ready || medium.status == MediaStatus::refused;
  });
  return id;
}

json::object DoorRig::draft_of(const Person& person) {
  json::array media{{{"media_id", medium_of(person, "VIDEO clip")}}};
  json::object options{{"title", "A title"}, {"made_for_kids", false}};
  const auto account = account_of(person).id.value;
  json::array targets{{{"account_id", account}, {"kind", "video"}, {"options", options}}};
  return {{"text", "hello"}, {"media", std::move(media)}, {"targets", std::move(targets)}};
}

std::string DoorRig::post_of(const Person& person) {
  json::object draft = draft_of(person);
  draft["allow_repeat"] = true;
  const auto answer = as(person).post("/api/social-media/posts", draft);
  if (answer.status != 201) throw std::runtime_error("rig: no post: " + answer.body);
  return json::value_to<std::string>(json_of(answer).at("id"));
}

BegunFlow DoorRig::begin_flow(const Person& person, const std::string& platform) const {
  BegunFlow flow;
  flow.answer = as(person).get("/api/social-media/" + platform + "/oauth/initiate");
  if (flow.answer.status != 200) return flow;
  const auto body = json_of(flow.answer);
  flow.id = json::value_to<std::string>(body.at("flow_id"));
  flow.auth_url = json::value_to<std::string>(body.at("auth_url"));
  const auto query = must(Query::parse(flow.auth_url.substr(flow.auth_url.find('?') + 1)));
  flow.state = *query.find("state");
  const auto cookie = flow.answer.header("Set-Cookie");
  flow.cookie = cookie.substr(0, cookie.find(';'));
  return flow;
}

HttpAnswer DoorRig::call_back(const std::string& platform, const std::string& query,
                              const std::string& cookie) const {
  HttpHeaders headers;
  if (!cookie.empty()) headers.emplace_back("Cookie", cookie);
  return anyone().get("/api/social-media/" + platform + "/oauth/callback?" + query, headers);
}

HttpAnswer DoorRig::finish(const Person& person, const std::string& platform,
                           const std::string& flow_id, const std::string& cookie) const {
  World& w = *world_;
  w.transport.answer(kToyTokenUrl, 200, R"({"access_token":"secret:access"})",
                     {{"access", "toy-token"}});
  const std::string scopes =
      "https://www.googleapis.com/auth/youtube.upload "
      "https://www.googleapis.com/auth/youtube.readonly "
      "https://www.googleapis.com/auth/youtube.force-ssl";
  w.transport.answer("https://oauth2.googleapis.com/token", 200,
                     R"({"access_token":"secret:access","refresh_token":"secret:refresh",)"
                     R"("expires_in":3599,"token_type":"Bearer","scope":")" +
                         scopes + R"("})",
                     {{"access", "ya29.a0"}, {"refresh", "1//0r"}});
  w.transport.answer("https://www.googleapis.com/youtube/v3/channels", 200,
                     R"({"items":[{"id":"UC1","snippet":{"title":"Acme TV","customUrl":"@acme",)"
                     R"("thumbnails":{"default":{"url":"https://yt3.ggpht.com/face"}}}}]})");
  HttpHeaders headers;
  if (!cookie.empty()) headers.emplace_back("Cookie", cookie);
  return as(person).post("/api/social-media/" + platform + "/oauth/finish", {{"flow_id", flow_id}},
                         headers);
}

std::size_t DoorRig::token_calls() {
  const auto sent = transport().sent();
  return static_cast<std::size_t>(
      std::ranges::count_if(sent, [](const auto& one) { return one.form.contains("code"); }));
}

}  // namespace herald::http
