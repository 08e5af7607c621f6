#include "sandbox/linkedin/posts.h"

#include <boost/json.hpp>

#include "sandbox/linkedin/little_text.h"

namespace herald::sandbox::linkedin {

namespace json = boost::json;

namespace {

std::string audience_of(const Post& post) {
  if (post.feed == "NONE") return "unlisted";
  if (post.visibility == "CONNECTIONS") return "connections";
  return post.visibility == "LOGGED_IN" ? "members" : "public";
}

LedgerEntry entry_of(const Context& x, const Post& post, std::string event) {
  LedgerEntry entry{.at_ms = x.now_ms(),
                    .platform = "linkedin",
                    .account = post.author,
                    .account_name = x.state.name_of(post.author),
                    .event = std::move(event),
                    .kind = post.kind,
                    .audience = audience_of(post),
                    .id = post.urn,
                    .title = post.title,
                    .text = post.shown,
                    .link = "https://www.linkedin.com/feed/update/" + post.urn};
  if (post.kind == "reshare") entry.parent = post.parent;
  if (!post.article.empty()) entry.title += " (" + post.article + ")";
  for (std::size_t i = 0; i < post.options.size(); ++i)
    entry.title += (i == 0 ? ": " : " / ") + post.options[i];
  for (const auto& urn : post.assets) {
    const auto& asset = x.state.assets.at(urn);
    entry.media.push_back({.digest = asset.digest, .type = asset.type});
  }
  return entry;
}

LedgerEntry entry_of(const Context& x, const Comment& comment, std::string event) {
  return {.at_ms = x.now_ms(),
          .platform = "linkedin",
          .account = comment.actor,
          .account_name = x.state.name_of(comment.actor),
          .event = std::move(event),
          .kind = "comment",
          .id = comment_urn(x.state, comment),
          .parent = comment.post,
          .text = x.choice("comment_text") == "little" ? read_little_text(comment.text).shown
                                                       : comment.text};
}

}  // namespace

const Post& add_post(Context& x, Post post) {
  const bool carries = !post.assets.empty() && post.kind != "article";
  post.urn = "urn:li:" + (carries ? x.choice("media_post_urn") : std::string("share")) + ":" +
             x.state.next_id(x.now_ms());
  post.activity = "urn:li:activity:" + x.state.next_id(x.now_ms());
  post.created_ms = post.modified_ms = x.now_ms();
  auto& held = x.state.posts[post.urn];
  held = std::move(post);
  if (held.lifecycle == "PUBLISHED") x.world.ledger.record(entry_of(x, held, "post"));
  return held;
}

void change_post(Context& x, Post& post) {
  post.modified_ms = x.now_ms();
  if (post.lifecycle == "PUBLISHED") x.world.ledger.record(entry_of(x, post, "changed"));
}

void remove_post(Context& x, Post& post) {
  post.deleted = true;
  if (post.lifecycle == "PUBLISHED") x.world.ledger.record(entry_of(x, post, "removed"));
}

const Comment& add_comment(Context& x, Comment comment) {
  comment.id = x.state.next_id(x.now_ms());
  comment.created_ms = x.now_ms();
  auto& held = x.state.comments[comment.id];
  held = std::move(comment);
  x.world.ledger.record(entry_of(x, held, "comment"));
  return held;
}

void remove_comment(Context& x, Comment& comment) {
  comment.deleted = true;
  x.world.ledger.record(entry_of(x, comment, "removed"));
}

std::string comment_urn(const State& state, const Comment& comment) {
  return "urn:li:comment:(" + state.posts.at(comment.post).activity + "," + comment.id + ")";
}

json::object post_json(const Post& post) {
  json::object out{
      {"id", post.urn},
      {"author", post.author},
      {"commentary", post.commentary},
      {"visibility", post.visibility},
      {"lifecycleState", post.lifecycle},
      {"createdAt", post.created_ms},
      {"lastModifiedAt", post.modified_ms},
      {"distribution", json::object{{"feedDistribution", post.feed},
                                    {"targetEntities", json::array()},
                                    {"thirdPartyDistributionChannels", json::array()}}},
      {"isReshareDisabledByAuthor", post.reshare_disabled}};
  if (post.lifecycle == "PUBLISHED") out["publishedAt"] = post.created_ms;
  if (!post.content.empty()) out["content"] = json::parse(post.content);
  if (!post.parent.empty()) out["reshareContext"] = json::object{{"parent", post.parent}};
  return out;
}

json::object comment_json(const State& state, const Comment& comment) {
  const json::object moment{{"actor", comment.actor}, {"time", comment.created_ms}};
  json::object out{{"id", comment.id},
                   {"actor", comment.actor},
                   {"object", state.posts.at(comment.post).activity},
                   {"commentUrn", comment_urn(state, comment)},
                   {"message", json::object{{"attributes", json::array()}, {"text", comment.text}}},
                   {"created", moment},
                   {"lastModified", moment}};
  if (!comment.parent.empty()) out["parentComment"] = comment.parent;
  return out;
}

}  // namespace herald::sandbox::linkedin
