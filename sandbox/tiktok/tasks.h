// Publishing tasks: from the init call to the post that people see, or to a fail_reason.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/tiktok/context.h"

namespace herald::sandbox::tiktok {

// Gives it its publish_id, and an address to upload to unless it pulls.
Task& open_task(Context& x, Task task);
// Null: TikTok knows none by that publish_id (any more).
Task* find_task(Context& x, const std::string& id);
bool upload_is_over(const Context& x, const Task& task);  // Its upload_url has lived an hour.

// What was uploaded or pulled is there; processing begins. A failure shows when it ends.
void take_film(Context& x, Task& task, const Fetched& file);
void take_photos(Context& x, Task& task, const std::vector<const Fetched*>& files);

// The person posts a draft in TikTok's app; gives the post's id.
std::string post_draft(Context& x, Task& task, const Details& details);
// A post made in TikTok's app alone.
std::string post_by_hand(Context& x, const User& author, const Details& details);
void remove_post(Context& x, const std::string& id);

// Past moderation, and for everybody.
bool is_public(const Context& x, const Post& post);
std::string path_of(const Context& x, const Post& post);  // "/@bluebakery/video/77.."

// What time brings about: processing ends, posts become visible.
void settle_tasks(Context& x);

}  // namespace herald::sandbox::tiktok
