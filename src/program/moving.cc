#include "program/moving.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <vector>

#include "crypto/digest.h"
#include "crypto/self_check.h"
#include "domain/encoding.h"
#include "program/data_folder.h"
#include "store/mongo/kept_rows.h"
#include "store/mongo/migrations.h"
#include "store/mongo/mongo_copy.h"
#include "store/mongo/values.h"
#include "store/sqlite/migrations.h"
#include "store/sqlite/sqlite_copy.h"

namespace herald {

using mongo::Bson;
using mongo::document;

namespace {

constexpr std::int64_t kFormat = 1;
constexpr std::size_t kRowsAtOnce = 500;

// Rows of another schema may mean something else.
std::string schema() {
  return std::string(sqlite_migrations().back().name) + " " +
         std::string(mongo::mongodb_migrations().back().name);
}

void count(Tally& tally, const std::string& line) {
  tally.count += 1;
  tally.digest = to_hex(sha256(tally.digest + line));
}

Result<std::string> line_of(const KeptRow& row) {
  std::string line = document("kind", kind_of(row), "row", mongo::document_of(row)).to_json();
  if (!line.empty()) return line;
  return fail(ErrorKind::internal, "A row cannot be written down.", std::string(kind_of(row)));
}

// Reads all, and gives each line to `take`.
Result<Tallies> tallied(StoreCopy& store,
                        const std::function<Result<Done>(const std::string&)>& take) {
  Tallies tallies;
  HERALD_CHECK(store.each_row([&](const KeptRow& row) -> Result<Done> {
    HERALD_TRY(const std::string line, line_of(row));
    count(tallies[row.index()], line);
    return take(line);
  }));
  return tallies;
}

Result<Tallies> tallied(StoreCopy& store) {
  return tallied(store, [](const std::string&) -> Result<Done> { return Done{}; });
}

std::string_view first_difference(const Tallies& a, const Tallies& b) {
  const auto places = std::ranges::mismatch(a, b);
  return kRowKindNames[static_cast<std::size_t>(places.in1 - a.begin())];
}

Bson tail_of(const Tallies& tallies) {
  Bson kinds;
  for (std::size_t kind = 0; kind < kRowKinds; ++kind) {
    put(kinds, kRowKindNames[kind],
        document("count", tallies[kind].count, "digest", tallies[kind].digest));
  }
  return document("end", kinds);
}

Tallies tallies_of(const Bson& tail) {
  Tallies tallies;
  const Bson kinds(tail.at("end").bytes);
  for (std::size_t kind = 0; kind < kRowKinds; ++kind) {
    const Bson one(kinds.at(kRowKindNames[kind]).bytes);
    tallies[kind] = {one.at("count").integer, std::string(one.at("digest").bytes)};
  }
  return tallies;
}

std::unexpected<Error> cannot_write(const std::string& file) {
  return fail(ErrorKind::unavailable, "This file cannot be written: " + file + ".");
}
std::unexpected<Error> cut_short(const std::string& file) {
  return fail(ErrorKind::invalid,
              "This export is not whole: " + file + ". Copy it again, or export again.");
}
std::unexpected<Error> was_changed(std::string_view what) {
  return fail(ErrorKind::invalid, "This export was changed after it was written: its " +
                                      std::string(what) + " are not what its last line says.");
}

Result<Tallies> write_all(MovingPlace& from, const std::string& canary, const std::string& file) {
  std::ofstream out(file, std::ios::binary);
  out << document("herald_export", kFormat, "schema", schema(), "canary", mongo::bytes(canary))
             .to_json()
      << '\n';
  HERALD_TRY(const Tallies tallies,
             tallied(*from.rows, [&](const std::string& line) -> Result<Done> {
               out << line << '\n';
               if (!out) return cannot_write(file);
               return Done{};
             }));
  out << tail_of(tallies).to_json() << '\n' << std::flush;
  if (!out) return cannot_write(file);
  if (from.rows->reads_one_moment()) return tallies;
  // Where both readings say the same, they say what stood there between them.
  HERALD_TRY(const Tallies again, tallied(*from.rows));
  if (again == tallies) return tallies;
  return fail(ErrorKind::conflict, "The installation was written to while it was read (" +
                                       std::string(first_difference(tallies, again)) +
                                       "). Stop all its processes and export again.");
}

// Reads the file from its head to its tail, and gives each row to `take`.
Result<Tallies> read_file(const std::string& file, std::string& canary,
                          const std::function<Result<Done>(const KeptRow&)>& take) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(ErrorKind::not_found, "This file cannot be read: " + file + ".");
  std::string line;
  std::getline(in, line);
  const auto head = Bson::from_json(line);
  if (!head || head->at("herald_export").integer != kFormat) {
    return fail(ErrorKind::invalid, "This is no export of Herald's, or another version's: " + file);
  }
  if (head->at("schema").bytes != schema()) {
    return fail(ErrorKind::invalid, "This export was written by another version of Herald (" +
                                        std::string(head->at("schema").bytes) +
                                        "; this one is at " + schema() +
                                        "). Import it with that one, and upgrade afterwards.");
  }
  canary = head->at("canary").bytes;
  Tallies tallies;
  while (std::getline(in, line)) {
    const auto read = Bson::from_json(line);
    if (!read) return in.eof() ? cut_short(file) : was_changed("lines");
    if (!read->at("end").bytes.empty()) {
      const Tallies told = tallies_of(*read);
      if (in.eof() || in.peek() != std::ifstream::traits_type::eof()) return cut_short(file);
      if (told != tallies) return was_changed(first_difference(told, tallies));
      return tallies;
    }
    const auto kind = std::ranges::find(kRowKindNames, read->at("kind").bytes);
    if (kind == kRowKindNames.end()) return was_changed("kinds");
    const auto index = static_cast<std::size_t>(kind - kRowKindNames.begin());
    count(tallies[index], line);
    HERALD_TRY(const KeptRow row, mongo::kept_row_of(index, Bson(read->at("row").bytes)));
    HERALD_CHECK(take(row));
  }
  return cut_short(file);
}

Result<Done> check_keys(const KeptRow& row, const WrappingKeys& keys) {
  const auto* kept = std::get_if<KeptKey>(&row);
  if (kept == nullptr || keys.unwrap(kept->customer, kept->key)) return Done{};
  return fail(ErrorKind::conflict,
              "The vault's keys are not those of the installation that was exported (\"" +
                  wrapping_key_id(kept->key) +
                  "\" is missing). Put the right ones into the "
                  "settings; nothing was changed.");
}

Result<Done> check_empty(MovingPlace& into) {
  HERALD_TRY(const auto canary, into.canary());
  if (canary == std::string(kImportUnderWay)) {
    return fail(ErrorKind::conflict,
                "Another import into this store is under way or was cut off. Wait for it, or empty "
                "the store and import again.");
  }
  bool empty = !canary;
  const auto seen = into.rows->each_row([&](const KeptRow&) -> Result<Done> {
    empty = false;
    return std::unexpected(Error{ErrorKind::conflict, {}, {}, {}, "seen"});
  });
  if (!seen && seen.error().code != "seen") return std::unexpected(seen.error());
  if (empty) return Done{};
  return fail(ErrorKind::conflict,
              "This store is not empty. Import into a new data folder or a new database.");
}

Result<Done> put_all(MovingPlace& into, const std::string& file) {
  std::vector<KeptRow> rows;
  const auto flush = [&]() -> Result<Done> {
    if (rows.empty()) return Done{};
    HERALD_CHECK(into.rows->put(rows));
    rows.clear();
    return Done{};
  };
  std::string ignored;
  HERALD_CHECK(read_file(file, ignored, [&](const KeptRow& row) -> Result<Done> {
    const bool fits = rows.empty() || rows.front().index() == row.index();
    if (!fits || rows.size() == kRowsAtOnce) HERALD_CHECK(flush());
    rows.push_back(row);
    return Done{};
  }));
  return flush();
}

}  // namespace

