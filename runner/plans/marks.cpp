#include "runner/plans/marks.h"

#include <algorithm>

#include "core/values/render.h"

namespace space::plans {

using values::TypeKind;
using values::Value;

namespace {

const Value k_nothing;

}  // namespace

bool is_marked(const Value& mark) {
  return !mark.is_null() && mark.kind() == TypeKind::Bool && mark.as_bool();
}

bool has_mark(const Value& mark) {
  if (is_list(mark)) return std::any_of(mark.as_list().begin(), mark.as_list().end(), has_mark);
  if (!is_object(mark)) return is_marked(mark);
  return std::any_of(mark.as_map().begin(), mark.as_map().end(),
                     [](const auto& one) { return has_mark(one.second); });
}

bool is_object(const Value& value) { return !value.is_null() && value.kind() == TypeKind::Object; }
bool is_list(const Value& value) { return !value.is_null() && value.kind() == TypeKind::Tuple; }

const Value& member(const Value& of, const std::string& name) {
  if (!is_object(of)) return k_nothing;
  const auto found = of.as_map().find(name);
  return found == of.as_map().end() ? k_nothing : found->second;
}

const Value& element(const Value& of, std::size_t index) {
  return is_list(of) && index < of.as_list().size() ? of.as_list()[index] : k_nothing;
}

const Value& mark_of(const Value& mark, const std::string& name) {
  return is_marked(mark) ? mark : member(mark, name);
}

const Value& mark_of(const Value& mark, std::size_t index) {
  return is_marked(mark) ? mark : element(mark, index);
}

std::string path_below(const std::string& path, const std::string& name) {
  if (path.empty()) return name;
  return path + (values::is_identifier(name) ? "." + name : "[" + values::quote_hcl(name) + "]");
}

std::string path_below(const std::string& path, std::size_t index) {
  return path + "[" + std::to_string(index) + "]";
}

}  // namespace space::plans
