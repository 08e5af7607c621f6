// The tree on disk, and what must hold between its files.
#pragma once

#include <string>
#include <vector>

#include "tests/tidy/source.h"

namespace herald::tidy {

// Every text file that belongs to the project: nothing built, fetched or recorded.
std::vector<Source> tree_at(const std::string& root);
// Null if it is not there.
const Source* file_of(const std::vector<Source>& tree, const std::string& path);

// Settings that the program reads and docs/OPERATIONS.md or .env.example do not name, or the other
// way round.
std::vector<Finding> settings_documented(const std::vector<Source>& tree);
// Links in Markdown to files of ours that are not there.
std::vector<Finding> links_lead_somewhere(const std::string& root, const std::vector<Source>& tree);
// docs/adr/NNNN-*.md: every number once, without gaps, each file begun by a title.
std::vector<Finding> decisions_numbered(const std::vector<Source>& tree);
// docs/states.md draws the moves of kMoves in src/domain/delivery.cc, all and no others.
std::vector<Finding> states_drawn(const Source& drawing, const Source& delivery);

}  // namespace herald::tidy
