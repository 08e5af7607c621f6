// Fresh asymmetric keys for tests: nothing secret in the repository.
#pragma once

#include <string>

namespace herald::testing {

struct GeneratedKey {
  std::string pem;  // The private half.
  std::string public_pem;
  std::string jwk;  // The public half without kid: {"kty":...}
};

GeneratedKey generate_rsa(unsigned bits = 2048);
GeneratedKey generate_p256();
GeneratedKey generate_ed25519();

// {"keys":[...]}, with the kids in order.
std::string jwk_set(std::initializer_list<std::pair<std::string, const GeneratedKey*>> keys);

}  // namespace herald::testing
