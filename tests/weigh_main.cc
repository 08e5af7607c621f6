// Says how long texts are for X: reads one a line, as hexadecimal UTF-8, and prints the length of
// each. For tests/clients/weights.mjs, which holds it to X's own library.
#include <iostream>
#include <string>

#include "domain/encoding.h"
#include "domain/weighted_text.h"

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << herald::weighted_length(herald::from_hex(line).value_or("")) << '\n';
  }
}
