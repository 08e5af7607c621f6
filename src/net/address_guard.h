// Which addresses Herald may talk to. Decided on the resolved address, at socket open, where
// neither spelling nor DNS can trick it (S-01..S-05).
#pragma once

struct sockaddr;

namespace herald {

// True for globally routable unicast addresses; false for loopback, private, link-local, shared,
// documentation, benchmarking, multicast and reserved ones, and for every IPv6 form that carries an
// IPv4 address inside.
bool is_public(const sockaddr& address);
bool is_loopback(const sockaddr& address);

}  // namespace herald
