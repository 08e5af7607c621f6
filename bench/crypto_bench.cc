// What one request costs in cryptography: checking a token, opening and sealing a grant.
#include <benchmark/benchmark.h>

#include "crypto/argon2_passwords.h"
#include "crypto/generated_keys_test.h"
#include "crypto/jws_internal_assertions.h"
#include "crypto/jwt_access_tokens.h"
#include "crypto/sealed_links.h"
#include "crypto/system_random.h"
#include "crypto/vault_sealer.h"
#include "testing/fake_clock.h"
#include "testing/memory_key_store.h"

namespace herald {
namespace {

constexpr const char* kSecret = "k3J9x0Qz7Lm2Vb8Nc5Rt1Yw6Pd4Hs0Ag";

testing::FakeClock clock_;
SystemRandom random_;

Caller caller() {
  return {ScopeAuthority::of(CustomerId("cust_a")), UserId("user_1"), SessionId("sess_1"),
          Role::member};
}

std::unique_ptr<JwtAccessTokens> tokens_with(const std::string& pem) {
  JwtSettings settings;
  settings.issuer = "https://herald.example";
  settings.audience = "herald";
  settings.secrets.emplace_back(kSecret);
  if (!pem.empty()) settings.signing_key_pem = Secret(pem);
  return std::move(*JwtAccessTokens::make(std::move(settings), clock_, random_));
}

// Tokens that were never seen before, so that nothing is remembered.
void verify_new(benchmark::State& state, const std::string& pem) {
  constexpr std::size_t kTokens = 8192;  // More than are remembered.
  const auto tokens = tokens_with(pem);
  std::vector<std::string> made;
  for (std::size_t i = 0; i < kTokens; ++i) {
    made.push_back(tokens->issue(caller(), std::chrono::hours(1)).value());
  }
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(tokens->verify(made[next]));
    next = (next + 1) % kTokens;
  }
}

void verify_known(benchmark::State& state, const std::string& pem) {
  const auto tokens = tokens_with(pem);
  const auto token = tokens->issue(caller(), std::chrono::hours(1)).value();
  for (auto _ : state) benchmark::DoNotOptimize(tokens->verify(token));
}

void BM_JwtVerifyHs256(benchmark::State& state) { verify_new(state, ""); }
void BM_JwtVerifyRs256(benchmark::State& state) { verify_new(state, testing::generate_rsa().pem); }
void BM_JwtVerifyEs256(benchmark::State& state) { verify_new(state, testing::generate_p256().pem); }
void BM_JwtVerifyEdDsa(benchmark::State& state) {
  verify_new(state, testing::generate_ed25519().pem);
}
void BM_JwtVerifyRemembered(benchmark::State& state) { verify_known(state, ""); }
void BM_JwtIssueHs256(benchmark::State& state) {
  const auto tokens = tokens_with("");
  for (auto _ : state) benchmark::DoNotOptimize(tokens->issue(caller(), std::chrono::hours(1)));
}
BENCHMARK(BM_JwtVerifyHs256)->Iterations(8000);
BENCHMARK(BM_JwtVerifyRs256)->Iterations(4000);  // Each of them a token of its own.
BENCHMARK(BM_JwtVerifyEs256)->Iterations(4000);
BENCHMARK(BM_JwtVerifyEdDsa)->Iterations(4000);
BENCHMARK(BM_JwtVerifyRemembered);
BENCHMARK(BM_JwtIssueHs256);

void BM_AssertionSignAndVerify(benchmark::State& state) {
  std::vector<Secret> secrets;
  secrets.emplace_back(kSecret);
  const auto assertions = std::move(*JwsInternalAssertions::make(secrets, clock_, random_));
  for (auto _ : state) {
    const auto token = assertions->sign({caller(), {}, {}}, "GET", "/api/posts", "");
    benchmark::DoNotOptimize(assertions->verify(token, "GET", "/api/posts"));
    clock_.advance(Duration(1));  // Old ones leave the memory, as they would.
  }
}
BENCHMARK(BM_AssertionSignAndVerify);

struct Vault {
  testing::MemoryKeyStore store;
  WrappingKeys wrapping = *WrappingKeys::parse(make_wrapping_key("k", random_));
  VaultSealer sealer{store, wrapping, clock_, random_};
};

SealContext context() { return {CustomerId("cust_a"), "grant", "instagram", "grant_1", "access"}; }

void BM_Seal2KiB(benchmark::State& state) {
  Vault vault;
  const std::string plain(2048, 't');
  for (auto _ : state) benchmark::DoNotOptimize(vault.sealer.seal(context(), plain));
}
void BM_Open2KiB(benchmark::State& state) {
  Vault vault;
  const auto sealed = vault.sealer.seal(context(), std::string(2048, 't')).value();
  for (auto _ : state) benchmark::DoNotOptimize(vault.sealer.open(context(), sealed));
}
BENCHMARK(BM_Seal2KiB);
BENCHMARK(BM_Open2KiB);

void BM_OpenMediaLink(benchmark::State& state) {
  const auto links = std::move(*SealedLinks::make(Secret(kSecret), clock_));
  const auto segment = links->seal({caller().scope, MediaId("media_abcdefghijklmnopqrstuvwxyz"),
                                    "jpeg", clock_.now() + std::chrono::hours(24 * 365)});
  for (auto _ : state) benchmark::DoNotOptimize(links->open(segment));
}
BENCHMARK(BM_OpenMediaLink);

void BM_PasswordMatch(benchmark::State& state) {
  Argon2Passwords passwords;
  const auto hash = passwords.hash(Secret("correct horse battery")).value();
  const Secret password("correct horse battery");
  for (auto _ : state) benchmark::DoNotOptimize(passwords.matches(password, hash));
}
BENCHMARK(BM_PasswordMatch)->Iterations(20);

}  // namespace
}  // namespace herald
