#include "tests/isolation/belongings.h"

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "http/json_body.h"
#include "http/media_links.h"

namespace herald::isolation {
namespace {

using namespace std::chrono_literals;
using http::DoorRig;
using http::json_of;
using http::Person;

const std::string kApi = "/api/social-media";

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message + " " + result.error().detail);
  return std::move(*result);
}

std::string text_at(const json::value& value, std::string_view pointer) {
  return json::value_to<std::string>(value.at_pointer(pointer));
}

json::value made(const http::HttpAnswer& answer) {
  if (answer.status != 201) throw std::runtime_error("not made: " + answer.body);
  return json_of(answer);
}

json::object draft_of(DoorRig& rig, const Person& person) {
  json::object draft = rig.draft_of(person);
  draft["text"] = "Only " + person.email + " writes this";
  draft["media"].at(0).as_object()["alt_text"] = "As only " + person.email + " sees it";
  draft["targets"].at(0).at("options").as_object()["title"] = "Title of " + person.email;
  draft["due_at"] = http::to_text(rig.clock().now() + 24h);
  draft["allow_repeat"] = true;
  return draft;
}

// What a worker would have done with all that is due.
void deliver(DoorRig& rig, const std::string& name) {
  const Time now = rig.clock().now();
  for (Delivery row : must(rig.store().claim_due(now, 60s, 100))) {
    row.state = DeliveryState::published;
    row.remote_id = "remote-" + row.id.value;
    row.url = "https://www.youtube.com/watch?v=" + row.id.value;
    row.published_at = now;
    const Attempt attempt{.id = "att-" + row.id.value,
                          .customer = row.customer,
                          .user = row.user,
                          .delivery = row.id,
                          .post = row.post,
                          .account = row.account,
                          .platform = row.platform,
                          .number = 1,
                          .step = "upload",
                          .visible = true,
                          .started_at = now,
                          .ended_at = now,
                          .outcome = "accepted",
                          .status_code = 200,
                          .message = "Said to " + name};
    must(rig.store().save_delivery(row, row.lease, attempt, {}));
  }
}

std::string link_of(DoorRig& rig, const Person& person, const std::string& medium) {
  const auto row = must(rig.store().find_medium(person.caller.scope, MediaId(medium)));
  return must(http::media_link(rig.services().site, rig.services().links, person.caller.scope, row,
                               "", rig.clock().now() + 24h));
}

std::string cursor_of(DoorRig& rig, const Person& person, const std::string& list) {
  return text_at(json_of(rig.as(person).get(kApi + list + "?limit=1")), "/next_cursor");
}

}  // namespace

void publish(DoorRig& rig, const Person& person) {
  for (int i = 0; i < 2; ++i) {
    json::object draft = draft_of(rig, person);
    draft.erase("due_at");
    made(rig.as(person).post(kApi + "/posts", draft));
    deliver(rig, person.email);
  }
}

void measure(DoorRig& rig) {
  const Time now = rig.clock().now();
  for (;;) {  // One of an account at a time.
    const auto rows = must(rig.store().claim_measurements(now, 60s, 100));
    if (rows.empty()) return;
    for (Measurement row : rows) {
      row.due_at = now + 24h;
      row.measured_at = now;
      const Reading reading{now, {{"views", 424'242}}, {}};
      must(rig.store().save_measurement(row, row.lease, {reading}, std::nullopt));
    }
  }
}

void begin_flow(DoorRig& rig, const Person& person, Belongings& has) {
  const auto flow = rig.begin_flow(person, "youtube");
  has.ids[Kind::flow] = flow.id;
  has.ids[Kind::state] = flow.state;
  has.cookie = flow.cookie;
  for (const auto& mark : {flow.id, flow.state, flow.cookie}) has.marks.push_back(mark);
}

Belongings belongings_of(DoorRig& rig, const Person& person) {
  Belongings has;
  has.ids[Kind::key] = "key-of-" + person.email;
  has.ids[Kind::upload_key] = "upload-of-" + person.email;
  has.draft = draft_of(rig, person);
  const auto post = made(
      rig.as(person).post(kApi + "/posts", has.draft, {{"Idempotency-Key", has.ids[Kind::key]}}));
  has.ids[Kind::post] = text_at(post, "/id");
  has.ids[Kind::delivery] = text_at(post, "/deliveries/0/id");
  has.ids[Kind::account] = text_at(post, "/deliveries/0/account_id");
  has.ids[Kind::medium] = text_at(post, "/media/0/media_id");
  const AccountId account(has.ids[Kind::account]);
  const auto row = must(rig.store().find_account(person.caller.scope, account));
  has.ids[Kind::remote] = row.remote_id;
  has.ids[Kind::picture] = rig.medium_of(person);
  const auto link = link_of(rig, person, has.ids[Kind::medium]);
  const auto name = link.rfind('/');
  const auto token = link.rfind('/', name - 1) + 1;
  has.ids[Kind::link] = link.substr(token, name - token);
  has.link_name = link.substr(name + 1);
  has.ids[Kind::email] = person.email;
  has.ids[Kind::posts_at] = cursor_of(rig, person, "/posts");
  has.ids[Kind::media_at] = cursor_of(rig, person, "/media");
  has.ids[Kind::history_at] = cursor_of(rig, person, "/history");
  has.ids[Kind::analytics_at] = cursor_of(rig, person, "/analytics/posts");
  for (const auto& [kind, id] : has.ids) has.marks.push_back(id);
  has.marks.insert(has.marks.end(), {person.caller.user.value, person.caller.session.value,
                                     person.token, row.grant.value});
  begin_flow(rig, person, has);
  return has;
}

std::string foreign(Kind kind, const Belongings& of) {
  std::string id = of.ids.at(kind);
  if (kind == Kind::link) id[id.size() / 2] = id[id.size() / 2] == 'A' ? 'B' : 'A';
  return id;
}

std::string never(Kind kind, const Belongings& of) {
  std::string id = of.ids.at(kind);
  const auto begin = id.begin() + static_cast<std::ptrdiff_t>(id.find('_') + 1);  // "post_..."
  std::replace_if(begin, id.end(), [](unsigned char c) { return std::isalnum(c) != 0; }, 'a');
  return id;
}

}  // namespace herald::isolation
