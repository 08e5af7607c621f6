// herald-sandbox: the simulated platforms, until SIGTERM or SIGINT.
#include <pthread.h>

#include <csignal>
#include <iostream>

#include "http/server/server.h"
#include "sandbox/options.h"
#include "sandbox/sandbox.h"

namespace {

constexpr std::size_t kWorkers = 16;
constexpr int kUsage = 64;
constexpr int kUnavailable = 69;

int run(const herald::sandbox::Settings& settings) {
  namespace sandbox = herald::sandbox;
  namespace http = herald::http;
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  sigaddset(&stop, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  auto simulation = sandbox::Simulation::open(settings);
  if (!simulation) {
    std::cerr << "herald-sandbox: " << simulation.error().message << ' '
              << simulation.error().detail << '\n';
    return kUnavailable;
  }
  http::Server* running = nullptr;
  const auto spool = settings.data.empty() ? std::string() : settings.data + "/spool";
  sandbox::Sandbox service(
      **simulation,
      {.fetch = [spool](const std::string& url) { return sandbox::fetch_by_curl(url, spool); },
       .post = sandbox::post_by_curl,
       .later = [&running](auto delay,
                           auto work) { running->post_after(delay, std::move(work)); }});
  // Declared last: its workers end before what they use.
  http::Server server(kWorkers, http::ServerLimits{.head_bytes_max = 64 * 1024,
                                                   .target_bytes_max = 32 * 1024,
                                                   .drain_time_max = std::chrono::seconds(2)});
  running = &server;
  const auto port = server.listen(settings.address, settings.port, service);
  if (!port) {
    std::cerr << "herald-sandbox: " << port.error().message << '\n';
    return kUnavailable;
  }
  server.start();
  std::cout << "herald-sandbox on http://" << settings.address << ':' << *port << "/_sandbox/"
            << std::endl;
  int signal = 0;
  sigwait(&stop, &signal);
  server.drain();
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  const auto options = herald::sandbox::read_options({arguments + 1, arguments + count});
  if (!options) {
    std::cerr << "herald-sandbox: " << options.error().message << '\n';
    return kUsage;
  }
  if (options->help) {
    std::cout << options->help_text;
    return 0;
  }
  return run(options->settings);
}
