// Files on their way to LinkedIn. An image or document goes in one piece, a video in the parts that
// LinkedIn asks for; its parts' ETags put it together. An upload that goes wrong is begun anew:
// nobody sees a file that no post shows. Source:
// learn.microsoft.com/linkedin/marketing/community-management/shares/videos-api, 2026-11-22.
#include <algorithm>
#include <boost/json.hpp>

#include "platforms/json_answer.h"
#include "platforms/linkedin.h"
#include "platforms/steps.h"

namespace herald::linkedin_flows {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr Duration kPolls[] = {5s, 10s, 20s, 30s};
constexpr Duration kPollLater = 60s;
constexpr std::int64_t kPollsMax = 120;
constexpr Duration kUnreadable = 30s;
constexpr std::int64_t kAnewMax = 5;
constexpr std::uint64_t kPartBytes = 4'194'304;

// Notes of the upload under way: "asset" its URN; "urls" where its parts go and "ends" the bytes up
// to which each goes; "etags" of the parts that are there; "token", "expires_at" of a video's;
// "joined" once its parts are put together; "anew" how often an upload was begun again.

Upload current(const Input& input, const Notes& notes) {
  return uploads_of(input)[notes.list(kAssets).size()];
}

bool is_video(const Upload& upload) { return upload.medium->original.type == MediaType::video; }

const MediaFacts& file_of(const Upload& upload) { return upload.medium->original; }

std::uint64_t end_of(const Notes& notes, std::size_t part) {
  return std::stoull(notes.list("ends")[part]);
}

Meter uploading(const Input& input, const Notes& notes) {
  const auto parts = notes.list("etags").size();
  return {"Uploading", parts == 0 ? 0 : end_of(notes, parts - 1),
          file_of(current(input, notes)).size_bytes};
}

Notes without_upload(Notes notes) {
  notes.erase("asset").erase("token").erase("expires_at").erase("joined").erase("polls");
  return notes.keep_first("urls", 0).keep_first("ends", 0).keep_first("etags", 0);
}

std::string action(const Upload& upload, const char* name) {
  return std::string(upload.resource) + "?action=" + name;
}

Step begin(const Input& input, const Upload& upload) {
  json::object request{{"owner", input.account.remote_id}};
  if (is_video(upload)) {
    request["fileSizeBytes"] = file_of(upload).size_bytes;
    request["uploadCaptions"] = false;
    request["uploadThumbnail"] = false;
  }
  return post(input, "begin the upload", action(upload, "initializeUpload"),
              json::serialize(json::object{{"initializeUploadRequest", request}}));
}

Step send(const Notes& notes, const Upload& upload) {
  const auto part = notes.list("etags").size();
  const auto from = part == 0 ? 0 : end_of(notes, part - 1);
  Call call;
  call.step = "upload";
  call.method = "PUT";
  call.url = notes.list("urls")[part];
  call.body = MediaBytes{
      upload.medium->id, "", from, end_of(notes, part) - from,
      is_video(upload) ? std::string("application/octet-stream") : file_of(upload).content_type};
  call.keep_headers = {"etag"};
  call.patience = Patience::upload;
  // The addresses of a video's parts are signed already.
  if (is_video(upload)) return call;
  call.carrier = TokenCarrier::bearer;
  call.token = {Reference::Kind::user_token, ""};
  return call;
}

Step join(const Input& input, const Notes& notes, const Upload& upload) {
  const auto& etags = notes.list("etags");
  const json::object request{{"video", notes.text("asset")},
                             {"uploadToken", notes.text("token")},
                             {"uploadedPartIds", json::array(etags.begin(), etags.end())}};
  return post(input, "put the parts together", action(upload, "finalizeUpload"),
              json::serialize(json::object{{"finalizeUploadRequest", request}}));
}

// ---------------------------------------------------------------- what came back

// Only LinkedIn itself is given a file.
bool is_ours(const std::string& address) {
  return std::ranges::any_of(spec().token_hosts, [&](const std::string& host) {
    return address.starts_with("https://" + host + "/");
  });
}

Absorbed anew(const Notes& notes, Error error) {
  Notes fresh = without_upload(notes);
  error.kind = ErrorKind::unavailable;
  if (fresh.count("anew").number("anew") > kAnewMax) {
    fresh.erase("anew");
    error.kind = ErrorKind::invalid;
    error.message = "LinkedIn did not take the file, though it was uploaded again and again.";
  }
  return refused(fresh, std::move(error));
}

// A fault of a call that is about an upload under way: whatever is wrong with that upload, another
// may go well.
Absorbed refused_upload(const Notes& notes, Fault fault) {
  const bool another = fault.error.code == "upload_refused" ||
                       fault.error.code == "platform_refused" || fault.error.code == "gone";
  if (another) return anew(notes, std::move(fault.error));
  return refused(notes, std::move(fault.error));
}

// The parts must cover the file, in order and without a gap.
bool take_parts(const JsonAnswer& json, std::uint64_t total, Notes& notes) {
  constexpr const char* kParts = "/value/uploadInstructions";
  std::uint64_t reached = 0;
  for (std::size_t i = 0; i < json.size(kParts); ++i) {
    const auto first = json.number(at(kParts, i, "/firstByte")).value_or(-1);
    const auto last = json.number(at(kParts, i, "/lastByte")).value_or(-1);
    const auto url = json.text(at(kParts, i, "/uploadUrl"));
    if (first < 0 || static_cast<std::uint64_t>(first) != reached || last < first) return false;
    if (!is_ours(url)) return false;
    reached = static_cast<std::uint64_t>(last) + 1;
    notes.add("urls", url).add("ends", std::to_string(reached));
  }
  return reached == total;
}

Absorbed absorb_begin(const Input& input, Notes notes, const Upload& upload, const Answer& answer) {
  if (auto fault = fault_in(input, answer)) return refused(notes, std::move(fault->error));
  const JsonAnswer json(answer.body);
  const auto asset = json.text(std::string("/value/") + upload.member);
  const auto total = file_of(upload).size_bytes;
  bool sound = !asset.empty();
  if (is_video(upload)) {
    sound = sound && take_parts(json, total, notes);
    notes.set("token", json.text("/value/uploadToken"));
  } else {
    const auto url = json.text("/value/uploadUrl");
    sound = sound && is_ours(url);
    notes.add("urls", url).add("ends", std::to_string(total));
  }
  if (!sound) return in_doubt(without_upload(notes), nonsense(answer, "LinkedIn"));
  const auto expires =
      json.number(is_video(upload) ? "/value/uploadUrlsExpireAt" : "/value/uploadUrlExpiresAt");
  if (expires) notes.set("expires_at", *expires);
  return accepted(notes.set("asset", asset), uploading(input, notes));
}

Absorbed uploaded(Notes notes) {
  const auto asset = notes.text("asset");
  return accepted(without_upload(notes).add(kAssets, asset));
}

Absorbed absorb_send(const Input& input, Notes notes, const Upload& upload, const Answer& answer) {
  if (auto fault = fault_in(input, answer)) {
    // Signed addresses refuse in their own words.
    const bool ours = answer.status >= 400 && answer.status < 500 && answer.status != 429 &&
                      (answer.status != 401 || is_video(upload));
    if (ours) return anew(notes, std::move(fault->error));
    return refused(notes, std::move(fault->error));
  }
  if (!is_video(upload)) return uploaded(std::move(notes));
  const std::string* header = answer.header("etag");
  std::string etag = header == nullptr ? std::string() : *header;
  if (etag.size() >= 2 && etag.front() == '"' && etag.back() == '"') {
    etag = etag.substr(1, etag.size() - 2);
  }
  if (etag.empty()) return in_doubt(notes, nonsense(answer, "LinkedIn"));
  notes.add("etags", std::move(etag));
  return accepted(notes, uploading(input, notes));
}

Absorbed poll_again(Notes notes, const Answer& answer) {
  const auto polls = notes.number("polls");
  if (notes.count("polls").number("polls") > kPollsMax) {
    Error error = nonsense(answer, "LinkedIn");
    error.message = "LinkedIn did not finish processing the video.";
    return anew(notes, std::move(error));
  }
  const bool early = polls < static_cast<std::int64_t>(std::size(kPolls));
  return accepted(notes.set("rest", (early ? kPolls[polls] : kPollLater).count()));
}

Absorbed absorb_poll(const Input& input, Notes notes, const Answer& answer) {
  if (auto fault = fault_in(input, answer)) {
    // Not every token may look: then the post itself tells whether the video is ready.
    if (fault->error.code == "permission_missing" || fault->error.code == "forbidden") {
      return uploaded(notes.set("rest", kUnreadable.count()));
    }
    return refused_upload(notes, std::move(*fault));
  }
  const auto status = JsonAnswer(answer.body).text("/status");
  if (status == "AVAILABLE") return uploaded(std::move(notes));
  if (status == "WAITING_UPLOAD" || status == "PROCESSING") return poll_again(notes, answer);
  if (status != "PROCESSING_FAILED") return in_doubt(notes, nonsense(answer, "LinkedIn"));
  return refused(without_upload(notes),
                 {ErrorKind::invalid,
                  "LinkedIn could not process the video. Export it as MP4 with H.264 and AAC.",
                  "video processing failed",
                  {},
                  "media_failed"});
}

}  // namespace

