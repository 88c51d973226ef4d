// Seals: what stands for a sensitive value where only its sameness matters. In: the values of a
// change, and a function that makes a seal of a text (an HMAC with the project's key). Out: the
// same values, each sensitive one as a text that nobody can read back; the marks stay, and say
// which they are. The same value has the same seal, whatever it stands in.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "runner/plans/plan_document.h"

namespace space::plans {

using Seal = std::function<std::string(std::string_view json)>;

// Texts that hold a known secret are sealed too, marked or not: then without a mark.
using IsSecret = std::function<bool(std::string_view text)>;

Values sealed(const Values& values, const Seal& seal, const IsSecret& is_secret = nullptr);

// The whole of a value, as it stands where it was sealed.
values::Value seal_of(const values::Value& value, const Seal& seal);

// Whether a value is the one that was reviewed, which may be sealed, or parts of it.
bool is_same(const values::Value& reviewed, const values::Value& real, const Seal& seal);

bool has_seal(const Values& values);        // anything in it is sensitive
bool has_seal(const values::Value& value);  // anything in it is sealed

}  // namespace space::plans
