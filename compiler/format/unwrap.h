// Values that are a template around one expression lose it: `"${x}"` becomes `x`, in parentheses
// where it spans lines. And the types of a top-level `variable` lose their old spellings:
// `"string"` is `string`, `list` is `list(any)`. In: the tokens of a whole value. Out: the tokens
// to write.
#pragma once

#include "compiler/format/tokens.h"

namespace space::format {

Tokens unwrap_value(Tokens value);
Tokens modern_type(Tokens value);

}  // namespace space::format
