// The built web app, served from memory. What is asked for is looked up among the names that were
// loaded, so no request can reach the disk.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "http/server/accept_encoding.h"
#include "http/server/message.h"
#include "http/server/router.h"

namespace herald::http {

class StaticFiles {
 public:
  // Reads every regular file under `folder` that is not hidden; follows no symbolic link.
  // "x.br" and "x.gz" are x, compressed, for who takes it so; they have no address of their own.
  // `app_routes` are patterns like "/posts/{id}", answered with index.html, as "/" is. unavailable:
  // the folder or its index.html cannot be read.
  static Result<StaticFiles> load(const std::filesystem::path& folder,
                                  const std::vector<std::string>& app_routes);

  // GET and HEAD; 405 for other methods, 404 for unknown paths: a problem, or index.html to who
  // asks for a page. Any thread.
  Response serve(const Request& request) const;

 private:
  using Bytes = std::shared_ptr<const std::string>;
  struct File {
    std::string type;
    std::string etag;  // Of the plain bytes, without quotes.
    bool immutable = false;
    Bytes plain;
    Bytes gzip;    // Null: there is none.
    Bytes brotli;  // Likewise.
  };

  static Result<File> read(const std::filesystem::path& from, const std::string& path);
  bool is_route_with_slash(const Request& request) const;
  static Response without_slash(const Request& request);
  const File* find(const std::string& path) const;
  static Response answer(const File& file, const Request& request);
  Response missing_page(const Request& request) const;
  static Coding coding_for(const File& file, const Request& request);
  static void add_body(Response& response, const File& file, Coding coding);

  std::map<std::string, File> files_;  // By path: "/assets/app-3f9a01bc.js".
  RouteTable<bool> routes_;
};

}  // namespace herald::http
