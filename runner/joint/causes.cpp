#include "runner/joint/causes.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include "runner/joint/names.h"
#include "runner/plans/configuration.h"
#include "runner/plans/known_changes.h"
#include "runner/plans/leaves.h"

namespace space::joint {

namespace {

using plans::Action;
using runplan::PreviewCause;
using runplan::PreviewLeaf;
using runplan::PreviewValue;

PreviewValue unknown(bool sensitive) {  // NOLINT: the value itself
  PreviewValue value;
  value.kind = PreviewValue::Kind::Unknown;
  value.sensitive = sensitive;
  return value;
}

// The object's arguments in which something changes, and whether something in them is unknown.
using Changed = std::map<std::string, bool>;

Changed changed_arguments(const plans::Change& change) {
  Changed changed;
  for (const PreviewLeaf& leaf : plans::differences(change)) {
    bool& is_unknown = changed[leaf.path.substr(0, leaf.path.find_first_of(".["))];
    is_unknown = is_unknown || leaf.after.kind == PreviewValue::Kind::Unknown;
  }
  return changed;
}

// What a provider computes changes with what is configured, and follows from nothing by itself.
Changed configured_ones(Changed changed, const plans::ConfiguredModule& module,
                        const std::string& address) {
  const std::set<std::string> configured = plans::configured_arguments(module, address);
  std::erase_if(changed, [&](const auto& one) { return !configured.contains(one.first); });
  return changed;
}

bool has(const plans::Reached& reached, const PreviewCause& cause) {
  return reached.through_local || reached.variables.contains(cause.variable);
}

}  // namespace

Causes::Causes(const JointPlan& joint, const Part& part) : joint_(joint), part_(part) {
  for (const Wire& wire : part.wires) add(wire);
}

void Causes::add(const Wire& wire) {
  if (wire.kind == Wire::Kind::Unknown) {
    const auto& read = std::get<runplan::FromOutput>(wire.variable->source);
    causes_.push_back(
        {{wire.variable->name, read.root, read.output, {}, unknown(wire.sensitive)}, false});
  }
  if (wire.kind != Wire::Kind::Joined) return;
  Cause cause{{wire.variable->name, joint_.plan.roots[wire.root].id, wire.output, {}, {}}, false};
  const auto found = joint_.document.outputs.find(inner_name(wire.root, wire.output));
  if (found == joint_.document.outputs.end()) {
    cause.told.after = unknown(wire.sensitive);
  } else {
    if (found->second.action == Action::NoOp) return;
    const auto scrubbed = [this](PreviewValue value) {
      value.json = joint_.scrub(value.json);
      return value;
    };
    cause.told.before = scrubbed(plans::whole_before(found->second.values));
    cause.told.after = scrubbed(plans::whole_after(found->second.values));
    cause.changes_what_is_known = plans::changes_what_is_known(found->second.values);
  }
  causes_.push_back(std::move(cause));
}

std::vector<PreviewCause> Causes::all() const {
  std::vector<PreviewCause> told;
  for (const Cause& cause : causes_) told.push_back(cause.told);
  return told;
}

std::vector<PreviewCause> Causes::of(const plans::Change& change) const {
  if (causes_.empty()) return {};
  const auto& modules = joint_.document.configuration.root.modules;
  const auto module = modules.find(module_name(part_.root));
  if (module == modules.end()) return {};
  const std::string address = split_address(change.address)->name;
  const Changed changed = changed_arguments(change);
  const bool stays = change.action == Action::Update || change.action == Action::Replace;
  const Changed moved = stays ? configured_ones(changed, module->second, address) : Changed();
  struct Way {
    plans::Reached reached;
    bool takes_unknown;
  };
  std::vector<Way> ways;
  const auto add_way = [&](const std::set<std::string>& arguments, bool takes_unknown) {
    ways.push_back({plans::variables_reaching(module->second, address, arguments), takes_unknown});
  };
  // "": of one that comes or goes its count or for_each alone.
  for (const auto& [name, is_unknown] : moved) add_way({"", name}, is_unknown);
  if (moved.empty()) {
    std::set<std::string> names{""};
    for (const auto& [name, is_unknown] : changed) names.insert(name);
    add_way(names, true);
  }
  const auto may_have_moved = [&ways](const Cause& cause) {
    return std::ranges::any_of(ways, [&cause](const Way& way) {
      return (way.takes_unknown || cause.changes_what_is_known) && has(way.reached, cause.told);
    });
  };
  std::vector<PreviewCause> told;
  for (const Cause& cause : causes_) {
    if (may_have_moved(cause)) told.push_back(cause.told);
  }
  return told;
}

}  // namespace space::joint
