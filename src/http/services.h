// What the doors stand on: the use cases, and how the outside calls us.
#pragma once

#include <string>

#include "app/access.h"
#include "app/compose.h"
#include "app/connect.h"
#include "app/lookups.h"
#include "app/media_library.h"
#include "app/notices.h"
#include "app/registrations.h"
#include "ports/host_map.h"
#include "ports/internal_assertions.h"
#include "ports/signed_links.h"
#include "ports/store.h"

namespace herald::http {

class EventHub;

struct Site {
  std::string public_url;  // "https://herald.example"; no trailing slash. Links come from it.
  bool loopback = false;   // Plain http on this machine: cookies without __Host- and Secure.
};

struct Services {
  Access& access;
  Connect& connect;
  Compose& compose;
  Lookups& lookups;
  MediaLibrary& media;
  Notices& notices;
  Store& store;
  MediaFolder& folder;
  Sealer& sealer;
  SignedLinks& links;
  const Digest& digest;
  Clock& clock;
  Random& random;
  EventHub& events;
  const Registrations& registrations;
  const HostMap& hosts;  // Where the links and pictures that we show lead.
  Site site;
};

}  // namespace herald::http
