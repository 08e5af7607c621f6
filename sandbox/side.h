// A side is one company's platforms: it owns real host names and answers what is sent to them.
// The core serves <base>/<real-host>/<path>, so that a client works unmodified when only its host
// is rewritten, and also takes a request whose Host header is the real one.
//
// A side is a state machine: it never opens a socket or a file, never sleeps, and takes time from
// World::clock. The core calls it from one thread at a time, saves its state whenever it changed,
// commits the ledger, and only then lets the answer leave.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/server/message.h"
#include "sandbox/call.h"
#include "sandbox/clock.h"
#include "sandbox/ledger.h"
#include "sandbox/media_shelf.h"
#include "sandbox/settings.h"
#include "sandbox/switches.h"

namespace herald::sandbox {

// What a side may use. Outlives every side.
struct World {
  Clock& clock;
  Ledger& ledger;
  MediaShelf& media;
  Switches& switches;
  const Settings& settings;
};

// A request that the platform makes by itself, after its answer (a callback, a webhook).
struct Notice {
  std::string url;
  std::string content_type;
  std::string body;
};

struct Answer {
  http::Response response;
  // Not empty: the side changed nothing and wants these addresses fetched first; the core does that
  // and asks again with Call::fetched filled.
  std::vector<std::string> fetch_first;
  // The call made something visible, or committed the platform to do so. A reused connection that
  // carried such a call is closed without an answer.
  bool publishes = false;
  std::vector<Notice> notices;
};

// A platform, by its id and as the sandbox's pages call it.
struct NamedPlatform {
  std::string id;    // "twitter"
  std::string name;  // "X (Twitter)"
};

class Side {
 public:
  virtual ~Side() = default;

  virtual std::string name() const = 0;  // "meta", "google", ...: its key in files and controls.
  virtual std::vector<NamedPlatform> platforms() const = 0;
  virtual std::vector<std::string> hosts() const = 0;

  virtual Answer answer(const Call& call) = 0;
  // What time alone brings about (processing ends, a schedule comes due). Called before each call
  // and before the ledger is shown.
  virtual void settle() = 0;

  // POST /_sandbox/<name>/<verb>; call.path is "/<verb>". The verbs stand in the side's header.
  virtual Answer control(const Call& call) = 0;
  // The platform's own words for "too many calls". The core adds Retry-After where it is asked to.
  virtual http::Response rate_limited(const Call& call) = 0;
  // An answer that a scripted fault asks for by name ("IG-20"), so that scripts need not spell out
  // bodies. Status 0: no such name.
  virtual http::Response scripted(std::string_view name, const Call& call) {
    (void)name, (void)call;
    return {.status = 0};
  }
  // Faults on tokens: `how` is "expire" or "revoke"; touches the token that the call carries, as an
  // access token or as a parameter of a refresh.
  virtual void spoil_token(const Call& call, std::string_view how) = 0;

  // Everything but what World holds, as JSON text.
  virtual std::string save() const = 0;
  virtual void load(std::string_view json) = 0;
  virtual void restart() = 0;  // Back to the seeded state.
};

// JSON answer with the content type that Meta and Google send.
http::Response json_answer(int status, std::string body);
http::Response html_answer(int status, std::string body);
http::Response text_answer(int status, std::string body);
http::Response redirect(std::string location);  // 302.

// Text for HTML, also inside double-quoted attributes.
std::string html_escaped(std::string_view text);

// Every side there is, each with its switches declared. One line a side in sides.cc.
std::vector<std::unique_ptr<Side>> make_sides(World& world);

}  // namespace herald::sandbox
