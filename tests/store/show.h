// Rows as text, every member of them: two rows are equal when their texts are, and a failing test
// shows where they differ.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ports/store.h"

namespace herald {

std::string show(Done);
std::string show(const std::string& text);
std::string show(int number);
std::string show(std::uint64_t number);
std::string show(Time time);
std::string show(const Error& error);  // Kind and code.
std::string show(const Customer& row);
std::string show(const User& row);
std::string show(const Session& row);
std::string show(const OAuthFlow& row);
std::string show(const Grant& row);
std::string show(const Account& row);
std::string show(const AccountStore::Removed& removed);
std::string show(const Post& row);
std::string show(const PostStore::Created& created);
std::string show(const Delivery& row);
std::string show(const FollowUp& row);
std::string show(const Attempt& row);
std::string show(const Medium& row);
std::string show(const WrappedKey& row);
std::string show(const AuditEvent& row);
std::string show(const CustomerId& id);
std::string show(const Measurement& row);
std::string show(const Figures& figures);
std::string show(const PostFigures& row);
std::string show(const std::map<AccountId, Figures>& figures);

template <class T>
std::string show(const std::optional<T>& value) {
  return value ? show(*value) : "none";
}

template <class T>
std::string show(const std::vector<T>& rows) {
  std::string text;
  for (const T& row : rows) text += show(row) + "\n";
  return text;
}

template <class T>
std::string show(const PageOf<T>& page) {
  return show(page.rows) + (page.more ? "more" : "end");
}

template <class T>
std::string show(const Result<T>& result) {
  return result ? show(*result) : show(result.error());
}

}  // namespace herald
