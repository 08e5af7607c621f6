// What a submit asks for, and what may be wrong with it, in the order in which Reddit looks.
#pragma once

#include <expected>
#include <string>

#include "domain/result.h"
#include "sandbox/reddit/endpoint.h"

namespace herald::sandbox::reddit {

struct Draft {
  Post post;  // Without id and time; `community` as the caller spelled it.
  bool resubmit = false;
  bool validate = false;  // The community's requirements are asked for.
};

using Fine = std::expected<Done, Wrong>;
using Objection = std::unexpected<Wrong>;

// The community exists, the account may post there, and it takes this kind of post.
// An empty kind: whatever it is.
Fine check_place(Request& request, const Draft& draft);
Fine check_title(Draft& draft);     // Collapses its white space.
Fine check_pace(Request& request);  // A new account must wait between two posts.
Fine check_link(Request& request, const Draft& draft);
Fine check_text(const Draft& draft);
// Puts the chosen flair's text into the post.
Fine check_flair(Request& request, Draft& draft);
// What the community demands of the post. Codes besides those of vectors R18 and R19 are formed
// like them.
Fine check_requirements(const Community& community, const Draft& draft);

// Counts the post against the account's pace.
void note_post(Request& request);

}  // namespace herald::sandbox::reddit
