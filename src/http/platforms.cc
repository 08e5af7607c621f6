// GET /api/platforms: capabilities and limits, as data.
#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "http/json_body.h"
#include "http/uploader.h"

namespace herald::http {
namespace {

namespace json = boost::json;

const char* name_of(Counting counting) {
  switch (counting) {
    case Counting::code_points:
      return "code_points";
    case Counting::utf16_units:
      return "utf16_units";
    case Counting::weighted:
      return "weighted";
    case Counting::emoji_bytes:
      return "emoji_bytes";
    case Counting::clusters:
      return "clusters";
    case Counting::utf8_bytes:
      break;
  }
  return "utf8_bytes";
}

const char* name_of(OptionType type) {
  constexpr const char* names[] = {"text", "long_text", "boolean",   "choice",
                                   "tags", "media",     "date_time", "texts"};
  return names[static_cast<std::size_t>(type)];
}

template <class Number>
json::value positive(Number number) {
  return number > 0 ? json::value(number) : json::value(nullptr);
}

json::object rule_json(const MediaRule& rule) {
  // Where only JPEG is published, what may be uploaded is all that Herald converts.
  json::array formats;
  if (rule.jpeg_only) {
    formats = {"image/jpeg", "image/png", "image/webp", "image/gif"};
  } else {
    for (const auto& format : rule.formats) formats.emplace_back(format);
  }
  const auto seconds = [](std::int64_t ms) {
    return ms > 0 ? json::value(static_cast<double>(ms) / 1000) : json::value(nullptr);
  };
  return {{"type", name_of(rule.type)},
          {"max_bytes", positive(rule.bytes_max)},
          {"min_ratio", positive(rule.ratio_min)},
          {"max_ratio", positive(rule.ratio_max)},
          {"min_seconds", seconds(rule.duration_min_ms)},
          {"max_seconds", seconds(rule.duration_max_ms)},
          {"formats", std::move(formats)}};
}

json::object option_json(const OptionSpec& option) {
  json::array choices;
  for (const auto& choice : option.choices) {
    choices.push_back({{"value", choice.value}, {"label", choice.label}});
  }
  json::value initial = or_null(option.default_value);
  if (option.type == OptionType::boolean && !option.default_value.empty()) {
    initial = option.default_value == "true";
  }
  return {{"name", option.name},
          {"label", option.label},
          {"help", or_null(option.help)},
          {"type", name_of(option.type)},
          {"required", option.required},
          {"default", std::move(initial)},
          {"max", positive(option.max)},
          {"counted_as", option.max > 0 ? json::value(name_of(option.counted_as)) : nullptr},
          {"min_items", positive(option.items_min)},
          {"max_items", positive(option.items_max)},
          {"choices", std::move(choices)},
          {"choices_from", or_null(option.choices_from)},
          {"media", option.media ? json::value(rule_json(*option.media)) : nullptr}};
}

json::object consent_json(const Consent& consent) {
  json::array links;
  for (const auto& link : consent.links) {
    links.push_back({{"label", link.label}, {"url", link.url}});
  }
  return {{"text", consent.text},
          {"links", std::move(links)},
          {"option", or_null(consent.option)},
          {"when", consent.when}};
}

json::object kind_json(const PostKind& kind) {
  json::array types, rules, options, consents;
  for (const auto& consent : kind.consents) consents.push_back(consent_json(consent));
  for (const auto& rule : kind.media.rules) {
    types.emplace_back(name_of(rule.type));
    rules.push_back(rule_json(rule));
  }
  for (const auto& option : kind.options) options.push_back(option_json(option));
  return {{"id", kind.id},
          {"label", kind.label},
          {"text",
           {{"allowed", kind.text.allowed},
            {"required", kind.text.required},
            {"max", positive(kind.text.max)},
            {"counted_as", name_of(kind.text.counted_as)},
            {"source", or_null(kind.text.source.where)}}},
          {"media",
           {{"min", kind.media.min},
            {"max", kind.media.max},
            {"types", std::move(types)},
            {"rules", std::move(rules)},
            {"alt_text_max", positive(kind.media.alt_text_max)}}},
          {"options", std::move(options)},
          {"consents", std::move(consents)}};
}

json::value target_json(const TargetSpec& target) {
  if (target.word.empty()) return nullptr;
  return {{"word", target.word},          {"label", target.label},
          {"help", or_null(target.help)}, {"prefix", target.prefix},
          {"max", positive(target.max)},  {"choices_from", or_null(target.choices_from)}};
}

json::value version_json(const ApiVersion& version) {
  if (version.version.empty()) return nullptr;
  return {{"version", version.version},
          {"ends_on", version.ends_on ? json::value(*version.ends_on) : nullptr}};
}

// The labels of the figures that a permission opens, and whose they are; no kind: everybody's.
struct Opened {
  json::array figures, account_kinds;
};
Opened opened_by(const PlatformSpec& spec, const ScopeSpec& scope) {
  Opened opened;
  std::set<std::string> seen;
  for (const auto& metric : spec.metrics) {
    if (metric.scope != scope.name) continue;
    if (seen.insert(metric.label).second) opened.figures.emplace_back(metric.label);
    const auto& kind = metric.account_kind;
    if (!kind.empty() && seen.insert("kind " + kind).second) {
      opened.account_kinds.emplace_back(kind);
    }
  }
  return opened;
}

json::array scopes_json(const Registration& registration) {
  json::array scopes;
  const auto& left_out = registration.scopes_left_out;
  for (const auto& scope : registration.platform->spec->scopes) {
    const bool left = std::ranges::find(left_out, scope.name) != left_out.end();
    if (left && !scope.required) continue;
    Opened opened = opened_by(*registration.platform->spec, scope);
    scopes.push_back({{"name", scope.name},
                      {"why", scope.why},
                      {"required", scope.required},
                      {"use", scope.use == ScopeUse::measure ? "measure" : "publish"},
                      {"figures", std::move(opened.figures)},
                      {"account_kinds", std::move(opened.account_kinds)},
                      {"source", scope.source.where},
                      {"checked_on", scope.source.checked_on}});
  }
  return scopes;
}

json::object sign_in_json(const Registration& registration) {
  const PlatformSpec& spec = *registration.platform->spec;
  json::array missing;
  if (registration.client_id.empty()) missing.emplace_back(spec.variables.client_id);
  if (registration.client_secret.empty()) missing.emplace_back(spec.variables.client_secret);
  const auto& instance = registration.instance;
  if (instance.empty() && !spec.variables.instance.empty()) {
    missing.emplace_back(spec.variables.instance);
  }
  return {{"registration", registration.name},
          {"name", spec.sign_in + (instance.empty() ? "" : " (" + instance + ")")},
          {"account_type", spec.account_type},
          {"configured", !spec.kinds.empty() && registration.configured()},
          {"missing_variables", std::move(missing)},
          {"scopes", scopes_json(registration)}};
}

// What all its sign-ins share stands in the spec of each.
json::object platform_json(const Registrations& registrations, const PlatformSpec& spec) {
  json::array can_post, kinds, limits, sign_ins;
  for (const auto& label : spec.can_post) can_post.emplace_back(label);
  for (const auto& kind : spec.kinds) kinds.push_back(kind_json(kind));
  for (const auto& limit : spec.limits) {
    limits.push_back({{"id", limit.id},
                      {"label", limit.label},
                      {"value", limit.value},
                      {"unit", limit.unit},
                      {"source", limit.source.where},
                      {"checked_on", limit.source.checked_on}});
  }
  bool configured = false;
  for (const auto& registration : registrations.all()) {
    if (registration.platform->spec->id != spec.id) continue;
    sign_ins.push_back(sign_in_json(registration));
    configured = configured || registration.configured();
  }
  const bool available = !spec.kinds.empty();
  return {{"id", spec.id.value},
          {"name", spec.name},
          {"can_post", std::move(can_post)},
          {"available", available},
          {"configured", available && configured},
          {"sign_ins", std::move(sign_ins)},
          {"guide_url", "/guides/" + spec.id.value + ".html"},
          {"kinds", std::move(kinds)},
          {"target", target_json(spec.target)},
          {"limits", std::move(limits)},
          {"api_version", version_json(spec.api_version)}};
}

void list_platforms(ApiCall call, Reply reply) {
  const Registrations& registrations = call.services.registrations;
  json::array platforms;
  std::set<PlatformId> seen;
  for (const auto& registration : registrations.all()) {
    const PlatformSpec& spec = *registration.platform->spec;
    if (seen.insert(spec.id).second) platforms.push_back(platform_json(registrations, spec));
  }
  reply(json_answer(200, {{"platforms", std::move(platforms)}}));
}

}  // namespace

void add_platform_routes(ApiRoutes& routes) {
  routes.add("GET", "/api/platforms", {.handle = list_platforms});
}

}  // namespace herald::http
