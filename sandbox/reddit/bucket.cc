#include "sandbox/reddit/bucket.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "sandbox/reddit/uploads.h"

namespace herald::sandbox::reddit {

namespace {

constexpr std::string_view kDeclaration = R"(<?xml version="1.0" encoding="UTF-8"?>)";

http::Response xml_answer(int status, const std::string& body) {
  auto response = text_answer(status, std::string(kDeclaration) + "\n" + body);
  response.headers.set("Content-Type", "application/xml");
  return response;
}

// `more`: elements between the message and the request's id.
http::Response refused(int status, std::string_view code, std::string_view message,
                       const std::string& more = {}) {
  return xml_answer(
      status,
      fmt::format("<Error><Code>{}</Code><Message>{}</Message>{}<RequestId>SANDBOX</RequestId>"
                  "<HostId>sandbox</HostId></Error>",
                  code, html_escaped(message), more));
}

http::Response denied(const std::string& why) {
  return refused(403, "AccessDenied", "Invalid according to Policy: " + why);
}

// A form as S3 reads it: what stands behind the file is not there.
struct Upload {
  std::vector<Field> fields;
  const Field* file = nullptr;

  const std::string* find(std::string_view name) const {
    const auto found = std::ranges::find_if(
        fields, [&](const Field& field) { return lower(field.name) == lower(name); });
    return found == fields.end() ? nullptr : &found->value;
  }
};

Upload read_upload(const Call& call) {
  Upload upload;
  for (const auto& field : call.fields) {
    if (field.name == "file") {
      upload.file = &field;
      break;
    }
    upload.fields.push_back(field);
  }
  return upload;
}

// Whether the fields are those of the lease, no more and no fewer.
std::optional<http::Response> field_fault(const Upload& upload, const Asset& asset) {
  for (const auto& leased : asset.fields) {
    const auto* value = upload.find(leased.name);
    const bool of_form = leased.name == "policy" || lower(leased.name).ends_with("signature");
    if (value == nullptr && of_form)
      return refused(400, "InvalidArgument",
                     "Bucket POST must contain a field named '" + leased.name +
                         "'.  If it is specified, please check the order of the fields.");
    if (of_form && *value != leased.value)
      return refused(403, "SignatureDoesNotMatch",
                     "The request signature we calculated does not match the signature you "
                     "provided.");
    if (value == nullptr || *value != leased.value)
      return denied(fmt::format("Policy Condition failed: [\"eq\", \"${}\", \"{}\"]", leased.name,
                                leased.value));
  }
  for (const auto& field : upload.fields) {
    const bool leased = std::ranges::any_of(
        asset.fields, [&](const auto& one) { return lower(one.name) == lower(field.name); });
    if (!leased) return denied("Extra input fields: " + field.name);
  }
  return {};
}

std::optional<http::Response> size_fault(const Upload& upload, const Asset& asset) {
  const auto size = static_cast<std::int64_t>(upload.file->size);
  if (size > asset.max_bytes)
    return refused(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size",
                   fmt::format("<ProposedSize>{}</ProposedSize><MaxSizeAllowed>{}</MaxSizeAllowed>",
                               size, asset.max_bytes));
  if (size < 1)
    return refused(400, "EntityTooSmall",
                   "Your proposed upload is smaller than the minimum allowed size",
                   "<ProposedSize>0</ProposedSize><MinSizeAllowed>1</MinSizeAllowed>");
  return {};
}

}  // namespace

bool is_bucket(std::string_view host) { return host == kImageBucket || host == kVideoBucket; }

http::Response receive_upload(Context& x, const Call& call) {
  if (call.method != "POST") return refused(403, "AccessDenied", "Access Denied");
  if (!call.header("Authorization").empty())
    return refused(400, "InvalidArgument",
                   "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, "
                   "Signature query string parameter or the Authorization header should be "
                   "specified");
  const auto upload = read_upload(call);
  if (call.content_type != "multipart/form-data" || upload.file == nullptr)
    return refused(400, "InvalidArgument", "POST requires exactly one file upload per request.");
  const auto* key = upload.find("key");
  if (key == nullptr)
    return refused(400, "InvalidArgument",
                   "Bucket POST must contain a field named 'key'.  If it is specified, please "
                   "check the order of the fields.");
  const auto found = std::ranges::find_if(x.state.assets, [&](const auto& entry) {
    return entry.second.key == *key && entry.second.host == call.host;
  });
  if (found == x.state.assets.end()) return denied("Policy Condition failed: key");
  auto& asset = found->second;
  if (auto fault = field_fault(upload, asset)) return *fault;
  if (x.now_ms() >= asset.expires_ms) return denied("Policy expired.");
  if (auto fault = size_fault(upload, asset)) return *fault;
  take_file(x, asset, call.part(*upload.file));
  const auto address = "https://" + asset.host + "/" + percent_encoded(asset.key);
  auto response = xml_answer(
      201, fmt::format("<PostResponse><Location>{}</Location><Bucket>{}</Bucket><Key>{}</Key>"
                       "<ETag>\"{}\"</ETag></PostResponse>",
                       address, asset.host.substr(0, asset.host.find('.')), asset.key,
                       asset.digest.substr(0, 32)));
  response.headers.set("Location", address);
  return response;
}

}  // namespace herald::sandbox::reddit
