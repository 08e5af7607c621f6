// Takes the secrets out of an answer before anybody else sees it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/secret.h"
#include "ports/platform.h"

namespace herald {

// Replaces each named field of a JSON body by its handle ("secret:<name>") and returns what stood
// there, by name; of a key that stands twice the last. Not a byte but those changes, so that the
// platform's own checks see what was sent. Only texts are secrets. A body that is not JSON is left
// as it is and has no secrets to give.
std::map<std::string, Secret> take_secrets(std::string& body,
                                           const std::vector<SecretField>& fields);

}  // namespace herald
