#include <algorithm>

#include "store/mongo/account_rows.h"
#include "store/mongo/documents.h"
#include "store/mongo/mongo_store.h"
#include "store/mongo/plain_fields.h"
#include "store/mongo/values.h"

namespace herald {

namespace mongo {
namespace {

constexpr std::string_view kAccess = "access_token";
constexpr std::string_view kRefresh = "refresh_token";
constexpr std::string_view kExpiries[] = {"expires_at", "token_expires_at",
                                          "access_token_expires_at"};
// Whole numbers below are seconds since 1970, those from here on milliseconds.
constexpr std::int64_t kLeastMs = 100'000'000'000;
constexpr std::size_t kTokenMin = 8;  // What is shorter is no token of any platform.

// Ids were kept as text or as numbers.
std::string id_in(const Value& value) {
  if (value.type == Value::Type::integer) return std::to_string(value.integer);
  return value.type == Value::Type::text ? std::string(value.bytes) : std::string();
}

std::string text_in(const Bson& document, std::string_view name) {
  const Value value = document.at(name);
  return value.type == Value::Type::text ? std::string(value.bytes) : std::string();
}

std::optional<Time> time_in(const Value& value) {
  if (value.type == Value::Type::date) return from_ms(value.integer);
  if (value.type != Value::Type::integer || value.integer <= 0) return std::nullopt;
  return from_ms(value.integer < kLeastMs ? value.integer * 1'000 : value.integer);
}

std::optional<Time> expiry_in(const Bson& document) {
  for (const auto name : kExpiries) {
    if (const auto time = time_in(document.at(name))) return time;
  }
  return std::nullopt;
}

// A list, or text with spaces or commas in between.
std::vector<std::string> scopes_in(const Bson& document) {
  std::vector<std::string> scopes;
  for (const std::string_view name : {"scopes", "scope"}) {
    const Value value = document.at(name);
    if (take(value, scopes)) return scopes;
    scopes.clear();
    if (value.type != Value::Type::text) continue;
    for (std::string_view rest = value.bytes; !rest.empty();) {
      const std::size_t end = std::min(rest.find_first_of(" ,"), rest.size());
      if (end > 0) scopes.emplace_back(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return scopes;
  }
  return scopes;
}

std::string fault_of(const Bson& document, const Account& account) {
  if (text_in(document, kAccess).size() < kTokenMin) return "its access_token is none";
  const Value refresh = document.at(kRefresh);
  const bool absent = refresh.type == Value::Type::null || refresh.bytes.empty();
  if (!absent && text_in(document, kRefresh).size() < kTokenMin) {
    return "its refresh_token is none";
  }
  if (account.customer.empty()) return "it names no customer_id";
  if (account.user.empty()) return "it names no user_id";
  if (account.remote_id.empty()) return "it names no " + account.platform.value + "_user_id";
  return {};
}

bool holds(const Field& field, const Secret& token) {
  return !token.empty() && field.value.bytes.find(token.reveal()) != std::string_view::npos;
}

}  // namespace

PlainAccount plain_account_of(const PlatformId& platform, const Bson& stored) {
  PlainAccount plain;
  Bson its;
  its.add_copy("_id", stored, "_id");
  plain.place = its.bytes();
  plain.name = credentials_of(platform) + " " + its.to_json();
  Account& account = plain.account;
  account.platform = platform;
  // Ours are text: another type would be another customer's filter.
  account.customer = CustomerId(text_in(stored, kCustomerField));
  account.user = UserId(text_in(stored, "user_id"));
  account.remote_id = id_in(stored.at(platform.value + "_user_id"));
  account.username = text_in(stored, platform.value + "_username");
  account.name = text_in(stored, "name");
  if (account.name.empty()) account.name = account.username;
  const std::string picture = text_in(stored, "picture_url");
  if (picture.starts_with("https://")) account.picture_url = picture;
  account.connected_at = time_in(stored.at("connected_at"))
                             .value_or(time_in(stored.at("created_at")).value_or(Time{}));
  plain.access_token = Secret(stored.at(kAccess).bytes);
  plain.refresh_token = Secret(stored.at(kRefresh).bytes);
  plain.access_expires_at = expiry_in(stored);
  plain.scopes = scopes_in(stored);
  plain.fault = fault_of(stored, account);
  return plain;
}

bool is_plain(const Bson& stored, const PlainAccount& plain) {
  return stored.at(kAccess).bytes == plain.access_token.reveal() &&
         stored.at(kRefresh).bytes == plain.refresh_token.reveal();
}

Bson without_tokens(const Bson& stored, const PlainAccount& plain) {
  Bson fields;
  for (const Field& field : stored.fields()) {
    const bool is_token = field.name == kAccess || field.name == kRefresh;
    if (is_token || holds(field, plain.access_token) || holds(field, plain.refresh_token)) {
      put(fields, field.name, true);
    }
  }
  return document("$unset", fields);
}

}  // namespace mongo

namespace {

const mongo::Bson& plain_ones() {
  static const mongo::Bson made = mongo::document(mongo::kAccess, mongo::document("$exists", true));
  return made;
}

}  // namespace

Result<bool> MongoStore::any_plain_account(const std::vector<PlatformId>& platforms) {
  return database_->run([&](mongo::Act& act) -> Result<bool> {
    for (const PlatformId& platform : platforms) {
      const std::string collection = mongo::credentials_of(platform);
      HERALD_TRY(const bool any,
                 mongo::Documents::of_all(act, collection.c_str()).any(plain_ones()));
      if (any) return true;
    }
    return false;
  });
}

Result<Done> MongoStore::each_plain_account(
    const std::vector<PlatformId>& platforms,
    const std::function<Result<Done>(const PlainAccount&)>& take) {
  return database_->run([&](mongo::Act& act) -> Result<Done> {
    for (const PlatformId& platform : platforms) {
      const std::string collection = mongo::credentials_of(platform);
      HERALD_CHECK(mongo::Documents::of_all(act, collection.c_str())
                       .each(plain_ones(), {}, [&](const mongo::Bson& one) {
                         return take(mongo::plain_account_of(platform, one));
                       }));
    }
    return Done{};
  });
}

}  // namespace herald
