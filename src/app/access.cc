#include "app/access.h"

#include <algorithm>
#include <utility>

#include "domain/encoding.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

constexpr Duration kAccessLife = 5min;  // An ended sign-in is noticed sooner: see person().
constexpr Duration kRefreshLife = 30 * 24h;
constexpr std::size_t kPasswordMin = 10;

std::unexpected<Error> wrong() {
  return fail(ErrorKind::unauthorized, "The email address or the password is wrong.");
}

std::unexpected<Error> over() {
  return fail(ErrorKind::unauthorized, "Your sign-in has ended. Sign in again.");
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  });
  return text;
}

}  // namespace

Result<SignedIn> Access::sign_in(const std::string& email, const Secret& password) {
  auto user = ports_.store.find_user_by_email(lower(email));
  if (!user && user.error().kind != ErrorKind::not_found) {
    return std::unexpected(std::move(user).error());
  }
  if (!user) {
    ports_.passwords.match_nobody(password);
    return wrong();
  }
  if (!ports_.passwords.matches(password, user->password_hash) || user->disabled) return wrong();
  if (ports_.passwords.needs_rehash(user->password_hash)) {
    if (auto hash = ports_.passwords.hash(password)) {
      user->password_hash = std::move(*hash);
      (void)ports_.store.save_user(*user);
    }
  }
  const std::string token = ports_.random.token(256);
  Session session;
  session.id = SessionId(ports_.random.id("ses"));
  session.customer = user->customer;
  session.user = user->id;
  session.refresh_hash = to_hex(ports_.digest.sha256(token));
  session.created_at = ports_.clock.now();
  session.expires_at = session.created_at + kRefreshLife;
  HERALD_CHECK(ports_.store.begin_session(session));
  return admit(std::move(*user), session, token);
}

Result<SignedIn> Access::admit(User user, const Session& session, const std::string& token) {
  HERALD_TRY(Customer customer, ports_.store.find_customer(user.customer));
  if (customer.suspended || user.disabled) return wrong();
  const Caller caller{ScopeAuthority::of(user.customer), user.id, session.id, user.role};
  HERALD_TRY(std::string access, ports_.tokens.issue(caller, kAccessLife));
  return SignedIn{std::move(access),  kAccessLife,     session.id.value + "." + token,
                  session.expires_at, std::move(user), std::move(customer)};
}

Result<SignedIn> Access::renew(const std::string& refresh_token) {
  const auto dot = refresh_token.find('.');
  if (dot == refresh_token.npos) return over();
  const SessionId id(refresh_token.substr(0, dot));
  const std::string before = to_hex(ports_.digest.sha256(refresh_token.substr(dot + 1)));
  const std::string token =
      to_base64url(ports_.digest.hmac_sha256(successor_key_.reveal(), refresh_token));
  const Time now = ports_.clock.now();
  const std::string after = to_hex(ports_.digest.sha256(token));
  auto session = ports_.store.rotate_session(id, before, after, now, now + kRefreshLife);
  if (!session) {
    const auto kind = session.error().kind;
    if (kind == ErrorKind::conflict || kind == ErrorKind::not_found) return over();
    return std::unexpected(std::move(session).error());
  }
  auto user = ports_.store.find_user(ScopeAuthority::of(session->customer), session->user);
  if (!user && user.error().kind == ErrorKind::not_found) return over();
  if (!user) return std::unexpected(std::move(user).error());
  auto admitted = admit(std::move(*user), *session, token);
  if (!admitted && admitted.error().kind == ErrorKind::unauthorized) return over();
  if (admitted && session->refresh_hash != after) admitted->refresh_token.clear();
  return admitted;
}

Result<Done> Access::sign_out(const std::string& refresh_token) {
  const auto dot = refresh_token.find('.');
  if (dot == refresh_token.npos) return Done{};
  auto session = ports_.store.find_session(SessionId(refresh_token.substr(0, dot)));
  if (!session) return Done{};
  const auto hash = to_hex(ports_.digest.sha256(refresh_token.substr(dot + 1)));
  if (!ports_.digest.equal(hash, session->refresh_hash) &&
      !ports_.digest.equal(hash, session->previous_hash)) {
    return Done{};  // The token just replaced will do: its successor may never have arrived.
  }
  return ports_.store.end_session(session->id);
}

Result<Access::Person> Access::person(const Caller& caller) {
  if (!caller.session.empty()) {
    auto session = ports_.store.find_session(caller.session);
    if (!session && session.error().kind != ErrorKind::not_found) {
      return std::unexpected(std::move(session).error());
    }
    if (!session || session->ended || session->user != caller.user) return over();
  }
  auto user = ports_.store.find_user(caller.scope, caller.user);
  auto customer = ports_.store.find_customer(caller.scope.customer());
  for (const auto* error :
       {user ? nullptr : &user.error(), customer ? nullptr : &customer.error()}) {
    if (error != nullptr && error->kind != ErrorKind::not_found) return std::unexpected(*error);
  }
  if ((user && user->disabled) || (customer && customer->suspended)) return over();
  Person person;
  person.user.id = caller.user;
  person.user.customer = person.customer.id = caller.scope.customer();
  person.user.role = caller.role;
  if (user) person.user = std::move(*user);
  if (customer) person.customer = std::move(*customer);
  return person;
}

Result<User> Access::add_user(const CustomerId& customer, const std::string& email,
                              const std::string& name, const Secret& password, Role role) {
  const auto at = email.find('@');
  if (at == 0 || at == email.npos || at + 1 == email.size() || email.size() > 254) {
    return fail(ErrorKind::invalid, "That is not an email address.");
  }
  if (password.size() < kPasswordMin) {
    return fail(ErrorKind::invalid, "A password has at least 10 characters.");
  }
  User user;
  user.id = UserId(ports_.random.id("usr"));
  user.customer = customer;
  user.email = lower(email);
  user.name = name;
  user.role = role;
  user.created_at = ports_.clock.now();
  HERALD_TRY(user.password_hash, ports_.passwords.hash(password));
  HERALD_CHECK(ports_.store.add_user(user));
  return user;
}

}  // namespace herald
