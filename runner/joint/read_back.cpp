#include "runner/joint/read_back.h"

#include <algorithm>
#include <set>

#include "runner/joint/causes.h"
#include "runner/joint/names.h"
#include "runner/plans/leaves.h"

namespace space::joint {

namespace {

using plans::Action;
using runplan::PreviewAction;
using runplan::PreviewChange;
using runplan::PreviewRoot;
using runplan::PreviewValue;
using runplan::PreviewVerdict;

PreviewAction shown_action(const plans::Change& change) {
  switch (change.action) {
    case Action::Create:
      return PreviewAction::Create;
    case Action::Read:
      return PreviewAction::Read;
    case Action::Update:
      return PreviewAction::Update;
    case Action::Replace:
      return PreviewAction::Replace;
    case Action::Delete:
      return PreviewAction::Delete;
    case Action::Forget:
      return PreviewAction::Forget;
    case Action::NoOp:
      break;
  }
  return change.is_importing ? PreviewAction::Import : PreviewAction::Move;
}

void count(const plans::Change& change, runplan::ChangeCounts& counts) {
  if (change.mode == plans::Mode::Data) return;
  const bool is_replaced = change.action == Action::Replace;
  if (change.action == Action::Create || is_replaced) ++counts.add;
  if (change.action == Action::Delete || is_replaced) ++counts.remove;
  if (change.action == Action::Update) ++counts.change;
  if (change.is_importing) ++counts.import_;
}

// Procedures of which something is left out: those of the exclusions, and those that read them.
std::set<std::size_t> left_out(const std::vector<Part>& parts,
                               const std::vector<Exclusion>& exclusions) {
  std::set<std::size_t> out;
  for (const Exclusion& one : exclusions) {
    if (const auto inner = split_address(one.address)) out.insert(inner->root);
  }
  for (std::size_t before = out.size() + 1; before != out.size();) {
    before = out.size();
    for (const Part& part : parts) {
      const bool reads_one =
          std::any_of(part.wires.begin(), part.wires.end(), [&out](const Wire& wire) {
            return wire.kind == Wire::Kind::Joined && out.count(wire.root) > 0;
          });
      if (reads_one) out.insert(part.root);
    }
  }
  return out;
}

class Reader {
 public:
  explicit Reader(const JointPlan& joint)
      : joint_(joint), left_out_(left_out(joint.parts, joint.exclusions)) {
    for (const plans::Change& change : joint.document.objects) {
      const auto inner = split_address(change.address);
      if (!inner) continue;
      objects_[inner->root].push_back(&change);
      planned_.insert(plans::without_keys(change.address));
    }
    for (const plans::Change& change : joint.document.drift) {
      const auto inner = split_address(change.address);
      if (inner) drift_[inner->root].push_back(&change);
    }
    for (const Exclusion& one : joint.exclusions) {
      if (const auto inner = split_address(one.address)) excluded_[inner->root].push_back(&one);
    }
  }

  std::vector<PreviewRoot> run() {
    std::vector<PreviewRoot> roots;
    for (const Part& part : joint_.parts) roots.push_back(read(part));
    return roots;
  }

 private:
  const runplan::Root& root_of(std::size_t index) const { return joint_.plan.roots[index]; }

  PreviewRoot read(const Part& part) {
    PreviewRoot root = unread(root_of(part.root));
    const Causes causes(joint_, part);
    root.causes = causes.all();
    for (const plans::Change* change : objects_[part.root]) {
      if (!plans::has_meaning(*change)) continue;
      count(*change, root.counts);
      root.changes.push_back(shown(*change));
      root.changes.back().causes = causes.of(*change);
    }
    for (const plans::Change* change : drift_[part.root]) {
      if (change->action != Action::NoOp) root.drift.push_back(shown(*change));
    }
    read_outputs(part, root);
    read_deferrals(part, root);
    const bool is_whole = !root.deferred.empty() && root.deferred.front().address.empty();
    if (!root.changes.empty() || !root.outputs.empty()) {
      root.verdict = PreviewVerdict::Changes;
    } else if (!root.deferred.empty()) {
      root.verdict = PreviewVerdict::Deferred;
    }
    if (is_whole || (root.verdict == PreviewVerdict::Deferred))
      root.reason = "known after " + root.deferred.front().after;
    return root;
  }

  PreviewValue scrubbed(PreviewValue value) const {
    value.json = joint_.scrub(value.json);
    return value;
  }

  PreviewChange shown(const plans::Change& change) const {
    PreviewChange out;
    out.address = joint_.scrub(without_modules(change.address));
    out.previous_address = joint_.scrub(without_modules(change.previous_address));
    out.deposed = change.deposed;
    out.action = shown_action(change);
    out.reason = change.reason;
    out.importing = joint_.scrub(change.importing);
    out.leaves = plans::differences(change);
    for (runplan::PreviewLeaf& leaf : out.leaves) {
      leaf.path = joint_.scrub(leaf.path);
      leaf.before = scrubbed(std::move(leaf.before));
      leaf.after = scrubbed(std::move(leaf.after));
    }
    return out;
  }

