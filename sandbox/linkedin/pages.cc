#include "sandbox/linkedin/pages.h"

#include <fmt/format.h>

#include "sandbox/linkedin/metrics.h"
#include "sandbox/media_answer.h"
#include "sandbox/page.h"

namespace herald::sandbox::linkedin {

namespace {

constexpr std::string_view kPost = "/feed/update/";
constexpr std::string_view kCompany = "/company/";
constexpr std::string_view kMember = "/in/";
constexpr std::string_view kPicture = "/dms/image/";
constexpr std::string_view kMedium = "/dms/media/";

http::Response nothing_here() {
  return html_answer(404, page_of("LinkedIn (sandbox)",
                                  "<main class=\"card\"><h1>This page doesn’t exist</h1></main>"));
}

// Whatever stands behind a prefix, up to the next slash.
std::string name_behind(const Call& call, std::string_view prefix) {
  auto name = call.path.substr(prefix.size());
  name.resize(std::min(name.find('/'), name.size()));
  return name;
}

std::string asset_html(const Asset& asset, std::string_view title) {
  const auto source =
      fmt::format("/_sandbox/media/{}?type={}", asset.digest, percent_encoded(asset.type));
  if (asset.type.starts_with("video/"))
    return fmt::format("<video controls playsinline preload=\"metadata\" src=\"{}\"></video>",
                       source);
  if (asset.type.starts_with("image/")) return fmt::format("<img alt=\"\" src=\"{}\">", source);
  return fmt::format("<p class=\"words\"><a href=\"{}\">{}</a></p>", source, html_escaped(title));
}

std::string post_html(const Context& x, const Post& post) {
  auto out = fmt::format(
      "<article class=\"card post\"><header><h2>{}</h2></header><p class=\"words\">{}</p>",
      html_escaped(x.state.name_of(post.author)), html_escaped(post.shown));
  for (const auto& urn : post.assets) out += asset_html(x.state.assets.at(urn), post.title);
  if (post.kind == "article")
    out += fmt::format("<p class=\"words\"><a rel=\"noreferrer\" href=\"{}\">{}</a></p>",
                       html_escaped(post.article), html_escaped(post.title));
  if (post.kind == "poll") {
    out += "<p class=\"words\"><b>" + html_escaped(post.title) + "</b></p><ul>";
    for (const auto& option : post.options) out += "<li>" + html_escaped(option) + "</li>";
    out += "</ul>";
  }
  if (const auto* parent = x.state.find_post(post.parent); parent != nullptr && !parent->deleted)
    out += "<blockquote>" + html_escaped(parent->shown) + "</blockquote>";
  out += fmt::format("<p class=\"words quiet\">{} impressions</p>",
                     metrics_of(x, post, x.now_ms()).impressions);
  bool any = false;
  for (const auto& [id, comment] : x.state.comments) {
    if (comment.post != post.urn || comment.deleted) continue;
    out += (any ? "" : "<ul>") + fmt::format("<li><b>{}</b> {}</li>",
                                             html_escaped(x.state.name_of(comment.actor)),
                                             html_escaped(comment.text));
    any = true;
  }
  return out + (any ? "</ul></article>" : "</article>");
}

http::Response post_page(const Context& x, const std::string& urn) {
  const auto* post = x.state.find_post(urn);
  if (post == nullptr || post->deleted || post->lifecycle != "PUBLISHED") return nothing_here();
  return html_answer(200,
                     page_of(x.state.name_of(post->author) + " on LinkedIn (sandbox)",
                             "<main class=\"card dialog\">" + post_html(x, *post) + "</main>"));
}

// The newest first, without what has no place in the feed.
http::Response author_page(const Context& x, const std::string& urn) {
  const auto name = x.state.name_of(urn);
  std::string posts;
  for (const auto& [id, post] : x.state.posts)
    if (post.author == urn && !post.deleted && post.lifecycle == "PUBLISHED" && post.feed != "NONE")
      posts.insert(0, post_html(x, post));
  return html_answer(200, page_of(name + " | LinkedIn (sandbox)",
                                  "<main class=\"card dialog\"><h1>" + html_escaped(name) +
                                      "</h1>" + posts + "</main>"));
}

http::Response picture(const Context& x, const Call& call) {
  if (call.path.starts_with(kPicture)) {
    const auto person = x.state.people.find(name_behind(call, kPicture));
    if (person != x.state.people.end()) return portrait(person->second.name());
  }
  if (call.path.starts_with(kMedium)) {
    const auto digest = name_behind(call, kMedium);
    for (const auto& [urn, asset] : x.state.assets)
      if (asset.digest == digest)
        return media_answer(x.world.media, digest, asset.type, call.header("Range"));
  }
  return text_answer(404, "Not Found");
}

}  // namespace

Answer public_page(const Context& x, const Call& call) {
  if (call.host == "media.licdn.com") return {.response = picture(x, call)};
  if (call.path.starts_with(kPost)) return {.response = post_page(x, name_behind(call, kPost))};
  for (const auto& [id, page] : x.state.organizations)
    if (call.path.starts_with(kCompany) &&
        (name_behind(call, kCompany) == page.vanity || name_behind(call, kCompany) == id))
      return {.response = author_page(x, page.urn())};
  for (const auto& [id, person] : x.state.people)
    if (call.path.starts_with(kMember) && name_behind(call, kMember) == person.vanity)
      return {.response = author_page(x, person.urn())};
  return {.response = nothing_here()};
}

}  // namespace herald::sandbox::linkedin
