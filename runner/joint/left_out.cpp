#include "runner/joint/left_out.h"

#include <algorithm>

#include "runner/joint/names.h"
#include "runner/joint/read_back.h"

namespace space::joint {

namespace {

using runplan::TofuDiagnostic;

// Calls `found(block, wire)` for each variable of a part that reaches a provider block and is not
// known from the beginning.
template <class Found>
void for_each_awaited(const runplan::Root& root, const Part& part, Found found) {
  for (const runplan::ProviderBlock& block : root.provider_blocks) {
    for (const Wire& wire : part.wires) {
      const bool reaches =
          std::binary_search(block.variables.begin(), block.variables.end(), wire.variable->name);
      if (reaches && wire.kind != Wire::Kind::Given) found(block, wire);
    }
  }
}

bool is_unknown(const Wire& wire, const plans::PlanDocument& document) {
  return wire.kind == Wire::Kind::Unknown ||
         (wire.kind == Wire::Kind::Joined && is_unknown_output(document, wire.root, wire.output));
}

}  // namespace

std::optional<std::size_t> procedure_of(const runplan::RunPlan& plan,
                                        const std::vector<Part>& parts,
                                        const TofuDiagnostic& diagnostic) {
  if (const auto inner = split_address(diagnostic.address)) return inner->root;
  for (const Part& part : parts) {
    if (diagnostic.file.starts_with(plan.roots[part.root].id + "/")) return part.root;
  }
  const std::string text = diagnostic.summary + " " + diagnostic.detail;
  for (const Part& part : parts) {
    if (text.find(module_address(part.root) + ".") != std::string::npos) return part.root;
  }
  return std::nullopt;
}

LeftOut::LeftOut(const runplan::RunPlan& plan, const std::vector<Part>& parts)
    : plan_(plan), parts_(parts) {
  for (const Part& part : parts) {
    for_each_awaited(
        plan.roots[part.root], part, [&](const runplan::ProviderBlock& block, const Wire& wire) {
          providers_[part.root] =
              "provider `" + block.provider + "` is configured from `" + wire.variable->name + "`";
        });
  }
}

std::vector<Exclusion> LeftOut::exclusions() const {
  std::vector<Exclusion> all = found_;
  for (const auto& [root, why] : providers_) all.push_back({module_address(root), why});
  return all;
}

LeftOut::Learned LeftOut::take_errors(const std::vector<TofuDiagnostic>& diagnostics) {
  Learned learned = Learned::Nothing;
  for (const TofuDiagnostic& diagnostic : diagnostics) {
    for (const Exclusion& one : exclusions_of(diagnostic)) {
      if (add(one) == Learned::Something) learned = Learned::Something;
      unknown_.emplace(one.address, diagnostic);
    }
  }
  // Errors that are no unknowns come again in the next round; what is unknown may be behind them.
  if (learned == Learned::Something) return learned;
  std::map<std::size_t, std::vector<TofuDiagnostic>> failed;
  for (const TofuDiagnostic& diagnostic : diagnostics) {
    if (!diagnostic.is_error || !exclusions_of(diagnostic).empty()) continue;
    const auto root = procedure_of(plan_, parts_, diagnostic);
    if (!root) return Learned::Nothing;
    failed[*root].push_back(diagnostic);
  }
  for (auto& [root, errors] : failed) {
    if (add({module_address(root), errors.front().summary}) == Learned::Something)
      learned = Learned::Something;
    failed_[root] = std::move(errors);
  }
  return learned;
}

LeftOut::Learned LeftOut::take_plan(const plans::PlanDocument& document) {
  Learned learned = Learned::Nothing;
  for (const Part& part : parts_) {
    if (providers_.count(part.root) == 0 || waits_for_provider(part, document)) continue;
    providers_.erase(part.root);
    learned = Learned::Something;
  }
  if (learned == Learned::Something) return learned;
  // What waits for an object of its own procedure is no deferral: that procedure cannot be planned.
  for (const auto& [address, diagnostic] : unknown_) {
    const auto inner = split_address(address);
    if (!inner || failed_.count(inner->root) > 0 || may_become_known(document, {address, ""}))
      continue;
    failed_[inner->root].push_back(diagnostic);
    if (add({module_address(inner->root), diagnostic.summary}) == Learned::Something)
      learned = Learned::Something;
  }
  return learned;
}

bool LeftOut::waits_for_provider(const Part& part, const plans::PlanDocument& document) const {
  bool waits = false;
  for_each_awaited(plan_.roots[part.root], part,
                   [&](const runplan::ProviderBlock&, const Wire& wire) {
                     waits = waits || is_unknown(wire, document);
                   });
  return waits;
}

bool LeftOut::may_become_known(const plans::PlanDocument& document,
                               const Exclusion& exclusion) const {
  const auto inner = split_address(exclusion.address);
  if (!inner) return false;
  const auto part = std::find_if(parts_.begin(), parts_.end(),
                                 [&](const Part& one) { return one.root == inner->root; });
  if (part == parts_.end()) return false;
  plans::Reached reached;
  reached.through_local = true;  // of all of it anything may be the cause
  const auto& modules = document.configuration.root.modules;
  const auto module = modules.find(module_name(inner->root));
  if (!inner->name.empty() && module != modules.end())
    reached = plans::repetition_reaching(module->second, inner->name);
  return std::any_of(part->wires.begin(), part->wires.end(), [&](const Wire& wire) {
    return is_unknown(wire, document) &&
           (reached.through_local || reached.variables.count(wire.variable->name) > 0);
  });
}

LeftOut::Learned LeftOut::add(const Exclusion& wanted) {
  const bool is_known = std::any_of(found_.begin(), found_.end(), [&](const Exclusion& one) {
    return one.address == wanted.address;
  });
  if (is_known) return Learned::Nothing;
  found_.push_back(wanted);
  return Learned::Something;
}

}  // namespace space::joint
