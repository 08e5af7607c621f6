// What the platforms' consent pages have in common: a card that says who asks, what there is to
// choose, and buttons. What a platform asks for and checks is its side's own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/server/message.h"
#include "sandbox/settings.h"

namespace herald::sandbox {

// Whether the operator registered this very address for the demo app.
bool is_registered(const Settings& settings, std::string_view platform,
                   const std::string& redirect_uri);

// A box to tick, or one of the accounts to choose from.
struct Tick {
  std::string_view kind = "checkbox";  // Or "radio".
  std::string name;                    // Of the form's field.
  std::string value;
  std::string label;
  std::string detail;  // In small letters; empty: none.
  bool checked = true;
  bool fixed = false;  // Nobody can change it.
};
std::string html_of(const Tick& tick);

struct Button {
  std::string value;  // Of the field "decision".
  std::string label;
};

struct ConsentForm {
  std::string title;  // Of the window.
  std::string company;
  std::string brand;            // HTML, as are the next three.
  std::string heading;          // Who asks, and for what.
  std::string note;             // Below it; may be empty.
  std::string choices;          // What stands in the form.
  std::vector<Button> buttons;  // The last one says yes.
};
// Its form leads, by way of the answer, to the app's redirect URI.
http::Response consent_form(const ConsentForm& form, const std::string& redirect_uri);

// A platform's page that says no; `why` is for whoever tries things out here.
http::Response refusal_page(std::string_view title, std::string_view heading, std::string_view text,
                            std::string_view why);

// "https://app.example/callback?a=b" and "code=1" -> "https://app.example/callback?a=b&code=1".
std::string with_parameters(const std::string& address, std::string_view parameters);

}  // namespace herald::sandbox
