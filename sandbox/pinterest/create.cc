// A new pin: the board, the section, the link, then the media, judged in this order.
#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/image_facts.h"
#include "sandbox/pinterest/draft.h"
#include "sandbox/pinterest/pins.h"

namespace herald::sandbox::pinterest {

namespace {

constexpr std::size_t kPictureMax = 20UL * 1024 * 1024;
constexpr int kNarrowest = 100;

Checked<Done> check_place(const Request& request, const Pin& pin) {
  const auto* board = request.state().board(pin.board);
  if (board == nullptr) {
    const bool forbidden = request.x.choice("lost_board") == "forbidden";
    return Refused(forbidden ? not_permitted() : no_board());
  }
  if (!may_write(*board, request.me.id)) return Refused(not_permitted());
  if (!pin.section.empty() && pin.section != board->section) return Refused(no_section());
  const auto& link = pin.link;
  const bool web = link.starts_with("https://") || link.starts_with("http://");
  const bool clean = std::ranges::all_of(link, [](char c) { return c > ' ' && c < '\x7f'; });
  if (!link.empty() && (!web || !clean)) return Refused(bad_link());
  return Done{};
}

bool fetchable(const std::string& url) {
  if (url.starts_with("https://") && url.size() > 8) return true;
  // This machine's own addresses, which the real platform could not reach, stand for public ones.
  return url.starts_with("http://127.0.0.1") || url.starts_with("http://localhost");
}

Checked<Picture> take_picture(const Request& request, const SentPicture& sent) {
  std::string_view bytes = sent.bytes;
  if (!sent.url.empty()) {
    const auto& file = request.call.fetched.at(sent.url);
    const bool here = file.outcome == Fetched::Outcome::ok && file.status == 200;
    if (!here || file.content_type.starts_with("text/") || file.body->view().starts_with('<'))
      return Refused(unreachable());
    bytes = file.body->view();
  }
  const auto facts = image_facts(bytes);
  if (!facts || bytes.size() > kPictureMax || (facts->format != "jpeg" && facts->format != "png"))
    return Refused(broken_image());
  if (std::min(facts->width, facts->height) < kNarrowest) return Refused(too_small());
  Picture picture = sent.words;
  picture.digest = request.x.world.media.keep(bytes);
  picture.type = "image/" + facts->format;
  picture.width = facts->width;
  picture.height = facts->height;
  return picture;
}

Checked<Done> check_film(const Request& request, const Draft& draft) {
  const auto found = request.state().films.find(draft.pin.film);
  if (found == request.state().films.end() || found->second.user != request.me.id)
    return Refused(invalid("media_id: there is no such media upload"));
  const auto& film = found->second;
  const bool ready = !film.digest.empty() && !film.failed && request.x.now_ms() >= film.ready_ms;
  if (!ready || film.used) return Refused(invalid("media_id: the media upload is not ready"));
  const bool by_time = draft.cover_by_time && request.x.choice("key_frame_cover") == "accepted";
  if (draft.pictures.empty() && !by_time) return Refused(no_cover());
  return Done{};
}

}  // namespace

Checked<Answer> create_pin(Request& request) {
  auto& x = request.x;
  HERALD_TRY(auto draft, read_draft(request));
  if (request.app.tier == "trial") return Refused(on_trial());
  HERALD_CHECK(check_place(request, draft.pin));
  if (!draft.pin.film.empty()) HERALD_CHECK(check_film(request, draft));
  std::vector<std::string> missing;
  for (const auto& sent : draft.pictures) {
    if (sent.url.empty() || request.call.fetched.contains(sent.url)) continue;
    if (!fetchable(sent.url)) return Refused(unreachable());
    missing.push_back(sent.url);
  }
  if (!missing.empty()) return Answer{.response = {}, .fetch_first = std::move(missing)};
  for (const auto& sent : draft.pictures) {
    HERALD_TRY(auto picture, take_picture(request, sent));
    draft.pin.pictures.push_back(std::move(picture));
  }
  draft.pin.owner = request.me.id;
  draft.pin.media_type = !draft.pin.film.empty()         ? "video"
                         : draft.source.starts_with("m") ? "multiple_images"
                                                         : "image";
  if (!draft.pin.film.empty()) x.state.films.at(draft.pin.film).used = true;
  const auto& pin = add_pin(x, std::move(draft.pin));
  auto answer = answer_with(static_cast<int>(x.number("create_status")), pin_json(request, pin));
  answer.publishes = true;
  return answer;
}

}  // namespace herald::sandbox::pinterest