  void read_outputs(const Part& part, PreviewRoot& root) const {
    const std::string head = inner_name(part.root, "");
    const auto& outputs = joint_.document.outputs;
    for (auto one = outputs.lower_bound(head); one != outputs.end() && one->first.starts_with(head);
         ++one) {
      if (one->second.action == Action::NoOp) continue;
      root.outputs.push_back({one->first.substr(head.size()), shown_action(one->second),
                              scrubbed(plans::whole_before(one->second.values)),
                              scrubbed(plans::whole_after(one->second.values))});
    }
    outputs_that_go(part, root);
  }

  // Where anything is left out, tofu does not say which outputs have left the code.
  void outputs_that_go(const Part& part, PreviewRoot& root) const {
    const auto recorded = joint_.recorded.find(part.root);
    if (recorded == joint_.recorded.end()) return;
    const auto& declared = root_of(part.root).outputs;
    for (const auto& [name, value] : recorded->second) {
      const bool stays = std::any_of(declared.begin(), declared.end(),
                                     [&](const runplan::Output& one) { return one.name == name; });
      if (stays || joint_.document.outputs.count(inner_name(part.root, name)) > 0) continue;
      PreviewValue before;
      before.kind = PreviewValue::Kind::Known;
      before.sensitive = value.sensitive;
      if (!value.sensitive) before.json = joint_.scrub(value.json);
      root.outputs.push_back({name, PreviewAction::Delete, std::move(before), {}});
    }
  }

  // The procedure that must be applied before something left out here can be known.
  std::string known_after(const Part& part) const {
    std::string stage, flight;
    const runplan::Root& self = root_of(part.root);
    const auto later = [&](const std::string& id) {
      const runplan::Root* producer = runplan::find_root(joint_.plan, id);
      if (producer == nullptr) return;
      if (producer->flight == self.flight) {
        stage = std::max(stage, producer->stage);
      } else {
        flight = std::max(flight, producer->flight);
      }
    };
    for (const Wire& wire : part.wires) {
      if (wire.kind == Wire::Kind::Joined &&
          is_unknown_output(joint_.document, wire.root, wire.output))
        later(root_of(wire.root).id);
      if (wire.kind == Wire::Kind::Unknown)
        later(std::get<runplan::FromOutput>(wire.variable->source).root);
    }
    if (stage.empty() && flight.empty()) return "";
    return flight.empty() ? "stage " + stage : "`" + flight + "`";
  }

  void read_deferrals(const Part& part, PreviewRoot& root) const {
    if (left_out_.count(part.root) == 0) return;
    std::string after = known_after(part);
    if (after.empty()) after = "an apply of it";
    std::set<std::string> named;
    if (const auto own = excluded_.find(part.root); own != excluded_.end()) {
      for (const Exclusion* one : own->second) {
        const std::string address = split_address(one->address)->name;
        if (named.insert(address).second)
          root.deferred.push_back({address, after, joint_.scrub(one->why)});
      }
    }
    if (named.count("") > 0) {
      root.deferred.resize(1);
      root.deferred.front().address.clear();
      return;
    }
    // What depends on something left out is left out with it: configured, and in no list.
    const auto& modules = joint_.document.configuration.root.modules;
    const auto module = modules.find(module_name(part.root));
    if (module == modules.end()) return;
    for (const std::string& address : plans::configured_objects(module->second)) {
      const bool is_data =
          address.starts_with("data.") || address.find(".data.") != std::string::npos;
      if (is_data || planned_.count(module_address(part.root) + "." + address) > 0) continue;
      const bool is_named = std::any_of(named.begin(), named.end(), [&](const std::string& one) {
        const std::string plain = plans::without_keys(one);
        return address == plain || address.starts_with(plain + ".");
      });
      if (!is_named) root.deferred.push_back({address, after, "it depends on what is left out"});
    }
  }

  const JointPlan& joint_;
  std::set<std::size_t> left_out_;
  std::map<std::size_t, std::vector<const plans::Change*>> objects_, drift_;
  std::map<std::size_t, std::vector<const Exclusion*>> excluded_;
  std::set<std::string> planned_;  // without keys
};

}  // namespace

bool is_unknown_output(const plans::PlanDocument& document, std::size_t root,
                       const std::string& output) {
  const auto found = document.outputs.find(inner_name(root, output));
  if (found == document.outputs.end()) return true;  // it depends on what is left out
  return plans::whole_after(found->second.values).kind == PreviewValue::Kind::Unknown;
}

PreviewRoot unread(const runplan::Root& root) {
  PreviewRoot out;
  static_cast<runplan::RootName&>(out) = runplan::name_of(root);
  return out;
}

std::vector<PreviewRoot> read_back(const JointPlan& joint) { return Reader(joint).run(); }

}  // namespace space::joint
