#include "testing/recorded_exchange.h"

#include <algorithm>
#include <boost/json.hpp>
#include <set>
#include <stdexcept>

#include "ports/spec_address.h"

namespace herald {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr const char* kFlows[] = {"connect", "refresh",   "discover", "lookup", "publish",
                                  "find",    "follow_up", "measure",  "revoke"};
constexpr const char* kVerdicts[] = {"accepted", "refused", "not_yet", "unknown"};

std::string text_in(const json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  return value == nullptr || !value->is_string() ? "" : std::string(value->get_string());
}

json::object object_of(const std::string& text) { return json::parse(text).as_object(); }

// Objects member by member; anything else is replaced.
void lay_over(json::value& below, const json::value& above) {
  if (!below.is_object() || !above.is_object()) {
    below = above;
    return;
  }
  for (const auto& member : above.get_object()) {
    lay_over(below.get_object()[member.key()], member.value());
  }
}

// The first expectation that does not hold, or nothing. Objects are compared by the members that
// are expected, one level deep: a query that is expected is expected whole.
std::string difference(const json::object& expected, const json::object& actual) {
  for (const auto& [name, value] : expected) {
    const auto* found = actual.if_contains(name);
    if (found != nullptr && *found == value) continue;
    return "\n  expected " + std::string(name) + " " + json::serialize(value) + "\n  came     " +
           (found == nullptr ? std::string("nothing") : json::serialize(*found));
  }
  return {};
}

// ---------------------------------------------------------------- the play

class Play {
 public:
  Play(const Platform& platform, const RecordedExchange& exchange)
      : platform_(platform),
        script_(object_of(exchange.text)),
        shared_(object_of(exchange.shared)) {
    json::value input = shared_.at("input");
    if (const auto* over = script_.if_contains("input")) lay_over(input, *over);
    input_ = input_from(json::serialize(input));
    if (const auto* progress = script_.if_contains("progress")) {
      progress_ = json::serialize(*progress);
    }
    set_flow(exchange.flow);
  }

  std::string run() {
    int number = 0;
    for (const auto& event : script_.at("events").as_array()) {
      ++number;
      std::string wrong = step(named(event, "events"));
      if (!wrong.empty()) return "event " + std::to_string(number) + ": " + wrong;
    }
    return ended_ ? "" : "the recording stops before an end";
  }

  const Input& input() const { return input_; }
  const LookedUp& looked_up() const { return looked_up_; }

 private:
  void set_flow(std::string_view name) {
    const auto found = std::ranges::find(kFlows, name);
    if (found == std::end(kFlows)) throw std::runtime_error("no flow " + std::string(name));
    flow_ = static_cast<Flow>(found - std::begin(kFlows));
  }

  const json::object& named(const json::value& value, const char* shelf) const {
    if (!value.is_string()) return value.as_object();
    return shared_.at(shelf).as_object().at(value.get_string()).as_object();
  }

  std::string step(const json::object& event) {
    ended_ = false;
    const auto& steps = platform_.flow(flow_);
    if (!steps) return "the platform does not have this flow";
    Step next = settled_ ? Step(std::move(*settled_)) : steps.next(input_, progress_);
    settled_.reset();
    if (in_doubt_) return end(event, {{"doubt", true}});
    if (auto* call = std::get_if<Call>(&next)) return heard(event, *call);
    if (auto* wait = std::get_if<Wait>(&next)) {
      progress_ = std::move(wait->progress);
      input_.now += wait->delay;
      return differs(event, {{"wait", wait->delay / 1s}});
    }
    if (auto* error = std::get_if<Error>(&next))
      return end(event, object_of(shown_error(*error)), error);
    const Outcome& outcome = std::get<Finished>(next).outcome;
    if (const auto* figures = std::get_if<LookedUp>(&outcome)) looked_up_ = *figures;
    std::string wrong = end(event, object_of(shown_outcome(outcome, input_.now)));
    if (const auto* found = std::get_if<Found>(&outcome)) go_on_from(*found);
    return wrong;
  }

