#include "runner/joint/reviewed_parts.h"

#include <map>
#include <optional>
#include <string>
#include <variant>

#include "core/values/render.h"
#include "runner/joint/names.h"
#include "runner/plans/leaves.h"

namespace space::joint {

namespace {

using plans::Action;
using plans::Change;

class Maker {
 public:
  Maker(const JointPlan& joint, const plans::Seal& seal) : joint_(joint), seal_(seal) {
    for (const Change& change : joint.document.objects) {
      const auto inner = split_address(change.address);
      if (inner && plans::has_meaning(change))
        objects_[inner->root].push_back(as_own(change, inner->name));
    }
    for (const Change& change : joint.document.drift) {
      const auto inner = split_address(change.address);
      if (!inner || change.action == Action::NoOp) continue;
      Change drift;  // its values say nothing that is held
      drift.address = inner->name;
      drift.action = change.action;
      drift_[inner->root].push_back(std::move(drift));
    }
    for (const auto& [name, change] : joint.document.outputs) {
      const auto inner = split_name(name);
      if (!inner) continue;
      Change output = change;
      output.values = sealed(change.values);
      outputs_[inner->root][inner->name] = std::move(output);
    }
  }

  plans::ReviewedProcedure make(const runplan::PreviewRoot& shown, const Part* part) {
    plans::ReviewedProcedure out;
    out.root = shown.root;
    out.verdict = shown.verdict;
    out.reason = shown.reason;
    if (part == nullptr) return out;
    out.plan.objects = std::move(objects_[part->root]);
    out.plan.drift = std::move(drift_[part->root]);
    out.plan.outputs = std::move(outputs_[part->root]);
    for (const runplan::PreviewDeferral& one : shown.deferred)
      out.plan.deferred.push_back(plans::without_keys(one.address));
    for (const Wire& wire : part->wires) {
      if (!std::holds_alternative<runplan::FromOutput>(wire.variable->source)) continue;
      if (const auto value = known(wire)) out.inputs[wire.variable->name] = seal_of_input(*value);
    }
    return out;
  }

 private:
  Change as_own(const Change& change, const std::string& address) const {
    Change own = change;
    own.address = joint_.scrub(address);
    if (const auto before = split_address(change.previous_address))
      own.previous_address = joint_.scrub(before->name);
    own.importing = joint_.scrub(change.importing);
    own.values = sealed(change.values);
    return own;
  }

  plans::Values sealed(const plans::Values& values) const {
    return plans::sealed(values, seal_,
                         [this](std::string_view text) { return joint_.scrub(text) != text; });
  }

  std::optional<values::Value> known(const Wire& wire) const {
    if (wire.kind == Wire::Kind::Unknown) return std::nullopt;
    if (wire.kind == Wire::Kind::Given) {
      std::string error;
      return values::from_json(wire.json, error);
    }
    const auto found = joint_.document.outputs.find(inner_name(wire.root, wire.output));
    if (found == joint_.document.outputs.end()) return std::nullopt;
    const plans::Values& values = found->second.values;
    const auto shown = plans::whole_after(values);
    if (shown.kind == runplan::PreviewValue::Kind::Unknown) return std::nullopt;
    return values.after;
  }

  std::string seal_of_input(const values::Value& value) const {
    return seal_(values::to_json(value));
  }

  const JointPlan& joint_;
  const plans::Seal& seal_;
  std::map<std::size_t, std::vector<Change>> objects_, drift_;
  std::map<std::size_t, std::map<std::string, Change>> outputs_;
};

}  // namespace

std::vector<plans::ReviewedProcedure> reviewed_procedures(
    const JointPlan& joint, const std::vector<runplan::PreviewRoot>& shown,
    const plans::Seal& seal) {
  Maker maker(joint, seal);
  std::map<std::string, const Part*> parts;
  for (const Part& part : joint.parts) parts[joint.plan.roots[part.root].id] = &part;
  std::vector<plans::ReviewedProcedure> out;
  for (const runplan::PreviewRoot& root : shown) {
    const bool stands_there = root.verdict != runplan::PreviewVerdict::Apart &&
                              root.verdict != runplan::PreviewVerdict::Failed;
    const auto part = parts.find(root.root);
    out.push_back(maker.make(root, stands_there && part != parts.end() ? part->second : nullptr));
  }
  return out;
}

}  // namespace space::joint
