// POST /api/submit: a form. What is wrong with a post comes inside a 200.
#include <boost/json.hpp>

#include "sandbox/encoding.h"
#include "sandbox/reddit/draft.h"
#include "sandbox/reddit/form.h"
#include "sandbox/reddit/posts.h"
#include "sandbox/reddit/uploads.h"

namespace herald::sandbox::reddit {

namespace json = boost::json;

namespace {

Draft read_draft(const Request& request) {
  const auto& call = request.call;
  Draft draft{.post = {.community = in_form(call, "sr"),
                       .author = request.user.id,
                       .kind = in_form(call, "kind"),
                       .title = in_form(call, "title"),
                       .text = in_form(call, "text"),
                       .url = in_form(call, "url"),
                       .flair_id = in_form(call, "flair_id"),
                       .flair_text = in_form(call, "flair_text"),
                       .nsfw = truthy(in_form(call, "nsfw")),
                       .spoiler = truthy(in_form(call, "spoiler"))},
              .resubmit = truthy(in_form(call, "resubmit")),
              .validate = truthy(in_form(call, "validate_on_submit"))};
  const auto replies = in_form(call, "sendreplies");
  draft.post.send_replies = replies.empty() ? draft.post.kind == "self" : truthy(replies);
  return draft;
}

bool is_media(const std::string& kind) {
  return kind == "image" || kind == "video" || kind == "videogif";
}

Objection wrong(std::string code, std::string text, std::string field) {
  return Objection(
      Wrong{.code = std::move(code), .text = std::move(text), .field = std::move(field)});
}

// Turns the addresses of a media post into what was uploaded there.
Fine find_media(Request& request, Draft& draft) {
  auto& post = draft.post;
  if (post.url.empty()) return wrong("NO_URL", "a url is required", "url");
  const auto* asset = uploaded_at(request.state(), post.url, request.user.id);
  const std::string_view type = post.kind == "image" ? "image/" : "video/";
  if (asset == nullptr || !asset->type.starts_with(type))
    return wrong("BAD_URL", "you should check that url", "url");
  post.pictures = {{.asset = asset->id}};
  post.url.clear();
  if (post.kind != "video") return Done{};
  const auto address = in_form(request.call, "video_poster_url");
  if (address.empty()) return wrong("NO_URL", "a url is required", "video_poster_url");
  const auto* poster = uploaded_at(request.state(), address, request.user.id);
  if (poster == nullptr || !poster->type.starts_with("image/"))
    return wrong("BAD_URL", "you should check that url", "video_poster_url");
  post.poster = poster->id;
  return Done{};
}

// The whole row of checks, in Reddit's order.
Fine check(Request& request, Draft& draft) {
  auto& post = draft.post;
  HERALD_CHECK(check_place(request, draft));
  HERALD_CHECK(check_title(draft));
  HERALD_CHECK(check_pace(request));
  if (post.kind == "link") HERALD_CHECK(check_link(request, draft));
  if (is_media(post.kind)) HERALD_CHECK(find_media(request, draft));
  if (post.kind == "self") post.url.clear();
  HERALD_CHECK(check_text(draft));
  const auto& community = *request.state().community(post.community);
  if (draft.validate) HERALD_CHECK(check_requirements(community, draft));
  HERALD_CHECK(check_flair(request, draft));
  post.community = community.name;
  post.nsfw = post.nsfw || community.over18;
  return Done{};
}

std::string post_now(Request& request, Draft draft) {
  const auto& post = make_visible(request.x, std::move(draft.post));
  return json::serialize(
      json::object{{"url", "https://www.reddit.com" + permalink(request.state(), post)},
                   {"drafts_count", 0},
                   {"id", post.id},
                   {"name", "t3_" + post.id}});
}

// A media post shows up later; the answer does not say as what.
std::string post_later(Request& request, Draft draft) {
  auto& x = request.x;
  auto& outcomes = x.state.outcomes;
  const bool film = draft.post.kind != "image";
  const auto seconds = x.number(film ? "video_seconds" : "media_seconds");
  const auto socket = random_text(20);
  Pending pending{.post = std::move(draft.post),
                  .socket = socket,
                  .ready_ms = x.now_ms() + x.scaled(seconds * 1000)};
  const auto& assets = x.state.assets;
  pending.fails = assets.at(pending.post.pictures.front().asset).broken ||
                  (!pending.post.poster.empty() && assets.at(pending.post.poster).broken);
  if (!outcomes.empty()) {
    pending.fails = pending.fails || outcomes.front() == "failed";
    outcomes.erase(outcomes.begin());
  }
  x.state.pending[socket] = std::move(pending);
  json::object data;
  if (x.on("submitted_page"))
    data["user_submitted_page"] =
        "https://www.reddit.com/user/" + request.user.name + "/submitted/";
  data["websocket_url"] = nullptr;
  if (x.choice("websocket") == "given")
    data["websocket_url"] = "wss://ws-sandbox.example/" + socket + "?m=" + random_text(24);
  return json::serialize(data);
}

}  // namespace

Checked<Answer> submit(Request& request) {
  auto draft = read_draft(request);
  const bool json_asked = in_form(request.call, "api_type") == "json";
  const auto& kind = draft.post.kind;
  const bool known = kind == "self" || kind == "link" || is_media(kind);
  if (!known) draft.post.kind.clear();
  auto fine = known ? check(request, draft) : check_place(request, draft);
  if (fine && !known) {
    if (request.x.choice("missing_kind") == "silent")
      return Answer{.response = accepted_content("", json_asked)};
    fine = wrong("INVALID_OPTION", "that option is not valid", "kind");
  }
  if (!fine) return Answer{.response = refused_content(request.x, fine.error(), json_asked)};
  note_post(request);
  const auto data =
      is_media(kind) ? post_later(request, std::move(draft)) : post_now(request, std::move(draft));
  return Answer{.response = accepted_content(data, json_asked), .publishes = true};
}

}  // namespace herald::sandbox::reddit
