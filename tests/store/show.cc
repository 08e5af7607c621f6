#include "tests/store/show.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <variant>

namespace herald {
namespace {

std::string part(const std::string& text) { return fmt::format("'{}'", text); }
std::string part(std::integral auto number) { return std::to_string(number); }
std::string part(double number) { return fmt::format("{}", number); }
std::string part(Time time) { return std::to_string(to_ms(time)); }
std::string part(Duration duration) { return std::to_string(duration.count()); }
template <class E>
  requires std::is_enum_v<E>
std::string part(E value) {
  return std::to_string(static_cast<int>(value));
}
template <class Tag>
std::string part(const Id<Tag>& id) {
  return id.value;
}
std::string part(const Fence& fence);
std::string part(const Meter& meter);
std::string part(const MediaFacts& facts);
std::string part(const MediaUse& use);
std::string part(const Target& target);
template <class T>
std::string part(const std::optional<T>& value) {
  return value ? part(*value) : "none";
}
template <class T>
std::string part(const std::vector<T>& values) {
  std::string text = "[";
  for (const T& value : values) text += part(value) + " ";
  return text + "]";
}
std::string part(const OptionValue& option) {
  return std::visit([](const auto& value) { return part(value); }, option);
}
template <class T>
std::string part(const std::map<std::string, T>& map) {
  std::string text = "{";
  for (const auto& [name, value] : map) text += part(name) + ":" + part(value) + " ";
  return text + "}";
}

template <class... Parts>
std::string line(const char* what, const Parts&... parts) {
  return what + std::string("(") + ((part(parts) + " ") + ...) + ")";
}

std::string part(const Fence& f) {
  return line("fence", f.call, f.attempt, f.begun_at, f.send_before, f.settled_by, f.platform_time);
}
std::string part(const Meter& m) { return line("meter", m.step, m.done_bytes, m.total_bytes); }
std::string part(const MediaFacts& f) {
  return line("facts", f.type, f.content_type, f.size_bytes, f.width, f.height, f.frames,
              f.duration_ms, f.video_codec, f.audio_codec, f.frames_per_second, f.has_audio,
              f.moov_first, f.sha256_hex);
}
std::string part(const MediaUse& use) { return line("use", use.medium, use.alt_text); }
std::string part(const Target& t) {
  return line("target", t.account, t.kind, t.key, t.text, t.options);
}

}  // namespace

std::string show(Done) { return "done"; }
std::string show(const std::string& text) { return text; }
std::string show(int number) { return part(number); }
std::string show(std::uint64_t number) { return part(number); }
std::string show(Time time) { return part(time); }
std::string show(const CustomerId& id) { return id.value; }

std::string show(const Error& error) {
  return fmt::format("{} '{}' {}", name_of(error.kind), error.code, error.detail);
}
std::string show(const Customer& r) {
  return line("customer", r.id, r.name, r.suspended, r.created_at);
}
std::string show(const User& r) {
  return line("user", r.id, r.customer, r.email, r.name, r.password_hash, r.role, r.disabled,
              r.created_at);
}
std::string show(const Session& r) {
  return line("session", r.id, r.customer, r.user, r.refresh_hash, r.previous_hash, r.rotated_at,
              r.expires_at, r.ended, r.created_at);
}
std::string show(const OAuthFlow& r) {
  return line("flow", r.id, r.customer, r.user, r.session, r.platform, r.registration, r.state_hash,
              r.nonce_hash, r.redirect_uri, r.reconnects, r.scopes, r.status, r.sealed, r.accounts,
              r.problem_code, r.problem_message, r.version, r.created_at, r.expires_at);
}
std::string show(const Grant& r) {
  return line("grant", r.id, r.customer, r.user, r.platform, r.registration, r.subject, r.scopes,
              r.sealed_tokens, r.version, r.state, r.state_message, r.access_expires_at,
              r.refresh_due_at, r.ends_at, r.lease, r.lease_until, r.refresh_begun_version,
              r.refresh_begun_at, r.created_at, r.updated_at);
}
std::string show(const Account& r) {
  return line("account", r.id, r.customer, r.user, r.platform, r.grant, r.product, r.kind,
              r.remote_id, r.name, r.username, r.picture_url, r.facts, r.sealed_token,
              r.connected_at, r.figures);
}
std::string show(const AccountStore::Removed& removed) {
  return show(removed.account) + show(removed.grant) + part(removed.last);
}
std::string show(const Post& r) {
  return line("post", r.id, r.customer, r.user, r.text, r.media, r.targets, r.due_at, r.time_zone,
              r.lateness_max, r.revision, r.cancelled, r.created_at, r.updated_at);
}
std::string show(const PostStore::Created& created) {
  return line("created", created.id, created.replayed);
}
std::string show(const Delivery& r) {
  return line("delivery", r.id, r.customer, r.user, r.post, r.account, r.platform, r.target,
              r.target_key, r.kind, r.content, r.revision, std::string(name_of(r.state)), r.due_at,
              r.publish_at, r.missed_after, r.lease, r.lease_until, r.taken, r.attempt,
              r.steps_idle, r.visible_calls, r.looks, r.last_look_at, r.sealed_progress, r.fence,
              r.parked_version, r.code, r.message, r.meter, r.remote_id, r.url, r.published_at,
              r.created_at, r.updated_at);
}
std::string show(const FollowUp& r) {
  return line("follow-up", r.delivery, r.kind, r.customer, std::string(name_of(r.state)), r.due_at,
              r.lease, r.lease_until, r.attempt, r.sealed_progress, r.fence, r.visible_calls,
              r.message, r.updated_at);
}
std::string show(const Attempt& r) {
  return line("attempt", r.id, r.customer, r.user, r.delivery, r.post, r.account, r.platform,
              r.number, r.step, r.visible, r.started_at, r.ended_at, r.outcome, r.status_code,
              r.message);
}
std::string show(const Medium& r) {
  return line("medium", r.id, r.customer, r.user, r.filename, r.declared_type, r.declared_bytes,
              r.status, r.received_bytes, r.facts, r.jpeg, r.preview, r.problem, r.created_at,
              r.touched_at);
}
std::string show(const WrappedKey& r) { return line("key", r.number, r.wrapped, r.commitment); }
std::string show(const AuditEvent& r) {
  return line("event", r.customer, r.user, r.action, r.subject, r.note, r.at);
}

std::string show(const Measurement& r) {
  return line("measurement", r.customer, r.account, r.delivery, r.begun_at, r.due_at, r.lease,
              r.lease_until, r.attempt, r.measured_at, r.problem, Time(r.calls_on), r.calls);
}
std::string show(const Figures& figures) {
  std::string text =
      line("figures", figures.latest, figures.measured_at, figures.next_at, figures.problem);
  for (const DayFigures& day : figures.days) text += line("day", Time(day.day), day.values);
  return text;
}
std::string show(const PostFigures& row) { return show(row.delivery) + show(row.figures); }
std::string show(const std::map<AccountId, Figures>& figures) {
  std::string text;
  for (const auto& [account, its] : figures) text += account.value + " " + show(its) + "\n";
  return text;
}

}  // namespace herald
