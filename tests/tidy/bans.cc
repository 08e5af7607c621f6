// Words that have no place in some folders, each with what to use instead and the files that may.
#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "tests/tidy/rules.h"

namespace herald::tidy {
namespace {

using Names = std::vector<std::string_view>;

struct Exception {
  std::string_view file;  // Or a folder, with '/' at its end.
  std::string_view reason;
};

struct Ban {
  std::string_view name;
  Names words;
  Names folders;        // Where it holds; empty: everywhere.
  bool tests = false;   // Holds for test code too.
  bool quoted = false;  // Looks into quoted text too, and at parts of words, in any case.
  std::string_view instead;
  std::vector<Exception> exceptions;
};

const Names kCore{"src/domain", "src/ports", "src/app", "src/platforms", "src/json"};

const Ban kThreads{
    .name = "no_threads_or_locks_in_the_core",
    .words = {"std::thread", "std::jthread", "std::mutex", "std::shared_mutex",
              "std::recursive_mutex", "std::lock_guard", "std::unique_lock", "std::scoped_lock",
              "std::shared_lock", "std::condition_variable", "std::async", "std::future",
              "std::promise", "std::call_once", "thread_local"},
    .folders = kCore,
    .instead =
        "hand work to the Executor (ports/executor.h); what two workers share is in the "
        "store, under a lease",
    .exceptions = {}};

const Ban kCoroutines{.name = "coroutines_stay_in_the_http_server",
                      .words = {"co_await", "co_return", "co_yield"},
                      .folders = {},
                      .tests = true,
                      .instead = "take a callback that is called exactly once, as Transport does",
                      .exceptions = {{"src/http/server/", "the sockets' loop"}}};

const Ban kSleeping{
    .name = "nothing_sleeps",
    .words = {"sleep_for", "sleep_until", "usleep", "nanosleep"},
    .folders = {},
    .tests = true,
    .instead = "Executor::post_after, or in a test run_once() and FakeClock::advance",
    .exceptions = {{"src/store/mongo/database.cc", "between two tries of one transaction"}}};

const Ban kClocks{.name = "time_comes_through_the_clock",
                  .words = {"system_clock::now", "steady_clock::now", "high_resolution_clock::now",
                            "std::time", "gettimeofday", "clock_gettime"},
                  .folders = {"src", "sandbox"},
                  .instead = "take a Clock& (ports/clock.h)",
                  .exceptions = {{"src/program/system_clock.h", "the real clock"},
                                 {"sandbox/clock.cc", "the sandbox's real clock"},
                                 {"src/http/server/", "timers of sockets, and the Date header"},
                                 {"src/program/running.cc", "how long draining may take"},
                                 {"src/store/mongo/database.h", "how long a loser tries again"}}};

// A steady clock may end a wait for a socket that never comes; it may judge nothing.
const Ban kTestsClock{.name = "tests_tell_the_time",
                      .words = {"system_clock::now", "std::time", "gettimeofday", "clock_gettime"},
                      .folders = {},
                      .tests = true,
                      .instead = "FakeClock (testing/fake_clock.h)",
                      .exceptions = {{"src/program/system_clock.h", "the real clock"},
                                     {"sandbox/clock.cc", "the sandbox's real clock"},
                                     {"src/http/server/loop.cc", "the Date header"}}};

const Ban kChance{
    .name = "chance_comes_through_random",
    .words = {"std::rand", "srand", "random_device", "mt19937", "mt19937_64", "getrandom",
              "arc4random", "RAND_bytes", "randombytes_buf"},
    .folders = {"src", "sandbox"},
    .instead = "take a Random& (ports/random.h)",
    .exceptions = {{"src/crypto/", "owns the kernel's random numbers"},
                   {"sandbox/google/crypto.cc", "the sandbox may not use Herald's crypto"},
                   {"sandbox/encoding.cc", "the sandbox may not use Herald's crypto"}}};

const Ban kSeeds{.name = "tests_draw_from_a_seed",
                 .words = {"std::rand", "srand", "random_device", "arc4random"},
                 .folders = {},
                 .tests = true,
                 .instead = "SeededRandom (testing/seeded_random.h), and print the seed",
                 .exceptions = {}};

const Ban kEnvironment{
    .name = "settings_come_through_config",
    .words = {"getenv", "secure_getenv", "setenv", "environ"},
    .folders = {"src", "sandbox"},
    .instead = "add the setting to Config (config/config.h) and pass its value",
    .exceptions = {{"src/main.cc", "reads the environment, once"},
                   {"src/media/probe/image.cc", "libvips looks for modules where VIPSHOME says"}}};

const Ban kPrinting{
    .name = "only_commands_print",
    .words = {"std::cout", "std::cerr", "std::clog", "std::printf", "std::fprintf", "printf",
              "fprintf", "puts", "fmt::print"},
    .folders = {"src", "sandbox"},
    .instead = "write to the Log (ports/log.h)",
    .exceptions = {{"src/program/commands.cc", "answers the person at the terminal"},
                   {"src/http/server/server.cc", "this room knows no port; a handler threw"},
                   {"src/store/sqlite/checkpointer.cc", "its own thread, which nobody can ask"},
                   {"src/store/sqlite/writer.cc", "last words: the disk failed, the process ends"},
                   {"sandbox/main.cc", "answers the person at the terminal"},
                   {"sandbox/simulation.cc", "last words: the disk failed, the process ends"}}};

const Ban kThrowing{
    .name = "the_core_returns_errors",
    .words = {"throw", "try", "catch"},
    .folders = {"src/domain", "src/ports", "src/app", "src/platforms", "src/config", "src/crypto",
                "src/net", "src/media", "src/store/memory"},
    .instead =
        "return Result<T> (domain/result.h); a library's exceptions become "
        "Error in the room that owns it",
    .exceptions = {{"src/app/queue.cc", "the last net: one bad pass must not end all"},
                   {"src/app/media_library.cc", "the last net: one bad file must not"},
                   {"src/media/s3/answer_xml.cc", "owns the XML reader, which throws"}}};

const Ban kCLeftovers{
    .name = "no_unbounded_c",
    .words = {"strcpy", "strcat", "sprintf", "vsprintf", "strtok", "atoi", "atol", "atof",
              "std::system", "popen", "std::regex"},
    .folders = {"src", "sandbox"},
    .instead = "std::from_chars, std::string, a scanner that is linear in its input",
    .exceptions = {{"sandbox/faults.cc", "patterns of the person at the sandbox's controls"}}};

const Ban kDetaching{.name = "threads_are_joined",
                     .words = {"detach"},
                     .folders = {},
                     .tests = true,
                     .instead = "join in the destructor of whoever started it",
                     .exceptions = {}};

const Ban kScopes{
    .name = "scopes_are_made_from_proofs",
    .words = {"ScopeAuthority"},
    .folders = {"src", "sandbox"},
    .instead = "take the CustomerScope from the Caller, or from a row that the worker has claimed",
    .exceptions = {{"src/domain/scope.h", "defines it"},
                   {"src/crypto/claims.cc", "a token or assertion whose signature was checked"},
                   {"src/crypto/sealed_links.cc", "a media link that opened with our key"},
                   {"src/app/access.cc", "a password or refresh token that was checked"},
                   {"src/app/connect_finish.cc", "the flow that the callback's proofs found"},
                   {"src/app/notices.cc", "a grant found by a platform's signed notice"},
                   {"src/app/delivery_job.h", "its own claimed row"},
                   {"src/app/follow_ups.cc", "its own claimed row"},
                   {"src/app/measuring.cc", "its own claimed row"},
                   {"src/app/refresher.cc", "its own due grant"},
                   {"src/app/renewal.cc", "the grant of an account that its caller has"},
                   {"src/app/vault.cc", "the grant of an account that its caller has"},
                   {"src/app/media_library.cc", "uploads that the sweeper found abandoned"},
                   {"src/program/running.cc", "the customer of a call that is on its way out"},
                   {"src/program/commands.cc", "the operator at the terminal"}}};

const Ban kReveal{
    .name = "secrets_are_opened_in_few_places",
    .words = {"reveal"},
    .folders = {"src", "sandbox"},
    .instead = "pass the Secret on; it is opened where the request is put together, not before",
    .exceptions = {{"src/domain/secret.h", "defines it"},
                   {"src/crypto/", "keys and passwords are its work"},
                   {"src/net/assembly.cc", "puts secrets into a request that leaves"},
                   {"src/media/s3/client.cc", "hands curl the key that signs"},
                   {"src/app/access.cc", "the key that a next refresh token is derived with"},
                   {"src/app/vault.cc", "seals and opens accounts' tokens"},
                   {"src/app/token_sealing.cc", "seals and opens token sets"},
                   {"src/store/mongo/plain_accounts.cc", "tells a token that stands in the clear"},
                   {"src/app/flow_state.cc", "seals and opens what a connection flow keeps"},
                   {"src/app/connect_begin.cc", "state and verifier, at their birth"},
                   {"src/app/delivery_job.cc", "progress, which may hold an upload session's URL"},
                   {"src/app/follow_ups.cc", "progress, as above"},
                   {"src/app/notices.cc", "the app secret as the key of a signature"},
                   {"src/http/cursor.cc", "opens a sealed cursor"},
                   {"src/program/installation.cc", "the vault's key from the settings"},
                   {"src/program/moving.cc", "the store's address, which may hold a password"}}};

// Ids that are also words of ours: only the whole quoted id is found.
const Names kOrdinary{"\"threads\""};

// Every platform has its guide.
const Names& platform_names() {
  static const std::vector<std::string> kIds = [] {
    std::vector<std::string> ids;
    for (const auto& guide :
         std::filesystem::directory_iterator(HERALD_SOURCE_DIR "/docs/platforms")) {
      const std::string id = guide.path().stem().string();
      if (std::ranges::count(kOrdinary, '"' + id + '"') == 0) ids.push_back(id);
    }
    return ids;
  }();
  static const Names kNames = [] {
    Names names(kOrdinary);
    names.insert(names.end(), kIds.begin(), kIds.end());
    return names;
  }();
  return kNames;
}

const Ban kPlatformNames{
    .name = "a_platform_is_named_in_its_own_files",
    .words = platform_names(),
    .folders = {"src/domain", "src/ports", "src/app", "src/http", "src/store", "src/net",
                "src/crypto", "src/media", "src/config", "src/program", "src/json"},
    .quoted = true,
    .instead = "say it as data in PlatformSpec (ports/platform.h) and read it from there",
    .exceptions = {{"src/domain/top_level_domains.cc", "some names end in a platform's"}}};

const std::vector<const Ban*>& all_bans() {
  static const std::vector<const Ban*> all{&kThreads,  &kTestsClock, &kSeeds,        &kCoroutines,
                                           &kSleeping, &kClocks,     &kChance,       &kEnvironment,
                                           &kPrinting, &kThrowing,   &kCLeftovers,   &kDetaching,
                                           &kScopes,   &kReveal,     &kPlatformNames};
  return all;
}

bool holds_here(const Ban& ban, const Source& source) {
  if (!source.is_cpp() || (source.is_test() && !ban.tests)) return false;
  return ban.folders.empty() ||
         std::ranges::any_of(ban.folders, [&](auto folder) { return source.is_in(folder); });
}

const Exception* exception_for(const Ban& ban, const Source& source) {
  const auto found = std::ranges::find_if(ban.exceptions, [&](const Exception& one) {
    return one.file.ends_with('/') ? source.path.starts_with(one.file) : source.path == one.file;
  });
  return found == ban.exceptions.end() ? nullptr : &*found;
}

// Places of the ban's words, whether excepted or not.
std::map<std::size_t, std::string_view> uses(const Ban& ban, const Source& source) {
  std::map<std::size_t, std::string_view> places;
  if (!holds_here(ban, source)) return places;
  const std::string lower = ban.quoted ? lower_case(source.plain) : std::string();
  for (const auto word : ban.words) {
    if (!ban.quoted) {
      for (const auto at : places_of(source.code, word)) places.emplace(at, word);
      continue;
    }
    for (auto at = lower.find(word); at != lower.npos; at = lower.find(word, at + 1)) {
      places.emplace(at, word);
    }
  }
  return places;
}

template <const Ban& ban>
std::vector<Finding> check(const Source& source) {
  std::vector<Finding> findings;
  if (exception_for(ban, source) != nullptr) return findings;
  for (const auto& [at, word] : uses(ban, source)) {
    findings.push_back(
        {source.path, source.line_of(at), std::string(word) + ": " + std::string(ban.instead)});
  }
  return findings;
}

template <const Ban& ban>
Rule rule(Sample breaks, Sample keeps) {
  return {ban.name, check<ban>, breaks, keeps};
}

}  // namespace

std::vector<Rule> bans() {
  return {
      rule<kThreads>({"src/app/queue.cc", "std::mutex m;\n"},
                     {"src/app/queue.cc", "// std::mutex\nstd::atomic<int> n;\n"}),
      rule<kCoroutines>({"src/net/a.cc", "co_await x;\n"},
                        {"src/http/server/session.cc", "co_await x;\n"}),
      rule<kSleeping>({"src/app/a_test.cc", "std::this_thread::sleep_for(1s);\n"},
                      {"src/app/a_test.cc", "clock.advance(1s);\n"}),
      rule<kClocks>({"src/platforms/a.cc", "auto n = std::chrono::system_clock::now();\n"},
                    {"src/platforms/a.cc", "auto n = input.now;\n"}),
      rule<kChance>({"src/app/a.cc", "std::random_device d;\n"},
                    {"src/app/a.cc", "random.below(3);\n"}),
      rule<kTestsClock>({"src/app/a_test.cc", "auto n = std::chrono::system_clock::now();\n"},
                        {"src/app/a_test.cc", "auto n = clock.now();\n"}),
      rule<kSeeds>({"tests/store/a_test.cc", "std::random_device d;\n"},
                   {"tests/store/a_test.cc", "std::mt19937_64 d(seed);\n"}),
      rule<kEnvironment>({"src/http/a.cc", "std::getenv(\"HERALD_X\");\n"},
                         {"src/main.cc", "Environment::from(environ);\n"}),
      rule<kPrinting>({"src/app/a.cc", "std::cerr << 1;\n"},
                      {"src/app/a.cc", "log.write(LogLevel::info, \"std::cerr\");\n"}),
      rule<kThrowing>({"src/app/a.cc", "throw 1;\n"}, {"src/app/a.cc", "return fail(kind);\n"}),
      rule<kCLeftovers>({"sandbox/a.cc", "std::atoi(x);\n"},
                        {"sandbox/a.cc", "std::from_chars(a, b, x);\n"}),
      rule<kDetaching>({"src/net/a.cc", "thread.detach();\n"},
                       {"src/net/a.cc", "thread.join();\n"}),
      rule<kScopes>({"src/http/posts.cc", "ScopeAuthority::of(id);\n"},
                    {"src/http/posts.cc", "caller.scope;\n"}),
      rule<kReveal>({"src/http/posts.cc", "secret.reveal();\n"},
                    {"src/http/posts.cc", "secret.clone();\n"}),
      rule<kPlatformNames>({"src/app/a.cc", "if (id == \"youtube\") {}\n"},
                           {"src/app/a.cc", "// As YouTube does.\nif (spec.rotates) {}\n"}),
  };
}

std::vector<Finding> stale_exceptions(const std::vector<Source>& tree) {
  std::vector<Finding> findings;
  for (const auto* ban : all_bans()) {
    std::set<std::string_view> needed;
    for (const auto& source : tree) {
      const auto* exception = exception_for(*ban, source);
      if (exception != nullptr && !uses(*ban, source).empty()) needed.insert(exception->file);
    }
    for (const auto& exception : ban->exceptions) {
      if (needed.contains(exception.file)) continue;
      findings.push_back({std::string(exception.file), 0,
                          "needs no exception from " + std::string(ban->name) +
                              " any more; take the line out of tests/tidy/bans.cc"});
    }
  }
  return findings;
}

}  // namespace herald::tidy
