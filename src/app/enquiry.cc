#include "app/enquiry.h"

#include <utility>

namespace herald {

struct Enquiries::Talk {
  Enquiry asked;
  Done done;
  OpenedGrant grant;
  bool renewed = false;
};

void Enquiries::ask(Enquiry enquiry, Done done) {
  auto talk = std::make_shared<Talk>(Talk{std::move(enquiry), std::move(done), {}});
  vault_.open(talk->asked.account, [this, talk](Result<OpenedGrant> grant) {
    if (!grant) return talk->done(std::unexpected(std::move(grant).error()));
    talk->grant = std::move(*grant);
    send(talk);
  });
}

void Enquiries::send(const std::shared_ptr<Talk>& talk) {
  const Enquiry& asked = talk->asked;
  dialogues_.run(
      *asked.registration->platform, asked.flow, asked.input(talk->grant.grant),
      asked.account.customer, talk->grant.secrets,
      [this, talk](DialogueEnd end) { take(talk, facts_in(std::move(end.outcome))); },
      asked.may_send);
}

void Enquiries::take(const std::shared_ptr<Talk>& talk, Result<LookedUp> facts) {
  const bool refused =
      !facts && facts.error().kind == ErrorKind::unauthorized && !spares_the_grant(facts.error());
  if (!refused) return talk->done(std::move(facts));
  if (talk->renewed) {
    // Not stored: the next who asks finds out again.
    (void)vault_.condemn(talk->grant.grant, facts.error());
    return talk->done(std::move(facts));
  }
  talk->renewed = true;
  vault_.reopen(talk->asked.account, talk->grant.grant, [this, talk](Result<OpenedGrant> grant) {
    if (!grant) return talk->done(std::unexpected(std::move(grant).error()));
    talk->grant = std::move(*grant);
    send(talk);
  });
}

Result<LookedUp> facts_in(Result<Outcome> outcome) {
  if (!outcome) return std::unexpected(std::move(outcome).error());
  if (auto* facts = std::get_if<LookedUp>(&*outcome)) return std::move(*facts);
  return fail(ErrorKind::internal, "Herald could not read what the platform says of this account.",
              "an enquiry ended with another outcome");
}

}  // namespace herald
