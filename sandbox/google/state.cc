#include "sandbox/google/state.h"

#include <algorithm>
#include <boost/describe.hpp>
#include <boost/json.hpp>

namespace herald::sandbox::google {

BOOST_DESCRIBE_STRUCT(Grant, (), (scopes, offline))
BOOST_DESCRIBE_STRUCT(Code, (),
                      (app, redirect_uri, channel, scopes, challenge, challenge_method, nonce,
                       issued_ms, offline, with_refresh, used))
BOOST_DESCRIBE_STRUCT(Token, (),
                      (app, channel, scopes, issued_ms, expires_ms, used_ms, offline, dead))
BOOST_DESCRIBE_STRUCT(Video, (),
                      (id, app, channel, title, description, tags, category, language,
                       audio_language, localizations, privacy, publish_at_ms, license, embeddable,
                       stats_viewable, made_for_kids, synthetic, paid_placement, recording_date,
                       locked_private, file_name, file_type, digest, size, duration_ms, width,
                       height, uploaded_ms, ready_ms, published_ms, failure, rejection, settled,
                       unlisted_reads, thumbnail))
BOOST_DESCRIBE_STRUCT(UploadSession, (),
                      (app, channel, metadata, parts, file_name, file_type, total, stored,
                       created_ms, video, final_status, final_body, captions))
BOOST_DESCRIBE_STRUCT(CaptionTrack, (),
                      (id, video, language, name, draft, readable, digest, updated_ms))
BOOST_DESCRIBE_STRUCT(Playlist, (), (id, channel, title, description, privacy, created_ms))
BOOST_DESCRIBE_STRUCT(PlaylistItem, (), (id, playlist, video, added_ms))
BOOST_DESCRIBE_STRUCT(Comment, (), (id, video, parent, channel, text, at_ms))
BOOST_DESCRIBE_STRUCT(DayCount, (), (day, inserts, units))
BOOST_DESCRIBE_STRUCT(State, (),
                      (grants, codes, access_tokens, refresh_tokens, uploads, videos, playlists,
                       playlist_items, comments, captions, projects, channels, outcomes,
                       half_chunks))

const Video* State::video(std::string_view id) const {
  const auto found = std::ranges::find(videos, id, &Video::id);
  return found == videos.end() ? nullptr : &*found;
}

Video* State::video(std::string_view id) {
  return const_cast<Video*>(std::as_const(*this).video(id));
}

const Playlist* State::playlist(std::string_view id) const {
  const auto found = std::ranges::find(playlists, id, &Playlist::id);
  return found == playlists.end() ? nullptr : &*found;
}

std::string to_json(const State& state) {
  return boost::json::serialize(boost::json::value_from(state));
}

State state_from(std::string_view json) {
  return boost::json::value_to<State>(boost::json::parse(json));
}

}  // namespace herald::sandbox::google
