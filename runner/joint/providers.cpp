#include "runner/joint/providers.h"

#include <algorithm>
#include <optional>

#include "core/runplan/dependency_lock.h"
#include "runner/joint/names.h"

namespace space::joint {

namespace {

const runplan::RequiredProvider* required(const runplan::Root& root, const std::string& name) {
  const auto found =
      std::find_if(root.required_providers.begin(), root.required_providers.end(),
                   [&](const runplan::RequiredProvider& one) { return one.name == name; });
  return found == root.required_providers.end() ? nullptr : &*found;
}

const Wire* wire_of(const Part& part, const std::string& variable) {
  const auto found = std::find_if(part.wires.begin(), part.wires.end(), [&](const Wire& wire) {
    return wire.variable->name == variable;
  });
  return found == part.wires.end() ? nullptr : &*found;
}

// Something of its own root other than variables would mean something else in the joint root.
bool says_only_variables(const std::string& text) {
  for (const char* word : {"local.", "data.", "module.", "each.", "path.", "terraform."}) {
    if (text.find(word) != std::string::npos) return false;
  }
  return true;
}

// A block with the values that it is made of. Of a provider with several blocks none is lifted: the
// others would have to be passed by alias.
std::optional<LiftedBlock> candidate(const runplan::Root& root, const Part& part,
                                     const runplan::ProviderBlock& block) {
  const auto blocks_of_it = std::count_if(
      root.provider_blocks.begin(), root.provider_blocks.end(),
      [&](const runplan::ProviderBlock& one) { return one.provider == block.provider; });
  const runplan::RequiredProvider* of = required(root, block.provider);
  if (blocks_of_it != 1 || !block.alias.empty() || of == nullptr ||
      !says_only_variables(block.text))
    return std::nullopt;
  LiftedBlock lifted;
  lifted.provider = block.provider;
  lifted.source = runplan::provider_address(of->source);
  lifted.text = block.text;
  for (const std::string& name : block.variables) {
    const Wire* wire = wire_of(part, name);
    if (wire == nullptr || wire->kind != Wire::Kind::Given) return std::nullopt;
    lifted.wires.push_back(*wire);
  }
  return lifted;
}

bool same_value(const Wire& a, const Wire& b) {
  return a.json == b.json && a.sensitive == b.sensitive &&
         a.variable->ephemeral == b.variable->ephemeral;
}

bool same(const LiftedBlock& a, const LiftedBlock& b) {
  return a.source == b.source && a.provider == b.provider && a.text == b.text &&
         std::equal(a.wires.begin(), a.wires.end(), b.wires.begin(), b.wires.end(),
                    [](const Wire& one, const Wire& other) {
                      return one.variable->name == other.variable->name && same_value(one, other);
                    });
}

// In the joint root variables and providers have the names they have in the procedures: a second
// meaning of one name cannot stand there.
bool fits_beside(const LiftedBlock& block, const std::vector<LiftedBlock>& others) {
  for (const LiftedBlock& other : others) {
    if (other.provider == block.provider && other.source != block.source) return false;
    for (const Wire& wire : block.wires) {
      for (const Wire& taken : other.wires) {
        if (wire.variable->name == taken.variable->name && !same_value(wire, taken)) return false;
      }
    }
  }
  return true;
}

std::string suffix(const std::string& alias) { return alias.empty() ? "" : "." + alias; }

}  // namespace

Lifting lift_providers(const runplan::RunPlan& plan, const std::vector<Part>& parts) {
  struct Group {
    LiftedBlock block;
    std::vector<std::size_t> roots;
  };
  std::vector<Group> groups;
  for (const Part& part : parts) {
    const runplan::Root& root = plan.roots[part.root];
    for (const runplan::ProviderBlock& block : root.provider_blocks) {
      auto wanted = candidate(root, part, block);
      if (!wanted) continue;
      const auto found = std::find_if(groups.begin(), groups.end(),
                                      [&](const Group& one) { return same(one.block, *wanted); });
      if (found == groups.end()) {
        groups.push_back({std::move(*wanted), {part.root}});
      } else {
        found->roots.push_back(part.root);
      }
    }
  }
  Lifting lifting;
  for (Group& group : groups) {
    if (group.roots.size() < 2 || !fits_beside(group.block, lifting.blocks)) continue;
    group.block.alias = "lifted" + std::to_string(lifting.blocks.size());
    for (const std::size_t root : group.roots)
      lifting.passed[root][group.block.provider] = group.block.alias;
    lifting.blocks.push_back(std::move(group.block));
  }
  return lifting;
}

std::vector<ProviderPlace> provider_places(const runplan::RunPlan& plan, const Part& part,
                                           const Lifting& lifting) {
  const runplan::Root& root = plan.roots[part.root];
  std::vector<ProviderPlace> places;
  for (const runplan::ProviderBlock& block : root.provider_blocks) {
    const runplan::RequiredProvider* of = required(root, block.provider);
    if (of == nullptr) continue;
    const std::string source = runplan::provider_address(of->source);
    const std::string name = "provider[\"" + source + "\"]";
    const auto passed = lifting.passed.find(part.root);
    const bool is_lifted = passed != lifting.passed.end() && block.alias.empty() &&
                           passed->second.count(block.provider) > 0;
    places.push_back({source, block.alias,
                      is_lifted ? name + "." + passed->second.at(block.provider)
                                : module_address(part.root) + "." + name + suffix(block.alias)});
  }
  return places;
}

}  // namespace space::joint
