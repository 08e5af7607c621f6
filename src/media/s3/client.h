// One bucket of an object store that speaks Amazon's S3 over HTTP: signed requests (Signature
// Version 4), one at a time for each caller, on connections that are used again. Path style.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/result.h"
#include "domain/secret.h"
#include "ports/digest.h"

namespace herald::media {

struct S3Place {
  std::string endpoint;  // "https://s3.example.com": without a slash at its end.
  std::string bucket;
  std::string region;
  std::string access_key;
  Secret secret_key;
};

struct S3Request {
  std::string method;
  // Letters, digits and "-._~/" only: every version of curl signs these alike. Empty: the bucket.
  std::string key;
  // In the order of their names, as a signature wants them.
  std::vector<std::pair<std::string, std::string>> query;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string_view body;
  bool may_repeat = true;  // Asking twice does no harm.
};

struct S3Answer {
  int status = 0;
  std::map<std::string, std::string, std::less<>> headers;  // Names in lower case.
  std::string body;
};

class S3Client {
 public:
  // Tries of a request that may be repeated, when no answer came or the store failed. Nothing waits
  // in between: a store that is busy is asked again by whoever has the time (storage_busy).
  static constexpr int kTriesMax = 3;
  static constexpr std::size_t kAnswerBytesMax = 16u << 20;

  // `digest` must outlive it.
  S3Client(S3Place place, const Digest& digest);
  ~S3Client();

  // Blocks. Safe from any thread. Refusals are errors (media/s3/fault.h); what is answered 2xx is
  // not.
  Result<S3Answer> ask(const S3Request& request);

  // "https://s3.example.com/bucket", for people.
  std::string name() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace herald::media
