// The uploader in another process: the same routes, each request signed for it, bodies gathered and
// hashed or passed on as they come.
#pragma once

#include <memory>
#include <optional>

#include "http/server/client.h"
#include "http/uploader.h"

namespace herald::http {

class RemoteUploader final : public Upstream {
 public:
  RemoteUploader(Client& client, InternalAssertions& assertions)
      : client_(client), assertions_(assertions) {}
  // Refuses what no uploader of this version has; whether a sign-in still holds only that one
  // knows.
  Admission admit(const std::optional<Caller>& caller, Request& head) override;
  void serve(const std::optional<Caller>& caller, Request request, std::shared_ptr<BodySink> sink,
             Reply reply) override;

 private:
  Client& client_;
  InternalAssertions& assertions_;
  const ApiRoutes routes_ = api_routes();
};

}  // namespace herald::http
