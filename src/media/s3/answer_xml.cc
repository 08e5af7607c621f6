#include "media/s3/answer_xml.h"

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <sstream>

namespace herald::media {
namespace {

namespace pt = boost::property_tree;

std::optional<pt::ptree> parse(const std::string& xml) {
  std::istringstream text(xml);
  pt::ptree tree;
  try {
    pt::read_xml(text, tree);
  } catch (const pt::xml_parser_error&) {
    return std::nullopt;
  }
  return tree;
}

std::optional<std::string> text_at(const std::string& xml, const char* path) {
  const auto tree = parse(xml);
  if (!tree) return std::nullopt;
  const auto found = tree->get_optional<std::string>(path);
  return found ? std::optional(*found) : std::nullopt;
}

std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    if (c == '&') {
      safe += "&amp;";
    } else if (c == '<') {
      safe += "&lt;";
    } else if (c == '"') {
      safe += "&quot;";
    } else {
      safe += c;
    }
  }
  return safe;
}

}  // namespace

std::optional<std::string> error_code_of(const std::string& xml) {
  return text_at(xml, "Error.Code");
}

std::optional<std::string> upload_id_of(const std::string& xml) {
  return text_at(xml, "InitiateMultipartUploadResult.UploadId");
}

std::optional<S3Listing> listing_of(const std::string& xml) {
  const auto tree = parse(xml);
  if (!tree) return std::nullopt;
  const auto all = tree->get_child_optional("ListBucketResult");
  if (!all) return std::nullopt;
  S3Listing listing;
  for (const auto& [name, one] : *all) {
    if (name != "Contents") continue;
    const auto key = one.get_optional<std::string>("Key");
    const auto bytes = one.get_optional<std::uint64_t>("Size");
    if (!key || !bytes) return std::nullopt;
    listing.objects.push_back({*key, *bytes});
  }
  if (all->get("IsTruncated", false)) {
    listing.next = all->get("NextContinuationToken", std::string());
    if (listing.next.empty()) return std::nullopt;
  }
  return listing;
}

std::string completion_xml(const std::vector<SentPart>& parts) {
  std::string xml = "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">";
  for (const auto& part : parts) {
    xml += "<Part><PartNumber>" + std::to_string(part.number) + "</PartNumber><ETag>" +
           escaped(part.etag) + "</ETag></Part>";
  }
  return xml + "</CompleteMultipartUpload>";
}

}  // namespace herald::media
