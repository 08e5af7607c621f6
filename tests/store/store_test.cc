#include "tests/store/store_test.h"

#include <unistd.h>

#include <cstdlib>

#include "store/memory/memory_store.h"
#include "store/sqlite/sqlite_store.h"
#include "tests/store/mongo_kind.h"

namespace herald {

TemporaryFolder::TemporaryFolder() {
  // In memory where that can be had: hundreds of tests would wait for the disk otherwise.
  const bool shared = access("/dev/shm", W_OK) == 0;
  std::string pattern = (shared ? "/dev/shm" : std::filesystem::temp_directory_path().string()) +
                        std::string("/herald-XXXXXX");
  if (mkdtemp(pattern.data()) == nullptr) std::abort();
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::vector<StoreKind> store_kinds() {
  std::vector<StoreKind> kinds{
      {"Memory", [](const std::string&) { return std::make_unique<MemoryStore>(); }},
      {"Sqlite", [](const std::string& folder) {
         return std::move(SqliteStore::open(folder, at(0)).value());
       }}};
  if (has_mongo()) kinds.push_back(mongo_kind());
  return kinds;
}

std::string kind_name(const ::testing::TestParamInfo<StoreKind>& info) { return info.param.name; }

Customer sample_customer(const std::string& id) {
  return {.id = CustomerId(id), .name = "Name of " + id, .suspended = false, .created_at = at(1)};
}

User sample_user(const std::string& customer, const std::string& id) {
  return {.id = UserId(id),
          .customer = CustomerId(customer),
          .email = id + "@" + customer + ".example",
          .name = "Name of " + id,
          .password_hash = "$argon2id$",
          .role = Role::admin,
          .disabled = false,
          .created_at = at(2)};
}

Session sample_session(const std::string& customer, const std::string& user,
                       const std::string& id) {
  return {.id = SessionId(id),
          .customer = CustomerId(customer),
          .user = UserId(user),
          .refresh_hash = "first",
          .expires_at = at(1000),
          .ended = false,
          .created_at = at(3)};
}

OAuthFlow sample_flow(const std::string& customer, const std::string& id) {
  return {.id = FlowId(id),
          .customer = CustomerId(customer),
          .user = UserId("ann"),
          .session = SessionId("ses"),
          .platform = PlatformId("instagram"),
          .registration = "main",
          .state_hash = "state of " + id,
          .nonce_hash = "nonce of " + id,
          .redirect_uri = "https://herald.example/callback",
          .reconnects = AccountId("acc_old"),
          .scopes = {"read", "write \"all\""},
          .status = FlowStatus::waiting,
          .sealed = std::string("\0\x01sealed\xff", 9),
          .accounts = {AccountId("acc_1"), AccountId("acc_2")},
          .problem_code = "code",
          .problem_message = "message",
          .version = 1,
          .created_at = at(0),
          .expires_at = at(1000)};
}

Grant sample_grant(const std::string& customer, const std::string& id) {
  return {.id = GrantId(id),
          .customer = CustomerId(customer),
          .user = UserId("ann"),
          .platform = PlatformId("instagram"),
          .registration = "main",
          .subject = "person of " + id,
          .scopes = {"publish", "read"},
          .sealed_tokens = std::string("\0tokens\xfe", 8),
          .version = 1,
          .state = GrantState::live,
          .state_message = "fine",
          .access_expires_at = at(5000),
          .refresh_due_at = at(4000),
          .ends_at = at(9000),
          .lease = 0,
          .lease_until = {},
          .refresh_begun_version = {},
          .refresh_begun_at = {},
          .created_at = at(10),
          .updated_at = at(11)};
}

Account sample_account(const std::string& customer, const std::string& id,
                       const std::string& grant) {
  return {.id = AccountId(id),
          .customer = CustomerId(customer),
          .user = UserId("ann"),
          .platform = PlatformId("instagram"),
          .grant = GrantId(grant),
          .product = "facebook_login",
          .kind = "professional account",
          .remote_id = "17841400000000001" + id,
          .name = "Näme ☂",
          .username = "name'; DROP TABLE accounts; --",
          .picture_url = "https://cdn.example/p.jpg",
          .facts = {{"page_id", "12"}, {"empty", ""}},
          .sealed_token = std::string("\x80page\0", 6),
          .connected_at = at(20)};
}

Medium sample_medium(const std::string& customer, const std::string& id) {
  const MediaFacts facts{.type = MediaType::video,
                         .content_type = "video/mp4",
                         .size_bytes = 5'000'000'000,
                         .width = 1080,
                         .height = 1920,
                         .frames = 7,
                         .duration_ms = 61'234,
                         .video_codec = "h264",
                         .audio_codec = "aac",
                         .frames_per_second = 29.97002997002997,
                         .has_audio = true,
                         .moov_first = true,
                         .sha256_hex = "abcdef"};
  return {.id = MediaId(id),
          .customer = CustomerId(customer),
          .user = UserId("ann"),
          .filename = "../../etc/passwd",
          .declared_type = "image/jpeg",
          .declared_bytes = 5'000'000'000,
          .status = MediaStatus::uploading,
          .received_bytes = 100,
          .facts = facts,
          .jpeg = facts,
          .preview = facts,
          .problem = "A plain sentence.",
          .created_at = at(30),
          .touched_at = at(30)};
}

Post sample_post(const std::string& customer, const std::string& id,
                 const std::vector<std::string>& accounts, Time due) {
  Post post{.id = PostId(id),
            .customer = CustomerId(customer),
            .user = UserId("ann"),
            .text = "Text \"of\" a post \xF0\x9F\x8C\x8D\nsecond line\t'; --",
            .media = {},
            .targets = {},
            .due_at = due,
            .time_zone = "Europe/Vienna",
            .lateness_max = Duration(3'600'000),
            .revision = 1,
            .cancelled = false,
            .created_at = due,
            .updated_at = due};
  for (const std::string& account : accounts) {
    post.targets.push_back({.account = AccountId(account),
                            .kind = "reel",
                            .key = "r/some",
                            .text = "Own text",
                            .options = {{"flag", false},
                                        {"title", std::string("A title")},
                                        {"tags", std::vector<std::string>{"a", "b"}}}});
  }
  return post;
}

std::vector<Delivery> deliveries_for(const Post& post) {
  std::vector<Delivery> deliveries;
  for (std::size_t i = 0; i < post.targets.size(); ++i) {
    const Target& target = post.targets[i];
    Delivery& delivery = deliveries.emplace_back();
    delivery.id = delivery_id(post.id, target.account, "");
    delivery.customer = post.customer;
    delivery.user = post.user;
    delivery.post = post.id;
    delivery.account = target.account;
    delivery.platform = PlatformId("instagram");
    delivery.target = static_cast<int>(i);
    delivery.target_key = target.key;
    delivery.kind = target.kind;
    delivery.due_at = post.due_at;
    delivery.publish_at = post.due_at;
    delivery.missed_after = post.due_at + post.lateness_max;
    delivery.created_at = post.created_at;
    delivery.updated_at = post.created_at;
  }
  return deliveries;
}

Attempt sample_attempt(const Delivery& delivery, const std::string& id) {
  return {.id = id,
          .customer = delivery.customer,
          .user = delivery.user,
          .delivery = delivery.id,
          .post = delivery.post,
          .account = delivery.account,
          .platform = delivery.platform,
          .number = 3,
          .step = "publish: POST graph.facebook.com/…/media_publish",
          .visible = true,
          .started_at = at(50),
          .ended_at = at(60),
          .outcome = "accepted",
          .status_code = 200,
          .message = "It was taken."};
}

FollowUp sample_follow_up(const Delivery& delivery, const std::string& kind, Time due) {
  return {.delivery = delivery.id,
          .kind = kind,
          .customer = delivery.customer,
          .state = FollowUpState::due,
          .due_at = due,
          .lease = 0,
          .lease_until = {},
          .attempt = 1,
          .sealed_progress = std::string("\0progress", 9),
          .fence = {},
          .visible_calls = 2,
          .message = "message",
          .updated_at = at(0)};
}

void StoreTest::connect(const std::string& customer, const std::string& id) {
  const Connection connection{.grant = sample_grant(customer, "grt_" + id),
                              .accounts = {sample_account(customer, id, "grt_" + id)}};
  ASSERT_TRUE(store().connect(scope(customer), connection).has_value());
}

Post StoreTest::create(const Post& post) {
  const auto created = store().create_post(scope(post.customer.value), post, deliveries_for(post),
                                           IdempotencyKey{}, {});
  EXPECT_TRUE(created.has_value()) << show(created);
  return post;
}

std::vector<std::string> StoreTest::claim(Time now, int max) {
  std::vector<std::string> ids;
  const auto rows = store().claim_due(now, kLease, max).value();
  for (const Delivery& row : rows) {
    ids.push_back(row.post.value);
  }
  return ids;
}

Delivery StoreTest::delivery(const std::string& customer, const std::string& post,
                             const std::string& account) {
  return store()
      .find_delivery(scope(customer), delivery_id(PostId(post), AccountId(account), ""))
      .value();
}

Delivery StoreTest::claimed(const std::string& customer, const std::string& post,
                            const std::string& account, Time now) {
  EXPECT_EQ(claim(now), std::vector{post});
  return delivery(customer, post, account);
}

Delivery StoreTest::moved(const std::string& customer, const std::string& post,
                          const std::string& account, Time now, DeliveryState state, Time due) {
  Delivery row = claimed(customer, post, account, now);
  const bool through_unknown = state == DeliveryState::review;
  row.state = through_unknown ? DeliveryState::unknown : state;
  row.due_at = due;
  if (row.state == DeliveryState::unknown) row.fence = Fence{1, 1, now, now, now};
  EXPECT_DONE(store().save_delivery(row, row.lease, std::nullopt, {}));
  if (through_unknown) {
    row.state = state;
    EXPECT_DONE(store().save_delivery(row, row.lease, std::nullopt, {}));
  }
  return delivery(customer, post, account);
}

PostStatus StoreTest::status(const std::string& customer, const std::string& post) {
  return fold(store().deliveries_of(scope(customer), PostId(post)).value());
}

}  // namespace herald
