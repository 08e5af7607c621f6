// Posts: /api/posts and /api/{platform}/upload.
#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <functional>
#include <memory>

#include "http/cursor.h"
#include "http/json_body.h"
#include "http/posts_json.h"
#include "http/server/problem.h"
#include "http/strict_query.h"
#include "http/uploader.h"

namespace herald::http {
namespace {

namespace json = boost::json;

constexpr std::uint64_t kBodyMax = 1 << 20;
constexpr std::size_t kIdMax = 200;
constexpr std::uint64_t kUnreadMax = 1024;  // Clients send "{}" where nothing is asked for.

Response refuse_problems(const ApiCall& call, const std::vector<Problem>& problems) {
  const auto first = std::ranges::find_if(problems, [](const Problem& one) {
    return one.violation.severity == Violation::Severity::error;
  });
  Response response =
      call.refuse({ErrorKind::invalid, first->violation.message, {}, {}, "not_acceptable"});
  json::object body = json::parse(response.body).as_object();
  json::array errors;
  for (auto& entry : problems_json(problems)) {
    auto& one = entry.as_object();
    if (one["severity"] != "error") continue;
    std::string field(one["field"].as_string());
    if (one["target"].is_int64()) {
      field = "targets/" + std::to_string(one["target"].as_int64()) + "/" + field;
    }
    errors.push_back({{"field", field}, {"rule", one["rule"]}, {"message", one["message"]}});
  }
  body["errors"] = std::move(errors);
  response.body = json::serialize(body);
  return response;
}

Response shown(const ApiCall& call, int status, const PostId& id) {
  const Services& services = call.services;
  const CustomerScope& scope = call.caller().scope;
  auto post = services.compose.find(call.caller(), id);
  if (!post) return call.refuse(post.error());
  auto deliveries = services.store.deliveries_of(scope, id);
  if (!deliveries) return call.refuse(deliveries.error());
  auto follow_ups = services.store.follow_ups_of(scope, id);
  if (!follow_ups) return call.refuse(follow_ups.error());
  return json_answer(status, post_json(services, scope, *post, *deliveries, *follow_ups));
}

// `read_more` takes what a route asks for besides.
Result<PostDraft> draft_of(const ApiCall& call, PostDraft (*read)(Fields&),
                           const std::function<void(Fields&)>& read_more = {}) {
  json::object body;
  HERALD_CHECK(read_json(call.request, body));
  Fields fields(body);
  PostDraft draft = read(fields);
  if (read_more) read_more(fields);
  HERALD_CHECK(fields.done());
  return draft;
}

Result<std::string> idempotency_key(const ApiCall& call) {
  const auto& headers = call.request.headers;
  if (headers.count("idempotency-key") == 0) return std::string();
  const auto* key = headers.find("idempotency-key");
  const bool sound = key != nullptr && key->size() >= 8 && key->size() <= 128 &&
                     std::ranges::all_of(*key, [](char c) { return c > ' ' && c <= '~'; });
  if (sound) return *key;
  Error error{ErrorKind::invalid,
              "Idempotency-Key must be 8 to 128 visible characters.",
              {},
              {},
              "malformed_idempotency_key"};
  return std::unexpected(std::move(error));
}

Response created(const ApiCall& call, const PostDraft& draft) {
  auto key = idempotency_key(call);
  if (!key) return call.refuse(key.error());
  auto made = call.services.compose.create(call.caller(), draft, *key);
  if (!made) return call.refuse(made.error());
  if (made->id.empty()) return refuse_problems(call, made->problems);
  Response response = shown(call, 201, made->id);
  if (made->replayed) response.headers.add("Idempotency-Replayed", "true");
  return response;
}

void create_post(ApiCall call, Reply reply) {
  auto draft = draft_of(call, read_draft);
  reply(draft ? created(call, *draft) : call.refuse(draft.error()));
}

// The first kind that takes these media, where the caller names none.
Result<std::string> fitting_kind(const ApiCall& call, const Account& account,
                                 const PostDraft& draft) {
  HERALD_TRY(const Grant grant, call.services.store.find_grant(call.caller().scope, account.grant));
  const Registration* registration = call.services.registrations.find(grant);
  if (registration == nullptr) return fail(ErrorKind::internal, "This platform is gone.");
  std::vector<MediaType> types;
  for (const auto& use : draft.media) {
    HERALD_TRY(const Medium medium, call.services.media.find(call.caller(), use.medium));
    types.push_back(medium.facts.type);
  }
  for (const auto& kind : registration->platform->spec->kinds) {
    const auto count = static_cast<int>(types.size());
    const bool fits = count >= kind.media.min && count <= kind.media.max &&
                      std::ranges::all_of(types, [&](MediaType type) {
                        return std::ranges::find(kind.media.rules, type, &MediaRule::type) !=
                               kind.media.rules.end();
                      });
    if (fits) return kind.id;
  }
  return fail(ErrorKind::invalid, "No kind of post of this account takes these media.");
}

void upload(ApiCall call, Reply reply) {
  auto draft = draft_of(call, read_upload);
  if (!draft) return reply(call.refuse(draft.error()));
  Target& target = draft->targets.front();
  auto account = call.services.store.find_account(call.caller().scope, target.account);
  if (account && (account->platform != call.platform() || !call.caller().may_see(account->user))) {
    account = fail(ErrorKind::not_found, "There is no such account.");
  }
  if (!account) return reply(call.refuse(account.error()));
  if (target.kind.empty()) {
    auto kind = fitting_kind(call, *account, *draft);
    if (!kind) return reply(call.refuse(kind.error()));
    target.kind = std::move(*kind);
  }
  reply(created(call, *draft));
}

void check_post(ApiCall call, Reply reply) {
  PostId edited;
  auto draft = draft_of(call, read_draft, [&](Fields& fields) {
    edited = PostId(fields.optional_text("post_id", kIdMax).value_or(std::string()));
  });
  if (!draft) return reply(call.refuse(draft.error()));
  const auto asked = std::make_shared<ApiCall>(std::move(call));
  const auto judge = [asked, draft = *draft, edited, reply] {
    auto problems = asked->services.compose.check(asked->caller(), draft, edited);
    if (!problems) return reply(asked->refuse(problems.error()));
    reply(
        json_answer(200, {{"ok", !has_error(*problems)}, {"problems", problems_json(*problems)}}));
  };
  asked->services.lookups.freshen(asked->caller(), draft->targets, judge);
}

void plan_post(ApiCall call, Reply reply) {
  auto draft = draft_of(call, read_draft);
  if (!draft) return reply(call.refuse(draft.error()));
  auto plans = call.services.compose.plan(call.caller(), *draft);
  if (!plans) return reply(call.refuse(plans.error()));
  json::array targets;
  for (const auto& plan : *plans) {
    json::array calls, quota;
    for (const auto& one : plan.calls) {
      json::object headers;
      for (const auto& [name, value] : one.headers) headers[name] = value;
      calls.push_back({{"effect", one.visible ? "publish" : "prepare"},
                       {"step", one.step},
                       {"method", one.method},
                       {"url", one.url},
                       {"headers", std::move(headers)},
                       {"body", or_null(one.body)}});
    }
    for (const auto& cost : plan.quota) {
      quota.push_back({{"name", cost.name}, {"cost", cost.cost}});
    }
    targets.push_back({{"account_id", plan.account.value},
                       {"calls", std::move(calls)},
                       {"quota", std::move(quota)}});
  }
  reply(json_answer(200, {{"targets", std::move(targets)}}));
}

std::optional<PostStatus> status_of(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(PostStatus::missed); ++i) {
    const auto status = static_cast<PostStatus>(i);
    if (name == herald::name_of(status)) return status;
  }
  return std::nullopt;
}

void list_posts(ApiCall call, Reply reply) {
  const auto query = strict_query(call.request.query, {"status", "account_id", "cursor", "limit"});
  if (!query) return reply(call.refuse(query.error()));
  const Caller& caller = call.caller();
  PostFilter filter;
  if (caller.role != Role::admin) filter.user = caller.user;
  std::string bound;  // What the cursor belongs to.
  for (const auto& [name, value] : query->all()) {
    if (name == "status") {
      filter.status = status_of(value);
      if (!filter.status) {
        return reply(call.refuse({ErrorKind::invalid, "There is no such status.", {}, {}, {}}));
      }
    } else if (name == "account_id") {
      filter.account = AccountId(value);
    }
    if (name == "status" || name == "account_id") bound += name + "=" + value + ";";
  }
  auto page = page_request(call, *query, "posts", bound);
  if (!page) return reply(call.refuse(page.error()));
  auto posts = call.services.store.list_posts(caller.scope, filter, *page);
  if (!posts) return reply(call.refuse(posts.error()));
  json::array rows;
  for (const auto& post : posts->rows) {
    auto deliveries = call.services.store.deliveries_of(caller.scope, post.id);
    if (!deliveries) return reply(call.refuse(deliveries.error()));
    auto follow_ups = call.services.store.follow_ups_of(caller.scope, post.id);
    if (!follow_ups) return reply(call.refuse(follow_ups.error()));
    rows.push_back(post_json(call.services, caller.scope, post, *deliveries, *follow_ups));
  }
  json::value next = nullptr;
  if (posts->more && !posts->rows.empty()) {
    const Post& last = posts->rows.back();
    auto cursor = cursor_after(call, "posts", bound, last.created_at, last.id.value);
    if (!cursor) return reply(call.refuse(cursor.error()));
    next = json::value(*cursor);
  }
  reply(json_answer(200, {{"posts", std::move(rows)}, {"next_cursor", std::move(next)}}));
}

void get_post(ApiCall call, Reply reply) { reply(shown(call, 200, PostId(call.arg("id")))); }

void edit_post(ApiCall call, Reply reply) {
  std::optional<std::int64_t> revision;
  auto draft = draft_of(call, read_draft, [&](Fields& fields) {
    revision = fields.optional_integer("revision", 1, 1'000'000'000);
  });
  if (!draft) return reply(call.refuse(draft.error()));
  if (!revision) {
    return reply(
        call.refuse({ErrorKind::invalid, "\"revision\" is missing.", {}, {}, "malformed_request"}));
  }
  const PostId id(call.arg("id"));
  auto edited = call.services.compose.edit(call.caller(), id, static_cast<int>(*revision), *draft);
  if (!edited) return reply(call.refuse(edited.error()));
  reply(edited->id.empty() ? refuse_problems(call, edited->problems) : shown(call, 200, id));
}

void cancel_post(ApiCall call, Reply reply) {
  const PostId id(call.arg("id"));
  auto done = call.services.compose.cancel(call.caller(), id);
  reply(done ? shown(call, 200, id) : call.refuse(done.error()));
}

void retry_delivery(ApiCall call, Reply reply) {
  const PostId id(call.arg("id"));
  auto done = call.services.compose.retry(call.caller(), id, DeliveryId(call.arg("delivery_id")));
  reply(done ? shown(call, 200, id) : call.refuse(done.error()));
}

void resolve_delivery(ApiCall call, Reply reply) {
  json::object body;
  if (auto read = read_json(call.request, body); !read) return reply(call.refuse(read.error()));
  Fields fields(body);
  const std::string outcome = fields.text("outcome", 32);
  const std::string url = fields.optional_text("url", 2'000).value_or(std::string());
  if (outcome != "published" && outcome != "not_published") {
    fields.fault("outcome", "must be \"published\" or \"not_published\".");
  }
  if (!url.empty() && !url.starts_with("https://")) {
    fields.fault("url", "must be an https address.");
  }
  if (auto sound = fields.done(); !sound) return reply(call.refuse(sound.error()));
  const PostId id(call.arg("id"));
  auto done = call.services.compose.resolve(call.caller(), id, DeliveryId(call.arg("delivery_id")),
                                            outcome == "published", url);
  reply(done ? shown(call, 200, id) : call.refuse(done.error()));
}

}  // namespace

void add_post_routes(ApiRoutes& routes) {
  const ApiRoute with_body{.body_limit_bytes = kBodyMax};
  const auto taking = [&](ApiRoute::Handle handle) {
    ApiRoute route = with_body;
    route.handle = handle;
    return route;
  };
  routes.add("GET", "/api/posts", {.handle = list_posts});
  routes.add("POST", "/api/posts", taking(create_post));
  routes.add("POST", "/api/posts/check", taking(check_post));
  routes.add("POST", "/api/posts/plan", taking(plan_post));
  routes.add("GET", "/api/posts/{id}", {.handle = get_post});
  routes.add("PATCH", "/api/posts/{id}", taking(edit_post));
  routes.add("POST", "/api/posts/{id}/cancel",
             {.handle = cancel_post, .body_limit_bytes = kUnreadMax});
  routes.add("POST", "/api/posts/{id}/deliveries/{delivery_id}/retry",
             {.handle = retry_delivery, .body_limit_bytes = kUnreadMax});
  routes.add("POST", "/api/posts/{id}/deliveries/{delivery_id}/resolve", taking(resolve_delivery));
  routes.add("POST", "/api/{platform}/upload", taking(upload));
}

}  // namespace herald::http
