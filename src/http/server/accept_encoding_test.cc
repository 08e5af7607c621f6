#include "http/server/accept_encoding.h"

#include <gtest/gtest.h>

namespace herald::http {
namespace {

TEST(AcceptEncoding, TheHeaviestCodingWinsAndBrotliBreaksTies) {
  const std::pair<const char*, Coding> cases[] = {
      {"", Coding::identity},
      {"identity", Coding::identity},
      {"deflate, zstd", Coding::identity},
      {"gzip", Coding::gzip},
      {"GZip", Coding::gzip},
      {"x-gzip", Coding::gzip},
      {"br", Coding::brotli},
      {"gzip, deflate, br, zstd", Coding::brotli},
      {"br;q=0.5, gzip;q=0.8", Coding::gzip},
      {"br; q=0.8 ,gzip;Q=0.8", Coding::brotli},
      {"br;q=0, gzip", Coding::gzip},
      {"br;q=0, gzip;q=0.000", Coding::identity},
      {"*", Coding::brotli},
      {"*;q=0, gzip;q=0.1", Coding::gzip},
      {"*;q=0.5, br;q=0", Coding::gzip},
      {"br;q=2", Coding::identity},
      {"br;q=1.001", Coding::identity},
      {"br;q=", Coding::identity},
      {"br;q=x", Coding::identity},
      {"br;q=0.0001", Coding::identity},
      {"br q=1", Coding::identity},
      {"brotli", Coding::identity},
      {",,gzip,", Coding::gzip},
  };
  for (const auto& [header, coding] : cases) EXPECT_EQ(choose_coding(header), coding) << header;
}

}  // namespace
}  // namespace herald::http
