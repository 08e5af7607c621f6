#include "sandbox/pinterest/pins.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/growth.h"

namespace herald::sandbox::pinterest {

namespace json = boost::json;

namespace {

constexpr std::int64_t kFilmShowsAfterMs = 5000;

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object images_of(const Call& call, const Picture& picture) {
  json::object sizes;
  if (picture.digest.empty()) return sizes;
  const auto url = call.link("i.pinimg.com", "/originals/" + picture.digest);
  for (const char* size : {"150x150", "400x300", "600x", "1200x"})
    sizes[size] = json::object{{"width", picture.width}, {"height", picture.height}, {"url", url}};
  return sizes;
}

json::object media_json(const Request& request, const Pin& pin) {
  const auto& call = request.call;
  json::object media{{"media_type", pin.media_type}};
  if (pin.media_type == "image") {
    media["images"] = images_of(call, pin.pictures.front());
  } else if (pin.media_type == "multiple_images") {
    json::array items;
    for (const auto& picture : pin.pictures)
      items.push_back(json::object{{"item_type", "image"},
                                   {"title", text_or_null(picture.title)},
                                   {"description", text_or_null(picture.description)},
                                   {"link", text_or_null(picture.link)},
                                   {"images", images_of(call, picture)}});
    media["items"] = std::move(items);
  } else {
    const auto& film = request.state().films.at(pin.film);
    const bool known = request.x.now_ms() >= pin.at_ms + kFilmShowsAfterMs;
    media["cover_image_url"] =
        pin.pictures.empty() || pin.pictures.front().digest.empty()
            ? json::value(nullptr)
            : json::value(call.link("i.pinimg.com", "/originals/" + pin.pictures.front().digest));
    media["duration"] = known ? json::value(film.duration_ms) : json::value(nullptr);
    media["width"] = known ? json::value(film.width) : json::value(nullptr);
    media["height"] = known ? json::value(film.height) : json::value(nullptr);
  }
  return media;
}

std::string kind_of(const Pin& pin) {
  return pin.media_type == "multiple_images" ? "carousel" : pin.media_type;
}

LedgerEntry entry_of(const Context& x, const Pin& pin, std::string event) {
  const auto& user = x.state.users.at(pin.owner);
  LedgerEntry entry{.at_ms = x.now_ms(),
                    .platform = "pinterest",
                    .account = user.id,
                    .account_name = user.username,
                    .event = std::move(event),
                    .kind = kind_of(pin),
                    .id = pin.id,
                    .title = pin.title,
                    .text = pin.description,
                    .link = "https://www.pinterest.com" + pin_path(pin)};
  if (!pin.film.empty()) entry.media.push_back({x.state.films.at(pin.film).digest, "video/mp4"});
  for (const auto& picture : pin.pictures)
    if (pin.film.empty()) entry.media.push_back({picture.digest, picture.type});
  return entry;
}

}  // namespace

std::string moment(const Context& x, std::int64_t at_ms) {
  const auto time = std::chrono::floor<std::chrono::seconds>(from_ms(at_ms));
  const auto& zone = x.choice("created_at_zone");
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}{}", time,
                     zone == "z"        ? "Z"
                     : zone == "offset" ? "+00:00"
                                        : "");
}

std::vector<const Pin*> listed_pins(const Context& x) {
  std::vector<const Pin*> pins;
  const auto lag_ms = x.number("list_lag_s") * 1000;
  for (const auto& [id, pin] : x.state.pins)
    if (!pin.deleted && pin.at_ms + lag_ms <= x.now_ms()) pins.push_back(&pin);
  const auto& order = x.choice("list_order");
  if (order == "newest") std::ranges::reverse(pins);
  if (order == "shuffled")
    std::ranges::sort(pins, {},
                      [&](const Pin* pin) { return chance_of(pin->id, x.world.settings.seed); });
  return pins;
}

json::object pin_json(const Request& request, const Pin& pin) {
  const auto& x = request.x;
  const auto& board = x.state.boards.at(pin.board);
  const bool film = pin.media_type == "video" && x.now_ms() >= pin.at_ms + kFilmShowsAfterMs;
  return {{"id", pin.id},
          {"created_at", moment(x, pin.at_ms)},
          {"link", text_or_null(pin.link)},
          {"title", text_or_null(pin.title)},
          {"description", text_or_null(pin.description)},
          {"dominant_color", "#6E7874"},
          {"alt_text", text_or_null(pin.alt_text)},
          {"creative_type", film ? "VIDEO" : "REGULAR"},
          {"board_id", pin.board},
          {"board_section_id", text_or_null(pin.section)},
          {"board_owner", json::object{{"username", x.state.users.at(board.owner).username}}},
          {"is_owner", pin.owner == request.me.id},
          {"is_standard", true},
          {"has_been_promoted", false},
          {"parent_pin_id", nullptr},
          {"pin_metrics", nullptr},
          {"media", media_json(request, pin)}};
}

std::string pin_path(const Pin& pin) { return "/pin/" + pin.id + "/"; }

const Pin& add_pin(Context& x, Pin pin) {
  pin.id = x.state.next_id();
  pin.at_ms = x.now_ms();
  auto& held = x.state.pins[pin.id];
  held = std::move(pin);
  x.world.ledger.record(entry_of(x, held, "post"));
  return held;
}

void take_away(Context& x, const std::string& id) {
  auto& pin = x.state.pins.at(id);
  pin.deleted = true;
  x.world.ledger.record(entry_of(x, pin, "removed"));
}

Checked<Answer> show_pin(Request& request) {
  const auto* pin = request.state().pin(request.id);
  if (pin == nullptr) return Refused(refuse(404, 50, "Pin not found."));
  const auto& board = request.state().boards.at(pin->board);
  if (pin->owner != request.me.id && !may_write(board, request.me.id))
    return Refused(not_permitted());
  return answer_with(200, pin_json(request, *pin));
}

Checked<Answer> delete_pin(Request& request) {
  const auto* pin = request.state().pin(request.id);
  if (pin == nullptr) return Refused(no_pin(request.x));
  if (pin->owner != request.me.id) return Refused(not_permitted());
  take_away(request.x, request.id);
  return Answer{.response = {.status = 204}};
}

Checked<Answer> edit_pin(Request&) { return Refused(restricted_feature("pin_edit")); }

}  // namespace herald::sandbox::pinterest
