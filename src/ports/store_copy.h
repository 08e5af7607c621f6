// All rows of a store, to carry them into another one. Beside the other ports: this is for moving a
// whole installation while nobody works on it.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/account.h"
#include "domain/delivery.h"
#include "domain/looked_up.h"
#include "domain/measurement.h"
#include "domain/media.h"
#include "domain/post.h"
#include "domain/user.h"
#include "ports/audit_store.h"
#include "ports/key_store.h"

namespace herald {

struct KeptKey {
  CustomerId customer;
  WrappedKey key;
};

// A row with what stores keep right beside it.
struct KeptPost {
  Post post;
  PostStatus status{};
  std::optional<std::string> idempotency_key;
  std::optional<std::string> fingerprint;  // With a key only.
  std::vector<std::string> media_used;     // Attached, or named by an option. Rising.
  std::vector<std::string> account_ids;    // Of its deliveries. Rising.
};
struct KeptDelivery {
  Delivery delivery;
  std::optional<Time> claim_at;
};
struct KeptFollowUp {
  FollowUp follow_up;
  std::optional<Time> claim_at;
};

// The kinds in an order in which they can be put: what a row names comes before it.
using KeptRow =
    std::variant<KeptKey, Customer, User, Session, OAuthFlow, Grant, Account, KeptFacts, Medium,
                 KeptPost, KeptDelivery, KeptFollowUp, Attempt, Measurement, DayRow, AuditEvent>;
inline constexpr std::size_t kRowKinds = std::variant_size_v<KeptRow>;
inline constexpr std::array<std::string_view, kRowKinds> kRowKindNames{
    "data_keys", "customers",     "users",   "sessions", "oauth_flows", "grants",
    "accounts",  "account_facts", "media",   "posts",    "deliveries",  "follow_ups",
    "attempts",  "measurements",  "figures", "audit"};
inline std::string_view kind_of(const KeptRow& row) { return kRowKindNames[row.index()]; }

class StoreCopy {
 public:
  virtual ~StoreCopy() = default;
  // Whether each_row() tells of one moment, whoever writes meanwhile.
  virtual bool reads_one_moment() const = 0;
  // Every row, kind after kind, each in an order that is the same in every store: by its key, with
  // the platform before it for accounts, and the audit as it was written. Until `take` fails.
  virtual Result<Done> each_row(const std::function<Result<Done>(const KeptRow&)>& take) = 0;
  // Into a store that has none of them, and that nobody else uses. Rows of one kind, as they are.
  virtual Result<Done> put(const std::vector<KeptRow>& rows) = 0;
};

}  // namespace herald
