#include "app/compose.h"

#include <algorithm>
#include <set>
#include <utility>

#include "app/inputs.h"
#include "app/lookups.h"
#include "app/packing.h"
#include "app/rules.h"
#include "domain/check.h"
#include "domain/encoding.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

constexpr Duration kPastTolerated = 2min;
constexpr Duration kAheadMax = 366 * 24h;
constexpr Duration kLatenessDefault = 24h;
constexpr std::size_t kTargetsMax = 50;
constexpr std::size_t kMediaMax = 20;
constexpr std::size_t kTextBytesMax = 100'000;

Problem problem(int target, std::string field, std::string rule, std::string message) {
  Violation violation;
  violation.rule = std::move(rule);
  violation.field = std::move(field);
  violation.message = std::move(message);
  return {target, std::move(violation)};
}

Problem warning(int target, std::string field, std::string rule, std::string message) {
  Problem one = problem(target, std::move(field), std::move(rule), std::move(message));
  one.violation.severity = Violation::Severity::warning;
  return one;
}

void judge_time(const PostDraft& draft, Time now, std::vector<Problem>& problems) {
  if (!draft.due_at) return;
  if (*draft.due_at < now - kPastTolerated) {
    problems.push_back(problem(-1, "due_at", "due.past",
                               "That time has passed. Pick a later one, or publish now."));
  } else if (*draft.due_at < now) {
    problems.push_back(
        warning(-1, "due_at", "due.now", "That time has just passed. The post goes out at once."));
  } else if (*draft.due_at > now + kAheadMax) {
    problems.push_back(
        problem(-1, "due_at", "due.far", "That is more than a year ahead. Pick an earlier time."));
  }
}

// Without its id, which it gets when it is saved.
Post post_of(const Caller& caller, const PostDraft& draft, Time now) {
  Post post;
  post.customer = caller.scope.customer();
  post.user = caller.user;
  post.text = draft.text;
  post.media = draft.media;
  post.targets = draft.targets;
  post.due_at = draft.due_at ? std::max(*draft.due_at, now) : now;
  post.time_zone = draft.time_zone;
  post.lateness_max = draft.lateness_max.value_or(kLatenessDefault);
  post.created_at = post.updated_at = now;
  return post;
}

Delivery delivery_of(const Post& post, const Account& account, int target) {
  Delivery delivery;
  delivery.customer = post.customer;
  delivery.user = post.user;
  delivery.account = account.id;
  delivery.platform = account.platform;
  delivery.target = target;
  delivery.target_key = post.targets[static_cast<std::size_t>(target)].key;
  delivery.kind = post.targets[static_cast<std::size_t>(target)].kind;
  delivery.due_at = delivery.publish_at = post.due_at;
  delivery.missed_after = post.due_at + post.lateness_max;
  delivery.created_at = delivery.updated_at = post.created_at;
  return delivery;
}

// What no target is named for yet cannot be asked about.
bool can_be_looked_up(const Platform& platform, const Target& target) {
  return platform.flow(Flow::lookup) && !(platform.spec->lookup.per_target && target.key.empty());
}

}  // namespace

bool has_error(const std::vector<Problem>& problems) {
  return std::ranges::any_of(problems, [](const Problem& one) {
    return one.violation.severity == Violation::Severity::error;
  });
}

std::string Compose::fingerprint(const PostDraft& draft) const {
  const auto number = [](auto value) { return std::to_string(value); };
  std::vector<std::string> parts{
      draft.text, draft.time_zone, draft.due_at ? number(to_ms(*draft.due_at)) : "",
      draft.lateness_max ? number(draft.lateness_max->count()) : "", number(draft.media.size())};
  for (const auto& use : draft.media) parts.insert(parts.end(), {use.medium.value, use.alt_text});
  for (const auto& target : draft.targets) {
    parts.insert(parts.end(),
                 {target.account.value, target.kind, target.key, target.text ? "own text" : "",
                  target.text.value_or(""), number(target.options.size())});
    for (const auto& [name, value] : target.options) {
      parts.push_back(name);
      append(parts, value);
    }
  }
  return to_hex(ports_.digest.sha256(pack({parts.begin(), parts.end()})));
}

// A colleague's file is as unknown as one that does not exist.
Result<Done> Compose::own_media(const Caller& caller, const Input& input) {
  std::vector<MediaId> used;
  for (const auto& medium : input.media) used.push_back(medium.id);
  for (const auto& [name, medium] : input.option_media) used.push_back(medium.id);
  for (const auto& id : used) {
    HERALD_TRY(const Medium medium, ports_.store.find_medium(caller.scope, id));
    if (!caller.may_see(medium.user)) return fail(ErrorKind::not_found, "There is no such file.");
  }
  return Done{};
}

