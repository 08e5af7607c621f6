// The formats that are told apart.
#pragma once

namespace herald::media {

enum class Format {
  unknown,
  jpeg,
  png,
  gif,
  webp,
  mp4,
  quicktime,
  webm,
  matroska,
  pdf,
  ppt,
  pptx,
  doc,
  docx,
  web_vtt,
  sub_rip,
  // Known in order to be refused with a useful sentence:
  heic,
  avif,
  tiff,
  bmp,
  svg,
  html,
  playlist,
  avi,
  audio,
  archive,         // A ZIP that is none of the documents above.
  compound,        // An OLE2 file that is none of them.
  macro_document,  // One of them, but with programs in it.
};

}  // namespace herald::media
