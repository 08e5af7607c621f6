// The figures that platforms are measured by: one name for one idea, whatever a platform calls it.
// Its own word, and what it counts exactly, stand beside it in MetricSpec.
#pragma once

#include <span>

#include "domain/capability.h"

namespace herald {

struct MetricName {
  const char* name;
  const char* label;
  const char* idea;  // As docs/GLOSSARY.md has it.
};
std::span<const MetricName> metric_names();

// A metric of a post or of an account, with the label of its name. A name that is not in the list
// is left without one.
MetricSpec post_metric(const char* name, const char* theirs, const char* meaning, Source source,
                       const char* scope = "");
MetricSpec account_metric(const char* name, const char* theirs, const char* meaning, Source source,
                          const char* scope = "");

}  // namespace herald
