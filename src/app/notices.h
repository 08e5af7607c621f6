// What platforms tell us about a person: they removed our app, or want their data deleted. Both may
// come more than once and must be harmless then.
#pragma once

#include <string>
#include <string_view>

#include "app/registrations.h"
#include "ports/clock.h"
#include "ports/digest.h"
#include "ports/events.h"
#include "ports/store.h"

namespace herald {

class Notices {
 public:
  struct Ports {
    Store& store;
    Clock& clock;
    const Digest& digest;
    Events& events;
  };
  Notices(Ports ports, const Registrations& registrations)
      : ports_(ports), registrations_(registrations) {}

  // The person removed our app: their grants need a reconnect. invalid: not signed by the platform.
  Result<Done> deauthorised(const PlatformId& platform, std::string_view signed_request);
  // Removes every account and token of that person. Returns the code that they may quote; the same
  // one for the same person.
  Result<std::string> delete_data(const PlatformId& platform, std::string_view signed_request);
  // True for a code that delete_data() gave out.
  bool is_deletion_code(std::string_view code) const;

 private:
  struct Signed {
    Notice notice;
    const Registration* by = nullptr;  // Whose secret signed it.
  };
  // Two sign-ins of a platform share the address; each has a secret of its own.
  Result<Signed> read(const PlatformId& platform, std::string_view signed_request);
  // The person's, by the sign-in that the notice is about.
  Result<std::vector<Grant>> grants_of(const Signed& told);
  // False: there was nothing (any more) to end.
  Result<bool> end(Grant grant, const Notice& notice);

  Ports ports_;
  const Registrations& registrations_;
};

}  // namespace herald
