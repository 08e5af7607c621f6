// What platforms tell us about a person: /api/{platform}/deauthorize and data-deletion.
#include <boost/json.hpp>

#include "http/closing_page.h"
#include "http/json_body.h"
#include "http/server/query.h"
#include "http/uploader.h"

namespace herald::http {
namespace {

constexpr std::uint64_t kBodyMax = 16 * 1024;

// 400 instead of 422: a stranger sent something that is not the platform's.
Response refuse(const ApiCall& call, Error error) {
  if (error.kind == ErrorKind::invalid) error.code = "malformed_signed_request";
  return call.refuse(error);
}

Result<std::string> signed_request(const ApiCall& call) {
  HERALD_TRY(const Query form, Query::parse(call.request.body));
  const auto* value = form.find("signed_request");
  if (value == nullptr) return fail(ErrorKind::invalid, "signed_request is missing.");
  return *value;
}

void deauthorize(ApiCall call, Reply reply) {
  auto request = signed_request(call);
  if (!request) return reply(refuse(call, request.error()));
  auto done = call.services.notices.deauthorised(call.platform(), *request);
  reply(done ? empty_answer(200) : refuse(call, done.error()));
}

void delete_data(ApiCall call, Reply reply) {
  auto request = signed_request(call);
  if (!request) return reply(refuse(call, request.error()));
  auto code = call.services.notices.delete_data(call.platform(), *request);
  if (!code) return reply(refuse(call, code.error()));
  reply(json_answer(
      200, {{"url", call.services.site.public_url + "/api/social-media/data-deletion/" + *code},
            {"confirmation_code", *code}}));
}

void deletion_status(ApiCall call, Reply reply) {
  if (!call.services.notices.is_deletion_code(call.arg("code"))) {
    return reply(plain_page(404, "There is nothing here", "This code is not one of ours."));
  }
  reply(plain_page(200, "Your data is deleted",
                   "Everything that this server had received from the platform about you was "
                   "deleted when the request came."));
}

}  // namespace

void add_notice_routes(ApiRoutes& routes) {
  routes.add("GET", "/api/data-deletion/{code}", {.handle = deletion_status, .open = true});
  routes.add("POST", "/api/{platform}/deauthorize",
             {.handle = deauthorize, .open = true, .body_limit_bytes = kBodyMax});
  routes.add("POST", "/api/{platform}/data-deletion",
             {.handle = delete_data, .open = true, .body_limit_bytes = kBodyMax});
}

}  // namespace herald::http
