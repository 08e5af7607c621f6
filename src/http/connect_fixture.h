// What the tests of connecting share.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "http/door_rig.h"

namespace herald::http {

inline constexpr std::string_view kApi = "/api/social-media";

inline std::string status_of(const DoorRig& rig, const Person& person, const BegunFlow& flow,
                             const std::string& platform = "youtube") {
  const auto answer =
      rig.as(person).get(std::string(kApi) + "/" + platform + "/oauth/flows/" + flow.id);
  return answer.status == 200 ? std::string(json_of(answer).at("status").as_string())
                              : std::to_string(answer.status);
}

class Connecting : public ::testing::Test {
 protected:
  BegunFlow begun(const std::string& platform = "youtube") const {
    auto flow = rig_.begin_flow(rig_.alice, platform);
    EXPECT_EQ(flow.answer.status, 200) << flow.answer.body;
    return flow;
  }
  int back(const std::string& query, const std::string& cookie) const {
    return rig_.call_back("youtube", query, cookie).status;
  }
  // The state was not used up by what went before.
  void still_good(const BegunFlow& flow) const {
    EXPECT_EQ(back("code=c0de&state=" + flow.state, flow.cookie), 303);
  }

  DoorRig rig_;
};

}  // namespace herald::http
