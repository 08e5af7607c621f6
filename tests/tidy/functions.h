// Functions as far as braces tell them: enough to measure their length.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace herald::tidy {

struct Function {
  std::string name;  // What stands before the parameters: "Vault::open", "TEST".
  int line = 0;      // Of the opening brace.
  int lines = 0;     // From there to the closing one, both counted.
};

// `code` without comments and quoted text. Lambdas count as part of the function they are in.
std::vector<Function> functions_in(std::string_view code);

}  // namespace herald::tidy