std::vector<Upload> uploads_of(const Input& input) {
  std::vector<Upload> uploads;
  for (const auto& medium : input.media) {
    switch (medium.original.type) {
      case MediaType::video:
        uploads.push_back({&medium, "videos", "video"});
        break;
      case MediaType::document:
        uploads.push_back({&medium, "documents", "document"});
        break;
      default:
        uploads.push_back({&medium, "images", "image"});
    }
  }
  const auto thumbnail = input.option_media.find("thumbnail");
  if (input.kind == "article" && thumbnail != input.option_media.end()) {
    uploads.push_back({&thumbnail->second, "images", "image"});
  }
  return uploads;
}

bool more_to_upload(const Input& input, const Notes& notes) {
  return notes.list(kAssets).size() < uploads_of(input).size();
}

Step upload_next(const Input& input, const Notes& notes) {
  const Upload upload = current(input, notes);
  if (!notes.has("asset")) return begin(input, upload);
  if (notes.has("joined")) {
    return get(input, "look at the video", "videos/" + segment(notes.text("asset")));
  }
  if (notes.list("etags").size() == notes.list("urls").size()) return join(input, notes, upload);
  const bool late = notes.has("expires_at") && input.now >= from_ms(notes.number("expires_at"));
  if (late) return rest({}, without_upload(notes));
  return send(notes, upload);
}

