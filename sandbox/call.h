// One request to a platform, after the host has been found and the body taken apart, so that a
// side need not care how a client chose to send its parameters.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "http/server/message.h"
#include "sandbox/bytes.h"

namespace herald::sandbox {

// A parameter. From a JSON body: one per member of the top object; a value that is no string is
// its JSON text ("true", "12", "[1,2]").
struct Field {
  std::string name;
  std::string value;         // Empty for a multipart part with a filename; see offset.
  std::string filename;      // Multipart only.
  std::string content_type;  // Multipart only.
  std::size_t offset = 0;    // Of the part's bytes in Call::body; multipart only.
  std::size_t size = 0;
};

// What a fetch of a media address brought.
struct Fetched {
  enum class Outcome { ok, refused, timed_out, too_large };
  Outcome outcome = Outcome::refused;
  int status = 0;
  std::string content_type;
  SharedBytes body;  // Never null when ok.
};

struct Call {
  std::string host;  // The platform's real one, lower case, without port.
  std::string method;
  std::string path;          // Behind the host, decoded, starts with '/'.
  std::string query_string;  // As sent.
  std::vector<Field> query;  // Decoded, in order.
  http::Headers headers;
  std::string content_type;   // Lower case, without parameters; empty: none sent.
  std::vector<Field> fields;  // Of a urlencoded, multipart/form-data or JSON-object body.
  SharedBytes body;           // As sent; never null.
  bool connection_reused = false;
  // Where links that an answer names lead: "https://" as on the platform, or, with the switch
  // core.links set to local, "http://127.0.0.1:8099/", the sandbox itself. See link().
  std::string link_root = "https://";
  std::map<std::string, Fetched> fetched;  // By address; see Answer::fetch_first.

  // The body's field, else the query's, else null.
  const std::string* find(std::string_view name) const;
  std::string get(std::string_view name, std::string fallback = {}) const;
  std::string header(std::string_view name) const;  // Empty: absent.
  // The bytes of a multipart part.
  std::string_view part(const Field& field) const {
    return body->view().substr(field.offset, field.size);
  }
  // An address on a real host: link("www.instagram.com", "/p/x/").
  std::string link(std::string_view real_host, std::string_view path_and_query) const;
};

// Builds a call from a request whose path begins with one of `hosts`, or whose Host header is one.
// Empty Call::host: nobody's.
Call read_call(const http::Request& request, SharedBytes body,
               const std::vector<std::string>& hosts);

// "a=1&b=x%20y" -> fields; '+' is a blank.
std::vector<Field> parse_form(std::string_view text);

// The parts of a multipart body (form-data or related), values left in place by offset; small
// parts without a filename also get `value`. Empty: no boundary or broken framing.
std::vector<Field> parse_multipart(std::string_view body, std::string_view content_type);

// Percent-encodes everything but unreserved characters.
std::string percent_encoded(std::string_view text);

}  // namespace herald::sandbox
