#include "store/mongo/kept_rows.h"

#include "domain/delivery_rules.h"
#include "store/mongo/account_fields.h"
#include "store/mongo/audit_fields.h"
#include "store/mongo/identity_fields.h"
#include "store/mongo/measure_fields.h"
#include "store/mongo/media_fields.h"
#include "store/mongo/post_fields.h"

namespace herald::mongo {

template <>
struct Fields<KeptKey> {
  static constexpr const char* kCollection = "data_keys";
  static void key(auto& row, auto&& field) { field("number", row.key.number); }
  static void fixed(auto&, auto&&) {}
  static void moving(auto& row, auto&& field) {
    field("wrapped", bytes(row.key.wrapped));
    field("commitment", bytes(row.key.commitment));
  }
};

namespace {

// The row itself, and what is kept beside it.
const auto& row_in(const auto& row) { return row; }
const Post& row_in(const KeptPost& kept) { return kept.post; }
const Delivery& row_in(const KeptDelivery& kept) { return kept.delivery; }
const FollowUp& row_in(const KeptFollowUp& kept) { return kept.follow_up; }

void put_beside(Bson&, const auto&) {}
void put_beside(Bson& into, const KeptPost& kept) {
  put_all(into, "account_ids", kept.account_ids, "media_used", kept.media_used, "status",
          kept.status);
  // Absent where there is none: their index is of those that have one.
  if (kept.idempotency_key) put(into, "idempotency_key", *kept.idempotency_key);
  if (kept.fingerprint) put(into, "fingerprint", *kept.fingerprint);
}
void put_beside(Bson& into, const KeptDelivery& kept) {
  put_all(into, "holds", holds_back(kept.delivery), "claim_at", kept.claim_at);
}
void put_beside(Bson& into, const KeptFollowUp& kept) { put(into, "claim_at", kept.claim_at); }

template <class T>
Result<KeptRow> read(const Bson& document) {
  HERALD_TRY(T row, row_of<T>(document));
  return KeptRow(std::move(row));
}
template <>
Result<KeptRow> read<KeptPost>(const Bson& document) {
  KeptPost kept;
  HERALD_TRY(kept.post, row_of<Post>(document));
  FieldReader reader(document);
  reader.read("account_ids", kept.account_ids);
  reader.read("media_used", kept.media_used);
  reader.read("status", kept.status);
  reader.read("idempotency_key", kept.idempotency_key);
  reader.read("fingerprint", kept.fingerprint);
  if (!reader.fault().empty()) return field_fault(Fields<Post>::kCollection, reader.fault());
  return KeptRow(std::move(kept));
}
// A row that is claimed.
template <class Kept, class Row>
Result<KeptRow> read_claimed(const Bson& document, Row Kept::* row) {
  Kept kept;
  HERALD_TRY(kept.*row, row_of<Row>(document));
  FieldReader reader(document);
  reader.read("claim_at", kept.claim_at);
  if (!reader.fault().empty()) return field_fault(Fields<Row>::kCollection, reader.fault());
  return KeptRow(std::move(kept));
}
template <>
Result<KeptRow> read<KeptDelivery>(const Bson& document) {
  return read_claimed(document, &KeptDelivery::delivery);
}
template <>
Result<KeptRow> read<KeptFollowUp>(const Bson& document) {
  return read_claimed(document, &KeptFollowUp::follow_up);
}

template <std::size_t... kinds>
Result<KeptRow> read_kind(std::size_t kind, const Bson& document, std::index_sequence<kinds...>) {
  using Reader = Result<KeptRow> (*)(const Bson&);
  static constexpr Reader kReaders[] = {&read<std::variant_alternative_t<kinds, KeptRow>>...};
  return kReaders[kind](document);
}

}  // namespace

Bson document_of(const KeptRow& kept) {
  return std::visit(
      [](const auto& row) {
        Bson made;
        put(made, kCustomerField, customer_of(row_in(row)));
        made.add_all(all_of(row_in(row)));
        put_beside(made, row);
        return made;
      },
      kept);
}

Result<KeptRow> kept_row_of(std::size_t kind, const Bson& document) {
  return read_kind(kind, document, std::make_index_sequence<kRowKinds>());
}

}  // namespace herald::mongo
