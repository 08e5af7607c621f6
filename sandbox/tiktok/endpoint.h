// The JSON calls of open.tiktokapis.com: a table row each, a handler each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/tiktok/context.h"
#include "sandbox/tiktok/refusal.h"

namespace herald::sandbox::tiktok {

// A call whose token is alive and has one of the endpoint's scopes.
struct Request {
  Context& x;
  const Call& call;
  const App& app;
  const User& user;
  const Grant& grant;

  State& state() const { return x.state; }
};

using Handler = Checked<Answer> (*)(Request&);

struct Endpoint {
  std::string_view method;
  std::string_view path;
  Handler handler = nullptr;
  std::vector<std::string_view> scopes;  // One of them will do; empty: the handler knows.
  std::size_t calls_a_minute = 0;        // By one access token.
};

// Null: TikTok has no such endpoint.
const Endpoint* find_endpoint(std::string_view method, std::string_view path);

// The answer to a token that lacks a scope, as the switch says.
Refused scope_missing(const Context& x);

Checked<Answer> creator_info(Request& request);
Checked<Answer> begin_video(Request& request);
Checked<Answer> begin_video_draft(Request& request);
Checked<Answer> begin_photos(Request& request);
Checked<Answer> fetch_status(Request& request);
Checked<Answer> cancel_task(Request& request);
Checked<Answer> user_info(Request& request);
Checked<Answer> list_videos(Request& request);
Checked<Answer> query_videos(Request& request);

}  // namespace herald::sandbox::tiktok
