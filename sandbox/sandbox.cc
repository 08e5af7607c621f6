#include "sandbox/sandbox.h"

#include <algorithm>

#include "domain/http_date.h"
#include "sandbox/drip.h"
#include "sandbox/spool.h"

namespace herald::sandbox {

namespace {

constexpr std::uint64_t kBodyMax = 16ULL * 1024 * 1024 * 1024;
constexpr int kFetchRoundsMax = 4;

http::Response closed() { return {.abort = true}; }

http::Response not_ours(const Simulation& simulation) {
  std::string text = "No platform here by that name. The sandbox serves /<host>/<path> for:\n";
  for (const auto& host : simulation.hosts()) text += "  " + host + "\n";
  return text_answer(404, text + "Its own pages are under /_sandbox/.\n");
}

}  // namespace

struct Sandbox::Errand {
  Call call;
  Side* side = nullptr;
  std::optional<Fault> fault;
  std::uint64_t number = 0;  // In the call log.
  http::Reply reply;

  bool fails_by(std::string_view action) const { return fault && fault->action == action; }
};

http::Admission Sandbox::admit(http::Request& head) {
  (void)head;
  const auto& data = simulation_.settings().data;
  return {.body_limit_bytes = kBodyMax,
          .sink = std::make_shared<Spool>(data.empty() ? data : data + "/spool")};
}

void Sandbox::serve(http::Request request, std::shared_ptr<http::BodySink> sink,
                    http::Reply reply) {
  auto body = sink ? static_cast<Spool&>(*sink).take()
                   : std::make_shared<const Bytes>(std::move(request.body));
  auto call = read_call(request, std::move(body), simulation_.hosts());
  if (request.path == "/_sandbox" || request.path.starts_with("/_sandbox/")) {
    call.path = request.path;
    return reply(control_.answer(call));
  }
  if (request.path == "/") return reply(redirect("/_sandbox/"));
  if (call.host.empty()) return reply(not_ours(simulation_));
  if (simulation_.local_links()) call.link_root = "http://" + call.header("Host") + "/";
  auto errand = std::make_shared<Errand>(Errand{.call = std::move(call), .reply = reply});
  errand->side = simulation_.side_of(errand->call.host);
  errand->fault = faults_.take(errand->call.host, errand->call.method, errand->call.path);
  errand->number = calls_.begin(errand->call, to_ms(simulation_.now()));
  const bool waits_after = errand->fails_by("slow_after");
  const auto delay_ms = errand->fault && !waits_after ? errand->fault->delay_ms : 0;
  if (delay_ms <= 0) return run(errand);
  outside_.later(std::chrono::milliseconds(delay_ms), [this, errand] { run(errand); });
}

void Sandbox::run(const std::shared_ptr<Errand>& errand) {
  auto response = instead(*errand);
  if (!response) response = afterwards(*errand, carry_out(*errand));
  response->headers.set("Date", http_date(simulation_.now()));
  calls_.finish(errand->number, response->abort ? 0 : response->status,
                errand->fault ? errand->fault->action : std::string());
  if (!errand->fails_by("slow_after")) return errand->reply(std::move(*response));
  outside_.later(std::chrono::milliseconds(errand->fault->delay_ms),
                 [errand, late = std::move(*response)] { errand->reply(late); });
}

std::optional<http::Response> Sandbox::instead(Errand& errand) {
  if (!errand.fault) return std::nullopt;
  const auto& fault = *errand.fault;
  if (fault.action == "cut_before") return closed();
  if (fault.action == "refuse") return scripted(errand);
  if (fault.action == "rate_limit") {
    auto response = simulation_.rate_limited(*errand.side, errand.call);
    if (fault.retry_after_s >= 0)
      response.headers.set("Retry-After", std::to_string(fault.retry_after_s));
    return response;
  }
  if (fault.action == "expire_token" || fault.action == "revoke_token")
    simulation_.spoil_token(*errand.side, errand.call,
                            fault.action == "expire_token" ? "expire" : "revoke");
  return std::nullopt;
}

Answer Sandbox::carry_out(Errand& errand) {
  for (int round = 0;; ++round) {
    auto answer = simulation_.ask(*errand.side, errand.call);
    if (answer.fetch_first.empty()) return answer;
    if (round == kFetchRoundsMax)
      return {.response = text_answer(500, "The side never has enough of fetching.\n")};
    for (const auto& url : answer.fetch_first) errand.call.fetched[url] = outside_.fetch(url);
  }
}

http::Response Sandbox::afterwards(Errand& errand, Answer answer) {
  for (auto& notice : answer.notices)
    outside_.later({}, [this, told = std::move(notice)] { (void)outside_.post(told); });
  const auto& call = errand.call;
  const bool closes = simulation_.closes_reused();
  if (answer.publishes && call.connection_reused && closes) return closed();
  if (errand.fails_by("cut_after")) return closed();
  if (errand.fails_by("error_after")) return scripted(errand);
  if (errand.fails_by("garbage")) return text_answer(200, "<html><body>\x01\x02 {\"id\": \"1");
  if (errand.fails_by("drip"))
    return dripping(std::move(answer.response),
                    static_cast<std::size_t>(std::max<std::int64_t>(errand.fault->drip_bytes, 1)),
                    std::chrono::milliseconds(errand.fault->drip_ms), outside_.later);
  return std::move(answer.response);
}

http::Response Sandbox::scripted(Errand& errand) {
  const auto& fault = *errand.fault;
  http::Response response{.status = 0};
  if (!fault.answer.empty())
    response = simulation_.scripted(*errand.side, fault.answer, errand.call);
  if (response.status == 0) {
    response = text_answer(static_cast<int>(fault.status), fault.body);
    response.headers.set("Content-Type", fault.content_type);
  }
  if (fault.retry_after_s >= 0)
    response.headers.set("Retry-After", std::to_string(fault.retry_after_s));
  return response;
}

}  // namespace herald::sandbox
