#include "crypto/sealed_links.h"

#include <gtest/gtest.h>

#include "domain/encoding.h"
#include "testing/fake_clock.h"

namespace herald {
namespace {

class SealedLinksTest : public ::testing::Test {
 protected:
  std::unique_ptr<SealedLinks> with(const char* secret) {
    return std::move(*SealedLinks::make(Secret(secret), clock_));
  }
  MediaLink link(const char* media = "media_1", const char* rendition = "jpeg") const {
    return {ScopeAuthority::of(CustomerId("someone@example.com")), MediaId(media), rendition,
            clock_.now() + std::chrono::hours(1)};
  }

  testing::FakeClock clock_;
  std::unique_ptr<SealedLinks> links_ = with("k3J9x0Qz7Lm2Vb8Nc5Rt1Yw6Pd4Hs0Ag");
};

TEST_F(SealedLinksTest, ALinkOpensToWhatItSaid) {
  const auto opened = links_->open(links_->seal(link()));
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->scope, link().scope);
  EXPECT_EQ(opened->media, link().media);
  EXPECT_EQ(opened->rendition, "jpeg");
  EXPECT_EQ(opened->expires_at, link().expires_at);
}

TEST_F(SealedLinksTest, TheSameLinkIsTheSameTextAndTellsNothing) {
  const auto segment = links_->seal(link());
  EXPECT_EQ(segment, links_->seal(link()));
  EXPECT_NE(segment, links_->seal(link("media_2")));
  EXPECT_NE(segment.substr(0, 32), links_->seal(link("media_1", "")).substr(0, 32));
  const auto bytes = from_base64url(segment);
  ASSERT_TRUE(bytes);
  EXPECT_EQ(bytes->find("someone"), std::string::npos);
  EXPECT_EQ(bytes->find("media"), std::string::npos);
}

TEST_F(SealedLinksTest, AnExpiredLinkIsNotFound) {
  const auto segment = links_->seal(link());
  clock_.advance(std::chrono::hours(1) - Duration(1));
  EXPECT_TRUE(links_->open(segment));
  clock_.advance(Duration(1));
  EXPECT_EQ(links_->open(segment).error().kind, ErrorKind::not_found);
}

TEST_F(SealedLinksTest, NoChangedLinkOpensAndAllRefusalsLookTheSame) {
  const auto segment = links_->seal(link());
  const auto expected = links_->open("").error().message;
  auto bytes = *from_base64url(segment);
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    auto flipped = bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    const auto opened = links_->open(to_base64url(flipped));
    ASSERT_FALSE(opened) << bit;
    EXPECT_EQ(opened.error().message, expected);
  }
  for (std::size_t size = 0; size < segment.size(); ++size) {
    EXPECT_FALSE(links_->open(std::string_view(segment).substr(0, size)));
  }
  EXPECT_FALSE(links_->open(segment + "="));
  EXPECT_FALSE(links_->open(segment + segment));
  EXPECT_FALSE(links_->open(std::string(1 << 20, 'A')));
}

TEST_F(SealedLinksTest, AnotherSecretOpensNothing) {
  EXPECT_FALSE(with("Zq7Xw2Ev9Rb4Tn1Ym6Ui3Op8As5Df0Gh")->open(links_->seal(link())));
  EXPECT_FALSE(SealedLinks::make(Secret("short"), clock_));
}

TEST_F(SealedLinksTest, ARotatedSecretOpensWhatItSealedAndSealsNoMore) {
  std::vector<Secret> earlier;
  earlier.emplace_back("k3J9x0Qz7Lm2Vb8Nc5Rt1Yw6Pd4Hs0Ag");
  const Secret fresh("Zq7Xw2Ev9Rb4Tn1Ym6Ui3Op8As5Df0Gh");
  const auto rotated = SealedLinks::make(fresh, clock_, earlier);
  ASSERT_TRUE(rotated);
  EXPECT_TRUE((*rotated)->open(links_->seal(link())));
  EXPECT_TRUE((*rotated)->open((*rotated)->seal(link())));
  EXPECT_FALSE(links_->open((*rotated)->seal(link())));
  earlier.emplace_back("short");
  EXPECT_FALSE(SealedLinks::make(fresh, clock_, earlier));
}

}  // namespace
}  // namespace herald
