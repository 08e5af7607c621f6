// What POST /api/v1/statuses asks for, held against the rules.
#pragma once

#include <optional>

#include "sandbox/mastodon/endpoint.h"
#include "sandbox/mastodon/parameters.h"

namespace herald::sandbox::mastodon {

struct Draft {
  Status status;                       // Without an id.
  std::optional<std::int64_t> due_ms;  // To be posted then.
};

inline constexpr std::string_view kStatusParameters =
    "status media_ids[] poll[options][] poll[expires_in] poll[multiple] poll[hide_totals] "
    "visibility spoiler_text sensitive language in_reply_to_id quoted_status_id "
    "quote_approval_policy scheduled_at";

// The status that is answered, and the one that is quoted: looked for before all else.
Checked<Done> find_others(const Request& request, const Parameters& parameters, Status& status);
Checked<Draft> read_draft(const Request& request, const Parameters& parameters, Status status);

}  // namespace herald::sandbox::mastodon
