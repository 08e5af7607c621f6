// The account, its boards, and lists in pages.
#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/control_answers.h"
#include "sandbox/pinterest/endpoint.h"
#include "sandbox/pinterest/pins.h"
#include "sandbox/query.h"

namespace herald::sandbox::pinterest {

namespace json = boost::json;

namespace {

constexpr std::int64_t kPageUsual = 25;
constexpr std::int64_t kPageMost = 250;
constexpr std::size_t kNameMax = 50;

std::int64_t pins_on(const State& state, const std::string& board) {
  return std::ranges::count_if(state.pins, [&](const auto& entry) {
    return !entry.second.deleted && (board.empty() || entry.second.board == board);
  });
}

json::object board_json(const Context& x, const Board& board) {
  return {{"id", board.id},
          {"name", board.name},
          {"description", nullptr},
          {"owner", json::object{{"username", x.state.users.at(board.owner).username}}},
          {"privacy", board.privacy},
          {"is_ads_only", false},
          {"pin_count", pins_on(x.state, board.id)},
          {"follower_count", 0},
          {"collaborator_count", board.collaborators.size()},
          {"created_at", moment(x, board.at_ms)},
          {"board_pins_modified_at", moment(x, board.at_ms)}};
}

// A board that may be read: anybody's who lets anybody see it.
Checked<const Board*> readable(const Request& request) {
  const auto* board = request.state().board(request.id);
  if (board == nullptr) return Refused(no_board());
  if (board->privacy != "PUBLIC" && !may_write(*board, request.me.id))
    return Refused(not_permitted());
  return board;
}

}  // namespace

Checked<Answer> page_of_list(const Request& request, const json::array& all) {
  const auto size = number_in(request.call.get("page_size", std::to_string(kPageUsual)));
  if (size < 1 || size > kPageMost) return Refused(invalid("page_size is from 1 to 250"));
  const auto bookmark = request.call.get("bookmark");
  const auto from = bookmark.empty() ? 0 : number_in(bookmark.substr(bookmark.find('-') + 1));
  json::array items;
  const auto end = std::min<std::int64_t>(from + size, static_cast<std::int64_t>(all.size()));
  for (auto i = from; i < end; ++i) items.push_back(all[static_cast<std::size_t>(i)]);
  json::object body{{"items", std::move(items)}, {"bookmark", nullptr}};
  if (request.x.on("repeated_bookmark"))
    body["bookmark"] = "Y2JV-0";
  else if (end < static_cast<std::int64_t>(all.size()))
    body["bookmark"] = "Y2JV-" + std::to_string(end);
  return answer_with(200, body);
}

Checked<Answer> show_account(Request& request) {
  const auto& me = request.me;
  const auto& state = request.state();
  const auto mine = std::ranges::count_if(state.boards, [&](const auto& entry) {
    return entry.second.owner == me.id && !entry.second.deleted;
  });
  const auto pins = std::ranges::count_if(state.pins, [&](const auto& entry) {
    return entry.second.owner == me.id && !entry.second.deleted;
  });
  json::object body{{"username", me.username},
                    {"account_type", me.account_type},
                    {"profile_image", request.call.link("i.pinimg.com", "/people/" + me.username)},
                    {"website_url", ""},
                    {"about", ""},
                    {"board_count", mine},
                    {"pin_count", pins},
                    {"follower_count", me.followers},
                    {"following_count", 4},
                    {"monthly_views", me.followers * 16}};
  if (me.account_type == "BUSINESS") body["business_name"] = me.name;
  if (request.x.on("account_id")) body["id"] = me.id;
  return answer_with(200, body);
}

Checked<Answer> list_boards(Request& request) {
  const auto privacy = request.call.get("privacy", "ALL");
  json::array all;
  for (const auto& [id, board] : request.state().boards) {
    const bool shown = !board.deleted && may_write(board, request.me.id) &&
                       (privacy == "ALL" || privacy == board.privacy);
    if (shown) all.push_back(board_json(request.x, board));
  }
  return page_of_list(request, all);
}

Checked<Answer> create_board(Request& request) {
  auto& state = request.state();
  const auto name = field_of(request.call, "name");
  const bool taken = std::ranges::any_of(state.boards, [&](const auto& entry) {
    const auto& board = entry.second;
    return board.owner == request.me.id && board.name == name && !board.deleted;
  });
  if (taken || name.empty() || name.size() > kNameMax)
    return Refused(refuse(400, 400, "The board name is invalid or duplicated."));
  if (field_of(request.call, "privacy") == "SECRET") return Refused(not_permitted());
  const auto id = state.next_id();
  auto& board = state.boards[id];
  board = {.id = id,
           .owner = request.me.id,
           .name = name,
           .privacy = "PUBLIC",
           .at_ms = request.x.now_ms()};
  return answer_with(201, board_json(request.x, board));
}

Checked<Answer> show_board(Request& request) {
  HERALD_TRY(const auto* board, readable(request));
  return answer_with(200, board_json(request.x, *board));
}

Checked<Answer> list_sections(Request& request) {
  HERALD_TRY(const auto* board, readable(request));
  json::array all;
  if (!board->section.empty())
    all.push_back(json::object{{"id", board->section}, {"name", "Rye and others"}});
  return page_of_list(request, all);
}

Checked<Answer> list_board_pins(Request& request) {
  HERALD_TRY(const auto* board, readable(request));
  json::array all;
  for (const auto* pin : listed_pins(request.x))
    if (pin->board == board->id) all.push_back(pin_json(request, *pin));
  return page_of_list(request, all);
}

Checked<Answer> list_pins(Request& request) {
  json::array all;
  for (const auto* pin : listed_pins(request.x))
    if (pin->owner == request.me.id) all.push_back(pin_json(request, *pin));
  return page_of_list(request, all);
}

}  // namespace herald::sandbox::pinterest
