#include "http/server/static_files.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <utility>

#include "http/server/accept_encoding.h"
#include "http/server/problem.h"

namespace herald::http {
namespace {

namespace fs = std::filesystem;

constexpr const char* kIndex = "/index.html";

// 'unsafe-inline' styles: Mantine writes its style attributes and tags at run time. http: images:
// previews of what platforms host.
constexpr const char* kContentSecurityPolicy =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob: https: http:; media-src 'self' blob: https:; "
    "connect-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'self'";

struct TypeOfEnding {
  std::string_view ending;
  std::string_view type;
};
constexpr std::array<TypeOfEnding, 22> kTypes{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".txt", "text/plain; charset=utf-8"},
    {".xml", "application/xml"},
    {".wasm", "application/wasm"},
    {".ttf", "font/ttf"},
    {".woff", "font/woff"},
    {".woff2", "font/woff2"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".gif", "image/gif"},
    {".webp", "image/webp"},
    {".avif", "image/avif"},
    {".ico", "image/x-icon"},
    {".mp4", "video/mp4"},
}};
constexpr std::string_view kUnknownType = "application/octet-stream";

std::string_view type_of(std::string_view name) {
  const auto* found = std::ranges::find_if(
      kTypes, [name](const auto& type) { return name.ends_with(type.ending); });
  return found == kTypes.end() ? kUnknownType : found->type;
}

// The bundler's form: /assets/<name>-<8 characters of base64url>.<ending>.
bool is_hashed(std::string_view path) {
  constexpr std::size_t kHashChars = 8;
  if (!path.starts_with("/assets/")) return false;
  const auto stem = path.substr(0, path.find('.', path.rfind('/')));
  if (stem.size() <= kHashChars || stem[stem.size() - kHashChars - 1] != '-') return false;
  return std::ranges::all_of(stem.substr(stem.size() - kHashChars), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

// FNV-1a with the size. A tag has to change with the content; nobody gains by a collision.
std::string fingerprint(std::string_view bytes) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : bytes) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  }
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%016llx-%zx", static_cast<unsigned long long>(hash),
                bytes.size());
  return text.data();
}

bool names_tag(std::string_view if_none_match, std::string_view tag) {
  while (!if_none_match.empty()) {
    auto item = if_none_match.substr(0, if_none_match.find(','));
    if_none_match.remove_prefix(std::min(if_none_match.size(), item.size() + 1));
    while (item.starts_with(' ')) item.remove_prefix(1);
    while (item.ends_with(' ')) item.remove_suffix(1);
    if (item == "*") return true;
    if (item.starts_with("W/")) item.remove_prefix(2);  // GET compares weakly.
    if (item == tag) return true;
  }
  return false;
}

Result<std::string> read_file(const fs::path& path) {
  std::error_code ec;
  const auto size = fs::file_size(path, ec);
  std::string bytes(ec ? 0 : size, '\0');
  std::ifstream in(path, std::ios::binary);
  if (ec || !in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
    return fail(ErrorKind::unavailable,
                "The web app's file " + path.string() + " cannot be read. Check its permissions.");
  }
  return bytes;
}

// A browser that goes to an address, as opposed to a program or to what a page loads.
bool wants_page(const Request& request) {
  const auto* accept = request.headers.find("Accept");
  if (accept == nullptr || (request.method != "GET" && request.method != "HEAD")) return false;
  std::string_view rest = *accept;
  while (!rest.empty()) {
    auto type = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), type.size() + 1));
    type = type.substr(0, type.find(';'));
    while (type.starts_with(' ')) type.remove_prefix(1);
    while (type.ends_with(' ')) type.remove_suffix(1);
    if (same_name(type, "text/html")) return true;
  }
  return false;
}

// What the build has compressed lies beside it. Null: there is no such file.
Result<std::shared_ptr<const std::string>> read_beside(fs::path path, const char* ending) {
  path += ending;
  if (!fs::is_regular_file(fs::symlink_status(path))) return nullptr;
  HERALD_TRY(auto bytes, read_file(path));
  return std::make_shared<const std::string>(std::move(bytes));
}

Response refuse(int status, ErrorKind kind, const char* message, const Request& request) {
  return problem(status, Error{kind, message, {}, {}, status == 405 ? "method_not_allowed" : ""},
                 request.id);
}

void add_safety_headers(Headers& headers) {
  headers.add("Content-Security-Policy", kContentSecurityPolicy);
  headers.add("Referrer-Policy", "same-origin");
  headers.add("X-Content-Type-Options", "nosniff");
}

}  // namespace

