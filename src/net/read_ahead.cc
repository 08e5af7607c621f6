#include "net/read_ahead.h"

#include <algorithm>
#include <mutex>
#include <string>
#include <utility>

namespace herald {
namespace {

constexpr std::size_t kPieceBytes = 1u << 20;

}  // namespace

struct ReadAhead::Shared {
  Shared(std::unique_ptr<MediaReader> r, Executor& e, std::function<void()> w)
      : reader(std::move(r)), executor(e), wake(std::move(w)) {}

  std::unique_ptr<MediaReader> reader;  // Of the read under way only.
  Executor& executor;
  std::function<void()> wake;
  std::string current;  // The asking thread's: what is handed out.
  std::size_t at = 0;
  std::mutex mutex;
  std::string next;   // From here on guarded by mutex.
  std::string spare;  // Its room is used again.
  State state = State::later;
  bool reading = false;
  bool dropped = false;
  bool waiting = false;  // Somebody was told "later".
};

ReadAhead::ReadAhead(std::unique_ptr<MediaReader> reader, Executor& executor,
                     std::function<void()> wake)
    : shared_(std::make_shared<Shared>(std::move(reader), executor, std::move(wake))) {
  begin(shared_);
}

ReadAhead::~ReadAhead() {
  const std::lock_guard lock(shared_->mutex);
  shared_->dropped = true;
}

void ReadAhead::begin(const std::shared_ptr<Shared>& shared) {
  {
    const std::lock_guard lock(shared->mutex);
    if (shared->reading || shared->state != State::later || shared->dropped) return;
    shared->reading = true;
    shared->spare.resize(kPieceBytes);
  }
  shared->executor.post([shared] {
    std::string piece;
    {
      const std::lock_guard lock(shared->mutex);
      piece = std::move(shared->spare);
    }
    const auto got = shared->reader->read(piece);
    piece.resize(got ? *got : 0);
    bool wanted = false;
    {
      const std::lock_guard lock(shared->mutex);
      shared->reading = false;
      shared->state = !got ? State::failed : *got == 0 ? State::ended : State::bytes;
      shared->next = std::move(piece);
      wanted = std::exchange(shared->waiting, false) && !shared->dropped;
    }
    if (wanted) shared->wake();
  });
}

ReadAhead::Read ReadAhead::read(std::span<char> room) {
  Shared& shared = *shared_;
  if (shared.at == shared.current.size()) {
    const std::lock_guard lock(shared.mutex);
    if (shared.state == State::later) shared.waiting = true;
    if (shared.state != State::bytes) return {shared.state, 0};
    shared.spare = std::exchange(shared.current, std::exchange(shared.next, {}));
    shared.at = 0;
    shared.state = State::later;
  }
  begin(shared_);
  const auto count = std::min(room.size(), shared.current.size() - shared.at);
  std::copy_n(shared.current.data() + shared.at, count, room.data());
  shared.at += count;
  return {State::bytes, count};
}

}  // namespace herald
