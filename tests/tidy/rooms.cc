#include "tests/tidy/rooms.h"

#include <algorithm>
#include <optional>
#include <sstream>

namespace herald::tidy {
namespace {

using Names = std::vector<std::string_view>;

struct Room {
  std::string_view name;
  Names sees;  // Besides itself.
};

// domain <- ports <- app <- http <- program. Tests in src/ may see `testing` and every room; what
// the sandbox shares with Herald is the HTTP server and the words of the domain, so that an error
// in one is not repeated in the other.
const std::vector<Room>& rooms() {
  static const std::vector<Room> all{
      {"domain", {}},
      {"json", {"domain"}},
      {"ports", {"domain"}},
      {"app", {"domain", "ports"}},
      {"platforms", {"domain", "ports"}},
      {"store/memory", {"domain", "ports"}},
      {"store/sqlite", {"domain", "ports"}},
      {"store/mongo", {"domain", "ports"}},
      {"net", {"domain", "ports"}},
      {"crypto", {"domain", "ports", "json"}},
      {"media", {"domain", "ports"}},
      {"media/probe", {"domain", "ports", "media"}},
      {"media/s3", {"domain", "ports", "media"}},
      {"http/server", {"domain"}},
      {"http", {"domain", "ports", "app", "json", "http/server"}},
      {"config", {"domain"}},
      {"program",
       {"domain", "ports", "app", "json", "http", "http/server", "config", "crypto", "net", "media",
        "media/s3", "platforms", "store/sqlite", "store/mongo"}},
      {"main", {"program", "media/probe"}},
      {"sandbox", {"domain", "http/server"}},
      {"testing", {"domain", "ports"}},
  };
  return all;
}

struct Library {
  std::string_view prefix;  // Of the header's name.
  Names rooms;              // Who owns it.
};

const std::vector<Library>& libraries() {
  static const std::vector<Library> all{
      {"CLI/", {"main", "sandbox"}},
      {"arpa/inet.h", {"net", "config", "http"}},  // How addresses are spelled; no sockets.
      {"benchmark/", {"bench"}},
      {"bson/", {"store/mongo"}},
      {"mongoc/", {"store/mongo"}},
      {"boost/asio/", {"http/server"}},
      {"boost/beast/", {"http/server"}},
      {"boost/describe", {"sandbox"}},
      {"boost/json",
       {"json", "crypto", "http", "http/server", "media/s3", "net", "platforms", "store/sqlite",
        "sandbox"}},
      {"boost/mp11", {"sandbox"}},
      {"boost/property_tree/", {"media/s3"}},
      {"boost/url", {"net", "platforms"}},
      {"curl/", {"media/s3", "net", "sandbox"}},
      {"date/", {"http", "sandbox"}},
      {"fmt/", {"program", "sandbox"}},
      {"libav", {"media/probe"}},
      {"libswscale/", {"media/probe"}},
      {"openssl/", {"crypto", "media", "sandbox"}},
      {"sodium", {"crypto"}},
      {"spdlog/", {"program"}},
      {"sqlite3.h", {"store/sqlite"}},
      {"unicode/", {"sandbox"}},
      {"vips/", {"media/probe"}},
      {"zlib.h", {"net"}},
      {"gmock/", {}},
      {"gtest/", {}},
  };
  return all;
}

// The operating system's own headers: for the rooms that touch the machine.
const Names kMachineRooms{"crypto", "http/server",  "media",   "media/probe", "media/s3",
                          "net",    "store/sqlite", "program", "main",        "sandbox"};

struct HeaderException {
  std::string_view file;
  std::string_view prefix;
  std::string_view reason;
};

// Libraries in headers.
constexpr HeaderException kInHeaders[] = {
    {"", "boost/json/fwd.hpp", "forward declarations, made for headers"},
    {"src/http/server/loop.h", "boost/asio/", "seen by the server's socket files only"},
    {"src/http/server/listener.h", "boost/asio/", "seen by the server's socket files only"},
    {"src/http/server/session.h", "boost/", "seen by the server's socket files only"},
    {"src/http/server/call.h", "boost/", "seen by the server's socket files only"},
    {"src/media/descriptor.h", "unistd.h", "one inline close()"},
};

struct PrivateHeader {
  std::string_view header;
  Names users;  // Prefixes of paths.
};

const std::vector<PrivateHeader>& private_headers() {
  static const std::vector<PrivateHeader> all{
      {"http/server/loop.h", {"src/http/server/"}},
      {"http/server/listener.h", {"src/http/server/"}},
      {"http/server/session.h", {"src/http/server/"}},
      {"http/server/call.h", {"src/http/server/"}},
      {"app/delivery_job.h", {"src/app/runner.cc", "src/app/delivery_job"}},
  };
  return all;
}

template <class List, class Name>
bool holds(const List& list, const Name& name) {
  return std::ranges::find(list, name) != list.end();
}

const Room* room_named(std::string_view name) {
  const auto found = std::ranges::find(rooms(), name, &Room::name);
  return found == rooms().end() ? nullptr : &*found;
}

bool is_standard(std::string_view header) { return header.find_first_of("./") == header.npos; }

std::string folder_of(std::string_view path) {
  return std::string(path.substr(0, std::min(path.rfind('/'), path.size())));
}

// The sandbox is one room; its folders are its sides, which do not see each other.
bool in_the_sandbox(std::string_view name, const Source& source, const std::string& wanted) {
  if (name != "sandbox") return false;
  return wanted == "sandbox" || wanted == folder_of(source.path) ||
         (source.path == "sandbox/sides.cc" && wanted.starts_with("sandbox/"));
}

std::string shown(const Names& names) {
  std::string text;
  for (const auto name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text.empty() ? "nothing" : text;
}

// What a test in src/ or sandbox/ may see, beyond its room's line.
bool test_may_see(const std::string& room, std::string_view wanted) {
  if (room == "sandbox") return wanted == "sandbox";
  return wanted != "sandbox";
}

std::optional<std::string> library_fault(const Source& source, const std::string& header) {
  const auto room = source.room();
  const auto library = std::ranges::find_if(
      libraries(), [&](const Library& one) { return header.starts_with(one.prefix); });
  const bool test_library = header.starts_with("gtest/") || header.starts_with("gmock/");
  if (source.is_test()) return std::nullopt;
  if (test_library)
    return "only tests include <" + header + ">; end the leading comment with: For tests.";
  if (library == libraries().end()) {
    if (header.find('/') != header.npos && !header.starts_with("sys/") &&
        !header.starts_with("linux/") && !header.starts_with("netinet/") &&
        !header.starts_with("arpa/")) {
      return "<" + header + "> belongs to no room; name its owner in tests/tidy/rooms.cc";
    }
    if (!holds(kMachineRooms, room)) {
      return "<" + header + "> is the machine's; here it comes through a port (src/ports)";
    }
  } else if (!holds(library->rooms, room)) {
    return "<" + header + "> belongs to " + shown(library->rooms) +
           "; take what it gives through a port or through that room";
  }
  if (!source.is_header()) return std::nullopt;
  const bool excepted = std::ranges::any_of(kInHeaders, [&](const HeaderException& one) {
    return (one.file.empty() || one.file == source.path) && header.starts_with(one.prefix);
  });
  if (excepted) return std::nullopt;
  return "<" + header + "> in a header: forward-declare, or hide it behind a pointer in the .cc";
}

}  // namespace

std::vector<Finding> rooms_kept(const Source& source) {
  std::vector<Finding> findings;
  const auto name = source.room();
  const auto* room = room_named(name);
  if (!source.is_in("src") && name != "sandbox") return findings;
  if (room == nullptr) {
    return {{source.path, 0, "room \"" + name + "\" has no line in tests/tidy/rooms.cc"}};
  }
  for (const auto& include : source.includes) {
    if (!include.quoted) continue;
    const auto wanted = folder_of(include.path);
    if (wanted == name || holds(room->sees, wanted)) continue;
    if (in_the_sandbox(name, source, wanted)) continue;
    if (source.is_test() && test_may_see(name, wanted)) continue;
    findings.push_back({source.path, include.line,
                        name + " may not include \"" + include.path + "\"; it sees " +
                            shown(room->sees) + ". Ask through a port, or move the code"});
  }
  return findings;
}

std::vector<Finding> libraries_kept(const Source& source) {
  std::vector<Finding> findings;
  if (!source.is_in("src") && !source.is_in("sandbox")) return findings;
  for (const auto& include : source.includes) {
    if (include.quoted || is_standard(include.path)) continue;
    if (auto fault = library_fault(source, include.path)) {
      findings.push_back({source.path, include.line, std::move(*fault)});
    }
  }
  return findings;
}

std::vector<Finding> private_headers_kept(const Source& source) {
  std::vector<Finding> findings;
  for (const auto& include : source.includes) {
    const auto found = std::ranges::find(private_headers(), include.path, &PrivateHeader::header);
    if (found == private_headers().end()) continue;
    const bool user = std::ranges::any_of(
        found->users, [&](auto prefix) { return source.path.starts_with(prefix); });
    if (user) continue;
    findings.push_back({source.path, include.line,
                        "\"" + include.path + "\" is for " + shown(found->users) + " only"});
  }
  return findings;
}

std::vector<Finding> links_kept(const Source& cmake_lists) {
  std::vector<Finding> findings;
  const std::string_view text = cmake_lists.text;
  for (const auto at : places_of(text, "herald_room")) {
    const auto close = text.find(')', at);
    std::istringstream words(std::string(text.substr(at, close - at)));
    std::string word, name;
    std::getline(words, word, '(');
    words >> name;
    const auto* room = room_named(name);
    for (bool links = false; words >> word;) {
      if (word == "LINK" || word == "TEST_LINK" || word == "NO_PCH") links = word == "LINK";
      if (!links || !word.starts_with("herald_") || room == nullptr) continue;
      auto wanted = word.substr(7);
      std::ranges::replace(wanted, '_', '/');  // No room has '_' in its name.
      if (holds(room->sees, wanted)) continue;
      findings.push_back({cmake_lists.path, cmake_lists.line_of(at),
                          name + " links " + word + ", which tests/tidy/rooms.cc does not allow"});
    }
  }
  return findings;
}

}  // namespace herald::tidy
