// Is this content on its way to the account already? It guards against a post that is made twice by
// mistake: what was made, and goes out, within 24 hours of this one counts.
#include <algorithm>

#include "app/compose.h"

namespace herald {
namespace {

using namespace std::chrono_literals;

constexpr Duration kWindow = 24h;
constexpr int kPage = 50;
constexpr int kPagesMax = 4;

const std::string& text_of(const Post& post, const Target& target) {
  return target.text ? *target.text : post.text;
}

// But for the media, which are compared by their bytes.
bool same_words(const Post& a, const Target& x, const Post& b, const Target& y) {
  return x.account == y.account && x.key == y.key && x.kind == y.kind && x.options == y.options &&
         text_of(a, x) == text_of(b, y);
}

// Nobody sees it, and nobody will unless a person says so.
bool came_to_nothing(DeliveryState state) {
  return state == DeliveryState::cancelled || state == DeliveryState::failed ||
         state == DeliveryState::missed;
}

}  // namespace

// The same file uploaded twice is the same content.
Result<bool> Compose::same_media(const Caller& caller, const Post& a, const Post& b) {
  if (a.media.size() != b.media.size()) return false;
  for (std::size_t i = 0; i < a.media.size(); ++i) {
    if (a.media[i].medium == b.media[i].medium) continue;
    HERALD_TRY(const Medium one, ports_.store.find_medium(caller.scope, a.media[i].medium));
    const auto other = ports_.store.find_medium(caller.scope, b.media[i].medium);
    if (!other && other.error().kind != ErrorKind::not_found) {
      return std::unexpected(other.error());
    }
    const auto& hash = one.facts.sha256_hex;
    if (!other || hash.empty() || hash != other->facts.sha256_hex) return false;
  }
  return true;
}

// The newest such post. Its id is empty where this person may not see it.
Result<std::optional<PostId>> Compose::repeated(const Caller& caller, const Post& post,
                                                const Delivery& delivery, const PostId& edited) {
  const Target& target = post.targets[static_cast<std::size_t>(delivery.target)];
  PostFilter filter;
  filter.account = target.account;
  PageRequest request{.limit = kPage, .before = {}};
  for (int pages = 0; pages < kPagesMax; ++pages) {
    HERALD_TRY(const auto page, ports_.store.list_posts(caller.scope, filter, request));
    for (const Post& before : page.rows) {
      if (post.created_at - before.created_at >= kWindow) return std::nullopt;
      const Duration apart = post.due_at - before.due_at;
      if (before.id == edited || before.cancelled || apart >= kWindow || -apart >= kWindow) {
        continue;
      }
      const auto same = [&](const Target& other) {
        return same_words(post, target, before, other);
      };
      if (std::ranges::none_of(before.targets, same)) continue;
      HERALD_TRY(const bool alike, same_media(caller, post, before));
      if (!alike) continue;
      const auto sent = ports_.store.find_delivery(
          caller.scope, delivery_id(before.id, target.account, target.key));
      if (!sent && sent.error().kind != ErrorKind::not_found) return std::unexpected(sent.error());
      if (!sent || came_to_nothing(sent->state)) continue;
      return caller.may_see(before.user) ? before.id : PostId();
    }
    if (!page.more) break;
    request.before = {page.rows.back().created_at, page.rows.back().id.value};
  }
  return std::nullopt;
}

}  // namespace herald
