#include "testing/crash_play.h"

#include <algorithm>

#include "domain/http_date.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

constexpr int kStepsMax = 3000;
constexpr int kLooksMax = 40;
constexpr Duration kSettled = 2min;  // Until then a visible call may still be on its way.

class Player {
 public:
  Player(const Platform& platform, Input input, CrashWorld& world, std::mt19937_64& random,
         int chaos, bool wrong_clock)
      : platform_(platform),
        input_(std::move(input)),
        time_(input_.now),
        world_(world),
        random_(random),
        chaos_(chaos),
        wrong_clock_(wrong_clock) {}

  CrashResult run() {
    while (result_.end == CrashEnd::unfinished && steps_++ < kStepsMax) {
      in_doubt_ ? look() : publish();
    }
    arrive(time_ + 24h);
    return result_;
  }

 private:
  struct Late {
    Call call;
    Time at;
  };

  bool chance(int percent) { return static_cast<int>(random_() % 100) < percent; }
  void pass(Duration delay) {
    time_ += delay;
    input_.now = time_ + ahead_;
    arrive(time_);
  }
  // Not while something is in doubt: docs/states.md says what that may do.
  void jump() {
    static constexpr Duration kJumps[] = {-24h, -1h, 0h, 1h, 24h};
    if (wrong_clock_ && chance(20)) ahead_ = kJumps[random_() % 5];
    input_.now = time_ + ahead_;
  }
  void finish(CrashEnd end, std::string message) {
    result_ = {end, std::move(message), result_.calls};
  }

  // Visible calls that were still on their way.
  void arrive(Time until) {
    while (!late_.empty() && late_.front().at <= until) {
      const Late call = std::move(late_.front());
      late_.erase(late_.begin());
      (void)world_.serve(call.call, call.at);
    }
  }

  // The call goes out, through the weather. What comes back may be wrong.
  Answer send(const Call& call) {
    ++result_.calls;
    pass(Duration(200));
    Answer lost{.arrival = Answer::Arrival::maybe_sent};
    if (!chance(chaos_)) return heard(call, world_.serve(call, time_));
    switch (random_() % 7) {
      case 0:
        return {.arrival = Answer::Arrival::nothing_sent};
      case 1:
        return lost;  // Before its effect.
      case 2:
        (void)world_.serve(call, time_);
        return lost;
      case 3:
        (void)world_.serve(call, time_);
        return {.status = 503};
      case 4:
        return {.status = 500, .body = "oops"};
      case 5:
        (void)world_.serve(call, time_);
        return {.status = 200, .body = "OK"};
      default:
        if (call.effect == Effect::publish) {
          late_.push_back({call, time_ + std::chrono::seconds(random_() % 100)});
        }
        return lost;
    }
  }

  // Every answer has a Date header; a process that begins anew has not heard any yet.
  Answer heard(const Call& call, Answer answer) {
    platform_time_ = std::chrono::floor<std::chrono::seconds>(time_);
    const bool wanted = std::ranges::find(call.keep_headers, "date") != call.keep_headers.end();
    if (wanted) answer.headers["date"] = http_date(time_);
    if (wrong_clock_ && chance(10)) platform_time_.reset();
    return answer;
  }

  void publish() {
    jump();
    const FlowSteps& steps = platform_.flow(Flow::publish);
    Step next = steps.next(input_, progress_);
    if (auto* wait = std::get_if<Wait>(&next)) {
      progress_ = std::move(wait->progress);
      return pass(wait->delay);
    }
    if (const auto* error = std::get_if<Error>(&next)) return settle(*error);
    if (std::holds_alternative<Finished>(next)) return finish(CrashEnd::published, {});
    hear(std::get<Call>(next), steps);
  }