Result<Compose::Prepared> Compose::prepare(const Caller& caller, const PostDraft& draft) {
  const Time now = ports_.clock.now();
  Prepared prepared;
  Post& post = prepared.post = post_of(caller, draft, now);
  auto& problems = prepared.problems;
  judge_time(draft, now, problems);
  if (draft.targets.empty()) {
    problems.push_back(problem(-1, "targets", "targets.min", "Pick at least one account."));
  }
  if (draft.targets.size() > kTargetsMax || draft.media.size() > kMediaMax ||
      draft.text.size() > kTextBytesMax) {
    return fail(ErrorKind::invalid, "This post is too large.");
  }

  std::set<std::pair<AccountId, std::string>> seen;
  for (std::size_t i = 0; i < draft.targets.size(); ++i) {
    Target& target = post.targets[i];
    const int index = static_cast<int>(i);
    HERALD_TRY(const Account account, ports_.store.find_account(caller.scope, target.account));
    if (!caller.may_see(account.user)) {
      return fail(ErrorKind::not_found, "There is no such account.");
    }
    HERALD_TRY(const Grant grant, grant_of(ports_.store, caller.scope, account));
    const Registration* registration = registrations_.find(account.platform, grant.registration);
    if (registration == nullptr) return fail(ErrorKind::internal, "This platform is gone.");
    const Platform& platform = *registration->platform;
    target.key = canonical_target(platform.spec->target, target.key);
    if (!seen.emplace(target.account, target.key).second) {
      problems.push_back(problem(index, "account_id", "targets.unique",
                                 target.key.empty() ? "This account is in the post twice."
                                                    : "This place is in the post twice."));
      continue;
    }
    auto input = input_for(ports_.store, caller.scope, *registration, account, grant.scopes, post,
                           target, now);
    if (!input && input.error().code == "media_not_ready") {
      problems.push_back(problem(index, "media", "media.ready", input.error().message));
      continue;
    }
    if (!input) return std::unexpected(std::move(input).error());
    HERALD_CHECK(own_media(caller, *input));
    HERALD_TRY(input->looked_up,
               fresh_facts(ports_.store, caller.scope, platform, account.id, target.key, now));
    for (auto& violation : violations_of(platform, *input)) {
      problems.push_back({index, std::move(violation)});
    }
    if (grant.state != GrantState::live) {
      problems.push_back(
          warning(index, "account_id", "account.reconnect",
                  account.name + " has to be reconnected. The post will wait for it."));
    } else if (can_be_looked_up(platform, target) && !input->looked_up.known()) {
      problems.push_back(warning(
          index, "account_id", "lookup.missing",
          platform.spec->name + " has not said how this account stands just now. What depends on "
                                "it (its limits, its choices) is seen when the post goes out."));
    }
    prepared.deliveries.push_back(delivery_of(post, account, index));
    prepared.deliveries.back().content = content_of(*input);
    prepared.inputs.push_back(std::move(*input));
  }
  return prepared;
}

Result<std::vector<Problem>> Compose::check(const Caller& caller, const PostDraft& draft,
                                            const PostId& edited) {
  HERALD_TRY(Prepared prepared, prepare(caller, draft));
  for (Delivery& delivery : prepared.deliveries) delivery.post = edited;
  HERALD_TRY(auto twice, repeats_in(caller, prepared.deliveries, Violation::Severity::warning));
  prepared.problems.insert(prepared.problems.end(), twice.begin(), twice.end());
  return std::move(prepared.problems);
}

Result<Compose::Created> Compose::create(const Caller& caller, const PostDraft& draft,
                                         const std::string& key) {
  const IdempotencyKey once{key, key.empty() ? std::string() : fingerprint(draft)};
  // First of all: what was right then is not judged again now that its time may have passed.
  HERALD_TRY(const auto before, ports_.store.find_created(caller.scope, caller.user, once));
  if (before) return Created{{}, before->id, true};
  HERALD_TRY(Prepared prepared, prepare(caller, draft));
  if (has_error(prepared.problems)) return Created{std::move(prepared.problems), {}, false};
  prepared.post.id = PostId(ports_.random.id("post"));
  for (auto& delivery : prepared.deliveries) {
    delivery.post = prepared.post.id;
    delivery.id = delivery_id(delivery.post, delivery.account, delivery.target_key);
  }
  const auto created = ports_.store.create_post(caller.scope, prepared.post, prepared.deliveries,
                                                once, draft.allow_repeat ? Duration{} : kUniqueFor);
  if (!created && created.error().code == "content_repeated") {
    HERALD_TRY(auto twice, repeats_in(caller, prepared.deliveries, Violation::Severity::error));
    if (!twice.empty()) return Created{std::move(twice), {}, false};
  }
  if (!created) return std::unexpected(created.error());
  if (!created->replayed) {
    tell(prepared.post);
    if (prepared.post.due_at <= ports_.clock.now()) wake_();
  }
  return Created{std::move(prepared.problems), created->id, created->replayed};
}

