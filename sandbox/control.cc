#include "sandbox/control.h"

#include <unistd.h>

#include <boost/json.hpp>

#include "sandbox/feed.h"
#include "sandbox/media_answer.h"
#include "sandbox/page.h"

namespace herald::sandbox {

namespace json = boost::json;

namespace {

constexpr std::string_view kRoot = "/_sandbox";

http::Response done() { return json_answer(200, R"({"done":true})"); }

http::Response refused(int status, const std::string& why) {
  return json_answer(status, json::serialize(json::object{{"error", why}}));
}

// What the sandbox's own pages are drawn with.
http::Response drawing(std::string_view type, std::string_view bytes) {
  auto response = text_answer(200, std::string(bytes));
  response.headers.set("Content-Type", std::string(type));
  response.headers.set("X-Content-Type-Options", "nosniff");
  return response;
}

// Only what a browser may show without harm gets its own type.
std::string safe_type(const std::string& asked) {
  for (const char* type : {"image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4",
                           "video/quicktime", "video/webm"})
    if (asked == type) return asked;
  return "application/octet-stream";
}

// Those that came after the first `known` ones.
std::string ledger_json(const std::vector<LedgerEntry>& entries, std::size_t known) {
  std::string out = R"({"entries":[)";
  for (std::size_t i = known; i < entries.size(); ++i)
    out += (i > known ? "," : "") + to_json(entries[i]);
  return out + "]}";
}

// Who answers, for whoever started it.
http::Response health() {
  return json_answer(200, json::serialize(json::object{{"status", "ok"}, {"pid", ::getpid()}}));
}

}  // namespace

http::Response Control::answer(const Call& call) {
  auto what = call.path.substr(kRoot.size());
  if (what.empty()) return redirect("/_sandbox/");
  if (call.method == "GET" || call.method == "HEAD") return show(call, what);
  if (call.method == "POST" || call.method == "DELETE") return change(call, what);
  return refused(405, "GET, POST and DELETE only");
}

http::Response Control::show(const Call& call, const std::string& what) {
  if (what == "/") return index();
  if (what == "/style.css") return drawing("text/css; charset=UTF-8", style_sheet());
  if (what == "/icon.svg") return drawing("image/svg+xml", icon());
  if (what == "/health") return health();
  if (what == "/feed") {
    const FeedFilter filter{.platform = call.get("platform"),
                            .account = call.get("account"),
                            .refreshing = call.get("refresh") != "off"};
    return html_answer(200, feed_page(simulation_.seen(), filter, simulation_.platform_names()));
  }
  if (what == "/ledger") {
    const auto known = std::strtoull(call.get("after").c_str(), nullptr, 10);
    return json_answer(200, ledger_json(simulation_.seen(), known));
  }
  if (what == "/calls") return json_answer(200, R"({"calls":)" + calls_.json() + "}");
  if (what == "/faults") return json_answer(200, R"({"faults":)" + faults_.list() + "}");
  if (what == "/switches")
    return json_answer(200, R"({"switches":)" + simulation_.switches_json() + "}");
  if (what == "/clock")
    return json_answer(200, json::serialize(json::object{{"now_ms", to_ms(simulation_.now())}}));
  if (what.starts_with("/media/"))
    return media_answer(simulation_.media(), what.substr(7), safe_type(call.get("type")),
                        call.header("Range"));
  return refused(404, "The sandbox has no such page; see /_sandbox/");
}

http::Response Control::change(const Call& call, const std::string& what) {
  const bool removes = call.method == "DELETE";
  if (what == "/faults") {
    if (removes) {
      faults_.clear();
      return done();
    }
    auto fault = fault_from(call.body->view());
    if (!fault) return refused(400, fault.error().message);
    return json_answer(201, json::serialize(json::object{{"id", faults_.add(*fault)}}));
  }
  if (what == "/calls" && removes) {
    calls_.clear();
    return done();
  }
  if (removes) return refused(405, "This cannot be deleted");
  if (what == "/clock") return move_clock(call);
  if (what == "/switches") return turn_switches(call);
  if (what == "/reset") {
    simulation_.restart();
    faults_.clear();
    calls_.clear();
    return done();
  }
  return side_control(call, what);
}

http::Response Control::move_clock(const Call& call) {
  const auto* advance = call.find("advance_ms");
  const auto* set = call.find("set_ms");
  if (advance == nullptr && set == nullptr) return refused(400, "advance_ms or set_ms, please");
  simulation_.move_clock([&](Clock& clock) {
    if (set != nullptr) clock.set(from_ms(std::strtoll(set->c_str(), nullptr, 10)));
    if (advance != nullptr) clock.advance(Duration{std::strtoll(advance->c_str(), nullptr, 10)});
  });
  return show(call, "/clock");
}

http::Response Control::turn_switches(const Call& call) {
  for (const auto& field : call.fields)
    if (!simulation_.turn_switch(field.name, field.value))
      return refused(400, "There is no switch " + field.name);
  return show(call, "/switches");
}

http::Response Control::side_control(const Call& call, const std::string& what) {
  const auto slash = what.find('/', 1);
  auto* side = slash == what.npos ? nullptr : simulation_.side_named(what.substr(1, slash - 1));
  if (side == nullptr) return refused(404, "The sandbox has no such control; see /_sandbox/");
  auto inner = call;
  inner.path = what.substr(slash);
  auto answer = simulation_.control(*side, inner);
  if (answer.notices.empty()) return std::move(answer.response);
  // The receivers' answers are what the one who pulled the lever wants to see.
  json::array told;
  for (const auto& notice : answer.notices) {
    const auto heard = outside_.post(notice);
    told.push_back(json::object{{"url", notice.url},
                                {"status", heard.status},
                                {"body", heard.body ? heard.body->view() : ""}});
  }
  return json_answer(200, json::serialize(json::object{{"notices", std::move(told)}}));
}

http::Response Control::index() {
  std::string body =
      "<div class=\"wide\"><header class=\"bar\"><h1>Herald sandbox</h1></header><main>"
      "<p>Simulated platforms for trying things out. Nothing here reaches the real ones.</p>"
      "<ul class=\"chips\"><li><a href=\"/_sandbox/feed\">What the audience sees</a></li>"
      "<li><a href=\"/_sandbox/ledger\">Ledger</a></li>"
      "<li><a href=\"/_sandbox/calls\">Recent calls</a></li>"
      "<li><a href=\"/_sandbox/faults\">Faults</a></li>"
      "<li><a href=\"/_sandbox/switches\">Switches</a></li>"
      "<li><a href=\"/_sandbox/clock\">Clock</a></li></ul>"
      "<section class=\"card\"><h2>Hosts</h2><p>Reached as /&lt;host&gt;/&lt;path&gt;, or with "
      "the host in the Host header.</p><p>";
  for (const auto& host : simulation_.hosts()) body += "<code>" + host + "</code> ";
  body +=
      "</p></section><br><section class=\"card\"><h2>Switches</h2><table><thead><tr>"
      "<th>Name</th><th>Now</th><th>Meaning</th></tr></thead><tbody>";
  for (const auto& row : json::parse(simulation_.switches_json()).as_array()) {
    const auto cell = [&](const char* name) {
      return "<td>" + html_escaped(std::string_view(row.at(name).as_string())) + "</td>";
    };
    body += "<tr>" + cell("name") + cell("value") + cell("meaning") + "</tr>";
  }
  body += "</tbody></table></section></main></div>";
  return html_answer(200, page_of("Herald sandbox", body));
}

}  // namespace herald::sandbox