  // What the flow wanted sent, and what the recording answers.
  std::string heard(const json::object& event, const Call& call) {
    const auto* expected = event.if_contains("call");
    if (expected == nullptr) {
      return "expected " + json::serialize(event) + "\n  came a call " + shown_call(call);
    }
    const std::string wrong = difference(named(*expected, "calls"), object_of(shown_call(call)));
    if (!wrong.empty()) return "the call" + wrong;
    if (std::string host = strange_host(call); !host.empty()) return "a token goes to " + host;
    if (secret_in_address(call) != event.contains("secret_in_address")) {
      return "a secret stands in the address (O-31), or is said to and does not";
    }

    const bool visible = call.effect == Effect::publish;
    if (visible) input_.begun_at = input_.platform_time = input_.now;
    input_.now += 100ms;
    const auto& recorded = event.at("answer").as_object();
    if (text_in(recorded, "arrival") == "maybe_sent") {
      if (visible) {
        in_doubt_ = true;
      } else {
        settled_ = Error{ErrorKind::unavailable, {}, {}, {}, "no_answer"};
      }
      return {};
    }
    Absorbed absorbed =
        platform_.flow(flow_).absorb(input_, progress_, answer_from(recorded, call));
    const std::string verdict = kVerdicts[static_cast<std::size_t>(absorbed.verdict)];
    const std::string wanted = text_in(event, "verdict");
    if (!wanted.empty() && wanted != verdict) {
      return "expected verdict " + wanted + ", came " + verdict + ": " + absorbed.error.detail;
    }
    take(absorbed, visible);
    return leaked();
  }

  // As the engine does it.
  void take(Absorbed& absorbed, bool visible) {
    const bool doubt = absorbed.verdict == Verdict::unknown && visible;
    in_doubt_ = doubt;
    if (!doubt && !absorbed.progress.empty()) progress_ = absorbed.progress;
    const bool settles =
        absorbed.verdict == Verdict::refused || absorbed.verdict == Verdict::unknown;
    if (doubt || !settles) return;
    Error error = absorbed.error;
    if (absorbed.verdict == Verdict::unknown && error.kind != ErrorKind::rate_limited) {
      error.kind = ErrorKind::unavailable;
    }
    settled_ = std::move(error);
  }

  // As the transport sees to it (net/assembly.h); what carries no secret may go anywhere.
  std::string strange_host(const Call& call) const {
    std::string_view host = call.url;
    if (!host.starts_with("https://")) return call.url;
    const auto* multipart = std::get_if<MultipartBody>(&call.body);
    const bool fields = std::holds_alternative<FormBody>(call.body) ||
                        (multipart != nullptr && has_secret(multipart->fields));
    if (call.carrier == TokenCarrier::none && !fields && !secret_in_address(call)) return "";
    host.remove_prefix(8);
    host = host.substr(0, host.find_first_of("/?"));
    const auto known = token_hosts_of(*platform_.spec, input_.app);
    return std::ranges::find(known, host) == known.end() ? std::string(host) : "";
  }

  static bool has_secret(const std::vector<Field>& fields) {
    return std::ranges::any_of(fields, [](const Field& field) {
      const auto* reference = std::get_if<Reference>(&field.value);
      return reference != nullptr && reference->kind != Reference::Kind::media_link;
    });
  }

  static bool secret_in_address(const Call& call) {
    return std::ranges::any_of(call.query, [](const Field& field) {
      const auto* reference = std::get_if<Reference>(&field.value);
      return reference != nullptr && reference->kind != Reference::Kind::proof;
    });
  }

  Answer answer_from(const json::object& recorded, const Call& call) {
    Answer answer;
    answer.status = static_cast<int>(recorded.at("status").as_int64());
    if (const auto* headers = recorded.if_contains("headers")) {
      for (const auto& [name, value] : headers->as_object()) {
        // The transport hands over what was asked for, and Retry-After.
        const bool asked = name == "retry-after" ||
                           std::ranges::find(call.keep_headers, name) != call.keep_headers.end();
        if (asked) answer.headers[name] = std::string(value.as_string());
      }
    }
    const auto* body = recorded.if_contains("body");
    if (body == nullptr) return answer;
    if (body->is_string()) {
      answer.body = std::string(body->get_string());
      return answer;
    }
    json::value value = *body;
    for (const auto& field : call.secrets) take_secret(value, field.pointer, field.name);
    answer.body = json::serialize(value);
    for (const char* token : {"EAAG", "IGAA", "ya29.", "1//0"}) {
      if (answer.body.find(token) != answer.body.npos) {
        throw std::runtime_error("a token of the answer was not named as a secret: " + answer.body);
      }
    }
    return answer;
  }

