// Turns a platform's call into the bytes to be sent. The one place where references become secrets.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "ports/digest.h"
#include "ports/transport.h"

namespace herald {

struct WireRequest {
  WireRequest() = default;
  WireRequest(WireRequest&&) = default;
  ~WireRequest();  // Wipes the texts, which may hold secrets (V-12).

  std::string method;
  std::string url;  // At the real host.
  std::string host;
  std::vector<std::pair<std::string, std::string>> headers;
  // The body: `before`, then the medium's bytes, then `after`.
  std::string before;
  std::optional<MediaBytes> media;
  std::string after;
  bool has_body = false;  // An empty one counts.

  std::uint64_t body_bytes() const {
    return before.size() + (media ? media->length : 0) + after.size();
  }
};

// A public link for "<media id>" or "<media id>/jpeg" of this customer. May block for the store.
using LinkMaker = std::function<Result<std::string>(const CustomerId&, std::string_view medium)>;

// `boundary` separates the parts of a multipart body; random. internal: the call's address or a
// header is malformed, a reference names nothing, or a secret would go to a host that the platform
// does not own. Nothing was sent then.
Result<WireRequest> assemble(const Call& call, const CustomerId& customer, const SecretSet& secrets,
                             const std::vector<std::string>& token_hosts, const Digest& digest,
                             const LinkMaker& link, std::string_view boundary);

// Lower-case host of an https URL without userinfo, port, fragment or anything but plain
// characters; empty if it is anything else.
std::string host_of(std::string_view url);

}  // namespace herald
