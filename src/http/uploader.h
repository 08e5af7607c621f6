// The uploader: OAuth, accounts, posts, media, publishing. It decides on the original caller's
// identity and owns every route behind /api.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/rate_limits.h"
#include "http/server/router.h"
#include "http/services.h"
#include "http/sign_in.h"
#include "http/upstream.h"

namespace herald::http {

// One request on its way through a resource.
struct ApiCall {
  const Services& services;
  std::optional<Caller> who;  // Set wherever the route is not open.
  Request request;
  PathArgs args;
  std::shared_ptr<BodySink> sink;

  const Caller& caller() const { return *who; }
  std::string arg(std::string_view name) const { return args.find(name)->second; }
  PlatformId platform() const { return PlatformId(arg("platform")); }
  Response refuse(const Error& error) const;  // As problem+json.
};

struct ApiRoute {
  using Handle = void (*)(ApiCall call, Reply reply);
  // For bodies that are not to be gathered: who takes them, or why not.
  using Receive = std::expected<std::shared_ptr<BodySink>, Response> (*)(const ApiCall& call);

  Handle handle = nullptr;
  bool open = false;                   // Answers without a caller.
  std::uint64_t body_limit_bytes = 0;  // 0: no body.
  Receive receive = nullptr;
  bool brief = false;  // See Service::is_brief().
};

using ApiRoutes = RouteTable<ApiRoute>;

// Every route behind /api but those of sign-in.
ApiRoutes api_routes();
// Why a request comes to nothing whatever its body says: no such route, or not without a caller.
std::optional<Response> refused_route(const ApiRoutes::Match& match,
                                      const std::optional<Caller>& caller,
                                      const std::string& request_id);
// What is known of a body that streams before it does, for the assertion: how long it is, what it
// is said to be, and where in which upload it belongs. `head` as it goes from door to door.
std::string stream_terms(const Request& head);

constexpr const char* kAssertionHeader = "X-Herald-Assertion";

class Uploader final : public Upstream {
 public:
  // `sign_ins`: tries per email; per address five times that.
  Uploader(const Services& services, RateLimit sign_ins);
  bool is_brief(std::string_view method, std::string_view path) const override;
  Admission admit(const std::optional<Caller>& caller, Request& head) override;
  void serve(const std::optional<Caller>& caller, Request request, std::shared_ptr<BodySink> sink,
             Reply reply) override;
  // Whether this request is for a route that needs no caller; also true for paths that do not
  // exist. Never for sign-in.
  bool is_open(const Request& head) const;
  // Whether its body is taken piece by piece, as it comes.
  bool takes_stream(const Request& head) const;
  const Services& services() const { return services_; }

 private:
  Result<Done> still_good(const Caller& caller);

  const Services& services_;
  const ApiRoutes routes_ = api_routes();
  SignIn sign_in_;
  RecentlySeen sessions_{std::chrono::seconds(30)};  // Sign-ins found good a moment ago.
};

// Its own port: a caller exists only by a signed internal assertion.
class UploaderDoor final : public Service {
 public:
  // `ready` is what the gateway goes by.
  UploaderDoor(Uploader& uploader, InternalAssertions& assertions, std::function<bool()> ready)
      : uploader_(uploader), assertions_(assertions), ready_(std::move(ready)) {}
  Admission admit(Request& head) override;
  void serve(Request request, std::shared_ptr<BodySink> sink, Reply reply) override;

 private:
  struct Seen;
  Uploader& uploader_;
  InternalAssertions& assertions_;
  const std::function<bool()> ready_;
};

// Each resource adds its routes.
void add_platform_routes(ApiRoutes& routes);
void add_connect_routes(ApiRoutes& routes);
void add_account_routes(ApiRoutes& routes);
void add_post_routes(ApiRoutes& routes);
void add_media_routes(ApiRoutes& routes);
void add_history_routes(ApiRoutes& routes);
void add_analytics_routes(ApiRoutes& routes);
void add_event_routes(ApiRoutes& routes);
void add_notice_routes(ApiRoutes& routes);

}  // namespace herald::http
