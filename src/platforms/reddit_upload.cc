// A file goes to the store that Reddit leases for it: the lease's fields as they were given, then
// the file. The lease is as good as a key, so it is kept only in the sealed progress.
#include <boost/json.hpp>

#include "platforms/json_answer.h"
#include "platforms/reddit.h"
#include "platforms/steps.h"

namespace herald::reddit_flows {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

// Leases of a minute were seen years ago; a late one is refused, and taken anew.
constexpr Duration kLease = 14min;
constexpr std::int64_t kAnewMax = 3;

// Notes beside "urls" and "assets": of the lease in hand "action", "asset", "key", "leased_at" and
// the lists "names" and "values"; "anew" how often one was refused.

// In order; a video's poster comes after it.
std::vector<const MediumInput*> files_of(const Input& input) {
  std::vector<const MediumInput*> files;
  for (const auto& medium : input.media) files.push_back(&medium);
  const auto poster = input.option_media.find("poster");
  if (input.kind == "video" && poster != input.option_media.end()) {
    files.push_back(&poster->second);
  }
  return files;
}

const MediumInput& current(const Input& input, const Notes& notes) {
  return *files_of(input)[notes.list("assets").size()];
}

Notes without_lease(Notes notes) {
  notes.erase("action").erase("asset").erase("key").erase("leased_at");
  return notes.keep_first("names", 0).keep_first("values", 0);
}

Absorbed anew(const Notes& notes, Error error) {
  Notes fresh = without_lease(notes);
  error.kind = ErrorKind::unavailable;
  if (fresh.count("anew").number("anew") > kAnewMax) {
    fresh.erase("anew");
    error.kind = ErrorKind::invalid;
    error.message = "Reddit did not take the file, though it was uploaded again and again.";
  }
  return refused(fresh, std::move(error));
}

// "//host": only a store of Reddit's own is given a file.
bool is_store(const std::string& action) {
  const std::string_view host = std::string_view(action).substr(0, action.find('/', 2));
  return host.starts_with("//reddit-uploaded-") && host.ends_with(".amazonaws.com");
}

Absorbed absorb_lease(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(answer)) return faulty(notes, std::move(*fault));
  const JsonAnswer json(answer.body);
  const std::string action = json.text("/args/action");
  const std::string asset = json.text("/asset/asset_id");
  constexpr const char* kFields = "/args/fields";
  for (std::size_t i = 0; i < json.size(kFields); ++i) {
    const std::string name = json.text(at(kFields, i, "/name"));
    const std::string value = json.text(at(kFields, i, "/value"));
    notes.add("names", name).add("values", value);
    if (name == "key") notes.set("key", value);
  }
  if (!is_store(action) || asset.empty() || !notes.has("key")) {
    return in_doubt(without_lease(notes), nonsense(answer, "Reddit"));
  }
  return accepted(
      notes.set("action", action).set("asset", asset).set("leased_at", to_ms(input.now)));
}

// The store answers in XML, where the code stands in an element of its own.
bool is_too_large(const Answer& answer) {
  return answer.status == 400 &&
         answer.body.find("<Code>EntityTooLarge</Code>") != std::string::npos;
}

Absorbed absorb_file(Notes notes, const Answer& answer) {
  if (is_too_large(answer)) {
    return refused(without_lease(notes), {ErrorKind::invalid,
                                          "The file is too large for Reddit. Use a smaller one.",
                                          "EntityTooLarge",
                                          {},
                                          "media_too_large"});
  }
  if (answer.status >= 400 && answer.status < 500) return anew(notes, nonsense(answer, "Reddit"));
  if (!is_success(answer)) return in_doubt(notes, nonsense(answer, "Reddit"));
  const std::string url = "https:" + notes.text("action") + "/" + notes.text("key");
  const std::string asset = notes.text("asset");
  return accepted(without_lease(notes).erase("anew").add("urls", url).add("assets", asset));
}

// Reddit wants one; what came without a name has its id's.
const std::string& name_of(const MediumInput& medium) {
  return medium.filename.empty() ? medium.id.value : medium.filename;
}

}  // namespace

bool more_to_upload(const Input& input, const Notes& notes) {
  return notes.list("assets").size() < files_of(input).size();
}

Step upload_next(const Input& input, const Notes& notes) {
  const MediumInput& medium = current(input, notes);
  const MediaFacts& facts = medium.original;
  if (!notes.has("action")) {
    Call call = post(input, "ask where to upload", "api/media/asset.json",
                     FormBody{{{"filepath", name_of(medium)}, {"mimetype", facts.content_type}}});
    call.secrets = {{"/asset/websocket_url", "websocket"}};
    return call;
  }
  if (input.now > from_ms(notes.number("leased_at")) + kLease) {
    return rest({}, without_lease(notes));
  }
  MultipartBody body;
  for (std::size_t i = 0; i < notes.list("names").size(); ++i) {
    body.fields.push_back({notes.list("names")[i], notes.list("values")[i]});
  }
  body.file_field = "file";
  body.file_name = name_of(medium);
  body.file = {medium.id, "", 0, facts.size_bytes, facts.content_type};
  Call call;
  call.step = "upload";
  call.method = "POST";
  call.url = "https:" + notes.text("action");
  call.headers = {user_agent(input)};
  call.body = std::move(body);
  call.patience = Patience::upload;
  return call;
}

Absorbed upload_absorb(const Input& input, const Notes& notes, const Answer& answer) {
  return notes.has("action") ? absorb_file(notes, answer) : absorb_lease(input, notes, answer);
}

Answer imagine_upload(const Input&, const Notes& notes) {
  if (notes.has("action")) return {.status = 201};
  return {.status = 200,
          .body = R"({"args":{"action":"//reddit-uploaded-media.s3-accelerate.amazonaws.com",)"
                  R"("fields":[{"name":"key","value":"file"}]},"asset":{"asset_id":"file"}})"};
}

}  // namespace herald::reddit_flows
