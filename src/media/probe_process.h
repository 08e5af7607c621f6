// The probe as the server has it: decoders run in a program of their own (herald-probe), one
// process per file, without network, without files, with bounded memory and time. What breaks there
// breaks one file; and the server carries none of their hundred libraries (30 MB at rest).
#pragma once

#include <cstddef>
#include <semaphore>
#include <string>
#include <vector>

#include "ports/media_probe.h"

namespace herald::media {

class ProbeProcess final : public MediaProbe {
 public:
  // `program` is the path of herald-probe. At most `at_once` run; further calls wait their turn.
  explicit ProbeProcess(std::string program, std::ptrdiff_t at_once = 2);

  // The path of herald-probe beside the program that runs now.
  static std::string beside_this_program();

  Result<MediaFacts> probe(const std::string& path, const DeclaredFile& declared) override;
  Result<std::string> hash(const std::string& path) override;
  Result<Rendition> make_jpeg(const std::string& path, const JpegLimits& limits) override;
  Result<Rendition> make_preview(const std::string& path, const JpegLimits& limits) override;

 private:
  Result<Rendition> render(const std::string& path, MediaType type, const JpegLimits& limits);
  Result<std::string> run(const std::vector<std::string>& words, int file,
                          std::size_t answer_bytes_max);

  std::string program_;
  std::counting_semaphore<> turns_;
};

}  // namespace herald::media