Absorbed upload_absorb(const Input& input, const Notes& notes, const Answer& answer) {
  const Upload upload = current(input, notes);
  if (!notes.has("asset")) return absorb_begin(input, notes, upload, answer);
  if (notes.has("joined")) return absorb_poll(input, notes, answer);
  if (notes.list("etags").size() < notes.list("urls").size()) {
    return absorb_send(input, notes, upload, answer);
  }
  if (auto fault = fault_in(input, answer)) return refused_upload(notes, std::move(*fault));
  return accepted(Notes(notes).set("joined", "yes").set("rest", kPolls[0].count()));
}

// A plan shows a video's first part and all the rest as one.
Answer imagine_upload(const Input& input, const Notes& notes) {
  const Upload upload = current(input, notes);
  Answer answer{.status = 200};
  if (notes.has("joined")) {
    answer.body = R"({"status":"AVAILABLE"})";
  } else if (notes.has("asset")) {
    answer.headers["etag"] = "part";
  } else {
    const std::string url = "https://www.linkedin.com/dms-uploads/file";
    const auto total = file_of(upload).size_bytes;
    json::array parts;
    for (std::uint64_t from = 0; from < total;) {
      const auto end = from == 0 ? std::min(kPartBytes, total) : total;
      parts.push_back(json::object{{"uploadUrl", url}, {"firstByte", from}, {"lastByte", end - 1}});
      from = end;
    }
    const std::string urn = std::string("urn:li:") + upload.member + ":uploaded";
    answer.body = json::serialize(json::object{{"value",
                                                {{upload.member, urn},
                                                 {"uploadUrl", url},
                                                 {"uploadToken", ""},
                                                 {"uploadInstructions", parts}}}});
  }
  return answer;
}

}  // namespace herald::linkedin_flows
