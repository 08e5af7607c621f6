#include "media/probe_process.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>

#include "domain/encoding.h"
#include "media/byte_source.h"
#include "media/disk_file.h"
#include "media/probe_answer.h"
#include "media/sniff.h"

namespace herald::media {
namespace {

// Longer than any of the program's own limits; it answers in one go.
constexpr int kSilenceMaxMs = 60'000;
constexpr std::size_t kFactsBytesMax = 4096;

std::unexpected<Error> broken(const std::string& detail) {
  return fail(ErrorKind::internal, "The file could not be looked at. Try again.", detail);
}

struct SpawnActions {
  SpawnActions() { ::posix_spawn_file_actions_init(&actions); }
  ~SpawnActions() { ::posix_spawn_file_actions_destroy(&actions); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;
  posix_spawn_file_actions_t actions{};
};

// The program gets the file as its input, a pipe as its output, and nothing else of ours.
Result<pid_t> spawn(const std::string& program, const std::vector<std::string>& words, int file,
                    int output) {
  SpawnActions files;
  ::posix_spawn_file_actions_adddup2(&files.actions, file, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&files.actions, output, STDOUT_FILENO);
  ::posix_spawn_file_actions_addclosefrom_np(&files.actions, STDERR_FILENO + 1);
  std::vector<char*> arguments{const_cast<char*>(program.c_str())};
  for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  char* no_environment[] = {nullptr};
  pid_t child = 0;
  const int error = ::posix_spawn(&child, program.c_str(), &files.actions, nullptr,
                                  arguments.data(), no_environment);
  if (error != 0) return broken(program + ": " + std::strerror(error));
  return child;
}

// Everything up to the end, or nothing when it is too much or the program hangs.
std::optional<std::string> read_all(int pipe, std::size_t bytes_max) {
  std::string answer;
  std::array<char, 65536> room{};
  for (;;) {
    pollfd ready{.fd = pipe, .events = POLLIN, .revents = 0};
    const int count = ::poll(&ready, 1, kSilenceMaxMs);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return std::nullopt;
    const auto got = ::read(pipe, room.data(), room.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::nullopt;
    if (got == 0) return answer;
    answer.append(room.data(), static_cast<std::size_t>(got));
    if (answer.size() > bytes_max) return std::nullopt;
  }
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

Result<Format> admit_file(int file, const DeclaredFile& declared) {
  FileBytes bytes(file);
  return admit(bytes, declared);
}

class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
  }
  void add(std::string_view bytes) { EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }
  std::string finish() {
    std::array<unsigned char, 32> digest{};
    EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr);
    return to_hex({reinterpret_cast<const char*>(digest.data()), digest.size()});
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

ProbeProcess::ProbeProcess(std::string program, std::ptrdiff_t at_once)
    : program_(std::move(program)), turns_(at_once) {}

std::string ProbeProcess::beside_this_program() {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  return (self.parent_path() / "herald-probe").string();
}

Result<MediaFacts> ProbeProcess::probe(const std::string& path, const DeclaredFile& declared) {
  HERALD_TRY(const auto file, open_file(path, O_RDONLY));
  HERALD_TRY(const Format format, admit_file(file.get(), declared));
  const auto content_type = content_type_of(format);
  MediaFacts facts;
  facts.type = type_of(format);
  // Documents and captions have nothing that is decoded.
  if (facts.type == MediaType::image || facts.type == MediaType::video) {
    HERALD_TRY(const auto answer, run({"facts", content_type}, file.get(), kFactsBytesMax));
    HERALD_TRY(facts, read_facts(answer));
    facts.type = type_of(format);
  }
  facts.content_type = content_type;
  facts.size_bytes = FileBytes(file.get()).size();
  return facts;
}

Result<std::string> ProbeProcess::hash(const std::string& path) {
  HERALD_TRY(const auto file, open_file(path, O_RDONLY));
  FileBytes bytes(file.get());
  Sha256 sum;
  std::vector<char> room(256 * 1024);
  for (;;) {
    HERALD_TRY(const std::size_t count, bytes.read_at(bytes.bytes_read(), room));
    if (count == 0) return sum.finish();
    sum.add({room.data(), count});
  }
}

Result<Rendition> ProbeProcess::make_jpeg(const std::string& path, const JpegLimits& limits) {
  return render(path, MediaType::image, limits);
}

Result<Rendition> ProbeProcess::make_preview(const std::string& path, const JpegLimits& limits) {
  return render(path, MediaType::video, limits);
}

Result<Rendition> ProbeProcess::render(const std::string& path, MediaType type,
                                       const JpegLimits& limits) {
  HERALD_TRY(const auto file, open_file(path, O_RDONLY));
  HERALD_TRY(const Format format, admit_file(file.get(), {}));
  if (type_of(format) != type) {
    return fail(ErrorKind::invalid, type == MediaType::image ? "Only a picture can become a JPEG."
                                                             : "Only a video has frames.");
  }
  HERALD_TRY(const auto answer,
             run({"jpeg", content_type_of(format), std::to_string(limits.max_bytes),
                  std::to_string(limits.max_width)},
                 file.get(), kFactsBytesMax + limits.max_bytes));
  HERALD_TRY(auto rendition, read_rendition(answer));
  Sha256 sum;
  sum.add(rendition.bytes);
  rendition.facts.sha256_hex = sum.finish();
  return rendition;
}

Result<std::string> ProbeProcess::run(const std::vector<std::string>& words, int file,
                                      std::size_t answer_bytes_max) {
  struct Turn {
    explicit Turn(std::counting_semaphore<>& all) : turns(all) { turns.acquire(); }
    ~Turn() { turns.release(); }
    std::counting_semaphore<>& turns;
  } const turn(turns_);

  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return broken(std::strerror(errno));
  Descriptor output(ends[0]);
  Descriptor input(ends[1]);
  HERALD_TRY(const pid_t child, spawn(program_, words, file, input.get()));
  input.reset();
  auto answer = read_all(output.get(), answer_bytes_max);
  if (!answer) ::kill(child, SIGKILL);
  const int status = wait_for(child);
  if (!answer) return broken("the probe program hung or said too much");
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return *std::move(answer);
  if (WIFEXITED(status)) {
    return broken("the probe program ended with " + std::to_string(WEXITSTATUS(status)));
  }
  // Killed by its own limits or by a fault: these bytes are to blame, not the machine.
  auto refusal = fail(ErrorKind::invalid,
                      "The file cannot be read: it is damaged or too complex. Export it anew.",
                      "the probe program was ended by signal " + std::to_string(WTERMSIG(status)));
  refusal.error().code = "media_refused";
  return refusal;
}

}  // namespace herald::media
