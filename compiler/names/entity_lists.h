// Lists of names, such as `[environment.prod, environment.nonprod]` and `remote.state`: one
// reference, a tuple of references, or a local that holds one. What is something else is reported
// (SPC1014).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/names/context.h"

namespace space::names {

struct EntityRef {
  std::uint32_t entity = 0;
  source::Span span;
};

struct EntityList {
  std::vector<EntityRef> refs;
  bool is_whole = true;  // false: something in it was reported, and is not in `refs`
};

// `wanted` reads like "a list of environments, such as `[environment.prod]`".
EntityList entity_list(Context& context, model::ExprId expr, model::RefKind kind,
                       std::string_view wanted);
std::optional<EntityRef> entity(Context& context, model::ExprId expr, model::RefKind kind,
                                std::string_view wanted);

}  // namespace space::names
