#include "store/mongo/database.h"

#include <mongoc/mongoc.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <random>
#include <thread>

#include "store/mongo/errors.h"

namespace herald::mongo {
namespace {

constexpr int kHeartbeatMs = 2'000;
constexpr int kCommitsMax = 3;  // The driver itself sends each once more.
constexpr const char* kUsualName = "herald";

// Once in a process. It is not ended: a store may live as long as the process.
bool begin_driver() {
  mongoc_log_set_handler([](mongoc_log_level_t, const char*, const char*, void*) {}, nullptr);
  mongoc_init();
  return true;
}

using Uri = std::unique_ptr<mongoc_uri_t, decltype(&mongoc_uri_destroy)>;

// What the operator wrote in the URI stays.
void set_number(mongoc_uri_t* uri, const char* option, int value) {
  if (!mongoc_uri_has_option(uri, option)) mongoc_uri_set_option_as_int32(uri, option, value);
}

void settle(mongoc_uri_t* uri, int connections, const Patience& patience) {
  set_number(uri, MONGOC_URI_CONNECTTIMEOUTMS, patience.connect_ms);
  set_number(uri, MONGOC_URI_SOCKETTIMEOUTMS, patience.answer_ms);
  set_number(uri, MONGOC_URI_SERVERSELECTIONTIMEOUTMS, patience.server_ms);
  set_number(uri, MONGOC_URI_WAITQUEUETIMEOUTMS, patience.client_ms);
  set_number(uri, MONGOC_URI_HEARTBEATFREQUENCYMS, kHeartbeatMs);
  set_number(uri, MONGOC_URI_MAXPOOLSIZE, connections);
  // These are not the operator's to weaken.
  mongoc_uri_set_option_as_bool(uri, MONGOC_URI_RETRYWRITES, true);
  mongoc_uri_set_option_as_bool(uri, MONGOC_URI_RETRYREADS, true);
  mongoc_write_concern_t* durable = mongoc_write_concern_new();
  mongoc_write_concern_set_wmajority(
      durable, mongoc_uri_get_option_as_int32(uri, MONGOC_URI_SOCKETTIMEOUTMS, patience.answer_ms));
  mongoc_write_concern_set_journal(durable, true);
  mongoc_uri_set_write_concern(uri, durable);
  mongoc_write_concern_destroy(durable);
  mongoc_read_concern_t* durable_reads = mongoc_read_concern_new();
  mongoc_read_concern_set_level(durable_reads, MONGOC_READ_CONCERN_LEVEL_MAJORITY);
  mongoc_uri_set_read_concern(uri, durable_reads);
  mongoc_read_concern_destroy(durable_reads);
  mongoc_read_prefs_t* primary = mongoc_read_prefs_new(MONGOC_READ_PRIMARY);
  mongoc_uri_set_read_prefs_t(uri, primary);
  mongoc_read_prefs_destroy(primary);
}

}  // namespace

// The driver's pool. A client is one thread's at a time.
class Clients {
 public:
  explicit Clients(const mongoc_uri_t* uri) : pool_(mongoc_client_pool_new(uri)) {
    mongoc_client_pool_set_error_api(pool_, MONGOC_ERROR_API_VERSION_2);
    mongoc_client_pool_set_appname(pool_, "herald");
    mongoc_apm_callbacks_t* watch = mongoc_apm_callbacks_new();
    mongoc_apm_set_command_succeeded_cb(watch, [](const mongoc_apm_command_succeeded_t* event) {
      ++static_cast<Clients*>(mongoc_apm_command_succeeded_get_context(event))->answers_;
    });
    mongoc_apm_set_command_failed_cb(watch, [](const mongoc_apm_command_failed_t* event) {
      ++static_cast<Clients*>(mongoc_apm_command_failed_get_context(event))->answers_;
    });
    mongoc_client_pool_set_apm_callbacks(pool_, watch, this);
    mongoc_apm_callbacks_destroy(watch);
  }
  Clients(const Clients&) = delete;
  Clients& operator=(const Clients&) = delete;
  ~Clients() { mongoc_client_pool_destroy(pool_); }

  mongoc_client_t* take() { return mongoc_client_pool_pop(pool_); }
  void give_back(mongoc_client_t* client) { mongoc_client_pool_push(pool_, client); }
  std::uint64_t answers() const { return answers_; }

