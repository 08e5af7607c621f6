// The door behind a door. In one process a plain call; across processes a signed request. `caller`
// is who the front door has checked; nothing for the few routes that are open to all.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "domain/scope.h"
#include "http/server/message.h"

namespace herald::http {

class Upstream {
 public:
  virtual ~Upstream() = default;
  // As Service::is_brief().
  virtual bool is_brief(std::string_view /*method*/, std::string_view /*path*/) const {
    return false;
  }
  virtual Admission admit(const std::optional<Caller>& caller, Request& head) = 0;
  virtual void serve(const std::optional<Caller>& caller, Request request,
                     std::shared_ptr<BodySink> sink, Reply reply) = 0;
};

}  // namespace herald::http
