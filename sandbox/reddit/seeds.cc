// Whom and what a new sandbox knows; listed in side.h.
#include "sandbox/reddit/state.h"

namespace herald::sandbox::reddit {

namespace {

constexpr const char* kBakery = "abc123";
constexpr const char* kBooks = "abc124";
constexpr const char* kChoir = "abc125";

Community bread_lab() {
  return {.name = "breadlab",
          .title = "Bread, methodically",
          .subscribers = 48'210,
          .flairs_enabled = true,
          .flairs = {{.id = "1a2b0000-0000-11ee-0000-000000000001", .text = "Recipe"},
                     {.id = "1a2b0000-0000-11ee-0000-000000000002",
                      .text = "Question",
                      .editable = true},
                     {.id = "1a2b0000-0000-11ee-0000-000000000003",
                      .text = "Announcement",
                      .mod_only = true}},
          .rules = {{.short_name = "Be kind", .kind = "all", .violation_reason = "Unkind"}},
          .members = {kBakery, kBooks}};
}

Community cake_club() {
  return {
      .name = "CakeClub",
      .title = "Cakes with rules",
      .allow_galleries = false,
      .subscribers = 9'020,
      .flairs_enabled = true,
      .flairs = {{.id = "2b3c0000-0000-11ee-0000-000000000001", .text = "Sponge"},
                 {.id = "2b3c0000-0000-11ee-0000-000000000002", .text = "Tart"}},
      .rules = {{.short_name = "Flair your post", .kind = "link", .violation_reason = "No flair"},
                {.short_name = "No giveaways", .kind = "link", .violation_reason = "Giveaway"}},
      .requirements = {.title_blacklisted_strings = {"giveaway"},
                       .title_text_min_length = 10,
                       .title_text_max_length = 200,
                       .domain_blacklist = {"spam.example"},
                       .link_restriction_policy = "blacklist",
                       .is_flair_required = true,
                       .guidelines_text = "Say what it is and flair it."},
      .members = {kBakery}};
}

// Each takes one kind of post only, or refuses one.
void add_narrow_ones(std::vector<Community>& all) {
  all.push_back({.name = "BakingNews",
                 .title = "Links only",
                 .submission_type = "link",
                 .allow_images = false,
                 .allow_videos = false,
                 .allow_galleries = false,
                 .subscribers = 3'300,
                 .requirements = {.domain_whitelist = {"bakery.example.com", "news.example"},
                                  .link_restriction_policy = "whitelist"},
                 .members = {kBakery}});
  all.push_back({.name = "AskBakers",
                 .title = "Questions only",
                 .submission_type = "self",
                 .subscribers = 21'700,
                 .requirements = {.title_regexes = {"\\?$"},
                                  .body_restriction_policy = "required",
                                  .body_text_min_length = 20},
                 .members = {kBooks}});
  all.push_back({.name = "OvenPhotos",
                 .title = "Pictures, two to four at a time",
                 .subscribers = 1'250,
                 .requirements = {.body_restriction_policy = "notAllowed",
                                  .gallery_min_items = 2,
                                  .gallery_max_items = 4,
                                  .gallery_captions_requirement = "required"},
                 .members = {kBakery, kBooks}});
  all.push_back({.name = "NightBakers",
                 .title = "For adults",
                 .over18 = true,
                 .subscribers = 640,
                 .members = {kBakery}});
}

// Where the demo person may not post.
void add_closed_ones(std::vector<Community>& all) {
  all.push_back({.name = "MasterBakers",
                 .title = "By invitation",
                 .type = "restricted",
                 .subscribers = 410,
                 .contributors = {kChoir}});
  all.push_back({.name = "SecretCellar", .title = "Private", .type = "private"});
  all.push_back({.name = "OldMill", .title = "Banned by Reddit", .type = "banned"});
  all.push_back({.name = "HarbourTalk", .title = "Harbour", .banned = {kBakery}});
}

void add_people(State& state) {
  const User users[] = {{.id = kBakery,
                         .name = "bluebakery",
                         .link_karma = 200,
                         .comment_karma = 310,
                         .created_ms = 1'650'000'000'000,
                         .verified_email = true,
                         .signs_in = true},
                        {.id = kBooks,
                         .name = "cornerbooks",
                         .link_karma = 1,
                         .created_ms = 1'795'000'000'000,
                         .is_new = true,
                         .signs_in = true},
                        {.id = kChoir,
                         .name = "harbourchoir",
                         .link_karma = 90,
                         .comment_karma = 12,
                         .created_ms = 1'600'000'000'000,
                         .verified_email = true}};
  for (const auto& user : users) {
    state.users[user.id] = user;
    state.communities["u_" + user.name] = {
        .name = "u_" + user.name, .title = user.name, .type = "user", .contributors = {user.id}};
  }
}

}  // namespace

State seeded_state() {
  State state;
  const App apps[] = {
      {.id = "sandbox-reddit-client", .secret = "sandbox-reddit-secret", .name = "Herald Demo"},
      {.id = "sandbox-reddit-native", .name = "Herald Pocket"},
      {.id = "sandbox-reddit-other",
       .secret = "sandbox-reddit-other-secret",
       .name = "Another App"}};
  for (const auto& app : apps) state.apps[app.id] = app;
  add_people(state);
  std::vector<Community> all = {bread_lab(), cake_club()};
  add_narrow_ones(all);
  add_closed_ones(all);
  for (auto& community : all) state.communities[lower(community.name)] = community;
  state.posts["1aaaa0"] = {.id = "1aaaa0",
                           .community = "breadlab",
                           .author = kChoir,
                           .kind = "link",
                           .title = "How starters age",
                           .url = "https://news.example/starters",
                           .at_ms = 1'794'000'000'000};
  return state;
}

}  // namespace herald::sandbox::reddit
