#include "sandbox/reddit/form.h"

#include "sandbox/query.h"
#include "sandbox/reddit/state.h"

namespace herald::sandbox::reddit {

std::string in_form(const Call& call, std::string_view name) {
  const bool form = call.content_type == "application/x-www-form-urlencoded" ||
                    call.content_type == "multipart/form-data";
  return form ? field_of(call, name) : std::string();
}

std::string in_json(const Call& call, std::string_view name) {
  return call.content_type == "application/json" ? field_of(call, name) : std::string();
}

bool truthy(std::string_view text) {
  const auto said = lower(text);
  return said == "true" || said == "on" || said == "1";
}

}  // namespace herald::sandbox::reddit
