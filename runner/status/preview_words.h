// The words that a preview is shown with, in a terminal and on a page alike: signs of actions,
// values, why an object changes. In: parts of a Preview. Out: short plain text without control
// characters, not escaped for any format.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/runplan/preview.h"

namespace space::status {

std::string_view sign_of(runplan::PreviewAction action);     // "+", "~", "-/+", …
std::string_view phrase_of(runplan::PreviewAction action);   // "will be created"
std::string value_text(const runplan::PreviewValue& value);  // `"x"`, `(known after apply)`, …
std::string reason_text(std::string_view reason);            // of tofu's action_reason
std::string place_of(const runplan::PreviewRoot& reader,     // STAGE/PROCEDURE in its own flight
                     const std::string& root);
// "output `id` of 000/network", for what follows from it.
std::string cause_text(const runplan::PreviewRoot& reader, const runplan::PreviewCause& cause);
// Objects, or whole procedures, that are left out of a preview.
std::size_t deferred_objects(const runplan::Preview& preview);
std::string pair_text(const runplan::PreviewValue& before, const runplan::PreviewValue& after);
std::string shortened(const std::string& text);  // a value, as much as a line should hold
std::string shortened_pair(const runplan::PreviewValue& before, const runplan::PreviewValue& after);

}  // namespace space::status
