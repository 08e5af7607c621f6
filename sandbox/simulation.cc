#include "sandbox/simulation.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

namespace herald::sandbox {

namespace json = boost::json;

namespace {

std::string media_folder(const Settings& settings) {
  return settings.data.empty() ? std::string() : settings.data + "/media";
}

std::string snapshot_path(const Settings& settings) { return settings.data + "/state.json"; }

}  // namespace

Simulation::Simulation(Settings settings, std::function<Time()> wall)
    : settings_(std::move(settings)), clock_(std::move(wall)), media_(media_folder(settings_)) {}

Result<std::unique_ptr<Simulation>> Simulation::open(Settings settings,
                                                     std::function<Time()> wall) {
  std::unique_ptr<Simulation> made(new Simulation(std::move(settings), std::move(wall)));
  made->ledger_ = std::make_unique<Ledger>();
  if (const auto& folder = made->settings_.data; !folder.empty()) {
    std::error_code error;
    std::filesystem::create_directories(folder + "/spool", error);
    if (error)
      return fail(ErrorKind::unavailable, "The data folder cannot be made.", error.message());
    HERALD_TRY(made->ledger_, Ledger::open(folder + "/ledger.jsonl"));
  }
  made->world_ = std::make_unique<World>(
      World{made->clock_, *made->ledger_, made->media_, made->switches_, made->settings_});
  made->switches_.declare("core.links", "real",
                          "links in answers: real (https://graph.facebook.com/...) or local");
  made->switches_.declare("core.close_reused", "on",
                          "a reused connection that carried a visible publish is closed");
  made->sides_ = make_sides(*made->world_);
  for (const auto& side : made->sides_) {
    for (auto& host : side->hosts()) made->hosts_.push_back(std::move(host));
    for (auto& [id, name] : side->platforms()) made->platform_names_[id] = std::move(name);
  }
  HERALD_CHECK(made->load());
  return made;
}

Side* Simulation::side_of(std::string_view host) {
  for (const auto& side : sides_)
    for (const auto& own : side->hosts())
      if (own == host) return side.get();
  return nullptr;
}

Side* Simulation::side_named(std::string_view name) {
  for (const auto& side : sides_)
    if (side->name() == name) return side.get();
  return nullptr;
}

Answer Simulation::ask(Side& side, const Call& call) {
  const std::lock_guard lock(mutex_);
  settle_all();
  auto answer = side.answer(call);
  save();
  return answer;
}

Answer Simulation::control(Side& side, const Call& call) {
  const std::lock_guard lock(mutex_);
  settle_all();
  auto answer = side.control(call);
  save();
  return answer;
}

http::Response Simulation::rate_limited(Side& side, const Call& call) {
  const std::lock_guard lock(mutex_);
  return side.rate_limited(call);
}

http::Response Simulation::scripted(Side& side, std::string_view name, const Call& call) {
  const std::lock_guard lock(mutex_);
  return side.scripted(name, call);
}

void Simulation::spoil_token(Side& side, const Call& call, std::string_view how) {
  const std::lock_guard lock(mutex_);
  side.spoil_token(call, how);
  save();
}

std::vector<LedgerEntry> Simulation::seen() {
  const std::lock_guard lock(mutex_);
  settle_all();
  save();
  return ledger_->entries();
}

void Simulation::move_clock(const std::function<void(Clock&)>& move) {
  const std::lock_guard lock(mutex_);
  move(clock_);
  settle_all();
  save();
}

bool Simulation::turn_switch(std::string_view name, const std::string& value) {
  const std::lock_guard lock(mutex_);
  const bool known = switches_.set(name, value);
  save();
  return known;
}

std::string Simulation::switches_json() {
  const std::lock_guard lock(mutex_);
  json::array list;
  for (const auto& [name, held] : switches_.all())
    list.push_back(json::object{{"name", name},
                                {"value", held.value},
                                {"declared", held.declared},
                                {"meaning", held.meaning}});
  return json::serialize(list);
}

bool Simulation::local_links() {
  const std::lock_guard lock(mutex_);
  return switches_.text("core.links") == "local";
}

bool Simulation::closes_reused() {
  const std::lock_guard lock(mutex_);
  return switches_.on("core.close_reused");
}

void Simulation::restart() {
  const std::lock_guard lock(mutex_);
  for (const auto& side : sides_) side->restart();
  ledger_->restart();
  switches_.restart();
  clock_.set_offset(Duration{0});
  save();
}

void Simulation::settle_all() {
  for (const auto& side : sides_) side->settle();
}

void Simulation::save() {
  if (settings_.data.empty()) return;
  std::string sides;
  for (const auto& side : sides_)
    sides += fmt::format("{}\"{}\":{}", sides.empty() ? "" : ",", side->name(), side->save());
  json::object turned;
  for (const auto& [name, held] : switches_.all())
    if (held.value != held.declared) turned[name] = held.value;
  std::string pending;
  for (const auto& entry : ledger_->pending())
    pending += (pending.empty() ? "" : ",") + to_json(entry);
  auto text = fmt::format(R"({{"clock_offset_ms":{},"switches":{},"pending":[{}],"sides":{{{}}}}})",
                          clock_.offset().count(), json::serialize(turned), pending, sides);
  if (text == saved_) return;
  // The snapshot goes first and carries the entries, so that a crash between the two leaves neither
  // a post without its entry nor an entry without its post.
  const auto path = snapshot_path(settings_);
  const auto torn = path + ".part";
  std::ofstream(torn, std::ios::binary | std::ios::trunc) << text << std::flush;
  std::error_code error;
  const bool whole = std::filesystem::file_size(torn, error) == text.size() && !error;
  if (whole) std::filesystem::rename(torn, path, error);
  if (!whole || error || !ledger_->commit()) {
    std::cerr << "herald-sandbox: the data folder cannot be written; giving up.\n";
    std::_Exit(74);
  }
  saved_ = pending.empty() ? std::move(text) : std::string();
}

Result<Done> Simulation::load() {
  if (settings_.data.empty()) return Done{};
  std::ifstream file(snapshot_path(settings_), std::ios::binary);
  if (!file) return Done{};
  std::stringstream text;
  text << file.rdbuf();
  try {
    const auto snapshot = json::parse(text.str()).as_object();
    clock_.set_offset(Duration{snapshot.at("clock_offset_ms").to_number<std::int64_t>()});
    for (const auto& member : snapshot.at("switches").as_object())
      switches_.set(member.key(), std::string(member.value().as_string()));
    std::vector<LedgerEntry> pending;
    for (const auto& entry : snapshot.at("pending").as_array())
      if (auto read = ledger_entry(json::serialize(entry))) pending.push_back(std::move(*read));
    ledger_->recover(pending);
    const auto& sides = snapshot.at("sides").as_object();
    for (const auto& side : sides_)
      if (const auto* held = sides.if_contains(side->name())) side->load(json::serialize(*held));
  } catch (const std::exception& broken) {
    return fail(ErrorKind::internal,
                "The sandbox's state.json cannot be read; delete the data folder to start anew.",
                broken.what());
  }
  return ledger_->commit();
}

}  // namespace herald::sandbox
