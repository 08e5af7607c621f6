// Rows of uploaded media; their bytes are in a MediaFolder. Every method is one atomic act.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "domain/media.h"
#include "domain/result.h"
#include "domain/scope.h"
#include "ports/post_store.h"

namespace herald {

class MediaStore {
 public:
  virtual ~MediaStore() = default;
  // rate_limited (code "too_many_uploads"): the user has `uploads_max` that are not finished.
  virtual Result<Done> add_medium(const CustomerScope& scope, const Medium& medium,
                                  int uploads_max) = 0;
  virtual Result<Medium> find_medium(const CustomerScope& scope, const MediaId& id) = 0;
  virtual Result<Done> save_medium(const CustomerScope& scope, const Medium& medium) = 0;
  // Bytes came. Changes nothing but touched_at, and that only while uploading.
  virtual Result<Done> touch_medium(const CustomerScope& scope, const MediaId& id, Time now) = 0;
  virtual Result<PageOf<Medium>> list_media(const CustomerScope& scope,
                                            const std::optional<UserId>& user,
                                            const PageRequest& page) = 0;
  // conflict (code "media_in_use"): a delivery that is not final, or whose follow-ups are not over,
  // uses it, attached or as the value of one of its options.
  virtual Result<Done> remove_medium(const CustomerScope& scope, const MediaId& id) = 0;
  // Sum of received bytes, for the customer's quota.
  virtual Result<std::uint64_t> media_bytes(const CustomerScope& scope) = 0;
  // For the sweeper, which owns no scope: whatever is processing, oldest first, and then the
  // uploads that were last touched before `before`, the longest untouched first.
  virtual Result<std::vector<Medium>> unfinished_media(Time before, int max) = 0;
  // For the sweeper: at most `max` media of all customers that come after this place in the order
  // of customer and id; from the beginning without one.
  virtual Result<std::vector<Medium>> media_after(
      const std::optional<std::pair<CustomerId, MediaId>>& place, int max) = 0;
};

}  // namespace herald
