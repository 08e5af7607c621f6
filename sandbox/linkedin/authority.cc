#include "sandbox/linkedin/authority.h"

#include <algorithm>
#include <initializer_list>

#include "sandbox/linkedin/urn.h"

namespace herald::sandbox::linkedin {

namespace {

using Words = std::initializer_list<std::string_view>;

constexpr Words kPosters = {"ADMINISTRATOR", "CONTENT_ADMINISTRATOR", "CONTENT_ADMIN",
                            "DIRECT_SPONSORED_CONTENT_POSTER"};
constexpr Words kAnalysts = {"ADMINISTRATOR"};

bool has_role(const Request& request, const std::string& organization, Words roles) {
  return std::ranges::any_of(request.state().roles, [&](const Role& role) {
    return role.person == request.person.id && role.organization == organization &&
           role.state == "APPROVED" && std::ranges::find(roles, role.role) != roles.end();
  });
}

bool has_any(const Request& request, Words scopes) {
  return std::ranges::any_of(scopes, [&](auto scope) { return request.has(scope); });
}

Checked<Done> may_act(const Request& request, std::string_view path, const std::string& urn,
                      Words of_member, Words of_organization) {
  const auto actor = read_urn(urn);
  if (!actor) return Refused(invalid_urn_id(path, urn));
  if (actor->type == "person") {
    if (actor->id == request.person.id && has_any(request, of_member)) return Done{};
    return request.denied();
  }
  if (actor->type != "organization" && actor->type != "organizationBrand")
    return Refused(invalid_urn_type(path, urn));
  if (has_any(request, of_organization) && has_role(request, actor->id, kPosters)) return Done{};
  return request.denied();
}

}  // namespace

Checked<Done> may_write(const Request& request, std::string_view path, const std::string& urn) {
  return may_act(request, path, urn, {"w_member_social"}, {"w_organization_social"});
}

Checked<Done> may_comment(const Request& request, std::string_view path, const std::string& urn) {
  return may_act(request, path, urn, {"w_member_social", "w_member_social_feed"},
                 {"w_organization_social", "w_organization_social_feed"});
}

Checked<Done> may_read(const Request& request, const std::string& author) {
  return may_act(request, "/author", author, {"r_member_social"},
                 {"r_organization_social", "r_organization_social_feed"});
}

bool administers_any(const Request& request) {
  return has_any(request, {"rw_organization_admin", "r_organization_admin"});
}

Checked<Done> may_administer(const Request& request, const std::string& organization) {
  const auto page = read_urn(organization);
  if (!page) return Refused(illegal("Invalid urn: " + organization));
  if (administers_any(request) && has_role(request, page->id, kAnalysts)) return Done{};
  return request.denied();
}

}  // namespace herald::sandbox::linkedin
