// Fields of OAuth flows, grants, accounts, and what platforms say of accounts.
#pragma once

#include <string>

#include "domain/account.h"
#include "domain/looked_up.h"
#include "store/mongo/fields.h"

namespace herald::mongo {

template <>
struct Fields<OAuthFlow> {
  static constexpr const char* kCollection = "oauth_flows";
  static void key(auto& row, auto&& field) { field("id", row.id); }
  static void fixed(auto& row, auto&& field) {
    field("state_hash", row.state_hash);
    field("nonce_hash", row.nonce_hash);
  }
  static void moving(auto& row, auto&& field) {
    field("user_id", row.user);
    field("session_id", row.session);
    field("platform", row.platform);
    field("registration", row.registration);
    field("redirect_uri", row.redirect_uri);
    field("reconnects", row.reconnects);
    field("scopes", row.scopes);
    field("status", row.status);
    field("sealed", bytes(row.sealed));
    field("accounts", row.accounts);
    field("problem_code", row.problem_code);
    field("problem_message", row.problem_message);
    field("version", row.version);
    field("created_at", row.created_at);
    field("expires_at", row.expires_at);
  }
};

template <>
struct Fields<Grant> {
  static constexpr const char* kCollection = "grants";
  static void key(auto& row, auto&& field) { field("id", row.id); }
  static void fixed(auto&, auto&&) {}
  static void moving(auto& row, auto&& field) {
    field("user_id", row.user);
    field("platform", row.platform);
    field("registration", row.registration);
    field("subject", row.subject);
    field("scopes", row.scopes);
    field("sealed_tokens", bytes(row.sealed_tokens));
    field("version", row.version);
    field("state", row.state);
    field("state_message", row.state_message);
    field("access_expires_at", row.access_expires_at);
    field("refresh_due_at", row.refresh_due_at);
    field("ends_at", row.ends_at);
    field("lease", row.lease);
    field("lease_until", row.lease_until);
    field("refresh_begun_version", row.refresh_begun_version);
    field("refresh_begun_at", row.refresh_begun_at);
    field("created_at", row.created_at);
    field("updated_at", row.updated_at);
  }
};

// Which account stands where: an account id tells no platform, and its document is in the
// collection of one (account_rows.h).
struct AccountPlace {
  AccountId id;
  CustomerId customer;
  UserId user;
  PlatformId platform;
  std::string remote_id;
  GrantId grant;
  Time connected_at{};
};

template <>
struct Fields<AccountPlace> {
  static constexpr const char* kCollection = "accounts";
  static void key(auto& row, auto&& field) { field("id", row.id); }
  static void fixed(auto& row, auto&& field) {
    field("user_id", row.user);
    field("platform", row.platform);
    field("remote_id", row.remote_id);
    field("connected_at", row.connected_at);
  }
  static void moving(auto& row, auto&& field) { field("grant_id", row.grant); }
};

// In "instagram_credentials" the platform's names for it are "instagram_user_id" and
// "instagram_username".
template <>
struct Fields<Account> {
  static constexpr const char* kCollection = "credentials";  // With the platform before it.
  static void key(auto& row, auto&& field) { field("id", row.id); }
  static void fixed(auto& row, auto&& field) {
    field("user_id", row.user);
    field("platform", row.platform);  // Read before the names that are made of it.
    field(row.platform.value + "_user_id", row.remote_id);
    field("connected_at", row.connected_at);
  }
  static void moving(auto& row, auto&& field) {
    field("grant_id", row.grant);
    field("product", row.product);
    field("kind", row.kind);
    field("name", row.name);
    field(row.platform.value + "_username", row.username);
    field("picture_url", row.picture_url);
    field("facts", row.facts);
    field("sealed_token", bytes(row.sealed_token));
    field("figures", row.figures);
  }
};

template <>
struct Fields<KeptFacts> {
  static constexpr const char* kCollection = "account_facts";
  static void key(auto& row, auto&& field) {
    field("account_id", row.account);
    field("target_key", row.target_key);
  }
  static void fixed(auto&, auto&&) {}
  static void moving(auto& row, auto&& field) {
    field("facts", row.looked_up.facts);
    field("choices", row.looked_up.choices);
    field("looked_up_at", row.looked_up.at);
    field("asked_at", row.asked_at);
    field("problem", row.problem);
  }
};

}  // namespace herald::mongo
