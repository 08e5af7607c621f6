#include "testing/fake_transport.h"

#include <algorithm>
#include <memory>

namespace herald::testing {
namespace {

std::string filled(const Value& value, const SecretSet& secrets) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  const auto& reference = std::get<Reference>(value);
  switch (reference.kind) {
    case Reference::Kind::user_token:
      return std::string(secrets.user_token.reveal());
    case Reference::Kind::account_token:
      return std::string(secrets.account_token.reveal());
    case Reference::Kind::refresh_token:
      return std::string(secrets.refresh_token.reveal());
    case Reference::Kind::app_secret:
      return std::string(secrets.app_secret.reveal());
    case Reference::Kind::named: {
      const auto found = secrets.named.find(reference.name);
      return found == secrets.named.end() ? "" : std::string(found->second.reveal());
    }
    default:
      return "{" + reference.name + "}";
  }
}

}  // namespace

void FakeTransport::answer(std::string url, int status, std::string body,
                           std::map<std::string, std::string> secrets) {
  const std::lock_guard lock(mutex_);
  std::erase_if(script_, [&](const Line& line) { return line.url == url; });
  script_.push_back({std::move(url), status, std::move(body), std::move(secrets)});
}

std::vector<FakeTransport::Sent> FakeTransport::sent() const {
  const std::lock_guard lock(mutex_);
  return sent_;
}

std::size_t FakeTransport::count(std::string_view url) const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(
      std::ranges::count_if(sent_, [&](const Sent& one) { return one.url.starts_with(url); }));
}

Received FakeTransport::received(const std::string& url) const {
  Received received;
  const auto line =
      std::ranges::find_if(script_, [&](const Line& one) { return url.starts_with(one.url); });
  if (line == script_.end()) {
    received.answer.arrival = Answer::Arrival::nothing_sent;
    received.answer.detail = "the script knows no " + url;
    return received;
  }
  received.answer.status = line->status;
  received.answer.body = line->body;
  for (const auto& [name, secret] : line->secrets) received.secrets.emplace(name, Secret(secret));
  return received;
}

void FakeTransport::send(Dispatch dispatch, std::function<void(Received)> done) {
  Sent sent{dispatch.call.method, dispatch.call.url, {}, dispatch.customer, dispatch.token_hosts};
  if (const auto* form = std::get_if<FormBody>(&dispatch.call.body)) {
    for (const auto& [name, value] : form->fields) {
      sent.form[name] = filled(value, *dispatch.secrets);
    }
  }
  auto shared = std::make_shared<Received>();
  {
    const std::lock_guard lock(mutex_);
    *shared = received(sent.url);
    sent_.push_back(std::move(sent));
  }
  executor_.post([shared, done = std::move(done)] { done(std::move(*shared)); });
}

}  // namespace herald::testing
