// What Meta remembers of a Page's own content. Plain data, part of State. Post ids are
// "<page>_<number>", with numbers above 2^53.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sandbox/meta/picture.h"

namespace herald::sandbox::meta {

struct PagePhoto {
  std::string id;
  std::string page;
  std::string app;
  Picture picture;
  std::string caption;
  std::string alt_text;
  std::string post;  // The post that shows it, or will; empty: none yet.
  std::int64_t created_ms = 0;
  bool temporary = false;
  bool removed = false;
};

struct PageVideo {
  std::string id;
  std::string page;
  std::string app;
  std::string kind;  // "video", "reel" or "story".
  std::string title;
  std::string description;
  Picture picture;
  std::string thumbnail;      // Digest of a cover of its own; empty: a frame.
  std::string session;        // Of the old chunk protocol; empty: none.
  std::string upload_digest;  // What an upload has brought so far.
  std::int64_t upload_size = 0;
  std::int64_t upload_total = 0;
  std::int64_t created_ms = 0;
  std::int64_t ready_ms = 0;  // When its processing ends; 0: it has not begun.
  int failure = 0;            // What the processing ends with; 0: well.
  std::string post;           // Once it is to be published, or is a draft.
  bool uploaded = false;
  bool removed = false;
};

struct PagePost {
  std::string id;
  std::string page;
  std::string app;
  std::string kind;  // "text", "link", "image", "images", "video", "reel" or "story".
  std::string message;
  std::string link;
  std::vector<std::string> photos;
  std::string video;
  std::int64_t created_ms = 0;
  std::int64_t publish_ms = 0;  // Its schedule; 0: none.
  std::int64_t visible_ms = 0;  // Since when people see it; 0: not yet.
  bool held = false;            // Unpublished or a draft: time alone does not publish it.
  bool removed = false;
};

struct PageComment {
  std::string id;
  std::string post;
  std::string parent;  // The comment it replies to; empty: top level.
  std::string page;
  std::string app;
  std::string text;
  std::int64_t at_ms = 0;
  bool removed = false;
};

// A file on its way through /{app}/uploads.
struct UploadSession {
  std::string id;  // "upload:...".
  std::string app;
  std::string person;
  std::string handle;  // Once all bytes are there.
  std::string digest;
  std::int64_t size = 0;
  std::int64_t total = 0;
};

}  // namespace herald::sandbox::meta
