// Quirks that can be turned at run time: POST /_sandbox/switches {"meta.strict_parameters":"off"}.
// A side declares its switches when it is made; a name nobody declared is refused.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace herald::sandbox {

class Switches {
 public:
  // `name` is "<side>.<noun>"; `meaning` is shown on the index page.
  void declare(std::string name, std::string value, std::string meaning);

  bool on(std::string_view name) const { return text(name) == "on"; }
  const std::string& text(std::string_view name) const;
  bool set(std::string_view name, std::string value);  // False: nobody declared it.
  void restart();                                      // All as declared.

  struct Switch {
    std::string value;
    std::string declared;
    std::string meaning;
  };
  const std::map<std::string, Switch, std::less<>>& all() const { return all_; }

 private:
  std::map<std::string, Switch, std::less<>> all_;
};

}  // namespace herald::sandbox