Result<MovingPlace> MovingPlace::open(const Config& config, Time now, Use use) {
  MovingPlace place;
  if (config.mongodb_uri.empty()) {
    const std::string folder = config.data_folder;
    const auto how = use == Use::reading ? SqliteCopy::Use::reading : SqliteCopy::Use::writing;
    HERALD_CHECK(make_folder(folder));
    HERALD_TRY(place.rows, SqliteCopy::open(folder, now, how));
    place.canary = [folder] { return Result<std::optional<std::string>>(folder_canary(folder)); };
    place.set_canary = [folder](const std::string& bytes) {
      return set_folder_canary(folder, bytes);
    };
    return place;
  }
  HERALD_TRY(auto copy, MongoCopy::open(std::string(config.mongodb_uri.reveal())));
  MongoCopy& mongo = *copy;
  place.rows = std::move(copy);
  place.canary = [&mongo] { return mongo.canary(); };
  place.set_canary = [&mongo](const std::string& bytes) { return mongo.set_canary(bytes); };
  return place;
}

Result<Tallies> export_installation(MovingPlace& from, const std::string& file) {
  HERALD_TRY(const auto canary, from.canary());
  if (!canary) {
    return fail(ErrorKind::conflict, "Nothing was ever started here; there is nothing to export.");
  }
  if (*canary == kImportUnderWay) {
    return fail(ErrorKind::conflict, "An import into this store has not come to its end.");
  }
  if (::access(file.c_str(), F_OK) == 0) {
    return fail(ErrorKind::conflict, "This file is there already: " + file + ".");
  }
  // Under its name only when it is whole.
  const std::string part = file + ".part";
  const auto written = write_all(from, *canary, part);
  if (written && ::rename(part.c_str(), file.c_str()) == 0) return written;
  ::unlink(part.c_str());
  if (!written) return written;
  return cannot_write(file);
}

Result<Tallies> import_installation(MovingPlace& into, const std::string& file,
                                    const WrappingKeys& keys) {
  std::string canary;
  HERALD_TRY(const Tallies told,
             read_file(file, canary, [&](const KeptRow& row) { return check_keys(row, keys); }));
  HERALD_CHECK(check_empty(into));
  HERALD_CHECK(into.set_canary(std::string(kImportUnderWay)));
  HERALD_CHECK(put_all(into, file));
  HERALD_TRY(const Tallies kept, tallied(*into.rows));
  if (kept != told) {
    return fail(ErrorKind::conflict, "The store does not give back what was put into it: its " +
                                         std::string(first_difference(told, kept)) +
                                         " differ. Empty it and import again.");
  }
  HERALD_CHECK(into.set_canary(canary));
  return kept;
}

}  // namespace herald
