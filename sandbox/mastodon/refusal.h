// The platform's refusals. Texts as documented or read in its source; clients may not rely on them,
// and the switch `texts` replaces them.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "domain/result.h"
#include "sandbox/mastodon/context.h"

namespace herald::sandbox::mastodon {

template <typename T>
using Checked = std::expected<T, http::Response>;
using Refused = std::unexpected<http::Response>;

// What one call is answered with: it knows which language was asked for.
class Words {
 public:
  Words(const Context& x, const Call& call) : x_(x), call_(call) {}

  // {"error": text}. `french` empty: hard-coded in English on the platform.
  http::Response error(int status, std::string_view text, std::string_view french = {}) const;
  http::Response invalid(std::string_view text, std::string_view french) const;  // Validation.
  http::Response oauth(int status, std::string_view code, std::string_view description) const;
  // An HTML page instead of a redirect.
  http::Response page(int status, std::string_view why) const;

  http::Response invalid_client() const;                     // MA-09
  http::Response invalid_grant() const;                      // MA-07
  http::Response missing(std::string_view parameter) const;  // MA-08
  http::Response not_yours() const;                          // MA-13
  http::Response bad_token(std::string_view how) const;      // "invalid", "revoked" or "expired".
  http::Response out_of_scope() const;                       // MA-16
  http::Response no_person(int status) const;                // MA-17, MA-58
  http::Response stopped(std::string_view standing) const;   // MA-18
  http::Response no_record() const;
  http::Response no_parent() const;                              // MA-34
  http::Response no_quotation() const;                           // MA-57
  http::Response still_processing() const;                       // MA-37
  http::Response thumbnail_failed(int status) const;             // MA-38
  http::Response media_not_found(const std::string& ids) const;  // MA-42
  http::Response too_many_files(std::int64_t most) const;        // MA-41
  http::Response mixed_files() const;
  http::Response wrong_content() const;  // MA-39
  http::Response too_long(std::int64_t most) const;
  http::Response too_many_requests() const;
  http::Response try_again() const;  // MA-25
  http::Response broken() const;     // 500

 private:
  std::string text_of(std::string_view text, std::string_view french) const;

  const Context& x_;
  const Call& call_;
};

// By the number of its vector; status 0: no such name.
http::Response scripted_refusal(const Context& x, std::string_view name, const Call& call);

}  // namespace herald::sandbox::mastodon
