#include "http/server/static_files.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace herald::http {
namespace {

namespace fs = std::filesystem;

const std::string kPage = "<!doctype html>" + std::string(2000, 'p');
const std::string kScript = "let x = 1;" + std::string(3000, ' ') + "// end";

// A built app in a folder of its own, with things beside it that must stay unseen.
class StaticFilesTest : public ::testing::Test {
 protected:
  StaticFilesTest() {
    write("app/index.html", kPage);
    write("app/index.html.gz", "zipped page");
    write("app/index.html.br", "squeezed page");
    write("app/assets/index-Ab3_x-9Z.js", kScript);
    write("app/assets/logo.svg", "<svg/>");
    write("app/assets/photo-Ab3_x-9Z.png", std::string(2000, 'i'));
    write("app/.env", "SECRET=1");
    write("app/.git/config", "secret");
    write("outside.txt", "secret");
    fs::create_symlink(root_ / "outside.txt", root_ / "app/link.txt");
    fs::create_symlink(root_ / "outside.txt", root_ / "app/assets/logo.svg.br");
    fs::create_directory_symlink(root_, root_ / "app/up");
    auto loaded = StaticFiles::load(root_ / "app", {"/social-platform", "/posts", "/posts/{id}"});
    if (!loaded) throw std::runtime_error(loaded.error().message);
    files_ = std::move(*loaded);
  }
  ~StaticFilesTest() override { fs::remove_all(root_); }

  void write(const std::string& name, const std::string& bytes) {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << bytes;
  }

  Response get(const std::string& path, std::vector<Header> headers = {}) const {
    Request request;
    request.method = "GET";
    request.path = path;
    for (auto& header : headers) request.headers.add(header.name, header.value);
    return files_.serve(request);
  }
  static std::string header(const Response& response, std::string_view name) {
    const auto* value = response.headers.find(name);
    return value == nullptr ? "" : *value;
  }

