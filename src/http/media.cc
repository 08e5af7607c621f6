// Media as people see them: /api/media. How their bytes come is in tus.cc, how they go in
// media_links.cc.
#include <boost/json.hpp>

#include "http/cursor.h"
#include "http/json_body.h"
#include "http/media_links.h"
#include "http/strict_query.h"
#include "http/tus.h"
#include "http/uploader.h"

namespace herald::http {
namespace {

namespace json = boost::json;

const char* name_of(MediaStatus status) {
  switch (status) {
    case MediaStatus::uploading:
      return "uploading";
    case MediaStatus::processing:
      return "processing";
    case MediaStatus::ready:
      return "ready";
    case MediaStatus::refused:
      break;
  }
  return "refused";
}

template <class Number>
json::value number_or_null(bool known, Number number) {
  return known && number > 0 ? json::value(number) : json::value(nullptr);
}

json::object media_json(const Services& services, const CustomerScope& scope,
                        const Medium& medium) {
  const MediaFacts& facts = medium.facts;
  const bool ready = medium.status == MediaStatus::ready;
  json::value type = nullptr;
  if (ready) type = name_of(facts.type);
  return {{"id", medium.id.value},
          {"filename", medium.filename},
          {"type", std::move(type)},
          {"content_type", ready ? json::value(facts.content_type) : json::value(nullptr)},
          {"size_bytes", medium.declared_bytes},
          {"width", number_or_null(ready, facts.width)},
          {"height", number_or_null(ready, facts.height)},
          {"frames", number_or_null(ready, facts.frames)},
          {"duration_ms", number_or_null(ready, facts.duration_ms)},
          {"status", name_of(medium.status)},
          {"problem", or_null(medium.problem)},
          {"received_bytes", medium.received_bytes},
          {"preview_url", or_null(preview_path(services, scope, medium))},
          {"created_at", to_text(medium.created_at)}};
}

Result<json::object> media_page(const ApiCall& call) {
  HERALD_TRY(const Query query, strict_query(call.request.query, {"cursor", "limit"}));
  HERALD_TRY(const PageRequest asked, page_request(call, query, "media", ""));
  HERALD_TRY(const PageOf<Medium> page, call.services.media.list(call.caller(), asked));
  json::array media;
  for (const auto& medium : page.rows) {
    media.push_back(media_json(call.services, call.caller().scope, medium));
  }
  json::value next = nullptr;
  if (page.more) {
    const Medium& last = page.rows.back();
    HERALD_TRY(const std::string cursor,
               cursor_after(call, "media", "", last.created_at, last.id.value));
    next = json::value(cursor);
  }
  return json::object{{"media", std::move(media)}, {"next_cursor", std::move(next)}};
}

void list_media(ApiCall call, Reply reply) {
  auto page = media_page(call);
  reply(page ? json_answer(200, *page) : call.refuse(page.error()));
}

void get_media(ApiCall call, Reply reply) {
  auto query = strict_query(call.request.query, {});
  if (!query) return reply(call.refuse(query.error()));
  auto medium = call.services.media.find(call.caller(), MediaId(call.arg("id")));
  reply(medium ? json_answer(200, media_json(call.services, call.caller().scope, *medium))
               : call.refuse(medium.error()));
}

}  // namespace

void add_media_routes(ApiRoutes& routes) {
  routes.add("GET", "/api/media", {.handle = list_media});
  routes.add("GET", "/api/media/{id}", {.handle = get_media});
  add_upload_routes(routes);
  add_media_link_routes(routes);
}

}  // namespace herald::http
