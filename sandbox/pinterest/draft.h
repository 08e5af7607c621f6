// The body of a new pin, read strictly.
#pragma once

#include "sandbox/pinterest/endpoint.h"

namespace herald::sandbox::pinterest {

// One picture as it was sent: by address, or its bytes.
struct SentPicture {
  std::string url;
  std::string bytes;
  std::string content_type;
  Picture words;  // Of a carousel's item.
};

struct Draft {
  Pin pin;  // Without its pictures.
  std::string source;
  std::vector<SentPicture> pictures;  // A film's cover: one or none.
  bool cover_by_time = false;
};

Checked<Draft> read_draft(const Request& request);

}  // namespace herald::sandbox::pinterest
