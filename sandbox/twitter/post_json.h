// Posts, users and media as answers show them, in the vocabulary that the switch names.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/twitter/endpoint.h"

namespace boost::json {
class array;
class object;
}  // namespace boost::json

namespace herald::sandbox::twitter {

// What a call asks for: the values of tweet.fields (or post.fields), user.fields, ...
struct FieldNames {
  std::set<std::string, std::less<>> post;
  std::set<std::string, std::less<>> user;
  std::set<std::string, std::less<>> media;
  std::set<std::string, std::less<>> poll;
  std::set<std::string, std::less<>> expansions;
};

// Refuses names that X does not know; in both vocabularies.
Checked<FieldNames> read_fields(const Call& call);

boost::json::object post_json(const Request& request, const Post& post, const FieldNames& names);
boost::json::object user_json(const Request& request, const User& user, const FieldNames& names);

// What a read found.
struct Listed {
  std::vector<const Post*> posts;
  std::vector<std::string> missing;  // Ids that name nothing.
  std::string parameter = "ids";
};
// The answer to a read: "data" (an array, or with `one` its only element), "includes" for the
// expansions, "errors" about what is missing and about fields that this caller may not see.
boost::json::object listing(const Request& request, const Listed& listed, const FieldNames& names,
                            bool one = false);

}  // namespace herald::sandbox::twitter
