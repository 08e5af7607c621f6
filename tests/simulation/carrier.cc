#include "simulation/carrier.h"

#include <algorithm>
#include <utility>

#include "domain/http_date.h"
#include "net/assembly.h"
#include "net/secret_fields.h"

namespace herald::simulation {
namespace {

using namespace std::chrono_literals;

constexpr Duration kBrief = 30s;
constexpr Duration kLongUpload = 10min;
constexpr Duration kLateBy = 25s;

}  // namespace

struct Carrier::Flight {
  Dispatch dispatch;
  WireRequest wire;
  std::function<void(Received)> done;
  Owner owner;
  bool late = false;   // Arrives only later.
  bool ended = false;  // The app has been told how it went.
  Time date{};         // By the platform's clock, when it answered.

  std::string shown() const { return wire.method + " " + wire.url.substr(0, wire.url.find('?')); }
};

void Carrier::send(Dispatch dispatch, std::function<void(Received)> done) {
  if (!stage_.moment()) return;
  const LinkMaker link = [](const CustomerId&, std::string_view medium) {
    return kMediaHost + std::string(medium);
  };
  auto wire = assemble(dispatch.call, dispatch.customer, *dispatch.secrets, dispatch.token_hosts,
                       digest_, link, "boundary");
  if (!wire) {
    stage_.complain("a call could not be assembled: " + wire.error().detail);
    stage_.timeline.after(1ms, life_.owner, [done = std::move(done)] {
      done({{.arrival = Answer::Arrival::nothing_sent}, {}});
    });
    return;
  }
  auto flight = std::make_shared<Flight>(
      Flight{std::move(dispatch), std::move(*wire), std::move(done), life_.owner});
  // The first byte may have left before this returns.
  if (stage_.trouble.below(2) == 0) return leave(flight);
  const Duration connecting = stage_.trouble.happens(stage_.trouble.weather.slow)
                                  ? stage_.trouble.between(0s, 8s)
                                  : stage_.trouble.between(1ms, 60ms);
  stage_.timeline.after(connecting, life_.owner, [this, flight] { leave(flight); });
}

void Carrier::leave(FlightPtr flight) {
  if (!stage_.moment()) return;
  const Weather& weather = stage_.trouble.weather;
  const auto& may_send = flight->dispatch.may_send;
  if ((may_send && !may_send()) || stage_.trouble.happens(weather.not_sent)) {
    return come_back(flight, {.arrival = Answer::Arrival::nothing_sent, .detail = "not sent"}, 1ms);
  }
  stage_.note("sends " + flight->shown());
  if (TokenWatch* watch = world_.watch_of(flight->wire)) watch->left(flight->wire);
  const Duration travel = stage_.trouble.happens(weather.slow) ? stage_.trouble.between(0s, kBrief)
                                                               : stage_.trouble.between(1ms, 40ms);
  // By the time it arrives, this worker may be gone.
  stage_.timeline.after(travel, kWorld, [this, flight, &world = world_] { arrive(flight, world); });
  if (!stage_.moment()) {
    // Died with the request on its way.
    flight->late = stage_.trouble.mishap.late || stage_.trouble.happens(weather.slow);
    return;
  }
  const bool brief = flight->dispatch.call.patience == Patience::brief;
  stage_.timeline.after(brief ? kBrief : kLongUpload, life_.owner, [this, flight] {
    come_back(flight, {.arrival = Answer::Arrival::maybe_sent, .detail = "timed out"}, 0ms);
  });
}

void Carrier::arrive(const FlightPtr& flight, World& world) {
  if (std::exchange(flight->late, false)) {
    stage_.timeline.after(kLateBy, kWorld, [this, flight, &world] { arrive(flight, world); });
    return;
  }
  if (TokenWatch* watch = world.watch_of(flight->wire)) watch->arrived(flight->wire);
  const auto& told = flight->dispatch.on_progress;
  const bool watched = flight->wire.media && told && !flight->ended && !life_.dead;
  if (watched && !stage_.timeline.frozen(flight->owner) && !told(1, flight->wire.body_bytes())) {
    return come_back(flight, {.arrival = Answer::Arrival::maybe_sent, .detail = "aborted"}, 1ms);
  }
  const Weather& weather = stage_.trouble.weather;
  Answer answer = carried_out(flight, world);
  const Duration back = stage_.trouble.happens(weather.slow) ? stage_.trouble.between(0s, kBrief)
                                                             : stage_.trouble.between(1ms, 40ms);
  if (stage_.trouble.happens(weather.lost)) {
    answer = {.arrival = Answer::Arrival::maybe_sent, .detail = "cut"};
  }
  come_back(flight, std::move(answer), back);
}

Answer Carrier::carried_out(const FlightPtr& flight, World& world) {
  const Weather& weather = stage_.trouble.weather;
  const WireRequest& wire = flight->wire;
  Answer answer;
  flight->date = std::chrono::floor<std::chrono::seconds>(kDayOne + stage_.timeline.now());
  if (stage_.trouble.happens(weather.fails_before)) {
    answer.status = 503;
    return answer;
  }
  Reply reply;
  if (stage_.trouble.happens(weather.limited)) {
    reply = world.too_many(wire);
  } else {
    if (stage_.trouble.happens(weather.expired)) world.expire_token(wire);
    if (stage_.trouble.happens(weather.revoked)) world.revoke(wire);
    if (stage_.trouble.happens(weather.half_stored)) world.store_half();
    reply = world.answer(wire);
  }
  stage_.note("world: " + flight->shown() + " -> " + std::to_string(reply.status) + " " +
              reply.body.substr(0, 160));
  if (stage_.trouble.happens(weather.fails_after)) {
    const bool garbage = stage_.trouble.below(2) == 0;
    reply = garbage ? Reply{200, {}, "<html>\x01\x02 {\"id\": \"1"} : Reply{503, {}, "oops"};
  }
  answer.status = reply.status;
  answer.body = std::move(reply.body);
  reply.headers["date"] = http_date(flight->date);
  for (auto& [name, value] : reply.headers) {
    const auto& keep = flight->dispatch.call.keep_headers;
    if (name == "retry-after" || std::ranges::find(keep, name) != keep.end()) {
      answer.headers[name] = std::move(value);
    }
  }
  return answer;
}

void Carrier::come_back(const FlightPtr& flight, Answer answer, Duration delay) {
  auto parcel = std::make_shared<Answer>(std::move(answer));
  stage_.timeline.after(delay, flight->owner, [this, flight, parcel] {
    if (flight->ended || !stage_.moment()) return;
    flight->ended = true;
    if (stage_.meets(Mishap::Kind::lost, 0)) {
      *parcel = {.arrival = Answer::Arrival::maybe_sent, .detail = "cut"};
    }
    const bool lost = parcel->arrival == Answer::Arrival::maybe_sent;
    if (parcel->arrival == Answer::Arrival::answered) dates_[flight->wire.host] = flight->date;
    TokenWatch* watch = world_.watch_of(flight->wire);
    if (watch != nullptr && parcel->arrival != Answer::Arrival::nothing_sent) {
      watch->heard(flight->wire, lost);
    }
    stage_.note("hears " + flight->shown() + ": " +
                (parcel->arrival == Answer::Arrival::answered ? std::to_string(parcel->status)
                                                              : parcel->detail));
    Received received{std::move(*parcel), {}};
    received.secrets = take_secrets(received.answer.body, flight->dispatch.call.secrets);
    flight->done(std::move(received));
  });
}

std::optional<Time> Carrier::last_date(std::string_view url) const {
  const auto found = dates_.find(host_of(url));
  return found == dates_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace herald::simulation
