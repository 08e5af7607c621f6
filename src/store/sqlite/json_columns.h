// The parts of a row that are kept as JSON text. Private to this room: what customers see is
// written elsewhere. Reading throws for text that this room did not write.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/capability.h"
#include "domain/delivery.h"
#include "domain/media.h"
#include "domain/post.h"

namespace herald {

std::string to_json_text(const std::vector<std::string>& list);
std::string to_json_text(const std::vector<AccountId>& list);
std::string to_json_text(const std::map<std::string, std::string>& map);
std::string to_json_text(const std::map<std::string, std::int64_t>& map);
std::string to_json_text(const std::map<std::string, std::vector<OptionChoice>>& choices);
std::string to_json_text(const std::vector<MediaUse>& media);
std::string to_json_text(const std::vector<Target>& targets);
std::string to_json_text(const MediaFacts& facts);
std::string to_json_text(const Meter& meter);
std::string to_json_text(const Fence& fence);

void from_json_text(std::string_view text, std::vector<std::string>& list);
void from_json_text(std::string_view text, std::vector<AccountId>& list);
void from_json_text(std::string_view text, std::map<std::string, std::string>& map);
void from_json_text(std::string_view text, std::map<std::string, std::int64_t>& map);
void from_json_text(std::string_view text,
                    std::map<std::string, std::vector<OptionChoice>>& choices);
void from_json_text(std::string_view text, std::vector<MediaUse>& media);
void from_json_text(std::string_view text, std::vector<Target>& targets);
void from_json_text(std::string_view text, MediaFacts& facts);
void from_json_text(std::string_view text, Meter& meter);
void from_json_text(std::string_view text, Fence& fence);

// Absent ones are null in the column.
template <class T>
void from_json_text(std::string_view text, std::optional<T>& value) {
  from_json_text(text, value.emplace());
}

}  // namespace herald
