// What a person of the rig has, made through the doors and the store as in life.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "http/door_rig.h"
#include "tests/isolation/rows.h"

namespace herald::isolation {

namespace json = boost::json;

struct Belongings {
  std::map<Kind, std::string> ids;
  std::string cookie;     // The browser's, of the flow.
  std::string link_name;  // The link's last part.
  json::object draft;     // A post that is in order.
  // What stands in no answer to anybody else: ids, texts, names, secrets.
  std::vector<std::string> marks;
};

// Two posts that are out.
void publish(http::DoorRig& rig, const http::Person& person);
// Reads the figures that are due, of everybody.
void measure(http::DoorRig& rig);

// A scheduled post with its account and medium, a picture, an attempt to connect; and places in the
// lists of what was published before.
Belongings belongings_of(http::DoorRig& rig, const http::Person& person);
// Another attempt to connect in place of the one that is there.
void begin_flow(http::DoorRig& rig, const http::Person& person, Belongings& has);

// What others ask with: the id itself, or where it is a proof, one that is nearly right.
std::string foreign(Kind kind, const Belongings& of);
// What looks like it and never was.
std::string never(Kind kind, const Belongings& of);

}  // namespace herald::isolation
