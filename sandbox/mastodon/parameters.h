// The parameters of a call, however it sent them: a form's media_ids[]=1 and JSON's
// {"media_ids":[1]} are the same here.
#pragma once

#include <utility>
#include <vector>

#include "sandbox/mastodon/refusal.h"

namespace herald::sandbox::mastodon {

class Parameters {
 public:
  // `known` as a form writes them, with blanks between: "status media_ids[] poll[multiple]". What
  // is not known, or known in another shape, is dropped or refused (MA-43). Files are no part.
  static Checked<Parameters> read(const Context& x, const Call& call, std::string_view known);

  const std::string* find(std::string_view name) const;
  std::string get(std::string_view name) const;                // Empty: absent.
  bool is_true(std::string_view name, bool otherwise) const;   // As the framework reads it.
  std::vector<std::string> list(std::string_view name) const;  // Of "media_ids[]".

 private:
  std::vector<std::pair<std::string, std::string>> all_;
};

}  // namespace herald::sandbox::mastodon
