// A platform is data and pure functions. Given the input, the progress so far and the last answer
// it names the next step. It never sends, sleeps, logs, reads a clock or holds a token; the engine
// (app/engine.h) does all of that, once, for every platform and every flow.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/capability.h"
#include "domain/delivery.h"
#include "domain/looked_up.h"
#include "domain/media.h"
#include "domain/post.h"
#include "domain/result.h"
#include "domain/time.h"

namespace herald {

// ---------------------------------------------------------------- What a platform is asked

enum class Flow {
  connect,    // Turns the code of a consent into tokens.         -> Granted
  refresh,    // Renews them.                                     -> Granted
  discover,   // Which accounts did this grant open?              -> Discovered
  lookup,     // What holds just now (quota, playlists); see LookupSpec. -> LookedUp
  publish,    //                                                  -> Published
  find,       // Read-only look after an unknown outcome.         -> Found
  follow_up,  // First comment, thumbnail, playlist. Where begun_at is set when the conversation
              // starts, an earlier call is in doubt: it looks before it writes. -> Published
  measure,    // Its figures, by MetricSpec::name, of a post or of the account. -> LookedUp
  revoke,     // Ends the grant at the platform.                  -> Done
};
inline constexpr std::size_t kFlows = 9;

// Opaque to everyone but the platform that wrote it (JSON text inside). Sealed at rest, since an
// upload session's URL is itself a secret.
using Progress = std::string;

struct MediumInput {
  MediaId id;
  std::string filename;
  MediaFacts original;
  std::optional<MediaFacts> jpeg;  // The rendition named "jpeg".
  std::string alt_text;
};

struct Input {
  struct App {
    std::string client_id;  // Public.
    std::string api_version;
    std::string owner;     // Who answers for the app there (VariableSpec::owner); empty: not said.
    std::string instance;  // The host, of a platform that is many servers (VariableSpec::instance).
  } app;
  struct Account {
    std::string remote_id;
    std::string name;
    std::string username;
    std::string kind;
    std::string product;
    std::vector<std::string> scopes;           // As granted.
    std::map<std::string, std::string> facts;  // As discover() left them.
  } account;

  // publish, find, follow_up, check:
  std::string kind;
  std::string text;
  std::string target_key;
  std::vector<MediumInput> media;
  Options options;
  std::map<std::string, MediumInput> option_media;  // By option name, for options of type media.
  LookedUp looked_up;                               // While it is fresh (LookupSpec); else empty.
  Progress publish_progress;                        // find: where the publish flow stood.
  // publish: the same through all tries of this content here. Empty: nothing will be sent.
  std::string publish_key;
  std::string follow_up;  // follow_up: which.
  // follow_up, measure: of the published post; empty for measure: the account itself is meant.
  std::string remote_id;

  // connect: "redirect_uri" and, as handles of secrets, nothing else; code and verifier are reached
  // through References named "code" and "code_verifier".
  std::map<std::string, std::string> parameters;
  std::vector<std::string> scopes_asked;

  Time now{};
  std::optional<Time> begun_at;  // When the visible call in doubt, or now under way, began.
  // What the platform's own clock had said last by then: see platforms/window.h.
  std::optional<Time> platform_time;
};

// ---------------------------------------------------------------- What it wants sent

// Filled in by the transport at the very end, so that no secret passes through here.
struct Reference {
  enum class Kind {
    user_token,     // The grant's access token.
    account_token,  // The account's own (a Page's); the grant's where there is none.
    refresh_token,
    app_token,  // "<client_id>|<app secret>", as Meta's debug_token takes it.
    app_secret,
    proof,       // Hex HMAC-SHA256(app secret, name == "account" ? account token : user token).
    media_link,  // A public signed URL; name is "<media id>", or with "/jpeg" or "/preview".
    named,       // A secret of this conversation: "code", "code_verifier", or a handle.
  };
  Kind kind = Kind::named;
  std::string name;
  friend bool operator==(const Reference&, const Reference&) = default;
};
using Value = std::variant<std::string, Reference>;

struct Field {
  std::string name;
  Value value;
};

struct NoBody {};
struct EmptyBody {};  // Content-Length: 0.
struct JsonBody {
  std::string text;
  // Each key stands in the text as a whole JSON string and is replaced by its reference.
  std::map<std::string, Reference> references;
};
struct FormBody {
  std::vector<Field> fields;
};
struct MediaBytes {
  MediaId medium;
  std::string rendition;  // "" the original, "jpeg".
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  std::string content_type;
};
struct MultipartBody {
  std::vector<Field> fields;  // In order; the file comes last.
  std::string file_field;     // Empty: no file.
  std::string file_name;
  MediaBytes file;
};
using Body = std::variant<NoBody, EmptyBody, JsonBody, FormBody, MultipartBody, MediaBytes>;

enum class TokenCarrier { none, bearer, oauth, basic_client };

// An answer field whose text is a secret. The transport takes it out, puts a handle in its place
// ("secret:<name>") and hands it over separately.
struct SecretField {
  std::string pointer;  // JSON pointer; '*' stands for every index: "/data/*/access_token".
  std::string name;     // With '*' the index is appended: "page/0".
};

enum class Effect {
  prepare,  // Nobody sees it; may be repeated after any failure.
  publish,  // The audience sees it, or it cannot be taken back: fenced, never repeated in doubt.
};

enum class Patience { brief, upload };  // 30 s in all; or no total limit, but steady progress.

struct Call {
  std::string step;  // For people and history: "create container", "upload", "publish".
  Effect effect = Effect::prepare;
  std::string method = "GET";
  std::string url;  // At the real host, without query fields that are given in `query`.
  std::vector<Field> query;
  std::vector<Field> headers;
  Body body;
  TokenCarrier carrier = TokenCarrier::none;  // An Authorization header...
  Reference token;                            // ...with this in it.
  std::vector<std::string> keep_headers;      // Answer headers that absorb() needs, lower case.
  std::vector<SecretField> secrets;
  Patience patience = Patience::brief;
};

struct Answer {
  enum class Arrival {
    answered,
    nothing_sent,  // Proved: not one byte of the request left.
    maybe_sent,
  };
  Arrival arrival = Arrival::answered;
  int status = 0;
  std::map<std::string, std::string> headers;  // Lower-case names; those that were asked for.
  std::string body;
  std::string detail;  // For the log: what went wrong on the way.

