#include "store/mongo/values.h"

#include <variant>

#include "store/mongo/fields.h"

namespace herald::mongo {
namespace {

// Reads a document's fields into members; false when one has another type than it should.
template <class Row, class Describe>
bool take_fields(const Value& value, Row& row, Describe describe) {
  if (value.type != Value::Type::document) return false;
  const Bson document(value.bytes);
  FieldReader reader(document);
  describe(row, [&](std::string_view name, auto&& member) { reader.read(name, member); });
  return reader.fault().empty();
}

template <class Row, class Describe>
void put_fields(Bson& into, std::string_view name, const Row& row, Describe describe) {
  Bson made;
  describe(row, [&](std::string_view field, const auto& member) { put(made, field, member); });
  into.add_document(name, made);
}

constexpr auto kMediaFacts = [](auto& facts, auto&& field) {
  field("type", facts.type);
  field("content_type", facts.content_type);
  field("size_bytes", facts.size_bytes);
  field("width", facts.width);
  field("height", facts.height);
  field("frames", facts.frames);
  field("duration_ms", facts.duration_ms);
  field("video_codec", facts.video_codec);
  field("audio_codec", facts.audio_codec);
  field("frames_per_second", facts.frames_per_second);
  field("has_audio", facts.has_audio);
  field("moov_first", facts.moov_first);
  field("sha256_hex", facts.sha256_hex);
};
constexpr auto kMeter = [](auto& meter, auto&& field) {
  field("step", meter.step);
  field("done_bytes", meter.done_bytes);
  field("total_bytes", meter.total_bytes);
};
constexpr auto kFence = [](auto& fence, auto&& field) {
  field("call", fence.call);
  field("attempt", fence.attempt);
  field("begun_at", fence.begun_at);
  field("send_before", fence.send_before);
  field("settled_by", fence.settled_by);
  field("platform_time", fence.platform_time);
};
constexpr auto kMediaUse = [](auto& use, auto&& field) {
  field("medium", use.medium);
  field("alt_text", use.alt_text);
};
constexpr auto kTarget = [](auto& target, auto&& field) {
  field("account", target.account);
  field("kind", target.kind);
  field("key", target.key);
  field("text", target.text);
  field("options", target.options);
};
constexpr auto kOptionChoice = [](auto& choice, auto&& field) {
  field("value", choice.value);
  field("label", choice.label);
};

}  // namespace

void put(Bson& into, std::string_view name, const MediaFacts& facts) {
  put_fields(into, name, facts, kMediaFacts);
}
void put(Bson& into, std::string_view name, const Meter& meter) {
  put_fields(into, name, meter, kMeter);
}
void put(Bson& into, std::string_view name, const Fence& fence) {
  put_fields(into, name, fence, kFence);
}
void put(Bson& into, std::string_view name, const MediaUse& use) {
  put_fields(into, name, use, kMediaUse);
}
void put(Bson& into, std::string_view name, const Target& target) {
  put_fields(into, name, target, kTarget);
}
void put(Bson& into, std::string_view name, const OptionChoice& choice) {
  put_fields(into, name, choice, kOptionChoice);
}
void put(Bson& into, std::string_view name, const OptionValue& option) {
  std::visit([&](const auto& value) { put(into, name, value); }, option);
}

bool take(const Value& value, MediaFacts& facts) { return take_fields(value, facts, kMediaFacts); }
bool take(const Value& value, Meter& meter) { return take_fields(value, meter, kMeter); }
bool take(const Value& value, Fence& fence) { return take_fields(value, fence, kFence); }
bool take(const Value& value, MediaUse& use) { return take_fields(value, use, kMediaUse); }
bool take(const Value& value, Target& target) { return take_fields(value, target, kTarget); }
bool take(const Value& value, OptionChoice& choice) {
  return take_fields(value, choice, kOptionChoice);
}
bool take(const Value& value, OptionValue& option) {
  if (value.type == Value::Type::boolean) return take(value, option.emplace<bool>());
  if (value.type == Value::Type::text) return take(value, option.emplace<std::string>());
  return take(value, option.emplace<std::vector<std::string>>());
}

const Value* FieldReader::find(std::string_view name) {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const std::size_t place = (next_ + i) % fields_.size();
    if (fields_[place].name != name) continue;
    next_ = place + 1;
    return &fields_[place].value;
  }
  return nullptr;
}

std::unexpected<Error> field_fault(std::string_view collection, const std::string& field) {
  return fail(ErrorKind::internal, "This could not be read from the store.",
              "field " + field + " of a document in " + std::string(collection) +
                  " has another type than it should, or a name that is not known");
}

}  // namespace herald::mongo
