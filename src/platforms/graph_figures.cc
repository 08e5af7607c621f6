#include "platforms/graph_figures.h"

#include "platforms/json_answer.h"
#include "platforms/steps.h"

namespace herald::graph {
namespace {

// The newest value: a day's figures come as a series, or as their total.
std::optional<std::int64_t> value_in(const JsonAnswer& json, std::size_t row) {
  if (const auto total = json.number(at("/data", row, "/total_value/value"))) return total;
  const std::string values = at("/data", row, "/values");
  const auto size = json.size(values);
  return size == 0 ? std::nullopt : json.number(at(values, size - 1, "/value"));
}

void take_counters(const JsonAnswer& json, std::span<const Figure> counters, Notes& notes) {
  for (const auto& [pointer, ours] : counters) {
    const auto value = json.number(std::string(pointer));
    if (value) notes.set(std::string("is.") + ours, *value);
  }
}

void take_metrics(const JsonAnswer& json, std::span<const Figure> metrics, Notes& notes) {
  for (std::size_t i = 0; i < json.size("/data"); ++i) {
    const auto value = value_in(json, i);
    const std::string name = json.text(at("/data", i, "/name"));
    for (const auto& [theirs, ours] : metrics) {
      if (value && name == theirs) notes.set(std::string("is.") + ours, *value);
    }
  }
}

}  // namespace

// Notes: "counted" when the counters are read, "all" once all metrics were asked for in one call
// ("read", or "failed"), "single" how many were asked for by themselves, "is.<name>" the figures.
Step figures_next(const Input& input, const Progress& progress, const Figures& wanted) {
  const Notes notes(progress);
  if (!notes.has("counted")) {
    return get(input, As::account, "read the counters", segment(wanted.id),
               {{"fields", wanted.fields}});
  }
  const auto single = static_cast<std::size_t>(notes.number("single"));
  if (notes.text("all") == "read" || single >= wanted.metrics.size()) {
    return finished(LookedUp{notes.below("is."), input.now, {}});
  }
  std::string names;
  for (const auto& figure : wanted.metrics)
    names += (names.empty() ? "" : ",") + std::string(figure.theirs);
  if (notes.has("all")) names = wanted.metrics[single].theirs;
  std::vector<Field> query{{"metric", std::move(names)}};
  query.insert(query.end(), wanted.query.begin(), wanted.query.end());
  return get(input, As::account, "read the figures", segment(wanted.id) + "/insights",
             std::move(query));
}

bool ends_figures(const Fault& fault) {
  return fault.error.kind == ErrorKind::unavailable ||
         fault.error.kind == ErrorKind::rate_limited || fault.error.code == "grant_refused";
}

Absorbed figures_absorb(const Progress& progress, const Answer& answer, std::optional<Fault> fault,
                        const Figures& wanted) {
  Notes notes(progress);
  const JsonAnswer json(answer.body);
  if (!notes.has("counted")) {
    if (fault) return refused(notes, without_permission(std::move(fault->error)));
    take_counters(json, wanted.counters, notes);
    return accepted(notes.set("counted", "yes"));
  }
  // A metric that is gone or that this post does not have, too few viewers, no permission: no
  // figure, no failure.
  if (!fault) take_metrics(json, wanted.metrics, notes);
  if (notes.has("all")) return accepted(notes.count("single"));
  return accepted(notes.set("all", fault ? "failed" : "read"));
}

}  // namespace herald::graph
