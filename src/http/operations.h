// The operations port: is it alive, can it do its work, and how much has it done. On loopback
// unless the operator says otherwise; shows no customer's data.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "http/server/message.h"

namespace herald::http {

struct Check {
  std::string name;
  bool ready = true;
  std::string note;
};

class Operations final : public Service {
 public:
  using Checks = std::function<std::vector<Check>()>;
  using Metrics = std::function<std::string()>;  // Prometheus text format.
  // `process`: this one's id, so that whoever started it can tell its answer from another's.
  Operations(int process, Checks checks, Metrics metrics)
      : process_(process), checks_(std::move(checks)), metrics_(std::move(metrics)) {}
  Admission admit(Request& head) override;
  void serve(Request request, std::shared_ptr<BodySink> sink, Reply reply) override;

 private:
  const int process_;
  Checks checks_;
  Metrics metrics_;
};

}  // namespace herald::http
