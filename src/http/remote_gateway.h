// The gateway in another process: everything below /api goes on to it as it came.
#pragma once

#include "http/client_address.h"
#include "http/server/client.h"
#include "http/server/message.h"

namespace herald::http {

class RemoteGateway final : public Service {
 public:
  explicit RemoteGateway(Client& client) : client_(client) {}
  Admission admit(Request& head) override;
  void serve(Request request, std::shared_ptr<BodySink> sink, Reply reply) override;

 private:
  Client& client_;
};

}  // namespace herald::http
