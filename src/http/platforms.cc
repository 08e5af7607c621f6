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

json::object with_source(json::object fact, const Source& source) {
  fact["source"] = source.where;
  fact["checked_on"] = source.checked_on;
  return fact;
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
  return with_source({{"type", name_of(rule.type)},
                      {"min_bytes", positive(rule.bytes_min)},
                      {"max_bytes", positive(rule.bytes_max)},
                      {"min_side", positive(rule.side_min)},
                      {"min_frame_rate", positive(rule.frame_rate_min)},
                      {"max_frame_rate", positive(rule.frame_rate_max)},
                      {"min_ratio", positive(rule.ratio_min)},
                      {"max_ratio", positive(rule.ratio_max)},
                      {"max_width", positive(rule.width_max)},
                      {"min_seconds", seconds(rule.duration_min_ms)},
                      {"max_seconds", seconds(rule.duration_max_ms)},
                      {"formats", std::move(formats)}},
                     rule.source);
}

// One kind of post, as the spec of each of a platform's sign-ins has it; the first is shown.
using Kinds = std::vector<const PostKind*>;

// What each sign-in calls the permission that the kind takes, or its option of this name.
json::array scopes_of(const Kinds& kinds, const std::string& option) {
  std::set<std::string> names;
  for (const PostKind* kind : kinds) {
    if (option.empty()) names.insert(kind->scope);
    for (const auto& one : kind->options) {
      if (!option.empty() && one.name == option) names.insert(one.scope);
    }
  }
  names.erase("");
  return json::array(names.begin(), names.end());
}

json::object option_json(const OptionSpec& option, json::array scopes) {
  json::array choices;
  for (const auto& choice : option.choices) {
    choices.push_back({{"value", choice.value}, {"label", choice.label}});
  }
  json::value initial = or_null(option.default_value);
  if (option.type == OptionType::boolean && !option.default_value.empty()) {
    initial = option.default_value == "true";
  }
  return with_source(
      {{"name", option.name},
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
       {"under", or_null(option.under)},
       {"media", option.media ? json::value(rule_json(*option.media)) : nullptr},
       {"scopes", std::move(scopes)}},
      option.source);
}

json::object consent_json(const Consent& consent) {
  json::array links;
  for (const auto& link : consent.links) {
    links.push_back({{"label", link.label}, {"url", link.url}});
  }
  return with_source({{"text", consent.text},
                      {"links", std::move(links)},
                      {"option", or_null(consent.option)},
                      {"when", consent.when}},
                     consent.source);
}

json::object media_json(const MediaSlots& media) {
  json::array types, rules;
  for (const auto& rule : media.rules) {
    types.emplace_back(name_of(rule.type));
    rules.push_back(rule_json(rule));
  }
  const Source* source = media.source();
  return {{"min", media.min},
          {"max", media.max},
          {"types", std::move(types)},
          {"rules", std::move(rules)},
          {"alt_text_max", positive(media.alt_text_max)},
          {"source", source ? json::value(source->where) : nullptr},
          {"checked_on", source ? json::value(source->checked_on) : nullptr}};
}

json::object kind_json(const Kinds& alike) {
  const PostKind& kind = *alike.front();
  json::array options, consents;
  for (const auto& consent : kind.consents) consents.push_back(consent_json(consent));
  for (const auto& option : kind.options) {
    options.push_back(option_json(option, scopes_of(alike, option.name)));
  }
  return {{"id", kind.id},
          {"label", kind.label},
          {"text", with_source({{"allowed", kind.text.allowed},
                                {"required", kind.text.required},
                                {"max", positive(kind.text.max)},
                                {"counted_as", name_of(kind.text.counted_as)}},
                               kind.text.source)},
          {"media", media_json(kind.media)},
          {"options", std::move(options)},
          {"consents", std::move(consents)},
          {"scopes", scopes_of(alike, "")}};
}

json::value target_json(const TargetSpec& target, const LookupSpec& lookup) {
  if (target.word.empty()) return nullptr;
  return with_source({{"word", target.word},
                      {"label", target.label},
                      {"help", or_null(target.help)},
                      {"prefix", target.prefix},
                      {"max", positive(target.max)},
                      {"choices_from", or_null(target.choices_from)},
                      {"looked_up", lookup.per_target}},
                     target.source);
}

json::value version_json(const ApiVersion& version) {
  if (version.version.empty()) return nullptr;
  return with_source({{"version", version.version},
                      {"ends_on", version.ends_on ? json::value(*version.ends_on) : nullptr}},
                     version.source);
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
    scopes.push_back(with_source({{"name", scope.name},
                                  {"why", scope.why},
                                  {"required", scope.required},
                                  {"use", scope.use == ScopeUse::measure ? "measure" : "publish"},
                                  {"figures", std::move(opened.figures)},
                                  {"account_kinds", std::move(opened.account_kinds)}},
                                 scope.source));
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

// The platform's kinds of post: what all its sign-ins share stands in the spec of each, but the
// names of permissions are a sign-in's own.
json::array kinds_json(const Registrations& registrations, const PlatformSpec& spec) {
  json::array kinds;
  for (const auto& kind : spec.kinds) {
    Kinds alike{&kind};
    for (const auto& registration : registrations.all()) {
      const PlatformSpec& other = *registration.platform->spec;
      if (other.id != spec.id) continue;
      const auto same = std::ranges::find(other.kinds, kind.id, &PostKind::id);
      if (same != other.kinds.end()) alike.push_back(&*same);
    }
    kinds.push_back(kind_json(alike));
  }
  return kinds;
}

json::object platform_json(const Registrations& registrations, const PlatformSpec& spec) {
  json::array can_post, limits, sign_ins;
  for (const auto& label : spec.can_post) can_post.emplace_back(label);
  for (const auto& limit : spec.limits) {
    limits.push_back(with_source(
        {{"id", limit.id}, {"label", limit.label}, {"value", limit.value}, {"unit", limit.unit}},
        limit.source));
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
          {"kinds", kinds_json(registrations, spec)},
          {"target", target_json(spec.target, spec.lookup)},
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