  void take_secret(json::value& value, std::string_view pointer, const std::string& name) {
    if (pointer.empty()) {
      if (!value.is_string()) return;
      secrets_.insert(std::string(value.get_string()));
      value = "secret:" + name;
      return;
    }
    pointer.remove_prefix(1);
    const auto end = std::min(pointer.find('/'), pointer.size());
    const auto rest = pointer.substr(end);
    if (auto* array = value.if_array(); array != nullptr && pointer.starts_with('*')) {
      for (std::size_t i = 0; i < array->size(); ++i) {
        take_secret((*array)[i], rest, name + "/" + std::to_string(i));
      }
    } else if (auto* object = value.if_object()) {
      if (auto* member = object->if_contains(pointer.substr(0, end))) {
        take_secret(*member, rest, name);
      }
    }
  }

  std::string leaked() const {
    for (const auto& secret : secrets_) {
      if (progress_.find(secret) != progress_.npos)
        return "the progress holds the secret " + secret;
    }
    return {};
  }

  std::string differs(const json::object& expected, const json::object& actual) const {
    const auto& [name, value] = *expected.begin();
    const auto* found = actual.if_contains(name);
    if (found == nullptr) {
      return "expected " + json::serialize(expected) + "\n  came     " + json::serialize(actual);
    }
    if (value.is_object() && found->is_object()) {
      return difference(value.get_object(), found->get_object());
    }
    if (value.is_array() && found->is_array())
      return differs(value.get_array(), found->get_array());
    return value == *found
               ? ""
               : "expected " + json::serialize(value) + "\n  came " + json::serialize(*found);
  }

  std::string differs(const json::array& expected, const json::array& actual) const {
    if (expected.size() != actual.size()) {
      return "expected " + std::to_string(expected.size()) + " of them, came " +
             json::serialize(actual);
    }
    for (std::size_t i = 0; i < expected.size(); ++i) {
      std::string wrong = difference(expected[i].as_object(), actual[i].as_object());
      if (!wrong.empty()) return wrong;
    }
    return {};
  }

  // A conversation has settled; the next event takes it up again, where the recording goes on.
  std::string end(const json::object& event, const json::object& actual,
                  const Error* error = nullptr) {
    ended_ = true;
    if (in_doubt_) {
      in_doubt_ = false;
      input_.publish_progress = std::exchange(progress_, {});
      if (flow_ == Flow::publish) flow_ = Flow::find;
    } else if (error != nullptr) {
      input_.now += error->retry_after ? Duration(*error->retry_after) : Duration(15s);
    }
    return differs(event, actual);
  }

  void go_on_from(const Found& found) {
    if (flow_ != Flow::find) return;
    if (found.what == Found::What::cannot_tell || found.what == Found::What::live) return;
    flow_ = Flow::publish;
    progress_ = found.progress;
    input_.begun_at.reset();
    input_.platform_time.reset();
  }

  const Platform& platform_;
  json::object script_;
  json::object shared_;
  Input input_;
  Progress progress_;
  Flow flow_ = Flow::publish;
  std::optional<Error> settled_;  // What the last answer ended it with.
  LookedUp looked_up_;            // As the flow ended with it, if it did.
  bool in_doubt_ = false;
  bool ended_ = false;
  std::set<std::string> secrets_;
};

}  // namespace

std::string play(const Platform& platform, const RecordedExchange& exchange) {
  try {
    return Play(platform, exchange).run();
  } catch (const std::exception& problem) {
    return problem.what();
  }
}

Reading reading_in(const Platform& platform, const RecordedExchange& exchange) {
  Play play(platform, exchange);
  (void)play.run();
  return {play.input(), play.looked_up()};
}

}  // namespace herald
