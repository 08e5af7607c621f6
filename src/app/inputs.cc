#include "app/inputs.h"

#include <algorithm>
#include <utility>

namespace herald {
namespace {

Result<MediumInput> medium_input(MediaStore& media, const CustomerScope& scope, const MediaId& id,
                                 std::string alt_text) {
  HERALD_TRY(Medium medium, media.find_medium(scope, id));
  if (medium.status != MediaStatus::ready) {
    Error error{ErrorKind::conflict,
                medium.status == MediaStatus::refused
                    ? medium.problem
                    : "\"" + medium.filename + "\" is still being uploaded. Wait until it is done.",
                {},
                {},
                "media_not_ready"};
    return std::unexpected(std::move(error));
  }
  return MediumInput{medium.id, std::move(medium.filename), std::move(medium.facts),
                     std::move(medium.jpeg), std::move(alt_text)};
}

const PostKind* kind_of(const PlatformSpec& spec, const std::string& id) {
  const auto found = std::ranges::find(spec.kinds, id, &PostKind::id);
  return found == spec.kinds.end() ? nullptr : &*found;
}

}  // namespace

Result<Grant> grant_of(AccountStore& store, const CustomerScope& scope, const Account& account) {
  auto grant = store.find_grant(scope, account.grant);
  if (grant || grant.error().kind != ErrorKind::not_found) return grant;
  return fail(ErrorKind::unavailable, "This account was reconnected just now. Try again.");
}

Input input_for(const Registration& registration, const Account& account,
                const std::vector<std::string>& granted_scopes, Time now) {
  Input input;
  input.app = app_of(registration);
  input.account = {account.remote_id, account.name,   account.username, account.kind,
                   account.product,   granted_scopes, account.facts};
  input.now = now;
  return input;
}

Result<Input> input_for(MediaStore& media, const CustomerScope& scope,
                        const Registration& registration, const Account& account,
                        const std::vector<std::string>& granted_scopes, const Post& post,
                        const Target& target, Time now) {
  Input input = input_for(registration, account, granted_scopes, now);
  input.kind = target.kind;
  input.text = target.text.value_or(post.text);
  input.target_key = target.key;
  input.options = target.options;
  for (const auto& use : post.media) {
    HERALD_TRY(auto medium, medium_input(media, scope, use.medium, use.alt_text));
    input.media.push_back(std::move(medium));
  }
  const PostKind* kind = kind_of(*registration.platform->spec, target.kind);
  if (kind == nullptr) return input;
  for (const auto& option : kind->options) {
    const auto given = target.options.find(option.name);
    if (option.type != OptionType::media || given == target.options.end()) continue;
    const auto* id = std::get_if<std::string>(&given->second);
    if (id == nullptr || id->empty()) continue;
    HERALD_TRY(auto medium, medium_input(media, scope, MediaId(*id), {}));
    input.option_media.emplace(option.name, std::move(medium));
  }
  return input;
}

}  // namespace herald
