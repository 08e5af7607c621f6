// Posts for platforms that no scene was written for: a new one plays without a line about it.
#pragma once

#include <vector>

#include "simulation/trial.h"

namespace herald::simulation {

const PostKind& kind_of(const Platform& platform, const std::string& kind);

// Of the platform's first and last kinds that need nothing but words and files, the first with a
// comment where it takes one. Empty: there is none, and a scene has to be written.
std::vector<Scene::Post> plain_posts(const Platform& platform);

// Platforms of which none of these is a post.
std::vector<const Platform*> platforms_without(const std::vector<Scene::Post>& posts);

}  // namespace herald::simulation
