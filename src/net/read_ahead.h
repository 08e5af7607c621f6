// A medium's bytes, read on the executor while earlier ones are sent: whoever sends never waits for
// a disk or a store. Two pieces are held, whatever the medium's size.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>

#include "ports/executor.h"
#include "ports/media_folder.h"

namespace herald {

class ReadAhead {
 public:
  // Begins to read at once. `wake` may be called from any thread, also after this object's end.
  // Both must outlive the last read that was begun.
  ReadAhead(std::unique_ptr<MediaReader> reader, Executor& executor, std::function<void()> wake);
  ~ReadAhead();
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  enum class State { bytes, later, ended, failed };
  struct Read {
    State state;
    std::size_t count;  // Of bytes that were put into `room`.
  };
  // later: nothing is there yet; `wake` is called when it is worth asking again. One thread's only.
  Read read(std::span<char> room);

 private:
  struct Shared;
  static void begin(const std::shared_ptr<Shared>& shared);

  std::shared_ptr<Shared> shared_;
};

}  // namespace herald
