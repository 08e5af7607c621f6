// A person at Herald without a browser: signs in, connects accounts (consent is given on the
// sandbox's own page), uploads and posts. Calls throw std::runtime_error.
#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <map>
#include <set>
#include <string>

#include "tests/program/house.h"

namespace herald::program {

class Person {
 public:
  explicit Person(const House& house, std::string email = kEmail);  // Signs in.

  // As the browser would ask the gateway: with the token and the cookies.
  testing::HttpAnswer send(const std::string& method, const std::string& target,
                           const std::string& body = {}, testing::HttpHeaders headers = {});
  // The same with JSON below /api/social-media; throws if the answer is no 2xx.
  boost::json::value ask(const std::string& method, const std::string& route,
                         const boost::json::value& body = nullptr);

  // Gives consent and comes back; the flow's id. What was secret in it is in secrets().
  std::string consent(const std::string& platform);
  boost::json::value finish(const std::string& platform, const std::string& flow_id);
  std::string connect(const std::string& platform);  // Both; the id of the first usable account.

  std::string upload_photo();  // The id of a medium that is ready.
  std::string upload_video();
  void wait_for_medium(const std::string& id);

  // 201, 4xx or 5xx; the key may be left out.
  testing::HttpAnswer create(const boost::json::value& draft, const std::string& key = {});
  boost::json::value read(const std::string& post_id);
  // Waits until it has come to `state` or, without one, to a state that is an end.
  boost::json::value wait_for_post(const std::string& post_id, const std::string& state = {});

  // Everything the doors answered, but what hands out a secret by its office: signing in, and the
  // begin of a flow.
  const std::string& heard() const { return heard_; }
  // The secrets of signing in and of flows: tokens, cookies, states, codes.
  const std::set<std::string>& secrets() const { return secrets_; }
  const std::string& token() const { return token_; }

 private:
  void keep(const testing::HttpAnswer& answer);
  std::string upload(const std::string& file, const std::string& metadata);

  const House& house_;
  std::string token_;
  std::map<std::string, std::string> cookies_;
  std::set<std::string> secrets_;
  std::string heard_;
};

// One picture to one account.
boost::json::value photo_draft(const std::string& account, const std::string& medium,
                               const std::string& text);
boost::json::value video_draft(const std::string& account, const std::string& medium,
                               const std::string& text);
std::string due_in(std::chrono::seconds time);          // "2026-08-01T09:00:00Z"
std::string id_of(const testing::HttpAnswer& created);  // Throws if it is no 201.
std::string state_of(const boost::json::value& post);   // Of its first delivery.

}  // namespace herald::program
