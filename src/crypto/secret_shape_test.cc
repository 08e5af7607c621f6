// V-14: what must not compile with a Secret. The compiler is the test; a change that lets one of
// these in stops the build here.
#include <gtest/gtest.h>

#include <boost/json/value.hpp>
#include <boost/json/value_from.hpp>
#include <concepts>
#include <ostream>
#include <string>
#include <type_traits>

#include "domain/secret.h"

namespace herald {
namespace {

template <class T>
concept Streamable = requires(std::ostream& out, const T& thing) { out << thing; };
template <class T>
concept Comparable = requires(const T& a, const T& b) { a == b; };

static_assert(!std::is_copy_constructible_v<Secret>);
static_assert(!std::is_copy_assignable_v<Secret>);
static_assert(!std::is_convertible_v<Secret, std::string>);
static_assert(!std::is_convertible_v<Secret, std::string_view>);
static_assert(!std::is_convertible_v<std::string, Secret>);
static_assert(!std::is_constructible_v<std::string, Secret>);
static_assert(!Streamable<Secret>);
static_assert(!Comparable<Secret>);
static_assert(!std::is_constructible_v<boost::json::value, Secret>);
static_assert(!boost::json::has_value_from<Secret>::value);
static_assert(std::is_nothrow_move_constructible_v<Secret>);

TEST(Secret, V14_MovesAndClonesOnPurposeOnly) {
  Secret first("token");
  const Secret copy = first.clone();
  const Secret moved = std::move(first);
  EXPECT_EQ(copy.reveal(), moved.reveal());
  EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move): emptiness is promised.
}

}  // namespace
}  // namespace herald
