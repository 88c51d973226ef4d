#include "runner/flight/sensitive.h"

#include <algorithm>

#include "core/values/render.h"
#include "runner/tofu/outputs.h"

namespace space::flight {

namespace {

using values::TypeKind;
using values::Value;

bool is_kind(const Value& value, TypeKind kind) { return !value.is_null() && value.kind() == kind; }

void add_marked(const Value& value, const Value& mark, secrets::Scrubber& scrubber) {
  if (value.is_null() || mark.is_null()) return;
  if (is_kind(mark, TypeKind::Bool)) {
    if (!mark.as_bool()) return;
    for (const std::string& leaf : tofu::leaves_of(values::to_json(value))) scrubber.add(leaf);
  } else if (is_kind(mark, TypeKind::Object) && is_kind(value, TypeKind::Object)) {
    for (const auto& [name, inner] : value.as_map()) {
      const auto found = mark.as_map().find(name);
      if (found != mark.as_map().end()) add_marked(inner, found->second, scrubber);
    }
  } else if (is_kind(mark, TypeKind::Tuple) && is_kind(value, TypeKind::Tuple)) {
    const std::size_t size = std::min(value.as_list().size(), mark.as_list().size());
    for (std::size_t i = 0; i < size; ++i)
      add_marked(value.as_list()[i], mark.as_list()[i], scrubber);
  }
}

void add_marked(const plans::Values& values, secrets::Scrubber& scrubber) {
  add_marked(values.before, values.before_sensitive, scrubber);
  add_marked(values.after, values.after_sensitive, scrubber);
}

}  // namespace

void add_sensitive(const plans::PlanDocument& document, secrets::Scrubber& scrubber) {
  for (const plans::Change& change : document.objects) add_marked(change.values, scrubber);
  for (const plans::Change& change : document.drift) add_marked(change.values, scrubber);
  for (const auto& [name, change] : document.outputs) add_marked(change.values, scrubber);
}

}  // namespace space::flight