 private:
  mongoc_client_pool_t* pool_;
  std::atomic<std::uint64_t> answers_ = 0;
};

Act::~Act() {
  undo();
  clients_.give_back(client_);
}

Result<Done> Act::begin() {
  bson_error_t error;
  session_ = mongoc_client_start_session(client_, nullptr, &error);
  if (session_ == nullptr) return failed(error, nullptr);
  mongoc_transaction_opt_t* options = mongoc_transaction_opts_new();
  mongoc_read_concern_t* snapshot = mongoc_read_concern_new();
  mongoc_read_concern_set_level(snapshot, MONGOC_READ_CONCERN_LEVEL_SNAPSHOT);
  mongoc_transaction_opts_set_read_concern(options, snapshot);
  const bool begun = mongoc_client_session_start_transaction(session_, options, &error);
  mongoc_read_concern_destroy(snapshot);
  mongoc_transaction_opts_destroy(options);
  if (!begun) return failed(error, nullptr);
  return Done{};
}

Result<Done> Act::commit() {
  for (int left = kCommitsMax;; --left) {
    bson_t reply;
    bson_error_t error;
    const bool done = mongoc_client_session_commit_transaction(session_, &reply, &error);
    const bool unknown = !done && is_commit_unknown(error, &reply);
    Result<Done> result = Done{};
    if (!done) result = failed(error, &reply);
    bson_destroy(&reply);
    if (!unknown || left == 1) return result;
  }
}

void Act::undo() {
  if (session_ == nullptr) return;
  if (mongoc_client_session_in_transaction(session_)) {
    mongoc_client_session_abort_transaction(session_, nullptr);
  }
  mongoc_client_session_destroy(session_);
  session_ = nullptr;
}

std::unexpected<Error> Act::try_again() {
  transient_ = true;
  return fail(ErrorKind::internal, "This could not be stored or read.", "begun anew");
}

Result<Bson> Act::command(const Bson& command) {
  bson_t reply;
  bson_error_t error;
  const bool done = mongoc_client_write_command_with_opts(client_, database_.c_str(), command.get(),
                                                          nullptr, &reply, &error);
  Bson answer(bson_copy(&reply));
  bson_destroy(&reply);
  if (!done) return failed(error, answer.get());
  return answer;
}

Act::Collection Act::collection(const char* name) {
  return {mongoc_client_get_collection(client_, database_.c_str(), name),
          mongoc_collection_destroy};
}

Bson Act::options() const {
  Bson made;
  if (session_ != nullptr) mongoc_client_session_append(session_, made.get(), nullptr);
  return made;
}

std::unexpected<Error> Act::failed(const bson_error_t& error, const bson_t* reply) {
  transient_ = session_ != nullptr && mongo::is_transient(error, reply);
  return std::unexpected(error_of(error));
}

Result<std::unique_ptr<Database>> Database::open(const std::string& text, int connections,
                                                 Patience patience) {
  [[maybe_unused]] static const bool kBegun = begin_driver();
  bson_error_t error;
  const Uri uri(mongoc_uri_new_with_error(text.c_str(), &error), mongoc_uri_destroy);
  if (!uri) {
    return fail(ErrorKind::invalid, "This is not the address of a MongoDB (mongodb://...).");
  }
  settle(uri.get(), connections, patience);
  const char* name = mongoc_uri_get_database(uri.get());
  const std::chrono::milliseconds contest(mongoc_uri_get_option_as_int32(
      uri.get(), MONGOC_URI_SERVERSELECTIONTIMEOUTMS, patience.server_ms));
  return std::unique_ptr<Database>(new Database(std::make_unique<Clients>(uri.get()),
                                                name != nullptr ? name : kUsualName, contest));
}

Database::Database(std::unique_ptr<Clients> clients, std::string name,
                   std::chrono::milliseconds contest)
    : clients_(std::move(clients)), name_(std::move(name)), contest_(contest) {}
Database::~Database() = default;

std::uint64_t Database::commands() const { return clients_->answers(); }

// Those that lost against the same act must not come back at the same moment.
void Database::let_others_pass(int losses) {
  constexpr int kLongestMs = 32;
  const auto before = std::hash<std::thread::id>{}(std::this_thread::get_id());
  thread_local std::minstd_rand chance(static_cast<std::minstd_rand::result_type>(before));
  const int longest = std::min(1 << std::min(losses, 5), kLongestMs);
  const auto pause = std::chrono::microseconds(chance() % static_cast<unsigned>(longest * 1'000));
  std::this_thread::sleep_for(pause);
}

Error Database::too_busy() { return mongo::too_busy(); }

Result<std::unique_ptr<Act>> Database::begin_act() {
  mongoc_client_t* client = clients_->take();
  if (client == nullptr) return std::unexpected(no_free_client());
  return std::make_unique<Act>(*clients_, client, name_);
}

}  // namespace herald::mongo