  void hear(const Call& call, const FlowSteps& steps) {
    const bool visible = call.effect == Effect::publish;
    if (visible) {
      input_.begun_at = input_.now;
      input_.platform_time = platform_time_;
      begun_ = time_;
    }
    const Answer answer = send(call);
    const bool crashed = chance(chaos_ / 4);  // After the answer, before it is saved.
    if (answer.arrival == Answer::Arrival::nothing_sent) return pass(30s);
    if (answer.arrival == Answer::Arrival::maybe_sent || crashed) {
      if (visible) doubt();
      return pass(30s);
    }
    Absorbed absorbed = steps.absorb(input_, progress_, answer);
    if (absorbed.verdict == Verdict::unknown && visible) return doubt();
    if (!absorbed.progress.empty()) progress_ = std::move(absorbed.progress);
    if (absorbed.verdict == Verdict::unknown) return pass(30s);
    if (absorbed.verdict == Verdict::refused) settle(absorbed.error);
  }

  void settle(const Error& error) {
    switch (error.kind) {
      case ErrorKind::unavailable:
      case ErrorKind::rate_limited:
      case ErrorKind::unauthorized:
        return pass(error.retry_after ? Duration(*error.retry_after) : Duration(60s));
      default:
        finish(CrashEnd::failed, error.message + " " + error.detail);
    }
  }

  void doubt() {
    in_doubt_ = true;
    looks_ = 0;
    input_.publish_progress = progress_;
    pass(5s);
  }

  // A look that is driven to its end, or breaks off and is begun again.
  void look() {
    if (++blind_ > kLooksMax) return finish(CrashEnd::review, "nobody could tell");
    const FlowSteps& steps = platform_.flow(Flow::find);
    Progress progress;
    for (int step = 0; step < 50; ++step) {
      Step next = steps.next(input_, progress);
      if (std::holds_alternative<Error>(next)) return pass(60s);
      if (auto* wait = std::get_if<Wait>(&next)) {
        progress = std::move(wait->progress);
        pass(wait->delay);
        continue;
      }
      if (auto* finished = std::get_if<Finished>(&next)) {
        return found(std::get<Found>(finished->outcome));
      }
      const Answer answer = send(std::get<Call>(next));
      if (answer.arrival != Answer::Arrival::answered) return pass(60s);
      Absorbed absorbed = steps.absorb(input_, progress, answer);
      if (absorbed.verdict == Verdict::refused || absorbed.verdict == Verdict::unknown) {
        return pass(60s);
      }
      progress = std::move(absorbed.progress);
    }
  }

  void found(const Found& found) {
    switch (found.what) {
      case Found::What::live:
        return finish(CrashEnd::published, {});
      case Found::What::accepted:
        return go_on(found.progress);
      case Found::What::cannot_tell:
        return pass(5min);
      case Found::What::absent:
        break;
    }
    const Time sure = begun_ + std::max<Duration>(platform_.spec->listing_lag, 2 * kSettled);
    if (found.once_only || (looks_ >= 1 && time_ >= sure)) return go_on(found.progress);
    ++looks_;
    pass(std::max<Duration>(sure - time_, 5s));
  }

  void go_on(const Progress& progress) {
    in_doubt_ = false;
    blind_ = 0;
    progress_ = progress;
    pass(10s);
  }

  const Platform& platform_;
  Input input_;
  Time time_;         // As it is.
  Duration ahead_{};  // Our clock.
  std::optional<Time> platform_time_;
  Time begun_{};
  CrashWorld& world_;
  std::mt19937_64& random_;
  int chaos_;
  bool wrong_clock_;
  Progress progress_;
  bool in_doubt_ = false;
  int looks_ = 0;
  int blind_ = 0;
  int steps_ = 0;
  std::vector<Late> late_;
  CrashResult result_;
};

}  // namespace

CrashResult play_crashes(const Platform& platform, Input input, CrashWorld& world,
                         std::mt19937_64& random, int chaos, bool wrong_clock) {
  return Player(platform, std::move(input), world, random, chaos, wrong_clock).run();
}

}  // namespace herald
