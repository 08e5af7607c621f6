// One side in a test's hands, and what all tests of sides ask of an answer. For tests.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/encoding.h"
#include "sandbox/rig.h"

namespace herald::sandbox {

inline boost::json::value json_of(const Answer& answer) {
  boost::system::error_code error;
  auto value = boost::json::parse(answer.response.body, error);
  EXPECT_FALSE(error) << answer.response.body;
  return value;
}

// Null: nothing there.
inline const boost::json::value* at(const boost::json::value& value, const char* pointer) {
  boost::system::error_code error;
  return value.find_pointer(pointer, error);
}

inline std::string text_at(const boost::json::value& value, const char* pointer) {
  const auto* found = at(value, pointer);
  return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

inline std::string header_of(const Answer& answer, std::string_view name) {
  const auto* value = answer.response.headers.find(name);
  return value != nullptr ? *value : std::string();
}

// A parameter of an address's query, decoded; empty: absent.
inline std::string query_of(const std::string& url, std::string_view name) {
  const auto from = std::min(url.find('?'), url.size() - 1) + 1;
  for (const auto& field : parse_form(std::string_view(url).substr(from, url.find('#') - from)))
    if (field.name == name) return field.value;
  return {};
}

// Base64 with its own letters and padding, as Basic wants it.
inline std::string base64(std::string_view bytes) {
  auto out = base64url(bytes);
  std::ranges::replace(out, '-', '+');
  std::ranges::replace(out, '_', '/');
  while (out.size() % 4 != 0) out += '=';
  return out;
}

inline std::vector<http::Header> basic_header(const std::string& id, const std::string& secret) {
  return {{"Authorization", "Basic " + base64(id + ":" + secret)}};
}

// The usual fields with those changes; an empty value leaves one out.
inline std::vector<Field> changed(std::vector<Field> usual, const std::vector<Field>& changes) {
  for (const auto& change : changes) {
    const auto known = std::ranges::find(usual, change.name, &Field::name);
    if (known == usual.end())
      usual.push_back(change);
    else
      known->value = change.value;
  }
  std::erase_if(usual, [](const Field& field) { return field.value.empty(); });
  return usual;
}

// An address with this query.
inline std::string address_of(std::string base, const std::vector<Field>& query) {
  char joint = '?';
  for (const auto& field : query) {
    base += joint + field.name + "=" + percent_encoded(field.value);
    joint = '&';
  }
  return base;
}

// The same members and values as `expected`, in any order.
inline void expect_body(const Answer& answer, int status, const std::string& expected) {
  EXPECT_EQ(answer.response.status, status) << answer.response.body;
  EXPECT_EQ(json_of(answer), boost::json::parse(expected)) << answer.response.body;
}

class SideTest : public ::testing::Test {
 protected:
  // `platform`: as whose the callbacks are registered.
  SideTest(std::unique_ptr<Side> (*make)(World&), const std::string& platform,
           std::vector<std::string> callbacks) {
    rig.settings.redirect_uris[platform] = std::move(callbacks);
    side = make(rig.world);
  }

  Answer ask(RigRequest request, const std::string& token = {}) {
    if (!token.empty()) request.headers.push_back({"Authorization", "Bearer " + token});
    return rig.ask(*side, request);
  }
  Answer control(const std::string& verb, const std::vector<Field>& fields = {}) {
    Call call;
    call.path = "/" + verb;
    call.fields = fields;
    call.body = std::make_shared<const Bytes>(std::string());
    return side->control(call);
  }
  void turn(const std::string& name, std::string value) {
    EXPECT_TRUE(rig.switches.set(side->name() + "." + name, std::move(value))) << name;
  }
  void pass(std::chrono::milliseconds time) {
    rig.wall += time;
    side->settle();
  }
  std::size_t seen(const std::string& event = "post") const {
    return static_cast<std::size_t>(
        std::ranges::count(rig.ledger.entries(), event, &LedgerEntry::event));
  }

  Rig rig;
  std::unique_ptr<Side> side;
};

}  // namespace herald::sandbox
