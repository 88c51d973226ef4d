#include "compiler/model/given_values.h"

#include <algorithm>

#include "core/base/strings.h"

namespace space::model {

const Attribute* given(const ValuesDecl* decl, std::string_view variable) {
  if (decl == nullptr) return nullptr;
  const auto found = std::find_if(decl->values.begin(), decl->values.end(),
                                  [&](const Attribute& one) { return one.name.text == variable; });
  return found == decl->values.end() ? nullptr : &*found;
}

const Attribute* given_misspelt(const ValuesDecl* decl, std::string_view variable,
                                const std::vector<VariableDecl>& variables) {
  if (decl == nullptr) return nullptr;
  std::vector<std::string_view> names;
  for (const VariableDecl& other : variables) names.push_back(other.name.text);
  const auto found =
      std::find_if(decl->values.begin(), decl->values.end(), [&](const Attribute& one) {
        return std::find(names.begin(), names.end(), one.name.text) == names.end() &&
               base::closest(one.name.text, names) == variable;
      });
  return found == decl->values.end() ? nullptr : &*found;
}

}  // namespace space::model
