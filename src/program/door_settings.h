// What the settings mean for a door, in whichever process it stands.
#pragma once

#include <string>
#include <vector>

#include "config/config.h"
#include "crypto/jwt_access_tokens.h"
#include "http/gateway.h"
#include "http/server/server.h"
#include "ports/log.h"
#include "ports/random.h"

namespace herald {

http::GatewayLimits gateway_limits(const Config& config);
http::ServerLimits door_limits();
// Pages of the web app, which the edge answers with its entry page.
const std::vector<std::string>& app_routes();
// docs/openapi.yaml as JSON, which is built beside the web app; "" if it is not there.
std::string read_contract(const Config& config);
JwtSettings jwt_settings(const Config& config);
std::vector<Secret> internal_secrets(const Config& config);
// Gives the server's requests names and the log what goes wrong with them.
void log_faults(http::Server& server, Log& log, Random& random);

}  // namespace herald
