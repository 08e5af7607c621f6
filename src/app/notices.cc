#include "app/notices.h"

#include <algorithm>
#include <utility>

#include "domain/encoding.h"
#include "domain/scope.h"

namespace herald {
namespace {

constexpr std::size_t kSignedRequestMax = 8 * 1024;
constexpr std::size_t kCodeHalf = 16;
constexpr Duration kClockSkew = std::chrono::minutes(1);
constexpr int kTriesMax = 8;

std::unexpected<Error> refused(std::string why) {
  return fail(ErrorKind::invalid, "This request is not signed by the platform.", std::move(why));
}

// The consent was given after the notice was signed: an old notice, played again.
bool is_newer(const Grant& grant, const Notice& notice) {
  return notice.issued_at && grant.created_at > *notice.issued_at + kClockSkew;
}

}  // namespace

// <signature>.<payload>, both base64url; the signature is over the payload's encoded text.
// Source: developers.facebook.com, data-deletion-callback (checked 2026-11-22).
Result<Notices::Signed> Notices::read(const PlatformId& platform, std::string_view signed_request) {
  std::vector<const Registration*> listening;
  for (const auto& one : registrations_.all()) {
    if (one.platform->spec->id == platform && one.configured() &&
        one.platform->read_notice != nullptr) {
      listening.push_back(&one);
    }
  }
  if (listening.empty()) return fail(ErrorKind::not_found, "There is no such address.");
  if (signed_request.size() > kSignedRequestMax) return refused("too large");
  const auto dot = signed_request.find('.');
  if (dot == signed_request.npos || signed_request.find('.', dot + 1) != signed_request.npos) {
    return refused("not two parts");
  }
  const auto unpadded = [](std::string_view part) {
    return part.substr(0, part.find_last_not_of('=') + 1);
  };
  const auto encoded_payload = signed_request.substr(dot + 1);
  const auto signature = from_base64url(unpadded(signed_request.substr(0, dot)));
  const auto payload = from_base64url(unpadded(encoded_payload));
  if (!signature || !payload) return refused("not base64url");
  const auto by = std::ranges::find_if(listening, [&](const Registration* one) {
    const auto wanted = ports_.digest.hmac_sha256(one->client_secret.reveal(), encoded_payload);
    return ports_.digest.equal(*signature, wanted);
  });
  if (by == listening.end()) return refused("signature");
  HERALD_TRY(Notice notice, (*by)->platform->read_notice(*payload));
  return Signed{std::move(notice), *by};
}

Result<std::vector<Grant>> Notices::grants_of(const Signed& told) {
  HERALD_TRY(auto grants,
             ports_.store.grants_of_subject(told.by->platform->spec->id, told.notice.subject));
  std::erase_if(grants, [&](const Grant& grant) { return !is_by(grant, *told.by); });
  return grants;
}

// A renewal may be saved at the same moment: its tokens are as dead as the ones before.
Result<bool> Notices::end(Grant grant, const Notice& notice) {
  for (int tries = 0; tries < kTriesMax; ++tries) {
    if (grant.state != GrantState::live || is_newer(grant, notice)) return false;
    const auto version = grant.version;
    grant.state = GrantState::needs_reconnect;
    grant.state_message =
        "The connection was removed at the platform. Reconnect to continue; your posts are kept.";
    grant.updated_at = ports_.clock.now();
    auto saved = ports_.store.save_grant(grant, version);
    if (saved) return true;
    if (saved.error().kind != ErrorKind::conflict) return std::unexpected(std::move(saved).error());
    auto stands = ports_.store.find_grant(ScopeAuthority::of(grant.customer), grant.id);
    if (!stands && stands.error().kind == ErrorKind::not_found) return false;
    HERALD_TRY(grant, std::move(stands));
  }
  return fail(ErrorKind::unavailable, "The connection is busy just now. Try again.");
}

Result<Done> Notices::deauthorised(const PlatformId& platform, std::string_view signed_request) {
  HERALD_TRY(const Signed told, read(platform, signed_request));
  HERALD_TRY(const auto grants, grants_of(told));
  for (const auto& grant : grants) {
    HERALD_TRY(const bool ended, end(grant, told.notice));
    if (!ended) continue;
    (void)ports_.store.add_audit({grant.customer,
                                  {},
                                  "grant.deauthorised",
                                  grant.id.value,
                                  platform.value,
                                  ports_.clock.now()});
    ports_.events.publish({grant.customer, grant.user, "account.updated", grant.id.value, {}});
  }
  return Done{};
}

Result<std::string> Notices::delete_data(const PlatformId& platform,
                                         std::string_view signed_request) {
  HERALD_TRY(const Signed told, read(platform, signed_request));
  HERALD_TRY(const auto grants, grants_of(told));
  for (const auto& grant : grants) {
    if (is_newer(grant, told.notice)) continue;
    const auto scope = ScopeAuthority::of(grant.customer);
    HERALD_TRY(const auto accounts, ports_.store.list_accounts(scope, grant.user, platform));
    for (const auto& account : accounts) {
      if (account.grant != grant.id) continue;
      // First what the account is found by no more: the platform calls again if we die between.
      HERALD_CHECK(ports_.store.forget_figures_of(scope, account.id));
      const auto removed = ports_.store.remove_account(scope, account.id, ports_.clock.now());
      if (!removed && removed.error().kind == ErrorKind::not_found) continue;
      if (!removed) return std::unexpected(removed.error());
      (void)ports_.store.add_audit({grant.customer,
                                    {},
                                    "account.deleted_on_request",
                                    account.id.value,
                                    platform.value,
                                    ports_.clock.now()});
      ports_.events.publish({grant.customer, grant.user, "account.updated", account.id.value, {}});
    }
  }
  // Half names the person without telling who, half proves that we gave it out.
  const Secret& secret = told.by->client_secret;
  const std::string name =
      to_hex(ports_.digest.hmac_sha256(secret.reveal(), "deletion:" + told.notice.subject))
          .substr(0, kCodeHalf);
  return name +
         to_hex(ports_.digest.hmac_sha256(secret.reveal(), "code:" + name)).substr(0, kCodeHalf);
}

bool Notices::is_deletion_code(std::string_view code) const {
  if (code.size() != 2 * kCodeHalf) return false;
  for (const auto& registration : registrations_.all()) {
    if (registration.platform->read_notice == nullptr || !registration.configured()) continue;
    const auto proof = to_hex(ports_.digest.hmac_sha256(
        registration.client_secret.reveal(), "code:" + std::string(code.substr(0, kCodeHalf))));
    if (ports_.digest.equal(code.substr(kCodeHalf), proof.substr(0, kCodeHalf))) return true;
  }
  return false;
}

}  // namespace herald
