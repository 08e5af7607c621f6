#include "http/server/handling.h"

#include <atomic>
#include <utility>

#include "http/server/problem.h"
#include "http/server/session.h"

namespace herald::http {
namespace {

// Sees to it that a request gets one answer, whoever holds the Reply and however it ends.
class Answering {
 public:
  Answering(std::shared_ptr<Exchange> exchange, Mailbox mailbox)
      : exchange_(std::move(exchange)), mailbox_(std::move(mailbox)) {}
  ~Answering() {
    if (!sent_) send(internal_problem(id_));
  }
  Answering(const Answering&) = delete;
  Answering& operator=(const Answering&) = delete;

  const std::string& id() const { return id_; }

  void send(Response response) {
    if (sent_.exchange(true)) return;
    mailbox_.tell([exchange = exchange_, response = std::move(response)](Session& session) mutable {
      exchange->answer = std::move(response);
      session.wake();
    });
  }

 private:
  std::shared_ptr<Exchange> exchange_;
  const std::string id_ = exchange_->request.id;  // The service takes the request away.
  Mailbox mailbox_;
  std::atomic<bool> sent_{false};
};

}  // namespace

void admit(const Loop& loop, Service& service, std::shared_ptr<Exchange> exchange,
           const Mailbox& mailbox) {
  try {
    exchange->admission = service.admit(exchange->request);
  } catch (...) {
    if (exchange->request.id.empty()) exchange->request.id = loop.make_request_id();
    loop.report(exchange->request.id);
    exchange->admission.refuse = internal_problem(exchange->request.id);
  }
  if (!exchange->admission.refuse && !exchange->framing.has_body()) {
    return serve(loop, service, std::move(exchange), mailbox);
  }
  mailbox.tell([exchange](Session& session) {
    exchange->admitted = true;
    session.wake();
  });
}

void serve(const Loop& loop, Service& service, std::shared_ptr<Exchange> exchange,
           const Mailbox& mailbox) {
  auto answering = std::make_shared<Answering>(exchange, mailbox);
  Reply reply([answering](Response response) { answering->send(std::move(response)); });
  try {
    service.serve(std::move(exchange->request), std::move(exchange->admission.sink),
                  std::move(reply));
  } catch (...) {
    loop.report(answering->id());
    answering->send(internal_problem(answering->id()));
  }
}

void write_sink(const Loop& loop, Exchange& exchange, std::string_view piece) {
  try {
    exchange.sink_takes_more = exchange.admission.sink->write(piece);
  } catch (...) {
    loop.report(exchange.request.id);
    exchange.sink_takes_more = false;
  }
}

}  // namespace herald::http