  // Null if absent.
  const std::string* header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? nullptr : &found->second;
  }
};

// ---------------------------------------------------------------- What comes of it

struct Published {
  std::string remote_id;  // May be empty when only the fact is known.
  std::string url;
  std::string note;  // For a person: "YouTube set it to private: ..."
};

struct GrantedToken {
  std::string kind;    // "access", "refresh".
  std::string handle;  // "secret:..."
  std::optional<Time> expires_at;
};
struct Granted {
  std::vector<GrantedToken> tokens;  // A kind that is not named keeps its stored token.
  std::optional<std::vector<std::string>> scopes;
  std::string subject;                 // The platform's id of the person.
  std::optional<Time> refresh_due_at;  // For grants that die unless renewed ahead of time.
};

struct DiscoveredAccount {
  std::string remote_id;
  std::string name;
  std::string username;
  std::string picture_url;
  std::string kind;
  std::string product;
  std::map<std::string, std::string> facts;
  std::string token_handle;  // Its own token, if it has one.
  bool usable = true;
  std::string reason;  // Why not, and what to do.
};
struct Discovered {
  std::vector<DiscoveredAccount> accounts;
  // Whose revocation would end this grant: said here where connect does not name the person.
  std::string subject;
};

struct Found {
  enum class What {
    live,
    accepted,  // Taken over by the platform; go on from `progress`.
    absent,    // A complete look shows that the visible call had no effect; go on from `progress`.
    cannot_tell,  // A person will; if it is not there, it goes on from `progress`, if that is
                  // given.
  };
  What what = What::cannot_tell;
  Published published;
  Progress progress;
  // The visible call is bound to a ticket that the platform honours at most once (an upload
  // session), so that going on after `absent` cannot double even if the old call is still on its
  // way.
  bool once_only = false;
};

using Outcome = std::variant<Done, Granted, Discovered, LookedUp, Published, Found>;

struct Wait {
  Duration delay{};
  Progress progress;
  std::optional<Meter> meter;
};
struct Finished {
  Outcome outcome;
};
using Step = std::variant<Call, Wait, Finished, Error>;

enum class Verdict {
  accepted,
  refused,  // Certainly had no effect; `error` says why and, by its kind, what happens now.
  not_yet,  // Certainly had no effect, and may be tried again from `progress`.
  unknown,  // Anything else. For a prepare call it is repeated, for a publish call looked up.
};
struct Absorbed {
  Verdict verdict = Verdict::unknown;
  Progress progress;
  Error error;  // With refused and unknown. Its kind decides: see ErrorKind.
  std::optional<Meter> meter;
  // With refused: what the last visible call brought about is gone again, and a retry begins anew
  // from `progress`, empty or not.
  bool taken_back = false;
};

// ---------------------------------------------------------------- What it is

enum class Pkce { none, s256, s256_hex };
enum class ClientAuth { body, basic };

