// Asking a platform about an account or a post: live facts, figures. It is a dialogue with an
// account's tokens that ends in facts.
#pragma once

#include <functional>
#include <memory>

#include "app/registrations.h"
#include "app/vault.h"

namespace herald {

struct Enquiry {
  const Registration* registration = nullptr;
  Flow flow = Flow::lookup;
  Account account;
  std::function<Input(const Grant&)> input;
  std::function<bool()> may_send = {};  // As Dialogues::run's.
};

class Enquiries {
 public:
  using Done = std::function<void(Result<LookedUp>)>;

  Enquiries(Vault& vault, Dialogues& dialogues) : vault_(vault), dialogues_(dialogues) {}

  // Calls `done` exactly once, maybe before it returns. Tokens that the platform refuses are
  // renewed and it is asked once more; when it refuses those too the grant is condemned, so that
  // the person hears of it before a post has to wait.
  void ask(Enquiry enquiry, Done done);

 private:
  struct Talk;
  void send(const std::shared_ptr<Talk>& talk);
  void take(const std::shared_ptr<Talk>& talk, Result<LookedUp> facts);

  Vault& vault_;
  Dialogues& dialogues_;
};

// The facts that a dialogue ended with, or why there are none.
Result<LookedUp> facts_in(Result<Outcome> outcome);

}  // namespace herald
