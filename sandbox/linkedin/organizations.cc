// Pages and who has which role on them.
#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/linkedin/authority.h"
#include "sandbox/linkedin/paging.h"

namespace herald::sandbox::linkedin {

namespace json = boost::json;

namespace {

constexpr std::int64_t kPageMax = 100;

bool knows(const Request& request, const std::string& organization) {
  return std::ranges::any_of(request.state().roles, [&](const Role& role) {
    return role.person == request.person.id && role.organization == organization &&
           role.state == "APPROVED";
  });
}

bool may_look(const Request& request) {
  return administers_any(request) || request.has("r_organization_social");
}

json::object organization_json(const Organization& page) {
  return {{"id", std::stoll(page.id)},
          {"localizedName", page.name},
          {"vanityName", page.vanity},
          {"logoV2", json::object{{"original", "urn:li:digitalmediaAsset:C4D" + page.id}}}};
}

}  // namespace

Checked<Answer> find_roles(Request& request) {
  if (!administers_any(request)) return request.denied();
  const auto wanted = [&](std::string_view name, const std::string& value) {
    const auto asked = request.query.text(name);
    return asked.empty() || asked == value;
  };
  std::vector<const Role*> found;
  for (const auto& role : request.state().roles)
    if (role.person == request.person.id && wanted("role", role.role) &&
        wanted("state", role.state))
      found.push_back(&role);
  HERALD_TRY(const auto page, read_page(request.query, kPageMax));
  json::array elements;
  for (const auto* role : page.of(found)) {
    json::object element{
        {"role", role->role}, {"state", role->state}, {"roleAssignee", request.person.urn()}};
    element[request.x.choice("acl_field")] = "urn:li:organization:" + role->organization;
    elements.push_back(std::move(element));
  }
  return answer_with(paged(std::move(elements), page, found.size()));
}

Checked<Answer> get_organizations(Request& request) {
  if (!may_look(request)) return request.denied();
  json::object results;
  json::object statuses;
  json::object errors;
  const auto* ids = request.query.find("ids");
  if (ids->kind != Value::Kind::list || ids->items.empty())
    return Refused(illegal("Invalid query parameters passed to request"));
  for (const auto& id : request.query.texts("ids")) {
    const auto page = request.state().organizations.find(id);
    const int status = page == request.state().organizations.end() ? 404
                       : knows(request, id)                        ? 200
                                                                   : 403;
    statuses[id] = status;
    if (status == 200)
      results[id] = organization_json(page->second);
    else
      errors[id] = json::object{{"status", status}};
  }
  return answer_with(json::serialize(
      json::object{{"results", results}, {"statuses", statuses}, {"errors", errors}}));
}

Checked<Answer> get_organization(Request& request) {
  const auto& id = request.keys.front();
  const auto page = request.state().organizations.find(id);
  if (page == request.state().organizations.end()) return Refused(not_found(id));
  if (!may_look(request) || !knows(request, id)) return request.denied();
  return answer_with(json::serialize(organization_json(page->second)));
}

}  // namespace herald::sandbox::linkedin
