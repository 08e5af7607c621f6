#include "sandbox/linkedin/endpoint.h"

#include "sandbox/linkedin/tokens.h"

namespace herald::sandbox::linkedin {

namespace {

constexpr std::string_view kPosts = "partnerApiPostsExternal";
constexpr std::string_view kImages = "partnerApiImages";
constexpr std::string_view kDocuments = "partnerApiDocuments";
constexpr std::string_view kVideos = "partnerApiVideos";
constexpr std::string_view kActions = "partnerApiSocialActions";
constexpr std::string_view kUpload = "action=initializeUpload";
constexpr std::string_view kOfEntity = "q=organizationalEntity";

}  // namespace

const std::vector<Endpoint>& endpoints() {
  static const std::vector<Endpoint> all = {
      {"POST", "/rest/posts", "CREATE", "", kPosts, create_post},
      {"GET", "/rest/posts", "FINDER", "q=author", kPosts, find_posts},
      {"GET", "/rest/posts", "BATCH_GET", "ids", kPosts, get_posts},
      {"GET", "/rest/posts/{}", "GET", "", kPosts, get_post},
      {"POST", "/rest/posts/{}", "PARTIAL_UPDATE", "", kPosts, update_post, true},
      {"DELETE", "/rest/posts/{}", "DELETE", "", kPosts, delete_post},
      {"POST", "/rest/images", "ACTION", kUpload, kImages, initialize_image},
      {"GET", "/rest/images/{}", "GET", "", kImages, get_asset},
      {"POST", "/rest/documents", "ACTION", kUpload, kDocuments, initialize_document},
      {"GET", "/rest/documents/{}", "GET", "", kDocuments, get_asset},
      {"POST", "/rest/videos", "ACTION", kUpload, kVideos, initialize_video},
      {"POST", "/rest/videos", "ACTION", "action=finalizeUpload", kVideos, finalize_video},
      {"GET", "/rest/videos/{}", "GET", "", kVideos, get_video},
      {"GET", "/rest/socialActions/{}", "GET", "", kActions, get_social_actions},
      {"POST", "/rest/socialActions/{}/comments", "CREATE", "", kActions, create_comment},
      {"GET", "/rest/socialActions/{}/comments", "GET_ALL", "", kActions, get_comments},
      {"DELETE", "/rest/socialActions/{}/comments/{}", "DELETE", "", kActions, delete_comment},
      {"GET", "/rest/organizationAcls", "FINDER", "q=roleAssignee", "organizationAcls", find_roles},
      {"GET", "/rest/organizations", "BATCH_GET", "ids", "organizations", get_organizations},
      {"GET", "/rest/organizations/{}", "GET", "", "organizations", get_organization},
      {"GET", "/rest/organizationalEntityShareStatistics", "FINDER", kOfEntity,
       "organizationalEntityShareStatistics", share_statistics},
      {"GET", "/rest/organizationalEntityFollowerStatistics", "FINDER", kOfEntity,
       "organizationalEntityFollowerStatistics", follower_statistics},
      {"GET", "/rest/organizationPageStatistics", "FINDER", "q=organization",
       "organizationPageStatistics", page_statistics},
      {"GET", "/rest/networkSizes/{}", "GET", "", "networkSizes", network_size},
      {"GET", "/rest/memberCreatorPostAnalytics", "FINDER", "q=entity",
       "memberCreatorPostAnalytics", member_post_analytics},
      {"GET", "/rest/memberCreatorPostAnalytics", "FINDER", "q=me", "memberCreatorPostAnalytics",
       member_post_analytics},
      {"GET", "/rest/memberFollowersCount", "FINDER", "q=me", "memberFollowersCount",
       member_followers},
      {"GET", "/rest/memberFollowersCount", "FINDER", "q=dateRange", "memberFollowersCount",
       member_followers_by_day},
  };
  return all;
}

bool Request::has(std::string_view scope) const { return has_scope(grant.scopes, scope); }

Refused Request::denied() const { return Refused(access_denied(what)); }

Answer answer_with(std::string json, int status) {
  return {.response = json_answer(status, std::move(json))};
}

Answer answer_empty(int status) { return {.response = {.status = status}}; }

}  // namespace herald::sandbox::linkedin
