// The sandbox over real sockets: what only a connection can show.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/json.hpp>

#include "http/server/server.h"
#include "sandbox/sample_files.h"
#include "sandbox/sandbox.h"

namespace herald::sandbox {

namespace {

class Connection {
 public:
  explicit Connection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
  }
  ~Connection() { ::close(socket_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // One request and its answer; empty: closed without one.
  std::string ask(const std::string& method, const std::string& target,
                  const std::string& body = {}, const std::string& headers = {}) {
    send(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers +
         (method == "GET" ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n") +
         "\r\n" + body);
    std::string answer;
    while (answer.find("\r\n\r\n") == answer.npos && read_more(answer)) {
    }
    const auto head = answer.find("\r\n\r\n");
    if (head == answer.npos) return answer;
    const auto length = answer.find("Content-Length: ");
    const bool chunked = answer.find("Transfer-Encoding: chunked") < head;
    const auto size = length < head ? std::stoul(answer.substr(length + 16)) : 0;
    while ((chunked ? !answer.ends_with("\r\n0\r\n\r\n") : answer.size() < head + 4 + size) &&
           read_more(answer)) {
    }
    return answer;
  }

 private:
  void send(std::string_view text) {
    while (!text.empty()) {
      const auto sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  bool read_more(std::string& into) {
    char buffer[4096];
    const auto got = ::recv(socket_, buffer, sizeof buffer, 0);
    if (got > 0) into.append(buffer, static_cast<std::size_t>(got));
    return got > 0;
  }

  int socket_;
};

// Where the media lie that the platform fetches.
class MediaHost final : public http::Service {
 public:
  http::Admission admit(http::Request&) override { return {}; }
  void serve(http::Request request, std::shared_ptr<http::BodySink>, http::Reply reply) override {
    http::Response response{.status = request.path == "/photo.jpg" ? 200 : 404};
    response.body = jpeg_of(1080, 1080);
    reply(std::move(response));
  }
};

class SandboxSockets : public ::testing::Test {
 protected:
  SandboxSockets() : server_(4, http::ServerLimits{.drain_time_max = std::chrono::seconds(1)}) {
    Settings settings{.processing_scale = 0};
    settings.redirect_uris["instagram"] = {"https://herald.example/callback"};
    simulation_ = std::move(*Simulation::open(settings));
    sandbox_ = std::make_unique<Sandbox>(
        *simulation_,
        Outside{.fetch = [](const auto& url) { return fetch_by_curl(url, {}); },
                .post = post_by_curl,
                .later = [this](auto delay,
                                auto work) { server_.post_after(delay, std::move(work)); }});
    port_ = *server_.listen("127.0.0.1", 0, *sandbox_);
    media_port_ = *server_.listen("127.0.0.1", 0, media_);
    server_.start();
    token_ = connect();
  }
  ~SandboxSockets() override { server_.drain(); }

  std::string fresh(const std::string& method, const std::string& target,
                    const std::string& body = {}, const std::string& headers = {}) {
    return Connection(port_).ask(method, target, body, headers);
  }
  static boost::json::value body_of(const std::string& answer) {
    return boost::json::parse(answer.substr(answer.find("\r\n\r\n") + 4));
  }
  std::string connect() {
    const std::string form = "Content-Type: application/x-www-form-urlencoded\r\n";
    const std::string uri = "redirect_uri=https%3A%2F%2Fherald.example%2Fcallback";
    const auto allowed = fresh("POST",
                               "/www.facebook.com/v26.0/dialog/oauth?client_id=1234567890&" + uri +
                                   "&scope=pages_show_list,pages_read_engagement,instagram_basic,"
                                   "instagram_content_publish",
                               "decision=allow", form);
    const auto from = allowed.find("code=") + 5;
    const auto code = allowed.substr(from, allowed.find('#', from) - from);
    const auto exchanged =
        fresh("POST", "/graph.facebook.com/v26.0/oauth/access_token",
              "client_id=1234567890&client_secret=sandbox-meta-app-secret&" + uri + "&code=" + code,
              form);
    return std::string(body_of(exchanged).at("access_token").as_string());
  }
  std::string container() {
    const auto made =
        fresh("POST", kAccount + "/media?access_token=" + token_ + "&image_url=" +
                          "http://127.0.0.1:" + std::to_string(media_port_) + "/photo.jpg");
    return std::string(body_of(made).at("id").as_string());
  }
  std::string publish_target(const std::string& id) {
    return kAccount + "/media_publish?access_token=" + token_ + "&creation_id=" + id;
  }
  void arm(const std::string& fault) {
    fresh("POST", "/_sandbox/faults", fault, "Content-Type: application/json\r\n");
  }

  const std::string kAccount = "/graph.facebook.com/v26.0/17841400000000001";
  MediaHost media_;
  std::unique_ptr<Simulation> simulation_;
  std::unique_ptr<Sandbox> sandbox_;
  http::Server server_;  // Last: its workers end before what they use.
  std::uint16_t port_ = 0;
  std::uint16_t media_port_ = 0;
  std::string token_;
};

}  // namespace

TEST_F(SandboxSockets, MediaAreFetchedFromTheirRealAddressAndPublished) {
  const auto answer = fresh("POST", publish_target(container()));
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK")) << answer;
  ASSERT_EQ(simulation_->seen().size(), 1U);
  EXPECT_EQ(simulation_->media().find(simulation_->seen()[0].media[0].digest)->view(),
            jpeg_of(1080, 1080));
}

TEST_F(SandboxSockets, AMissingMediumIsNotFetched) {
  const auto made = fresh("POST", kAccount + "/media?access_token=" + token_ +
                                      "&image_url=http://127.0.0.1:" + std::to_string(media_port_) +
                                      "/missing.jpg");
  EXPECT_EQ(body_of(made).at("error").at("code"), 9004);
}

TEST_F(SandboxSockets, AReusedConnectionThatPublishesIsClosedWithoutAnswer) {
  const auto id = container();
  Connection connection(port_);
  EXPECT_NE(connection.ask("GET", "/graph.facebook.com/v26.0/me?access_token=" + token_), "");
  EXPECT_EQ(connection.ask("POST", publish_target(id)), "");
  EXPECT_EQ(simulation_->seen().size(), 1U);
}

TEST_F(SandboxSockets, IG21_ACutAfterTheEffectSendsNotAByte) {
  const auto id = container();
  arm(R"({"pattern":"media_publish$","action":"cut_after"})");
  EXPECT_EQ(fresh("POST", publish_target(id)), "");
  EXPECT_EQ(simulation_->seen().size(), 1U);
}

TEST_F(SandboxSockets, ADripArrivesWhole) {
  arm(R"({"pattern":"/me$","action":"drip","drip_bytes":7,"drip_ms":1})");
  const auto answer = fresh("GET", "/graph.facebook.com/v26.0/me?access_token=" + token_);
  EXPECT_TRUE(answer.ends_with("\r\n0\r\n\r\n")) << answer;
}

TEST_F(SandboxSockets, ALargeBodyIsSpooledAndBecomesAReel) {
  const auto made = body_of(fresh("POST", kAccount + "/media?access_token=" + token_ +
                                              "&media_type=REELS&upload_type=resumable"));
  const std::string id(made.at("id").as_string());
  const auto film = mp4_of({}) + box("free", std::string(3 << 20, 'x'));
  const auto sent = fresh("POST", "/rupload.facebook.com/ig-api-upload/v26.0/" + id, film,
                          "Authorization: OAuth " + token_ + "\r\noffset: 0\r\nfile_size: " +
                              std::to_string(film.size()) + "\r\n");
  EXPECT_EQ(body_of(sent).at("success"), true);
  EXPECT_TRUE(fresh("POST", publish_target(id)).starts_with("HTTP/1.1 200 OK"));
  EXPECT_EQ(simulation_->seen()[0].kind, "reel");
}

}  // namespace herald::sandbox
