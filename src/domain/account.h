// A connected remote profile (an account) and the consent it stands on (a grant).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/ids.h"
#include "domain/time.h"

namespace herald {

enum class GrantState {
  live,
  needs_reconnect,  // The platform refused it; posts wait, parked.
  revoked,          // Disconnected; its tokens are gone.
};

// One consent: one sealed token set. Several accounts may stand on it.
struct Grant {
  GrantId id;
  CustomerId customer;
  UserId user;
  PlatformId platform;
  std::string registration;  // Which of Herald's app registrations ("main").
  std::string subject;       // The platform's id of the person who consented; may be empty.
  std::vector<std::string> scopes;
  std::string sealed_tokens;  // TokenSet, sealed with purpose "grant". Empty when revoked.
  std::int64_t version = 1;   // Rises with every change of the tokens or the state.
  GrantState state = GrantState::live;
  std::string state_message;  // For a person: why, and what to do.
  std::optional<Time> access_expires_at;
  std::optional<Time> refresh_due_at;  // When the refresher should look next.
  std::optional<Time> ends_at;  // No renewal lasts longer: the person has to reconnect before.
  std::int64_t lease = 0;       // Number of the newest lease; rises.
  Time lease_until{};           // Held while in the future.
  std::optional<std::int64_t> refresh_begun_version;  // A refresh of this version was sent.
  std::optional<Time> refresh_begun_at;
  Time created_at{};
  Time updated_at{};
};

struct Account {
  AccountId id;
  CustomerId customer;
  UserId user;
  PlatformId platform;
  GrantId grant;
  std::string product;    // Which of the platform's products ("facebook_login"); may be empty.
  std::string kind;       // "professional account", "channel", "page".
  std::string remote_id;  // The platform's id; text, whatever it looks like.
  std::string name;
  std::string username;
  std::string picture_url;
  std::map<std::string, std::string> facts;  // What the adapter needs again ("page_id").
  std::string sealed_token;  // The account's own token (a Page's), purpose "account_token".
  bool figures = true;       // Shall they be read? What the person said when connecting it.
  Time connected_at{};
};

enum class FlowStatus {
  waiting,   // The person is at the platform.
  returned,  // The callback came; the code is parked, sealed.
  working,   // finish() is talking to the platform.
  choose,    // Several accounts were opened; the person picks.
  connected,
  denied,  // The person said no at the platform.
  failed,
};

// One attempt to connect. Its state and nonce exist outside as random bits, here only as hashes.
struct OAuthFlow {
  FlowId id;
  CustomerId customer;
  UserId user;
  SessionId session;
  PlatformId platform;
  std::string registration;
  std::string state_hash;  // SHA-256, hex.
  std::string nonce_hash;
  std::string redirect_uri;         // Exactly as sent.
  AccountId reconnects;             // Empty: a new connection.
  std::vector<std::string> scopes;  // As asked for.
  FlowStatus status = FlowStatus::waiting;
  // Code verifier, code, found tokens and choices; sealed with purpose "flow".
  std::string sealed;
  std::vector<AccountId> accounts;  // When connected.
  std::string problem_code;
  std::string problem_message;
  std::int64_t version = 1;  // Compare-and-set.
  Time created_at{};
  Time expires_at{};
};

}  // namespace herald
