// The canonical form of a plan: `tofu show -json` of one plan differs between two runs in its
// timestamp alone, where the plan file differs in every byte. In: that JSON. Out: one digest, equal
// where the plans are. Must not judge what a plan says.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace space::plans {

base::Result<std::string> canonical_digest(std::string_view plan_json);  // 64 hex digits

}  // namespace space::plans
