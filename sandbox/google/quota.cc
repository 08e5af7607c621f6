#include "sandbox/google/quota.h"

#include "sandbox/google/pacific.h"
#include "sandbox/google/time.h"

namespace herald::sandbox::google {

namespace {

DayCount& today(Context& google, std::map<std::string, DayCount>& counts, const std::string& key) {
  auto& count = counts[key];
  const auto day = day_text(pacific_day(google.world.clock.now()));
  if (count.day != day) count = {.day = day};
  return count;
}

}  // namespace

bool charge_insert(Context& google, const std::string& app) {
  auto& count = today(google, google.state.projects, app);
  if (count.inserts >= google.number("insert_quota")) return false;
  ++count.inserts;
  return true;
}

bool charge_units(Context& google, const std::string& app, int units) {
  auto& count = today(google, google.state.projects, app);
  if (count.units + units > google.number("unit_quota")) return false;
  count.units += units;
  return true;
}

bool charge_channel(Context& google, const std::string& channel) {
  auto& count = today(google, google.state.channels, channel);
  if (count.inserts >= google.number("channel_uploads")) return false;
  ++count.inserts;
  return true;
}

}  // namespace herald::sandbox::google
