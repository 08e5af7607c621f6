// Columns of OAuth flows, grants and accounts.
#pragma once

#include "domain/account.h"
#include "domain/looked_up.h"
#include "store/sqlite/table.h"

namespace herald {

template <>
struct Table<OAuthFlow> {
  static constexpr const char* kName = "oauth_flows";
  static constexpr int kKeys = 2;
  static void fixed(auto& row, auto&& column) {
    column("customer_id", row.customer);
    column("id", row.id);
    column("state_hash", row.state_hash);
    column("nonce_hash", row.nonce_hash);
  }
  static void moving(auto& row, auto&& column) {
    column("user_id", row.user);
    column("session_id", row.session);
    column("platform", row.platform);
    column("registration", row.registration);
    column("redirect_uri", row.redirect_uri);
    column("reconnects", row.reconnects);
    column("scopes", json(row.scopes));
    column("status", row.status);
    column("sealed", bytes(row.sealed));
    column("accounts", json(row.accounts));
    column("problem_code", row.problem_code);
    column("problem_message", row.problem_message);
    column("version", row.version);
    column("created_at", row.created_at);
    column("expires_at", row.expires_at);
  }
};

template <>
struct Table<Grant> {
  static constexpr const char* kName = "grants";
  static constexpr int kKeys = 2;
  static void fixed(auto& row, auto&& column) {
    column("customer_id", row.customer);
    column("id", row.id);
  }
  static void moving(auto& row, auto&& column) {
    column("user_id", row.user);
    column("platform", row.platform);
    column("registration", row.registration);
    column("subject", row.subject);
    column("scopes", json(row.scopes));
    column("sealed_tokens", bytes(row.sealed_tokens));
    column("version", row.version);
    column("state", row.state);
    column("state_message", row.state_message);
    column("access_expires_at", row.access_expires_at);
    column("refresh_due_at", row.refresh_due_at);
    column("ends_at", row.ends_at);
    column("lease", row.lease);
    column("lease_until", row.lease_until);
    column("refresh_begun_version", row.refresh_begun_version);
    column("refresh_begun_at", row.refresh_begun_at);
    column("created_at", row.created_at);
    column("updated_at", row.updated_at);
  }
};

template <>
struct Table<Account> {
  static constexpr const char* kName = "accounts";
  static constexpr int kKeys = 2;
  static void fixed(auto& row, auto&& column) {
    column("customer_id", row.customer);
    column("id", row.id);
    column("user_id", row.user);
    column("platform", row.platform);
    column("remote_id", row.remote_id);
    column("connected_at", row.connected_at);
  }
  static void moving(auto& row, auto&& column) {
    column("grant_id", row.grant);
    column("product", row.product);
    column("kind", row.kind);
    column("name", row.name);
    column("username", row.username);
    column("picture_url", row.picture_url);
    column("facts", json(row.facts));
    column("sealed_token", bytes(row.sealed_token));
    column("figures", row.figures);
  }
};

template <>
struct Table<KeptFacts> {
  static constexpr const char* kName = "account_facts";
  static constexpr int kKeys = 3;
  static void fixed(auto& row, auto&& column) {
    column("customer_id", row.customer);
    column("account_id", row.account);
    column("target_key", row.target_key);
  }
  static void moving(auto& row, auto&& column) {
    column("facts", json(row.looked_up.facts));
    column("choices", json(row.looked_up.choices));
    column("looked_up_at", row.looked_up.at);
    column("asked_at", row.asked_at);
    column("problem", row.problem);
  }
};

}  // namespace herald
