// Posts and comments: how they become visible, where they are found, and how they go.
#pragma once

#include <string>
#include <string_view>

#include "sandbox/reddit/context.h"

namespace herald::sandbox::reddit {

// Gives it an id and a time and shows it to the audience.
const Post& make_visible(Context& x, Post post);
const Comment& make_visible(Context& x, Comment comment);
// By its author, or, with a reason, by a moderator or bot.
void remove_post(Context& x, const std::string& id, const std::string& removed_by = {});
void remove_comment(Context& x, const std::string& id);
void change_text(Context& x, Post& post, const std::string& text);
void change_text(Context& x, Comment& comment, const std::string& text);

// What time brings: media posts become visible, bots remove.
void settle_posts(Context& x);

// "/r/breadlab/comments/1abcd2/day_3/"
std::string permalink(const State& state, const Post& post);
std::string permalink(const State& state, const Comment& comment);
// Where its title leads: the link, the picture, the gallery, or its own page.
std::string target_of(const State& state, const Post& post);
// "https://i.redd.it/abc.jpg"
std::string picture_address(const Asset& asset);

// Null where there is none of this fullname ("t3_...", "t1_...") or it is deleted.
Post* post_of(State& state, std::string_view fullname);
Comment* comment_of(State& state, std::string_view fullname);

// Every run of white space one blank, none at the ends: what Reddit makes of a title.
std::string collapsed(std::string_view text);
std::size_t code_points(std::string_view text);

}  // namespace herald::sandbox::reddit
