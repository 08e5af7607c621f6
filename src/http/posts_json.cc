#include "http/posts_json.h"

#include <algorithm>
#include <boost/json.hpp>

#include "http/json_body.h"
#include "http/local_time.h"
#include "http/media_links.h"

namespace herald::http {
namespace {

namespace json = boost::json;

constexpr std::size_t kIdMax = 200;
constexpr std::size_t kTextMax = 100'000;
constexpr std::size_t kOptionMax = 20'000;
constexpr std::size_t kMediaMax = 50;
constexpr std::size_t kTargetsMax = 100;

// Calls `read` with the fields of every object in a list.
template <class Read>
void each_object(Fields& fields, std::string_view name, std::size_t most, Read read) {
  const auto* list = fields.list(name, most);
  if (list == nullptr) return;
  std::size_t index = 0;
  for (const auto& item : *list) {
    const std::string path = std::string(name) + "/" + std::to_string(index++);
    const auto* object = item.if_object();
    if (object == nullptr) return fields.fault(path, "must be an object.");
    Fields inner(*object, path + "/");
    read(inner);
    if (auto sound = inner.done(); !sound) return fields.adopt(sound.error());
  }
}

void read_media(Fields& fields, std::vector<MediaUse>& media) {
  each_object(fields, "media", kMediaMax, [&](Fields& use) {
    media.push_back({MediaId(use.text("media_id", kIdMax)),
                     use.optional_text("alt_text", kOptionMax).value_or(std::string())});
  });
}

Options read_options(Fields& fields) {
  Options options;
  const auto* object = fields.object("options");
  if (object == nullptr) return options;
  if (object->size() > 50) fields.fault("options", "has too many entries.");
  for (const auto& [key, value] : *object) {
    const std::string name(key);
    if (value.is_null()) continue;
    if (const auto* yes = value.if_bool()) {
      options[name] = *yes;
    } else if (const auto* text = value.if_string(); text && text->size() <= kOptionMax) {
      options[name] = std::string(*text);
    } else if (const auto* list = value.if_array(); list && list->size() <= 500) {
      std::vector<std::string> words;
      for (const auto& item : *list) {
        const auto* word = item.if_string();
        if (word == nullptr || word->size() > kOptionMax) {
          fields.fault("options/" + name, "must hold texts.");
          break;
        }
        words.emplace_back(*word);
      }
      options[name] = std::move(words);
    } else {
      fields.fault("options/" + name, "must be a text, true or false, or a list of texts.");
    }
  }
  return options;
}

void read_time(Fields& fields, PostDraft& draft) {
  draft.due_at = fields.optional_time("due_at");
  const auto local = fields.optional_text("due_local", 32);
  draft.time_zone = fields.optional_text("time_zone", 64).value_or(std::string());
  if (!draft.time_zone.empty() && !is_zone(draft.time_zone)) {
    return fields.fault("time_zone", "is not a time zone such as Europe/Vienna.");
  }
  if (!local) return;
  if (draft.due_at || draft.time_zone.empty()) {
    return fields.fault("due_local", draft.due_at ? "and \"due_at\" exclude each other."
                                                  : "needs a \"time_zone\".");
  }
  auto instant = instant_of(*local, draft.time_zone);
  if (!instant) return fields.refuse("due_local", instant.error().message);
  draft.due_at = *instant;
}

json::value progress_json(const Delivery& delivery) {
  if (delivery.meter.step.empty() || is_final(delivery.state)) return nullptr;
  return {{"done_bytes", delivery.meter.done_bytes},
          {"total_bytes", delivery.meter.total_bytes},
          {"step", delivery.meter.step}};
}

const char* shown_state(FollowUpState state) {
  switch (state) {
    case FollowUpState::due:
      return "scheduled";
    case FollowUpState::running:
      return "running";
    case FollowUpState::done:
      return "published";
    case FollowUpState::failed:
      return "failed";
    case FollowUpState::unknown:
      break;
  }
  return "unknown";
}

json::value option_json(const OptionValue& value) {
  if (const auto* yes = std::get_if<bool>(&value)) return *yes;
  if (const auto* text = std::get_if<std::string>(&value)) return json::value(*text);
  json::array words;
  for (const auto& word : std::get<std::vector<std::string>>(value)) words.emplace_back(word);
  return words;
}

json::object target_json(const Target& target) {
  json::object options;
  for (const auto& [name, value] : target.options) options[name] = option_json(value);
  return {{"account_id", target.account.value},
          {"kind", target.kind},
          {"target_key", or_null(target.key)},
          {"text", target.text ? json::value(*target.text) : json::value(nullptr)},
          {"options", std::move(options)}};
}

}  // namespace

PostDraft read_draft(Fields& fields) {
  PostDraft draft;
  draft.text = fields.text("text", kTextMax);
  read_media(fields, draft.media);
  read_time(fields, draft);
  if (const auto minutes = fields.optional_integer("late_minutes", 1, 43'200)) {
    draft.lateness_max = std::chrono::minutes(*minutes);
  }
  draft.allow_repeat = fields.flag("allow_repeat");
  each_object(fields, "targets", kTargetsMax, [&](Fields& target) {
    Target one;
    one.account = AccountId(target.text("account_id", kIdMax));
    one.kind = target.text("kind", kIdMax);
    one.key = target.optional_text("target_key", kIdMax).value_or(std::string());
    one.text = target.optional_text("text", kTextMax);
    one.options = read_options(target);
    draft.targets.push_back(std::move(one));
  });
  return draft;
}

PostDraft read_upload(Fields& fields) {
  PostDraft draft;
  Target target;
  target.account = AccountId(fields.text("account_id", kIdMax));
  target.kind = fields.optional_text("kind", kIdMax).value_or(std::string());
  target.key = fields.optional_text("target_key", kIdMax).value_or(std::string());
  draft.text = fields.text("text", kTextMax);
  read_media(fields, draft.media);
  target.options = read_options(fields);
  draft.allow_repeat = fields.flag("allow_repeat");
  draft.targets.push_back(std::move(target));
  return draft;
}

json::object delivery_json(Store& store, const HostMap& hosts, const CustomerScope& scope,
                           const Delivery& delivery, const std::vector<FollowUp>& follow_ups) {
  const auto account = store.find_account(scope, delivery.account);
  json::array work;
  for (const auto& one : follow_ups) {
    if (one.delivery != delivery.id) continue;
    work.push_back(
        {{"kind", one.kind}, {"state", shown_state(one.state)}, {"message", or_null(one.message)}});
  }
  const bool rests = is_final(delivery.state) || delivery.state == DeliveryState::parked ||
                     delivery.state == DeliveryState::review;
  return {{"id", delivery.id.value},
          {"account_id", delivery.account.value},
          {"account_name", account ? account->name : std::string("(disconnected)")},
          {"platform", delivery.platform.value},
          {"kind", delivery.kind},
          {"target_key", or_null(delivery.target_key)},
          {"state", name_of(delivery.state)},
          {"message", or_null(delivery.message)},
          {"code", or_null(delivery.code)},
          {"due_at", to_text(delivery.publish_at)},
          {"next_at", rests ? json::value(nullptr) : json::value(to_text(delivery.due_at))},
          {"attempt", delivery.attempt},
          {"progress", progress_json(delivery)},
          {"remote_id", or_null(delivery.remote_id)},
          {"url", or_null(hosts.reach(delivery.url))},
          {"published_at", or_null(delivery.published_at)},
          {"follow_ups", std::move(work)}};
}

json::object post_json(const Services& services, const CustomerScope& scope, const Post& post,
                       const std::vector<Delivery>& deliveries,
                       const std::vector<FollowUp>& follow_ups) {
  json::array media, targets, rows;
  for (const auto& use : post.media) {
    const auto medium = services.store.find_medium(scope, use.medium);
    json::value preview = nullptr;
    if (medium) preview = or_null(preview_path(services, scope, *medium));
    media.push_back({{"media_id", use.medium.value},
                     {"alt_text", or_null(use.alt_text)},
                     {"preview_url", std::move(preview)},
                     {"type", name_of(medium ? medium->facts.type : MediaType::image)}});
  }
  for (const auto& target : post.targets) targets.push_back(target_json(target));
  for (const auto& delivery : deliveries) {
    rows.push_back(delivery_json(services.store, services.hosts, scope, delivery, follow_ups));
  }
  return {{"id", post.id.value},
          {"text", post.text},
          {"media", std::move(media)},
          {"due_at", to_text(post.due_at)},
          {"time_zone", or_null(post.time_zone)},
          {"status", name_of(fold(deliveries))},
          {"revision", post.revision},
          {"created_at", to_text(post.created_at)},
          {"user_id", post.user.value},
          {"targets", std::move(targets)},
          {"deliveries", std::move(rows)}};
}

json::array problems_json(const std::vector<Problem>& problems) {
  json::array list;
  for (const auto& problem : problems) {
    const Violation& violation = problem.violation;
    std::string field = violation.field;
    std::ranges::replace(field, '.', '/');
    const bool error = violation.severity == Violation::Severity::error;
    list.push_back(
        {{"target", problem.target < 0 ? json::value(nullptr) : json::value(problem.target)},
         {"field", std::move(field)},
         {"rule", violation.rule},
         {"message", violation.message},
         {"limit", or_null(violation.limit)},
         {"actual", or_null(violation.actual)},
         {"source", or_null(violation.source)},
         {"severity", error ? "error" : "warning"}});
  }
  return list;
}

}  // namespace herald::http