  fs::path root_ = fs::temp_directory_path() / ("herald_static_" + std::to_string(::getpid()));
  StaticFiles files_;
};

TEST_F(StaticFilesTest, AppRoutesAnswerThePageAndAreRevalidated) {
  for (const char* path : {"/", "/index.html", "/social-platform", "/posts", "/posts/p_1"}) {
    const auto response = get(path);
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_EQ(*response.shared, kPage);
    EXPECT_EQ(header(response, "Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(header(response, "Cache-Control"), "no-cache");
  }
}

TEST_F(StaticFilesTest, HashedNamesAreKeptForAYear) {
  const std::string year = "public, max-age=31536000, immutable";
  const auto script = get("/assets/index-Ab3_x-9Z.js");
  EXPECT_EQ(*script.shared, kScript);
  EXPECT_EQ(header(script, "Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(header(script, "Cache-Control"), year);
  EXPECT_EQ(header(get("/assets/photo-Ab3_x-9Z.png"), "Cache-Control"), year);
  EXPECT_EQ(header(get("/assets/logo.svg"), "Cache-Control"), "no-cache");
}

TEST_F(StaticFilesTest, P01_NothingButTheLoadedNamesExists) {
  for (const char* path :
       {"/../outside.txt", "/assets/../index.html", "/link.txt", "/up/outside.txt", "/.env",
        "/.git/config", "/proc/self/environ", "/assets", "/assets/", "/index.html/", "/index.html.",
        "/index.html ", "/INDEX.HTML", "//index.html", "/index.html\\", "/..;/index.html",
        "/%2e%2e/outside.txt", "/app/index.html"}) {
    const auto response = get(path);
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_EQ(header(response, "Cache-Control"), "no-store") << path;
  }
  EXPECT_EQ(get("/" + std::string(8000, 'a')).status, 404);
}

TEST_F(StaticFilesTest, P02_AnUnknownPathIsNeverThePage) {
  for (const char* path : {"/posts/p_1/style.css", "/social-platform/x.js", "/assets/no-such.js",
                           "/api/posts", "/posts/", "/social-platform;.css"}) {
    const auto response = get(path);
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_EQ(header(response, "Cache-Control"), "no-store");
    EXPECT_EQ(response.body.find("doctype"), std::string::npos);
  }
}

TEST_F(StaticFilesTest, P02_ABrowserAtAnUnknownAddressGetsTheAppAs404AndNothingKeepsIt) {
  const Header browser{"Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"};
  for (const char* path : {"/nowhere", "/posts/p_1/style.css", "/assets/no-such.js", "/a/b/"}) {
    const auto response = get(path, {browser, {"If-None-Match", "*"}});
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_EQ(*response.shared, kPage);
    EXPECT_EQ(header(response, "Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(header(response, "Cache-Control"), "no-store");
    EXPECT_EQ(header(response, "ETag"), "");
    EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(header(response, "Content-Security-Policy"),
              header(get("/"), "Content-Security-Policy"));
  }
  const auto zipped = get("/nowhere", {browser, {"Accept-Encoding", "gzip"}});
  EXPECT_EQ(header(zipped, "Content-Encoding"), "gzip");
  EXPECT_EQ(*zipped.shared, "zipped page");
  for (const char* accept :
       {"*/*", "application/json", "text/css,*/*;q=0.1", "image/avif,*/*", "text/html-not", ""}) {
    const auto response = get("/nowhere", {{"Accept", accept}});
    EXPECT_EQ(header(response, "Content-Type"), "application/problem+json") << accept;
  }
}

TEST_F(StaticFilesTest, WhatTheBuildHasCompressedIsSentToWhoTakesIt) {
  const auto zipped = get("/", {{"Accept-Encoding", "gzip"}});
  EXPECT_EQ(header(zipped, "Content-Encoding"), "gzip");
  EXPECT_EQ(*zipped.shared, "zipped page");
  const auto squeezed = get("/", {{"Accept-Encoding", "gzip, br"}});
  EXPECT_EQ(header(squeezed, "Content-Encoding"), "br");
  EXPECT_EQ(*squeezed.shared, "squeezed page");
  EXPECT_EQ(header(squeezed, "Content-Type"), "text/html; charset=utf-8");
  const auto plain = get("/");
  EXPECT_EQ(header(plain, "Content-Encoding"), "");
  EXPECT_EQ(header(plain, "Vary"), "Accept-Encoding");
  EXPECT_EQ(get("/index.html.br").status, 404);
}

TEST_F(StaticFilesTest, WhatIsNotThereCompressedIsSentAsItIs) {
  for (const char* path : {"/assets/photo-Ab3_x-9Z.png", "/assets/logo.svg"}) {
    const auto response = get(path, {{"Accept-Encoding", "br"}});
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_EQ(header(response, "Content-Encoding"), "") << path;
    EXPECT_EQ(header(response, "Vary"), "") << path;
  }
}

TEST_F(StaticFilesTest, AKnownTagIsAnswered304AndEachCodingHasItsOwn) {
  const auto plain = header(get("/"), "ETag");
  const auto brotli = header(get("/", {{"Accept-Encoding", "br"}}), "ETag");
  EXPECT_NE(plain, brotli);
  EXPECT_NE(plain, header(get("/assets/index-Ab3_x-9Z.js"), "ETag"));
  for (const auto& known : {plain, "\"x\", " + plain, "W/" + plain, std::string("*")}) {
    const auto response = get("/", {{"If-None-Match", known}});
    EXPECT_EQ(response.status, 304) << known;
    EXPECT_EQ(header(response, "ETag"), plain);
    EXPECT_EQ(header(response, "Cache-Control"), "no-cache");
    EXPECT_EQ(response.shared, nullptr);
  }
  for (const auto& other : {brotli, std::string("\"x\""), plain.substr(1), std::string()}) {
    EXPECT_EQ(get("/", {{"If-None-Match", other}}).status, 200) << other;
  }
}

TEST_F(StaticFilesTest, EveryFileCarriesTheSafetyHeaders) {
  for (const char* path : {"/", "/assets/index-Ab3_x-9Z.js"}) {
    const auto response = get(path);
    EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(header(response, "Referrer-Policy"), "same-origin");
    const auto policy = header(response, "Content-Security-Policy");
    for (const char* rule : {"default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'",
                             "form-action 'self'", "connect-src 'self'"}) {
      EXPECT_NE(policy.find(rule), std::string::npos) << rule;
    }
    EXPECT_EQ(policy.find("script-src"), std::string::npos) << "scripts: only our own";
  }
}

TEST_F(StaticFilesTest, APageOfTheAppWithASlashAtItsEndIsSentToTheOneWithout) {
  Request request;
  request.method = "GET";
  request.path = "/social-platform/";
  request.target = "/social-platform/?a=/b/";
  const auto moved = files_.serve(request);
  EXPECT_EQ(moved.status, 308);
  EXPECT_EQ(header(moved, "Location"), "/social-platform?a=/b/");
  for (const char* path : {"//evil.test/", "/nowhere/", "/social-platform//"}) {
    request.path = request.target = path;
    EXPECT_EQ(files_.serve(request).status, 404) << path;
  }
  request.target = "/social-platform%2F";
  request.path = "/social-platform/";
  EXPECT_EQ(files_.serve(request).status, 404);
}

TEST_F(StaticFilesTest, OtherMethodsAreRefused) {
  Request request;
  request.path = "/";
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "get"}) {
    request.method = method;
    const auto response = files_.serve(request);
    EXPECT_EQ(response.status, 405);
    EXPECT_EQ(header(response, "Allow"), "GET, HEAD");
  }
  request.method = "HEAD";
  EXPECT_EQ(files_.serve(request).status, 200);
}

TEST_F(StaticFilesTest, AFolderWithoutAnAppIsNamed) {
  for (const auto& folder : {root_ / "nowhere", root_ / "app/assets", root_ / "outside.txt"}) {
    const auto loaded = StaticFiles::load(folder, {});
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().kind, ErrorKind::unavailable);
    EXPECT_NE(loaded.error().message.find(folder.string()), std::string::npos);
  }
}

}  // namespace
}  // namespace herald::http
