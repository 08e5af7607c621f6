#include <algorithm>

#include "ports/store_refusals.h"
#include "store/memory/memory_store.h"
#include "store/memory/table.h"

namespace herald {

Result<Done> MemoryStore::begin_flow(const OAuthFlow& flow, int pending_max, Time now) {
  const std::scoped_lock lock(mutex_);
  int pending = 0;
  for (const auto& [key, other] : flows_) {
    if (other.state_hash == flow.state_hash) return exists_already("connection attempt");
    if (other.customer == flow.customer && other.user == flow.user &&
        other.status == FlowStatus::waiting && other.expires_at > now) {
      ++pending;
    }
  }
  if (pending >= pending_max) return too_many_flows();
  if (!flows_.try_emplace({flow.customer, flow.id}, flow).second) {
    return exists_already("connection attempt");
  }
  return Done{};
}

Result<OAuthFlow> MemoryStore::find_flow(const CustomerScope& scope, const FlowId& id) {
  const std::scoped_lock lock(mutex_);
  const OAuthFlow* flow = find_row(flows_, scope.customer(), id);
  if (flow == nullptr) return no_such("connection attempt");
  return *flow;
}

Result<OAuthFlow> MemoryStore::consume_flow(const std::string& state_hash,
                                            const PlatformId& platform,
                                            const std::string& registration,
                                            const std::vector<std::string>& nonce_hashes,
                                            Time now) {
  const std::scoped_lock lock(mutex_);
  for (auto& [key, flow] : flows_) {
    if (flow.state_hash != state_hash || flow.platform != platform ||
        flow.registration != registration || flow.status != FlowStatus::waiting ||
        flow.expires_at <= now || std::ranges::count(nonce_hashes, flow.nonce_hash) == 0) {
      continue;
    }
    flow.status = FlowStatus::returned;
    flow.version += 1;
    return flow;
  }
  return no_such("connection attempt");
}

Result<OAuthFlow> MemoryStore::save_flow(const OAuthFlow& flow) {
  const std::scoped_lock lock(mutex_);
  OAuthFlow* stored = find_row(flows_, flow.customer, flow.id);
  if (stored == nullptr) return no_such("connection attempt");
  if (stored->version != flow.version) return moved_on("connection attempt");
  const OAuthFlow before = *stored;
  *stored = flow;
  stored->state_hash = before.state_hash;
  stored->nonce_hash = before.nonce_hash;
  stored->version = before.version + 1;
  return *stored;
}

}  // namespace herald