struct OAuthSpec {
  std::string authorize_url;  // See ports/spec_address.h.
  std::string client_id_parameter = "client_id";
  std::string scope_separator = " ";
  std::vector<std::pair<std::string, std::string>> authorize_extra;
  std::vector<std::pair<std::string, std::string>> reconnect_extra;  // Added when reconnecting.
  Pkce pkce = Pkce::none;
  std::string issuer;  // Compared with the callback's `iss` when that is sent; empty: not known.
  bool issuer_required = false;
  std::string code_suffix;  // Stripped from the code ("#_" of Instagram Login).
  std::string token_url;    // For the shared code flow (platforms/oauth_code.h).
  std::string revoke_url;
  Reference::Kind revoked_token = Reference::Kind::refresh_token;
  bool revoke_names_client = false;  // With ClientAuth::body: its id and secret go along.
  // What the token endpoint says of a code that is over, beside "invalid_grant".
  std::vector<std::string> code_errors;
  ClientAuth client_auth = ClientAuth::body;
  // Renewal takes a refresh token, which not every app is given: without one the connection ends
  // with its access token, and the person is told in time.
  bool needs_refresh_token = false;
  bool rotates = false;  // A refresh token is good for one use; a lost answer may lose the grant.
  bool tokens_last = false;  // They may have no end: an answer that names none is sound.
  // A consent to other permissions ends the tokens of the person's consents before.
  bool consent_replaces = false;
};

// How deployments name the app's credentials.
struct VariableSpec {
  std::string client_id;      // "INSTAGRAM_APP_ID"
  std::string client_secret;  // "INSTAGRAM_APP_SECRET"
  std::string redirect_uri;   // "INSTAGRAM_REDIRECT_URI"
  // Where a sign-in fails that asks for more than the app was given; empty elsewhere.
  std::string scopes_left_out;  // "LINKEDIN_SCOPES_LEFT_OUT"
  // Where every call has to say whose program it is; empty elsewhere.
  std::string owner;     // "REDDIT_OWNER"
  std::string instance;  // "MASTODON_INSTANCE", where the platform is many servers; else empty.
};

// How the engine uses Flow::lookup (app/lookups.h). The platform only says what to ask and, in
// check() and publish, what follows from Input::looked_up. What it could not look up is absent
// there: check() says nothing about it then, and publish does without or asks by itself. Facts
// named "max.text" and so on take the place of maxima of the spec (app/rules.h).
struct LookupSpec {
  Duration fresh{};             // So long an answer is gone by; never zero where the flow exists.
  bool before_publish = false;  // Asked anew before the first call of every delivery.
  bool per_target = false;      // The answer is about account and target (a subreddit).
};

// A platform that people sign in to in two ways has one spec for each, with one id.
struct PlatformSpec {
  PlatformId id;
  std::string registration = "main";  // Tells its sign-ins apart; part of the redirect URI.
  std::string name;                   // As people read it.
  std::string sign_in;                // "Facebook Login"
  std::string account_type;           // "Instagram professional account linked to a Facebook Page"
  std::string account_word;           // "account", "channel", "page"
  std::vector<std::string> can_post;
  std::vector<PostKind> kinds;
  TargetSpec target;
  std::vector<Limit> limits;
  std::vector<ScopeSpec> scopes;
  std::vector<MetricSpec> metrics;  // What Flow::measure may answer with.
  // Of a post, after its first hour. Later nothing much moves.
  std::vector<ReadingPace> readings = {{std::chrono::days(90), std::chrono::days(1)}};
  ApiVersion api_version;
  OAuthSpec oauth;
  // Where there is no Flow::revoke: what stays at the platform, and how the person ends it.
  std::string left_standing;
  VariableSpec variables;
  std::vector<std::string> token_hosts;  // A token is never sent to any other.
  Duration listing_lag{};                // How late a new post may show up in a listing.
  LookupSpec lookup;
};

// What the platform tells of a person (deauthorise, data deletion); the signature was checked.
struct Notice {
  std::string subject;
  std::optional<Time> issued_at;
};

struct QuotaCost {
  std::string name;  // A Limit id.
  std::int64_t cost = 0;
};

// An unauthorized error with one of these codes is about a permission or an account: the grant, on
// which others may stand, lives on, and renewing its tokens would change nothing.
inline bool spares_the_grant(const Error& error) {
  return error.code == "permission_missing" || error.code == "account_restricted";
}

struct FlowSteps {
  Step (*next)(const Input&, const Progress&) = nullptr;
  Absorbed (*absorb)(const Input&, const Progress&, const Answer&) = nullptr;
  explicit operator bool() const { return next != nullptr; }
};

struct Platform {
  const PlatformSpec* spec = nullptr;
  // Rules that the generic checks (text, media, options by their specs) cannot say.
  std::vector<Violation> (*check)(const Input&) = nullptr;
  // The kinds of work that come after publishing this input, in order.
  std::vector<std::string> (*follow_ups)(const Input&) = nullptr;
  // Quota that publishing this input costs.
  std::vector<QuotaCost> (*quota)(const Input&) = nullptr;
  int (*reading_calls)(const Input&) = nullptr;  // Calls of the measure flow; null: one.
  // The payload of a signed_request; null where the platform sends none.
  Result<Notice> (*read_notice)(std::string_view payload) = nullptr;
  std::array<FlowSteps, kFlows> flows{};
  // What the platform would answer to a call of the publish flow if all went well; for the request
  // plan, which sends nothing.
  Answer (*imagine)(const Input&, const Progress&, const Call&) = nullptr;

  const FlowSteps& flow(Flow flow) const { return flows[static_cast<std::size_t>(flow)]; }
};

}  // namespace herald
