// The body of the call that makes a post.
// Source: learn.microsoft.com/linkedin/marketing/community-management/shares/posts-api, 2026-11-22.
#include <boost/json.hpp>

#include "domain/check.h"
#include "platforms/linkedin.h"

namespace herald::linkedin_flows {
namespace {

namespace json = boost::json;

json::object media(const std::string& urn, const char* word, const std::string& text) {
  json::object object{{"id", urn}};
  if (!text.empty()) object[word] = text;
  return object;
}

json::object article(const Input& input, const std::vector<std::string>& assets) {
  json::object object{{"source", text_of(input.options, "link")},
                      {"title", text_of(input.options, "title")}};
  const auto description = text_of(input.options, "description");
  if (!description.empty()) object["description"] = description;
  if (!assets.empty()) object["thumbnail"] = assets[0];
  return object;
}

json::object images(const Input& input, const std::vector<std::string>& assets) {
  json::array list;
  for (std::size_t i = 0; i < assets.size(); ++i) {
    list.push_back(media(assets[i], "altText", input.media[i].alt_text));
  }
  return {{"images", std::move(list)}};
}

json::object poll(const Input& input) {
  json::array answers;
  for (const auto& answer : tags_of(input.options, "answers")) {
    answers.push_back(json::object{{"text", answer}});
  }
  const auto duration = text_of(input.options, "duration");
  return {{"question", text_of(input.options, "question")},
          {"options", std::move(answers)},
          {"settings", {{"duration", duration.empty() ? "THREE_DAYS" : duration}}}};
}

// Nothing for kinds that are text alone.
json::object content(const Input& input, const std::vector<std::string>& assets) {
  if (input.kind == "article") return {{"article", article(input, assets)}};
  if (input.kind == "poll") return {{"poll", poll(input)}};
  if (assets.empty()) return {};
  if (input.kind == "images") return {{"multiImage", images(input, assets)}};
  if (input.kind == "image") {
    return {{"media", media(assets[0], "altText", input.media[0].alt_text)}};
  }
  auto title = text_of(input.options, "title");
  // A document has to have one.
  if (title.empty() && input.kind == "document") title = input.media[0].filename;
  return {{"media", media(assets[0], "title", title)}};
}

}  // namespace

std::string post_body(const Input& input, const std::vector<std::string>& assets) {
  const auto visibility = text_of(input.options, "visibility");
  json::object body{{"author", input.account.remote_id},
                    {"commentary", little_text(input.text)},
                    {"visibility", visibility.empty() ? "PUBLIC" : visibility},
                    {"distribution",
                     {{"feedDistribution", "MAIN_FEED"},
                      {"targetEntities", json::array()},
                      {"thirdPartyDistributionChannels", json::array()}}},
                    {"lifecycleState", "PUBLISHED"},
                    {"isReshareDisabledByAuthor", flag_of(input.options, "no_reshares")}};
  json::object shown = content(input, assets);
  if (!shown.empty()) body["content"] = std::move(shown);
  if (input.kind == "reshare") {
    body["reshareContext"] = {
        {"parent", post_urn_in(percent_decoded(text_of(input.options, "post")))}};
  }
  return json::serialize(body);
}

}  // namespace herald::linkedin_flows
