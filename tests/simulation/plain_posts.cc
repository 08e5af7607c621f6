#include "simulation/plain_posts.h"

#include <algorithm>

#include "platforms/list.h"

namespace herald::simulation {
namespace {

bool has_first_comment(const PostKind& kind) {
  return std::ranges::count(kind.options, "first_comment", &OptionSpec::name) > 0;
}

bool is_plain(const PostKind& kind) {
  return std::ranges::none_of(kind.options, [](const OptionSpec& option) {
    return option.required && option.default_value.empty();
  });
}

}  // namespace

const PostKind& kind_of(const Platform& platform, const std::string& kind) {
  return *std::ranges::find(platform.spec->kinds, kind, &PostKind::id);
}

std::vector<Scene::Post> plain_posts(const Platform& platform) {
  const PlatformSpec& spec = *platform.spec;
  std::vector<const PostKind*> plain;
  for (const auto& kind : spec.kinds) {
    if (is_plain(kind) && spec.target.word.empty()) plain.push_back(&kind);
  }
  std::vector<Scene::Post> posts;
  if (plain.empty()) return posts;
  const auto post = [&](const PostKind& kind, bool comment) {
    return Scene::Post{.platform = spec.id.value, .kind = kind.id, .comment = comment};
  };
  posts.push_back(post(*plain.front(), has_first_comment(*plain.front())));
  if (plain.size() > 1) posts.push_back(post(*plain.back(), false));
  return posts;
}

std::vector<const Platform*> platforms_without(const std::vector<Scene::Post>& posts) {
  std::vector<const Platform*> without = all_platforms();
  std::erase_if(without, [&](const Platform* platform) {
    return platform->spec->registration != "main" ||
           std::ranges::count(posts, platform->spec->id.value, &Scene::Post::platform) > 0;
  });
  return without;
}

}  // namespace herald::simulation
