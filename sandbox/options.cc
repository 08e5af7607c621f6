#include "sandbox/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace herald::sandbox {

namespace {

// "instagram=http://localhost:8080/..." into the map, "http://.../{platform}/..." to those of all.
// False: no address, or one that names no platform.
bool add_redirect_uri(const std::string& text, Settings& settings) {
  if (text.find("://") < text.find('=') && text.find("{platform}") != text.npos) {
    settings.redirect_uris_of_all.push_back(text);
    return true;
  }
  const auto equals = text.find('=');
  if (equals == text.npos || equals == 0 || text.find("://", equals) == text.npos) return false;
  settings.redirect_uris[text.substr(0, equals)].push_back(text.substr(equals + 1));
  return true;
}

}  // namespace

Result<Options> read_options(const std::vector<std::string>& arguments) {
  Options options;
  auto& settings = options.settings;
  std::vector<std::string> redirect_uris;
  CLI::App app("The social platforms as a strict simulator.", "herald-sandbox");
  app.add_option("--port", settings.port, "Port to listen on; 0 takes a free one")
      ->capture_default_str();
  app.add_option("--address", settings.address, "Address to listen on")->capture_default_str();
  app.add_option("--data", settings.data, "Folder that keeps everything; none: memory only");
  app.add_option(
         "--redirect-uri", redirect_uris,
         "platform=URL: a redirect URI registered for the demo app; or a URL with {platform} "
         "in it, for every platform; repeatable")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  app.add_option("--deauthorize-url", settings.deauthorize_url,
                 "Told when a person removes the Meta app");
  app.add_option("--deletion-url", settings.deletion_url, "Asked to delete a person's data (Meta)");
  app.add_option("--processing-scale", settings.processing_scale,
                 "Multiplies every simulated processing time")
      ->check(CLI::Range(0.0, 1000.0))
      ->capture_default_str();
  app.add_option("--seed", settings.seed, "Of made-up numbers such as likes")
      ->capture_default_str();
  auto reversed = arguments;
  std::ranges::reverse(reversed);
  try {
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    options.help = true;
    options.help_text = app.help();
  } catch (const CLI::ParseError& wrong) {
    return fail(ErrorKind::invalid, wrong.what());
  }
  for (const auto& text : redirect_uris)
    if (!add_redirect_uri(text, settings))
      return fail(ErrorKind::invalid, "--redirect-uri wants platform=URL, not " + text);
  return options;
}

}  // namespace herald::sandbox
