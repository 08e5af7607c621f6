// The command line.
#pragma once

#include <string>
#include <vector>

#include "domain/result.h"
#include "sandbox/settings.h"

namespace herald::sandbox {

struct Options {
  Settings settings;
  bool help = false;
  std::string help_text;
};

// invalid: the message says what is wrong with which option.
Result<Options> read_options(const std::vector<std::string>& arguments);

}  // namespace herald::sandbox
