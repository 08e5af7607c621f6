// The whole of the program herald-probe. The file is its standard input (never a name: it can open
// none), the answer its standard output, in the words of media/probe_answer.h.
#pragma once

#include <span>
#include <string_view>

namespace herald::media {

// "facts <content type>" or "jpeg <content type> <bytes max> <width max>". Returns the exit code: 0
// with an answer, a refusal too; 64 for wrong words, 70 when the machine is to blame.
int run_probe(std::span<const std::string_view> words);

}  // namespace herald::media
