// Instagram through Facebook Login: containers, publishing, comments, insights, resumable bytes.
#pragma once

#include <string>

#include "sandbox/meta/nodes.h"

namespace herald::sandbox::meta {

inline constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;

// POST /{ig-user}/media. May ask for fetches first.
Graph<Answer> create_container(GraphCall& graph, const InstagramAccount& account);
// POST /{ig-user}/media_publish.
Graph<Answer> publish_container(GraphCall& graph, const InstagramAccount& account);
// GET /{ig-user}/content_publishing_limit.
Graph<Answer> publishing_limit(GraphCall& graph, const InstagramAccount& account);
// POST rupload.facebook.com/ig-api-upload/{version}/{container}; speaks its own error shapes.
Answer upload_bytes(const Call& call, World& world, State& state);

// POST /{media}/comments and /{comment}/replies (parent: the comment, else empty).
Graph<Answer> write_comment(GraphCall& graph, const Media& media, const std::string& parent);
// DELETE /{media}; POST /{media}?comment_enabled=.
Graph<Answer> delete_media(GraphCall& graph, Media& media);
Graph<Answer> change_media(GraphCall& graph, Media& media);

// GET /{media}/insights and /{ig-user}/insights.
Graph<Answer> media_insights(GraphCall& graph, const Media& media);
Graph<Answer> account_insights(GraphCall& graph, const InstagramAccount& account);

// Makes a container's media public: state, ledger. Also what another tool's post goes through.
Media& make_public(World& world, State& state, const Container& container, bool by_api);

// What the platform makes of a fetched or uploaded file. An image is judged at once; a video's
// fault shows when its processing ends, as Container::failure.
Graph<Picture> read_image(GraphCall& graph, const Fetched& file, const std::string& url);
std::optional<GraphError> take_image(GraphCall& graph, Container& container, const Fetched& file,
                                     const std::string& url);
void take_video(World& world, Container& container, SharedBytes bytes);
// Sets when the container leaves IN_PROGRESS.
void start_processing(const World& world, Container& container);

}  // namespace herald::sandbox::meta
