#include "platforms/youtube.h"

#include "domain/check.h"
#include "platforms/oauth_code.h"
#include "platforms/steps.h"

namespace herald {
namespace {

using namespace youtube_flows;

std::vector<std::string> follow_up_kinds(const Input& input) {
  std::vector<std::string> kinds;
  if (input.option_media.contains("thumbnail")) kinds.push_back("thumbnail");
  if (input.option_media.contains("captions")) kinds.push_back("captions");
  if (!text_of(input.options, "playlist").empty()) kinds.push_back("playlist");
  if (!text_of(input.options, "first_comment").empty()) kinds.push_back("comment");
  return kinds;
}

std::vector<QuotaCost> quota(const Input& input) {
  std::int64_t units = 1;  // One look at the processing, at least.
  for (const auto& kind : follow_up_kinds(input)) {
    if (kind == "captions") {
      units += 400;
    } else {
      units += kind == "playlist" ? 51 : 50;  // Looked into first.
    }
  }
  return {{"videos.insert.daily", 1}, {"units.daily", units}};
}

}  // namespace

const Platform& youtube() {
  static const Platform kPlatform{.spec = &spec(),
                                  .check = check,
                                  .follow_ups = follow_up_kinds,
                                  .quota = quota,
                                  .flows = flows_of({{Flow::connect, code_exchange<spec>()},
                                                     {Flow::refresh, token_refresh<spec>()},
                                                     {Flow::revoke, token_revocation<spec>()},
                                                     {Flow::discover, discover()},
                                                     {Flow::lookup, lookup()},
                                                     {Flow::publish, publish()},
                                                     {Flow::find, find()},
                                                     {Flow::follow_up, follow_up()},
                                                     {Flow::measure, measure()}}),
                                  .imagine = imagine};
  return kPlatform;
}

}  // namespace herald
