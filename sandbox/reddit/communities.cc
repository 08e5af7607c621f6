// Communities: what there is, what they demand, which flairs they have.
#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/query.h"
#include "sandbox/reddit/endpoint.h"

namespace herald::sandbox::reddit {

namespace json = boost::json;

namespace {

constexpr std::size_t kListMax = 100;

bool has(const std::vector<std::string>& ids, const std::string& id) {
  return std::ranges::find(ids, id) != ids.end();
}

Checked<const Community*> readable(Request& request) {
  const auto* community = request.state().community(request.name);
  if (community == nullptr) return Refused(plain_error(404));
  if (community->type == "banned") return Refused(plain_error(404, "banned"));
  if (community->type == "private" && !has(community->contributors, request.user.id))
    return Refused(plain_error(403, "private"));
  return community;
}

json::object community_json(const Community& community, const User& user) {
  return {{"name", "t5_" + lower(community.name)},
          {"display_name", community.name},
          {"display_name_prefixed", "r/" + community.name},
          {"title", community.title},
          {"url", "/r/" + community.name + "/"},
          {"subreddit_type", community.type},
          {"submission_type", community.submission_type},
          {"allow_images", community.allow_images},
          {"allow_videos", community.allow_videos},
          {"allow_galleries", community.allow_galleries},
          {"allow_polls", false},
          {"over18", community.over18},
          {"subscribers", community.subscribers},
          {"user_is_banned", has(community.banned, user.id)},
          {"user_is_contributor", has(community.contributors, user.id)},
          {"user_is_subscriber", has(community.members, user.id)},
          {"link_flair_enabled", community.flairs_enabled}};
}

template <class Wanted>
Answer list_of(Request& request, Wanted wanted) {
  json::array children;
  for (const auto& [name, community] : request.state().communities)
    if (children.size() < kListMax && wanted(community))
      children.push_back(
          json::object{{"kind", "t5"}, {"data", community_json(community, request.user)}});
  json::object data{
      {"after", nullptr}, {"before", nullptr}, {"dist", children.size()}, {"children", children}};
  return answer_with(json::serialize(json::object{{"kind", "Listing"}, {"data", data}}));
}

json::array texts(const std::vector<std::string>& from) {
  json::array out;
  for (const auto& text : from) out.push_back(json::value(text));
  return out;
}

json::value number_or_null(std::int64_t number) {
  return number < 0 ? json::value() : json::value(number);
}

}  // namespace

Checked<Answer> my_communities(Request& request) {
  return list_of(request, [&](const Community& one) { return has(one.members, request.user.id); });
}

Checked<Answer> search_communities(Request& request) {
  const auto wanted = lower(in_query(request.call, "q"));
  return list_of(request, [&](const Community& one) {
    const bool open = one.type == "public" || one.type == "restricted";
    return open && (lower(one.name).find(wanted) != wanted.npos ||
                    lower(one.title).find(wanted) != wanted.npos);
  });
}

Checked<Answer> about_community(Request& request) {
  const auto community = readable(request);
  if (!community) return Refused(community.error());
  return answer_with(json::serialize(
      json::object{{"kind", "t5"}, {"data", community_json(**community, request.user)}}));
}

Checked<Answer> community_rules(Request& request) {
  const auto community = readable(request);
  if (!community) return Refused(community.error());
  json::array rules;
  for (const auto& rule : (*community)->rules)
    rules.push_back(json::object{{"kind", rule.kind},
                                 {"short_name", rule.short_name},
                                 {"violation_reason", rule.violation_reason},
                                 {"description", ""},
                                 {"priority", rules.size()}});
  return answer_with(json::serialize(json::object{
      {"rules", rules}, {"site_rules", json::array()}, {"site_rules_flow", json::array()}}));
}

Checked<Answer> post_requirements(Request& request) {
  const auto community = readable(request);
  if (!community) return Refused(community.error());
  const auto& held = (*community)->requirements;
  return answer_with(json::serialize(
      json::object{{"title_required_strings", texts(held.title_required_strings)},
                   {"title_blacklisted_strings", texts(held.title_blacklisted_strings)},
                   {"title_regexes", texts(held.title_regexes)},
                   {"title_text_min_length", number_or_null(held.title_text_min_length)},
                   {"title_text_max_length", number_or_null(held.title_text_max_length)},
                   {"body_restriction_policy", held.body_restriction_policy},
                   {"body_required_strings", texts(held.body_required_strings)},
                   {"body_blacklisted_strings", texts(held.body_blacklisted_strings)},
                   {"body_regexes", texts(held.body_regexes)},
                   {"body_text_min_length", number_or_null(held.body_text_min_length)},
                   {"body_text_max_length", number_or_null(held.body_text_max_length)},
                   {"domain_blacklist", texts(held.domain_blacklist)},
                   {"domain_whitelist", texts(held.domain_whitelist)},
                   {"link_restriction_policy", held.link_restriction_policy},
                   {"link_repost_age", nullptr},
                   {"is_flair_required", held.is_flair_required},
                   {"gallery_min_items", number_or_null(held.gallery_min_items)},
                   {"gallery_max_items", number_or_null(held.gallery_max_items)},
                   {"gallery_captions_requirement", held.gallery_captions_requirement},
                   {"gallery_urls_requirement", held.gallery_urls_requirement},
                   {"guidelines_text", held.guidelines_text},
                   {"guidelines_display_policy", nullptr}}));
}

Checked<Answer> link_flairs(Request& request) {
  const auto community = readable(request);
  if (!community) return Refused(community.error());
  if (!(*community)->flairs_enabled) return Refused(plain_error(403));
  json::array flairs;
  for (const auto& flair : (*community)->flairs)
    flairs.push_back(json::object{{"id", flair.id},
                                  {"text", flair.text},
                                  {"text_editable", flair.editable},
                                  {"type", "text"},
                                  {"mod_only", flair.mod_only},
                                  {"max_emojis", 10}});
  return answer_with(json::serialize(flairs));
}

Checked<Answer> flair_selector(Request& request) {
  const auto community = readable(request);
  if (!community) return Refused(community.error());
  json::array choices;
  for (const auto& flair : (*community)->flairs)
    if (!flair.mod_only)
      choices.push_back(json::object{{"flair_template_id", flair.id},
                                     {"flair_text", flair.text},
                                     {"flair_text_editable", flair.editable},
                                     {"flair_css_class", ""},
                                     {"flair_position", "left"}});
  return answer_with(json::serialize(json::object{
      {"choices", choices}, {"current", json::object{{"flair_template_id", nullptr}}}}));
}

}  // namespace herald::sandbox::reddit
