#include "runner/flight/joint_parts.h"

#include <algorithm>
#include <set>

#include "core/runplan/json_reader.h"
#include "runner/flight/inputs.h"
#include "runner/flight/lock_file.h"
#include "runner/joint/lock_join.h"
#include "runner/joint/read_back.h"
#include "runner/schedule/schedule.h"
#include "runner/tofu/outputs.h"

namespace space::flight {

namespace {

using runplan::PreviewRoot;
using runplan::PreviewVerdict;

// As an apply would go through them, one after the other.
base::Result<std::vector<std::size_t>> in_order(const runplan::RunPlan& plan,
                                                const std::vector<std::size_t>& roots) {
  std::vector<schedule::Part> parts;
  for (const std::size_t root : roots) parts.push_back({root, 0});
  SPACE_TRY(schedule::Schedule schedule,
            schedule::Schedule::make(plan, parts, schedule::Direction::Forward));
  std::vector<std::size_t> order;
  while (const auto root = schedule.next()) {
    order.push_back(*root);
    schedule.finished(*root, schedule::Outcome::Good);
  }
  return order;
}

class Gatherer {
 public:
  explicit Gatherer(const PartSources& sources) : sources_(sources) {
    for (const std::size_t root : sources.roots) target_.insert(sources.plan.roots[root].id);
  }

  base::Result<JointParts> run() {
    SPACE_TRY(out_.order, in_order(sources_.plan, sources_.roots));
    const std::vector<std::size_t>& order = out_.order;
    SPACE_TRY_STATUS(read_outside());
    settle_locks(order);
    for (const std::size_t index : order) {
      const runplan::Root& root = sources_.plan.roots[index];
      const std::string unliftable = joint::unliftable_import(root);
      const std::string errored =
          base::join_path(sources_.workspace.root_folder(root), "errored.tfstate");
      if (const auto refused = sources_.refused.find(root.id); refused != sources_.refused.end()) {
        fail(root, refused->second);
      } else if (sources_.files.stat(errored).kind != base::FileKind::Missing) {
        fail(root, base::Error{"an earlier apply left its state in `errored.tfstate`",
                               "a person must bring it back before anything else"});
      } else if (!unliftable.empty()) {
        leave_apart(root, unliftable);
      } else if (const auto clash = clashes_.find(root.id); clash != clashes_.end()) {
        leave_apart(root, clash->second);
      } else {
        add(root, index);
      }
    }
    return std::move(out_);
  }

 private:
  void leave_apart(const runplan::Root& root, const std::string& why) {
    PreviewRoot other = joint::unread(root);
    other.verdict = PreviewVerdict::Apart;
    other.reason = why + ": `space plan " + root.id + "` plans it by itself";
    out_.others.push_back(std::move(other));
    outside_.insert(root.id);
  }

  void fail(const runplan::Root& root, const base::Error& error) {
    runplan::RunDiagnostic diagnostic;
    diagnostic.summary = error.message;
    diagnostic.detail = error.help;
    fail(root, std::vector{diagnostic});
  }

  void fail(const runplan::Root& root, const std::vector<runplan::RunDiagnostic>& diagnostics) {
    PreviewRoot other = joint::unread(root);
    other.verdict = PreviewVerdict::Failed;
    other.reason = diagnostics.front().summary;
    other.diagnostics = diagnostics;
    out_.others.push_back(std::move(other));
    outside_.insert(root.id);
  }

  // Outputs of what is not planned here, as their states have them.
  base::Status read_outside() {
    for (const std::size_t index : roots_read_from_outside(sources_.plan, sources_.roots)) {
      const std::string& id = sources_.plan.roots[index].id;
      const auto text = sources_.states.find(id);
      if (text == sources_.states.end() || text->second.empty()) continue;
      auto facts = tofu::parse_local_state(text->second);
      if (!facts)
        return base::Error{"the state of `" + id + "`: " + facts.error().message,
                           facts.error().help};
      if (*facts && !(*facts)->lineage.empty()) recorded_[id] = (*facts)->outputs;
    }
    return base::Done{};
  }

