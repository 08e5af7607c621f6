// Meta's Graph API as its products share it: how a call is made
// and what an error means. Source: developers.facebook.com/docs/graph-api/guides/error-handling and
// .../instagram-platform/instagram-graph-api/reference/error-codes, checked 2026-11-22.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "platforms/notes.h"
#include "ports/platform.h"

namespace herald::graph {

inline constexpr int kAnySubcode = -1;
inline constexpr int kAnyCode = -1'000'000;  // Real codes go down to -2.

// One line of the table: what an error code means.
struct Rule {
  int code;
  int subcode;  // 0: none was sent.
  ErrorKind kind;
  // What it proves about a call that makes a post visible.
  Verdict visible;
  const char* name;     // Error::code.
  const char* message;  // For a person; null: Meta's own words, if they are fit to be shown.
};

// What holds for all of Meta, and Instagram's own.
std::span<const Rule> common_rules();
std::span<const Rule> instagram_rules();
// The same with the words of people who signed in at Instagram, not at Facebook.
std::span<const Rule> instagram_login_rules();

struct Fault {
  int code = 0;
  int subcode = 0;
  Error error;
  Verdict visible = Verdict::unknown;
};

// Nothing when the answer holds no error: it is a success with a JSON body. An error inside a 200
// is one all the same; the status of an error says nothing. A product's own lines win over those
// that hold for all of Meta.
std::optional<Fault> fault_in(const Answer& answer, std::span<const Rule> own = instagram_rules());

// By a subcode alone, as a container's status names it.
std::optional<Fault> fault_of_subcode(int subcode);

// What differs between the ways in that lead to one set of calls.
struct Product {
  std::string_view id;  // DiscoveredAccount::product.
  std::string_view host;
  bool proof;       // Calls carry an appsecret_proof.
  bool own_tokens;  // An account has a token beside the person's: its Page's.
};
inline constexpr Product kFacebookLogin{"facebook_login", "graph.facebook.com", true, true};
inline constexpr Product kInstagramLogin{"instagram_login", "graph.instagram.com", false, false};

// Of Input::account; Facebook's where it names none.
const Product& product_of(const Input& input);

// https://{host}/{version}/{path}
std::string url(const Input& input, std::string_view path);

// Whose token a call carries. Its proof goes with it.
enum class As { account, user };

// For work that an optional permission allows: without it the grant is alive, and only this fails.
Error without_permission(Error error);

// Token in the header, proof among the fields where the product has one, usage headers kept. Of the
// account's product where none is named.
Call get(const Product& product, const Input& input, As as, std::string step, std::string_view path,
         std::vector<Field> query);
Call post(const Product& product, const Input& input, As as, std::string step,
          std::string_view path, std::vector<Field> form);
Call get(const Input& input, As as, std::string step, std::string_view path,
         std::vector<Field> query);
Call post(const Input& input, As as, std::string step, std::string_view path,
          std::vector<Field> form);

// The account's publishing quota was looked up already, and there is room. Its age is the engine's
// affair: a stage must not depend on the clock, or next() and absorb() would disagree.
bool quota_known(const Input& input);

}  // namespace herald::graph