Result<Compose::Created> Compose::edit(const Caller& caller, const PostId& id, int revision,
                                       const PostDraft& draft) {
  HERALD_TRY(const Post before, find(caller, id));
  if (before.revision != revision) {
    Error error{ErrorKind::conflict,
                "Somebody changed this post meanwhile. Load it again.",
                {},
                {},
                "edited_meanwhile"};
    return std::unexpected(std::move(error));
  }
  HERALD_TRY(Prepared prepared, prepare(caller, draft));
  if (has_error(prepared.problems)) return Created{std::move(prepared.problems), {}, false};
  Post& post = prepared.post;
  post.id = id;
  post.user = before.user;
  post.created_at = before.created_at;
  post.revision = revision + 1;
  for (auto& delivery : prepared.deliveries) {
    delivery.post = id;
    delivery.user = before.user;
    delivery.id = delivery_id(id, delivery.account, delivery.target_key);
  }
  if (!draft.allow_repeat) {
    HERALD_TRY(auto twice, repeats_in(caller, prepared.deliveries, Violation::Severity::error));
    if (!twice.empty()) return Created{std::move(twice), {}, false};
  }
  HERALD_CHECK(ports_.store.edit_post(caller.scope, post, prepared.deliveries));
  tell(post);
  wake_();
  return Created{std::move(prepared.problems), id, false};
}

Result<Post> Compose::find(const Caller& caller, const PostId& id) {
  HERALD_TRY(Post post, ports_.store.find_post(caller.scope, id));
  if (!caller.may_see(post.user)) return fail(ErrorKind::not_found, "There is no such post.");
  return post;
}

Result<Done> Compose::cancel(const Caller& caller, const PostId& id) {
  HERALD_TRY(const Post post, find(caller, id));
  HERALD_CHECK(ports_.store.cancel_post(caller.scope, id, ports_.clock.now()));
  tell(post);
  return Done{};
}

Result<Delivery> Compose::own_delivery(const Caller& caller, const PostId& post,
                                       const DeliveryId& id) {
  HERALD_TRY(Delivery delivery, ports_.store.find_delivery(caller.scope, id));
  if (!caller.may_see(delivery.user) || delivery.post != post) {
    return fail(ErrorKind::not_found, "There is no such delivery.");
  }
  return delivery;
}

Result<Done> Compose::retry(const Caller& caller, const PostId& post, const DeliveryId& id) {
  HERALD_TRY(Delivery delivery, own_delivery(caller, post, id));
  if (delivery.state != DeliveryState::failed) {
    return fail(ErrorKind::conflict, "Only what has failed can be retried.");
  }
  const Time now = ports_.clock.now();
  delivery.state = DeliveryState::scheduled;
  delivery.attempt = 0;
  delivery.steps_idle = 0;
  delivery.taken = 0;
  delivery.meter = {};
  // Parts that are live stay so and are gone on from; else it starts afresh.
  if (delivery.visible_calls == 0) delivery.sealed_progress.clear();
  delivery.due_at = now;
  delivery.missed_after = std::max(delivery.missed_after, now + kLatenessDefault);
  delivery.code.clear();
  delivery.message.clear();
  delivery.updated_at = now;
  HERALD_CHECK(ports_.store.save_delivery(delivery, delivery.lease, std::nullopt, {}));
  ports_.events.publish(
      {delivery.customer, delivery.user, "delivery.updated", id.value, post.value});
  wake_();
  return Done{};
}

Result<Done> Compose::resolve(const Caller& caller, const PostId& post, const DeliveryId& id,
                              bool is_live, const std::string& url) {
  HERALD_TRY(Delivery delivery, own_delivery(caller, post, id));
  if (delivery.state != DeliveryState::review) {
    return fail(ErrorKind::conflict, "Only what waits for a person's look can be settled so.");
  }
  const Time now = ports_.clock.now();
  delivery.fence.reset();
  delivery.attempt = 0;
  delivery.code.clear();
  delivery.updated_at = now;
  if (is_live) {
    delivery.state = DeliveryState::published;
    delivery.url = url;
    delivery.published_at = now;
    delivery.message = "Settled by hand: it is live.";
  } else {
    delivery.state = DeliveryState::scheduled;
    delivery.due_at = now;
    delivery.missed_after = std::max(delivery.missed_after, now + kLatenessDefault);
    delivery.message = "Settled by hand: it was not there. It goes on.";
  }
  Attempt line;
  line.id = ports_.random.id("att");
  line.customer = delivery.customer;
  line.user = caller.user;
  line.delivery = id;
  line.post = post;
  line.account = delivery.account;
  line.platform = delivery.platform;
  line.step = kSettledByHand;
  line.started_at = line.ended_at = now;
  line.outcome = is_live ? "live" : "absent";
  HERALD_CHECK(ports_.store.save_delivery(delivery, delivery.lease, line, {}));
  ports_.events.publish(
      {delivery.customer, delivery.user, "delivery.updated", id.value, post.value});
  wake_();
  return Done{};
}

void Compose::tell(const Post& post) {
  ports_.events.publish({post.customer, post.user, "post.updated", post.id.value, post.id.value});
}

}  // namespace herald
