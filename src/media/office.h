// Office documents by their table of contents, strictly: what two readers could understand
// differently is no document. Reads bounded parts of the file and unpacks nothing.
#pragma once

#include "domain/result.h"
#include "media/byte_source.h"
#include "media/format.h"

namespace herald::media {

// Of a file that begins as a ZIP (ECMA-376 part 2; PKWARE's APPNOTE 4.3): pptx, docx,
// macro_document or archive.
Result<Format> open_xml_format(ByteSource& file);

// Of a file that begins as an OLE2 compound file ([MS-CFB]): ppt, doc or compound.
Result<Format> compound_format(ByteSource& file);

// Whether a ZIP reader, which begins at the end, would take the file for an archive.
Result<bool> ends_as_archive(ByteSource& file);

}  // namespace herald::media
