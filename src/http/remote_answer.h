// What becomes of an answer, or of its absence, from the door behind.
#pragma once

#include <string>
#include <utility>

#include "http/server/client.h"
#include "http/server/problem.h"

namespace herald::http {

inline Client::Heard answer_to(std::string request_id, Reply reply) {
  return [id = std::move(request_id), reply = std::move(reply)](Result<Response> answer) {
    if (answer) return reply(std::move(*answer));
    // 502, so that who may have done something looks first; a retry is told apart by its key.
    const bool lost = answer.error().kind == ErrorKind::unknown_outcome;
    reply(lost ? problem(502, answer.error(), id) : problem(answer.error(), id));
  };
}

}  // namespace herald::http
