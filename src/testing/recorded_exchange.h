// Plays what was recorded of a platform against the flows that are to hold it: the calls they make,
// the verdicts they reach and the end, as the engine (app/engine.h) would drive them.
//
// A file holds a list of exchanges:
//   {"vector": "IG-21", "says": "...", "covers": ["lost_answer"], "flow": "publish",
//    "input": {...},      laid over the one of the platform's shared.json
//    "progress": {...},   where the flow stands; absent: at its beginning
//    "events": [...]}
// and an event is one of (with "secret_in_address" and a reason where the platform takes a secret
// of the call in no other way, O-31)
//   {"call": {...}, "answer": {"status", "headers", "body"}, "verdict": "accepted"}
//   {"call": {...}, "answer": {"arrival": "maybe_sent"}}
//   {"wait": 5}               seconds
//   {"error": {"kind", "code", "retry_after"}}    the end, or taken up again after it
//   {"doubt": true}           the visible call's end was not seen: flow "find" begins
//   {"found": {"what", "once_only"}}   after "doubt", publishing goes on from there
//   {"published": {...}}, {"granted": ...}, {"discovered": [...]}, {"looked_up": {...}}, {"done":
//   true}
// A call names what must be equal: step, effect, method, url, query, headers, form, json,
// multipart, media, authorization. References are written "{account_token}",
// "{media_link m1/jpeg}". A text in place of an event or a call names one of shared.json.
//
// What one sign-in to a platform was recorded doing is played of another as well, where its
// shared.json says so:
//   "as_recorded_of": {"folder": "instagram", "flows": ["publish", ...],
//     "with": {"graph.facebook.com": "graph.instagram.com"},   texts that differ
//     "without": ["appsecret_proof"],                          fields that are not there
//     "left_out": {"IG-99": "why it does not hold"}}
#pragma once

#include <string>
#include <vector>

#include "ports/platform.h"

namespace herald {

struct RecordedExchange {
  std::string file;
  std::string vector;
  std::string says;
  std::vector<std::string> covers;
  std::string flow;
  std::string text;    // The whole exchange, JSON.
  std::string shared;  // The platform's shared.json: input, calls, events.
};

// Every exchange in the folder's files, shared.json left out, and what it takes over. Throws
// std::runtime_error with the file's name when one cannot be read.
std::vector<RecordedExchange> exchanges_in(const std::string& folder);

// Empty when all went as recorded; else what was expected and what came instead.
std::string play(const Platform& platform, const RecordedExchange& exchange);

// What a lookup or a measuring was about and all that it came to, also what the recording does not
// name. Throws std::runtime_error as above.
struct Reading {
  Input input;
  LookedUp looked_up;
};
Reading reading_in(const Platform& platform, const RecordedExchange& exchange);

// An Input from JSON; a call, an outcome and an error as JSON, all as above.
Input input_from(const std::string& json_text);
std::string shown_call(const Call& call);
std::string shown_outcome(const Outcome& outcome, Time now);
std::string shown_error(const Error& error);

}  // namespace herald
