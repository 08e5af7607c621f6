// Posts as people make them: checked before they are saved, saved once, changed and called back as
// long as nothing is visible.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/registrations.h"
#include "domain/capability.h"
#include "domain/post.h"
#include "domain/scope.h"
#include "ports/clock.h"
#include "ports/digest.h"
#include "ports/events.h"
#include "ports/random.h"
#include "ports/store.h"

namespace herald {

struct PostDraft {
  std::string text;
  std::vector<MediaUse> media;
  std::vector<Target> targets;
  std::optional<Time> due_at;  // Nothing: now.
  std::string time_zone;
  std::optional<Duration> lateness_max;
  bool allow_repeat = false;  // Whoever sends it means to show the same content twice.
};

struct Problem {
  int target = -1;  // Index; -1: the post as a whole.
  Violation violation;
};

struct PlannedCall {
  bool visible = false;
  std::string step;
  std::string method;
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;  // Secrets and links as {names}.
};
struct TargetPlan {
  AccountId account;
  std::vector<PlannedCall> calls;
  std::vector<QuotaCost> quota;
};

class Compose {
 public:
  struct Ports {
    Store& store;
    Clock& clock;
    Random& random;
    const Digest& digest;
    Events& events;
  };
  // `wake` is called when something fell due at once.
  Compose(Ports ports, const Registrations& registrations, std::function<void()> wake)
      : ports_(ports), registrations_(registrations), wake_(std::move(wake)) {}

  // The same content goes to the same place once in this time, unless the draft allows a repeat.
  static constexpr Duration kUniqueFor = std::chrono::hours(24);

  // What the platforms would refuse, and what is worth a warning, by the facts that are fresh
  // (Lookups::freshen() gets them). A repeat is warned of ("content.repeated"), with the id of the
  // post that it repeats where this person may see that; `edited` names a post that does not count
  // as its own repeat. not_found: a named account or medium is not this person's.
  Result<std::vector<Problem>> check(const Caller& caller, const PostDraft& draft,
                                     const PostId& edited = {});

  struct Created {
    std::vector<Problem> problems;  // With an error among them nothing was saved.
    PostId id;
    bool replayed = false;
  };
  // A repeat is an error here.
  Result<Created> create(const Caller& caller, const PostDraft& draft, const std::string& key);
  // conflict: not `revision` any more, or already going out.
  Result<Created> edit(const Caller& caller, const PostId& id, int revision,
                       const PostDraft& draft);
  Result<Done> cancel(const Caller& caller, const PostId& id);
  // A person's retry of a failed delivery. conflict: it is not failed.
  Result<Done> retry(const Caller& caller, const PostId& post, const DeliveryId& id);
  // A person looked: what was in review is live (maybe at `url`), or is not there.
  Result<Done> resolve(const Caller& caller, const PostId& post, const DeliveryId& id, bool is_live,
                       const std::string& url);
  // The calls that publishing the draft now would make, in order, and what they cost.
  Result<std::vector<TargetPlan>> plan(const Caller& caller, const PostDraft& draft);

  // not_found: of another person, or not there.
  Result<Post> find(const Caller& caller, const PostId& id);

 private:
  struct Prepared {
    Post post;
    std::vector<Delivery> deliveries;
    std::vector<Problem> problems;
    std::vector<Input> inputs;  // One per target that could be judged, as `deliveries`.
  };
  Result<Done> own_media(const Caller& caller, const Input& input);
  Result<Prepared> prepare(const Caller& caller, const PostDraft& draft);
  std::string content_of(const Input& input) const;
  Result<std::vector<Problem>> repeats_in(const Caller& caller,
                                          const std::vector<Delivery>& deliveries,
                                          Violation::Severity severity);
  Result<Delivery> own_delivery(const Caller& caller, const PostId& post, const DeliveryId& id);
  void tell(const Post& post);
  std::string fingerprint(const PostDraft& draft) const;

  Ports ports_;
  const Registrations& registrations_;
  std::function<void()> wake_;
};

bool has_error(const std::vector<Problem>& problems);
// What tells two values of an option apart.
void append(std::vector<std::string>& parts, const OptionValue& value);

}  // namespace herald
