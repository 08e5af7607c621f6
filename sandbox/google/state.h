// What Google remembers: consents, tokens, uploads, videos, playlists, comments, quota. Plain data,
// saved whole as JSON. Ids are text; times are milliseconds of sandbox time, 0 for never.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace herald::sandbox::google {

// What one identity (an account or a brand account) has given one app.
struct Grant {
  std::vector<std::string> scopes;
  bool offline = false;
};

struct Code {
  std::string app;
  std::string redirect_uri;
  std::string channel;
  std::vector<std::string> scopes;
  std::string challenge;  // Empty: no PKCE.
  std::string challenge_method;
  std::string nonce;
  std::int64_t issued_ms = 0;
  bool offline = false;
  bool with_refresh = false;
  bool used = false;
};

struct Token {
  std::string app;
  std::string channel;
  std::vector<std::string> scopes;
  std::int64_t issued_ms = 0;
  std::int64_t expires_ms = 0;  // Access tokens.
  std::int64_t used_ms = 0;     // Refresh tokens: six idle months kill them.
  bool offline = false;
  bool dead = false;
};

struct Video {
  std::string id;
  std::string app;
  std::string channel;
  std::string title;
  std::string description;
  std::vector<std::string> tags;
  std::string category = "22";
  std::string language;
  std::string audio_language;
  std::string localizations;  // JSON text; empty: none.
  std::string privacy = "public";
  std::int64_t publish_at_ms = 0;
  std::string license = "youtube";
  bool embeddable = true;
  bool stats_viewable = true;
  bool made_for_kids = false;
  bool synthetic = false;
  bool paid_placement = false;
  std::string recording_date;
  bool locked_private = false;  // Uploaded while the project had not passed the audit.
  std::string file_name;
  std::string file_type;
  std::string digest;
  std::uint64_t size = 0;
  std::int64_t duration_ms = 0;
  int width = 0;
  int height = 0;
  std::int64_t uploaded_ms = 0;
  std::int64_t ready_ms = 0;      // When processing ends.
  std::int64_t published_ms = 0;  // When it first was not private.
  std::string failure;            // failureReason that processing will end in; empty: none.
  std::string rejection;          // rejectionReason, likewise.
  bool settled = false;           // The end of processing has been told to the ledger.
  int unlisted_reads = 0;         // How often videos.list still leaves it out (YU-27).
  std::string thumbnail;          // Digest.
};

struct UploadSession {
  std::string app;
  std::string channel;
  std::string metadata;  // The video resource as sent; JSON text.
  std::vector<std::string> parts;
  std::string file_name;
  std::string file_type;
  std::optional<std::uint64_t> total;
  std::uint64_t stored = 0;
  std::int64_t created_ms = 0;
  std::string video;  // Once complete.
  int final_status = 0;
  std::string final_body;
  bool captions = false;  // A caption track, not a video; `metadata` is its resource.
};

struct CaptionTrack {
  std::string id;
  std::string video;
  std::string language;
  std::string name;
  bool draft = false;
  bool readable = false;
  std::string digest;
  std::int64_t updated_ms = 0;
};

struct Playlist {
  std::string id;
  std::string channel;
  std::string title;
  std::string description;
  std::string privacy = "public";
  std::int64_t created_ms = 0;
};

struct PlaylistItem {
  std::string id;
  std::string playlist;
  std::string video;
  std::int64_t added_ms = 0;
};

struct Comment {
  std::string id;
  std::string video;
  std::string parent;  // Empty: the top of a thread.
  std::string channel;
  std::string text;
  std::int64_t at_ms = 0;
};

// What a project, or a channel, has used of one Pacific day.
struct DayCount {
  std::string day;
  int inserts = 0;
  int units = 0;
};

struct State {
  std::map<std::string, Grant> grants;  // By "app/channel".
  std::map<std::string, Code> codes;
  std::map<std::string, Token> access_tokens;
  std::map<std::string, Token> refresh_tokens;
  std::map<std::string, UploadSession> uploads;
  std::vector<Video> videos;  // Oldest first.
  std::vector<Playlist> playlists;
  std::vector<PlaylistItem> playlist_items;  // In playlist order.
  std::vector<Comment> comments;
  std::vector<CaptionTrack> captions;
  std::map<std::string, DayCount> projects;
  std::map<std::string, DayCount> channels;
  std::vector<std::string> outcomes;  // Of the next uploads' processing, as the control API asked.
  int half_chunks = 0;                // So many chunks will be stored by half.

  Video* video(std::string_view id);
  const Video* video(std::string_view id) const;
  const Playlist* playlist(std::string_view id) const;
};

std::string to_json(const State& state);
State state_from(std::string_view json);  // Throws std::exception on what to_json() did not write.

}  // namespace herald::sandbox::google
