#include "core/runplan/run_plan.h"

#include <algorithm>

namespace space::runplan {

namespace {

template <class Item>
const Item* find_by_id(const std::vector<Item>& items, std::string_view id) {
  const auto it =
      std::lower_bound(items.begin(), items.end(), id,
                       [](const Item& item, std::string_view wanted) { return item.id < wanted; });
  return it != items.end() && it->id == id ? &*it : nullptr;
}

}  // namespace

const Root* find_root(const RunPlan& plan, std::string_view id) {
  return find_by_id(plan.roots, id);
}
const Flight* find_flight(const RunPlan& plan, std::string_view id) {
  return find_by_id(plan.flights, id);
}
const Output* find_output(const RunPlan& plan, std::string_view root, std::string_view name) {
  const Root* of = find_root(plan, root);
  if (of == nullptr) return nullptr;
  const auto found = std::find_if(of->outputs.begin(), of->outputs.end(),
                                  [&](const Output& output) { return output.name == name; });
  return found == of->outputs.end() ? nullptr : &*found;
}

}  // namespace space::runplan
