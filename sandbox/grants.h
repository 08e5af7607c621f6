// Grants and the tokens that stand for them, for platforms whose tokens are no more than names. A
// side's state has it as its base, and decides for itself what a token looks like, how long it
// lives and what a refresh does to the one before.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace herald::sandbox {

// What one person gave one app at one time; its tokens are a family.
struct Grant {
  std::string app;
  std::string user;
  std::vector<std::string> scopes;
  bool dead = false;
};

struct Token {
  std::string grant;
  bool refreshes = false;
  std::int64_t expires_ms = 0;  // 0: never.
  bool dead = false;
  bool spent = false;  // A refresh token that works once, and was used.
};

struct GrantTable {
  std::map<std::string, Grant> grants;
  std::map<std::string, Token> tokens;

  // The living grant behind a living token of this kind; null where either is not.
  const Grant* live_grant(const std::string& token, bool refreshes, std::int64_t now_ms) const;
  // Ends what a person gave an app; empty: any app, any person.
  void end_grants(const std::string& app, const std::string& user);
  void expire_access_tokens();
  // As Side::spoil_token(); nothing where there is no such token.
  void spoil(const std::string& token, std::string_view how);
  // Tokens that expired a day ago.
  void forget_old_tokens(std::int64_t now_ms);
};

}  // namespace herald::sandbox
