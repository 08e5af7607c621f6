// Carries a platform's call over the network. The only place where secrets meet a request.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.h"
#include "domain/secret.h"
#include "domain/time.h"
#include "ports/platform.h"

namespace herald {

struct SecretSet {
  std::string client_id;
  Secret app_secret;
  Secret user_token;
  Secret account_token;  // Empty: user_token stands in.
  Secret refresh_token;
  std::map<std::string, Secret> named;
};

struct Dispatch {
  Call call;
  CustomerId customer;  // Whose media the body and the links name.
  std::shared_ptr<const SecretSet> secrets;
  std::vector<std::string> token_hosts;
  // Asked right before the first byte leaves, on the transport's thread; must not block. False:
  // nothing is sent. Given for what must not be sent late: visible calls, and those that spend a
  // token that is good for one use.
  std::function<bool()> may_send;
  // Told now and then while bytes flow. False: the transfer is aborted. Must not block.
  std::function<bool(std::uint64_t sent, std::uint64_t total)> on_progress;
};

struct Received {
  Answer answer;
  std::map<std::string, Secret> secrets;  // By the names in Call::secrets.
};

class Transport {
 public:
  virtual ~Transport() = default;
  // Returns at once; `done` is called exactly once, on a worker. A visible call goes over a fresh
  // connection, HTTP/1.1, no redirects, never repeated by the transport. No call follows redirects.
  virtual void send(Dispatch dispatch, std::function<void(Received)> done) = 0;
  // What the clock of this URL's host last said (the Date of an answer) to this process. It may be
  // long ago; nothing: it has not answered yet.
  virtual std::optional<Time> last_date(std::string_view url) const = 0;
};

}  // namespace herald
