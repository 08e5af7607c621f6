// playlists and playlistItems: list and insert. A channel's uploads are a playlist, too.
#pragma once

#include "sandbox/google/context.h"

namespace herald::sandbox::google {

Answer list_playlists(Context& google, const Call& call);
Answer insert_playlist(Context& google, const Call& call);
Answer list_playlist_items(Context& google, const Call& call);
Answer insert_playlist_item(Context& google, const Call& call);

}  // namespace herald::sandbox::google
