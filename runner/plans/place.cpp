#include "runner/plans/place.h"

namespace space::plans {

std::set<std::string> member_names(std::initializer_list<const values::Value*> values) {
  std::set<std::string> names;
  for (const values::Value* value : values) {
    if (!is_object(*value)) continue;
    for (const auto& [name, inner] : value->as_map()) names.insert(name);
  }
  return names;
}

}  // namespace space::plans
