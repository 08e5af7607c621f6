// How what a GrantTable holds is saved, for the .cc files that save a side's state.
#pragma once

#include <boost/describe.hpp>

#include "sandbox/grants.h"

namespace herald::sandbox {

BOOST_DESCRIBE_STRUCT(Grant, (), (app, user, scopes, dead))
BOOST_DESCRIBE_STRUCT(Token, (), (grant, refreshes, expires_ms, dead, spent))

}  // namespace herald::sandbox