  void settle_locks(const std::vector<std::size_t>& order) {
    std::vector<joint::LockPart> locks;
    for (const std::size_t index : order) {
      const runplan::Root& root = sources_.plan.roots[index];
      std::string text = read_lock(sources_.plan, root, sources_.workspace, sources_.files);
      if (text.empty() || !has_emitted_lock(sources_.plan, root)) {
        out_.has_all_locks = out_.has_all_locks && root.required_providers.empty();
      }
      if (!text.empty()) locks.push_back({root.id, std::move(text)});
    }
    joint::JoinedLock joined = joint::join_locks(locks);
    for (const joint::VersionClash& clash : joined.clashes) {
      clashes_[clash.second] = "one root cannot hold two versions of `" + clash.provider +
                               "`: its lock file says " + clash.second_version +
                               ", and the one of `" + clash.first + "` " + clash.first_version;
    }
    out_.lock = std::move(joined.text);
  }

  const runplan::Flight& flight_of(const runplan::Root& root) const {
    const runplan::Flight* flight = runplan::find_flight(sources_.plan, root.flight);
    SPACE_CHECK(flight != nullptr, "a root without its flight");
    return *flight;
  }

  InputSources input_sources(const runplan::Root& root) const {
    return {flight_of(root),
            [this](const std::string& id) -> const tofu::Outputs* {
              const auto found = recorded_.find(id);
              return found == recorded_.end() ? nullptr : &found->second;
            },
            [this](const std::string& id, const std::string& output) {
              return runplan::find_output(sources_.plan, id, output);
            },
            sources_.secrets,
            "none",
            [this, &root](const std::string& name, const std::string& value) {
              return sources_.write_secret_file(root, name, value);
            }};
  }

  void add(const runplan::Root& root, std::size_t index) {
    auto inputs = gather_inputs(root, input_sources(root), Extent::All);
    if (!inputs) return fail(root, inputs.error());
    std::map<std::string, std::string> given;
    runplan::JsonReader in(inputs->variables_json);
    std::string name;
    if (in.begin_object()) {
      while (in.next_member(name)) given[name] = in.raw();
    }
    joint::Part part;
    part.root = index;
    for (const runplan::Variable& variable : root.variables)
      part.wires.push_back(wire_of(variable, given));
    out_.parts.push_back(std::move(part));
  }

  joint::Wire wire_of(const runplan::Variable& variable,
                      const std::map<std::string, std::string>& given) const {
    joint::Wire wire;
    wire.variable = &variable;
    wire.sensitive = variable.sensitive;
    if (const auto value = given.find(variable.name); value != given.end()) {
      wire.json = value->second;
      return wire;
    }
    const auto* read = std::get_if<runplan::FromOutput>(&variable.source);
    SPACE_CHECK(read != nullptr, "a variable without a value");
    // What stands apart has gone before: the order is that of an apply.
    const bool is_here = target_.count(read->root) > 0 && outside_.count(read->root) == 0;
    wire.kind = is_here ? joint::Wire::Kind::Joined : joint::Wire::Kind::Unknown;
    const runplan::Root* producer = runplan::find_root(sources_.plan, read->root);
    SPACE_CHECK(producer != nullptr, "an output of no root");
    wire.root = static_cast<std::size_t>(producer - sources_.plan.roots.data());
    wire.output = read->output;
    return wire;
  }

  const PartSources& sources_;
  std::set<std::string> target_, outside_;
  std::map<std::string, tofu::Outputs> recorded_;
  std::map<std::string, std::string> clashes_;  // root -> words
  JointParts out_;
};

}  // namespace

base::Result<JointParts> gather_parts(const PartSources& sources) {
  return Gatherer(sources).run();
}

std::vector<std::size_t> roots_read_from_outside(const runplan::RunPlan& plan,
                                                 const std::vector<std::size_t>& roots) {
  const std::set<std::size_t> target(roots.begin(), roots.end());
  std::set<std::size_t> outside;
  for (const std::size_t root : roots) {
    for (const std::string& id : plan.roots[root].reads) {
      const runplan::Root* read = runplan::find_root(plan, id);
      if (read == nullptr) continue;
      const auto index = static_cast<std::size_t>(read - plan.roots.data());
      if (target.count(index) == 0) outside.insert(index);
    }
  }
  return {outside.begin(), outside.end()};
}

}  // namespace space::flight
