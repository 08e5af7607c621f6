#include "store/mongo/errors.h"

#include <gtest/gtest.h>
#include <mongoc/mongoc.h>

namespace herald::mongo {
namespace {

bson_error_t of_server(std::uint32_t code) {
  bson_error_t error{};
  error.domain = MONGOC_ERROR_SERVER;
  error.code = code;
  bson_strncpy(error.message, "ann@bakery.test is taken", sizeof error.message);
  return error;
}

struct Labelled {
  explicit Labelled(const char* label) {
    bson_t labels = BSON_INITIALIZER;
    BSON_APPEND_UTF8(&labels, "0", label);
    BSON_APPEND_ARRAY(&reply, "errorLabels", &labels);
    bson_destroy(&labels);
  }
  Labelled(const Labelled&) = delete;
  Labelled& operator=(const Labelled&) = delete;
  ~Labelled() { bson_destroy(&reply); }

  bson_t reply = BSON_INITIALIZER;
};

TEST(MongoErrors, AServerThatTakesNoWritesJustNowIsToBeAskedLater) {
  for (const std::uint32_t code : {10107u, 13435u, 11600u, 11602u, 189u, 91u, 64u}) {
    const Error error = error_of(of_server(code));
    EXPECT_EQ(error.kind, ErrorKind::unavailable) << code;
    EXPECT_TRUE(error.retry_after) << code;
    EXPECT_EQ(error.code, "store_unreachable");
  }
  bson_error_t none_found{};
  none_found.domain = MONGOC_ERROR_SERVER_SELECTION;
  none_found.code = MONGOC_ERROR_SERVER_SELECTION_FAILURE;
  EXPECT_EQ(error_of(none_found).kind, ErrorKind::unavailable);
  bson_error_t cut{};
  cut.domain = MONGOC_ERROR_STREAM;
  cut.code = MONGOC_ERROR_STREAM_SOCKET;
  EXPECT_EQ(error_of(cut).kind, ErrorKind::unavailable);
}

TEST(MongoErrors, ADuplicateIsAConflictAndNothingElseIs) {
  EXPECT_TRUE(is_duplicate(error_of(of_server(11000))));
  EXPECT_EQ(error_of(of_server(11000)).kind, ErrorKind::conflict);
  EXPECT_FALSE(is_duplicate(error_of(of_server(112))));
  // The same number of the driver's own means something else.
  bson_error_t own{};
  own.domain = MONGOC_ERROR_COMMAND;
  own.code = 11000;
  EXPECT_FALSE(is_duplicate(error_of(own)));
  EXPECT_TRUE(is_there_already(error_of(of_server(48))));
}

TEST(MongoErrors, WhatOthersHoldIsToBeAskedLater) {
  for (const std::uint32_t code : {24u, 112u}) {
    const Error error = error_of(of_server(code));
    EXPECT_EQ(error.kind, ErrorKind::unavailable) << code;
    EXPECT_TRUE(error.retry_after) << code;
    EXPECT_TRUE(is_busy(error)) << code;
  }
  EXPECT_FALSE(is_busy(error_of(of_server(10107))));
}

TEST(MongoErrors, V11_the_servers_text_goes_nowhere) {
  for (const std::uint32_t code : {11000u, 10107u, 121u}) {
    const Error error = error_of(of_server(code));
    EXPECT_EQ((error.message + error.detail).find("bakery"), std::string::npos) << code;
    EXPECT_NE(error.detail.find(std::to_string(code)), std::string::npos);
  }
}

TEST(MongoErrors, WhatMayBeTriedAgainIsToldByCodeAndLabel) {
  const Labelled transient("TransientTransactionError");
  const Labelled unknown("UnknownTransactionCommitResult");
  EXPECT_TRUE(is_transient(of_server(24), nullptr));
  EXPECT_TRUE(is_transient(of_server(112), nullptr));
  EXPECT_TRUE(is_transient(of_server(251), &transient.reply));
  EXPECT_FALSE(is_transient(of_server(251), &unknown.reply));
  EXPECT_FALSE(is_transient(of_server(11000), nullptr));
  EXPECT_TRUE(is_commit_unknown(of_server(91), &unknown.reply));
  EXPECT_FALSE(is_commit_unknown(of_server(91), &transient.reply));
}

}  // namespace
}  // namespace herald::mongo
