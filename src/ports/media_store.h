// Rows of uploaded media; their bytes are in a MediaFolder. Every method is one atomic act.
#pragma once

#include <optional>
#include <vector>

#include "domain/media.h"
#include "domain/result.h"
#include "domain/scope.h"
#include "ports/post_store.h"

namespace herald {

class MediaStore {
 public:
  virtual ~MediaStore() = default;
  virtual Result<Done> add_medium(const CustomerScope& scope, const Medium& medium) = 0;
  virtual Result<Medium> find_medium(const CustomerScope& scope, const MediaId& id) = 0;
  virtual Result<Done> save_medium(const CustomerScope& scope, const Medium& medium) = 0;
  virtual Result<PageOf<Medium>> list_media(const CustomerScope& scope,
                                            const std::optional<UserId>& user,
                                            const PageRequest& page) = 0;
  // conflict (code "media_in_use"): a delivery that is not final, or whose follow-ups are not over,
  // uses it, attached or as the value of one of its options.
  virtual Result<Done> remove_medium(const CustomerScope& scope, const MediaId& id) = 0;
  // Sum of received bytes, for the customer's quota.
  virtual Result<std::uint64_t> media_bytes(const CustomerScope& scope) = 0;
  // For the sweeper, which owns no scope: whatever is processing, and then the uploads begun before
  // `before` whose bytes are still missing; each oldest first.
  virtual Result<std::vector<Medium>> unfinished_media(Time before, int max) = 0;
};

}  // namespace herald