Result<StaticFiles> StaticFiles::load(const fs::path& folder,
                                      const std::vector<std::string>& app_routes) {
  StaticFiles app;
  std::error_code ec;
  fs::recursive_directory_iterator entry(folder, ec);
  for (; !ec && entry != fs::recursive_directory_iterator(); entry.increment(ec)) {
    const auto name = entry->path().filename().string();
    if (name.starts_with('.')) {
      entry.disable_recursion_pending();
      continue;
    }
    if (!fs::is_regular_file(entry->symlink_status())) continue;
    if (name.ends_with(".br") || name.ends_with(".gz")) continue;
    const auto path = "/" + entry->path().lexically_relative(folder).generic_string();
    HERALD_TRY(auto file, read(entry->path(), path));
    app.files_.emplace(path, std::move(file));
  }
  if (ec || !app.files_.contains(kIndex)) {
    return fail(ErrorKind::unavailable, "There is no built web app in " + folder.string() +
                                            ": build it, or name the folder that has index.html.");
  }
  app.routes_.add("GET", "/", true);
  for (const auto& route : app_routes) app.routes_.add("GET", route, true);
  return app;
}

Result<StaticFiles::File> StaticFiles::read(const fs::path& from, const std::string& path) {
  HERALD_TRY(auto bytes, read_file(from));
  File file{std::string(type_of(path)), fingerprint(bytes), is_hashed(path), {}, {}, {}};
  file.plain = std::make_shared<const std::string>(std::move(bytes));
  HERALD_TRY(file.gzip, read_beside(from, ".gz"));
  HERALD_TRY(file.brotli, read_beside(from, ".br"));
  return file;
}

const StaticFiles::File* StaticFiles::find(const std::string& path) const {
  if (const auto file = files_.find(path); file != files_.end()) return &file->second;
  if (routes_.match("GET", path).handler != nullptr) return &files_.at(kIndex);
  return nullptr;
}

// A page of the app, written with a slash at its end.
bool StaticFiles::is_route_with_slash(const Request& request) const {
  const auto target = std::string_view(request.target).substr(0, request.target.find('?'));
  const std::string path = request.path.substr(0, request.path.size() - 1);
  return !path.empty() && target.ends_with('/') && routes_.match("GET", path).handler != nullptr;
}

Response StaticFiles::without_slash(const Request& request) {
  Response response;
  response.status = 308;
  std::string target = request.target;
  target.erase(std::min(target.find('?'), target.size()) - 1, 1);
  response.headers.add("Location", std::move(target));
  response.headers.add("Cache-Control", "no-cache");
  add_safety_headers(response.headers);
  return response;
}

Response StaticFiles::serve(const Request& request) const {
  const auto* file = find(request.path);
  if (file == nullptr && is_route_with_slash(request)) return without_slash(request);
  if (file == nullptr && wants_page(request)) return missing_page(request);
  if (file == nullptr) {
    return refuse(404, ErrorKind::not_found, "There is nothing at this address.", request);
  }
  if (request.method != "GET" && request.method != "HEAD") {
    auto refusal = refuse(405, ErrorKind::invalid, "This address can only be read.", request);
    refusal.headers.add("Allow", "GET, HEAD");
    return refusal;
  }
  return answer(*file, request);
}

// The app knows its own addresses as well and says that there is no such page, in its own clothes.
Response StaticFiles::missing_page(const Request& request) const {
  const auto& page = files_.at(kIndex);
  Response response;
  response.status = 404;
  response.headers.add("Cache-Control", "no-store");
  add_safety_headers(response.headers);
  add_body(response, page, coding_for(page, request));
  return response;
}

Coding StaticFiles::coding_for(const File& file, const Request& request) {
  const auto* accepted = request.headers.find("Accept-Encoding");
  const auto coding = accepted == nullptr ? Coding::identity : choose_coding(*accepted);
  if (coding == Coding::brotli && file.brotli) return Coding::brotli;
  return coding == Coding::gzip && file.gzip ? Coding::gzip : Coding::identity;
}

void StaticFiles::add_body(Response& response, const File& file, Coding coding) {
  response.headers.add("Content-Type", file.type);
  if (coding == Coding::brotli) response.headers.add("Content-Encoding", "br");
  if (coding == Coding::gzip) response.headers.add("Content-Encoding", "gzip");
  response.shared = coding == Coding::brotli ? file.brotli
                    : coding == Coding::gzip ? file.gzip
                                             : file.plain;
}

Response StaticFiles::answer(const File& file, const Request& request) {
  const auto coding = coding_for(file, request);
  const char* variant = coding == Coding::brotli ? "-br" : coding == Coding::gzip ? "-gz" : "";
  const auto tag = "\"" + file.etag + variant + "\"";
  Response response;
  response.headers.add("ETag", tag);
  response.headers.add("Cache-Control",
                       file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (file.gzip || file.brotli) response.headers.add("Vary", "Accept-Encoding");
  add_safety_headers(response.headers);
  if (const auto* known = request.headers.find("If-None-Match"); known && names_tag(*known, tag)) {
    response.status = 304;
    return response;
  }
  add_body(response, file, coding);
  return response;
}

}  // namespace herald::http
