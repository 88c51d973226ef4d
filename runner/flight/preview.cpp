#include "runner/flight/preview.h"

#include <algorithm>
#include <set>

#include "core/base/strings.h"
#include "runner/flight/joint_folder.h"
#include "runner/flight/joint_parts.h"
#include "runner/flight/preview_trust.h"
#include "runner/flight/tracing.h"
#include "runner/joint/deferral.h"
#include "runner/joint/names.h"
#include "runner/joint/providers.h"
#include "runner/joint/read_back.h"
#include "runner/joint/state_merge.h"
#include "runner/plans/plan_document.h"
#include "runner/status/text.h"

namespace space::flight {

namespace {

using runplan::PreviewRoot;
using runplan::PreviewVerdict;

// Each layer of unknowns is named when the one before is left out: as many as there are stages, and
// some to spare.
constexpr std::size_t k_most_rounds = 40;

class Previewer {
 public:
  Previewer(const runplan::RunPlan& plan, const PreviewRequest& request, const Workspace& workspace,
            World& world)
      : plan_(plan),
        request_(request),
        workspace_(workspace),
        world_(world),
        secrets_({world.environment, workspace.project, &world.files, world.run_command},
                 scrubber_),
        tracer_(world.files, workspace, scrubber_),
        folder_(base::join_path(workspace.ours(), "runs/" + workspace.run + "/joint"),
                request.places, world) {}

  Previewed run() {
    const std::int64_t begun = world_.clock.mono_milliseconds();
    out_.preview.target = request_.target;
    out_.preview.wall_milliseconds = world_.clock.wall_milliseconds();
    if (const auto done = make(); !done) {
      if (!out_.refusal) out_.refusal = done.error();
      if (out_.exit_code == 0) out_.exit_code = static_cast<int>(Ending::FailedClean);
    }
    if (folder_.was_interrupted()) {
      out_.refusal = base::Error{"interrupted: nothing was changed", ""};
      out_.exit_code = static_cast<int>(Ending::Interrupted);
    }
    out_.preview.duration_milliseconds = world_.clock.mono_milliseconds() - begun;
    out_.preview.exit_code = out_.exit_code;
    return std::move(out_);
  }

 private:
  base::Status make() {
    SPACE_TRY_STATUS(pull());
    const PartSources sources{
        plan_,
        request_.roots,
        states_,
        workspace_,
        world_.files,
        secrets_,
        [this](const runplan::Root& root, const std::string& name, const std::string& value) {
          return write_secret(root, name, value);
        }};
    SPACE_TRY(parts_, gather_parts(sources));
    if (!parts_.parts.empty()) {
      SPACE_TRY_STATUS(prepare());
      SPACE_TRY_STATUS(plan_all());
    }
    collect();
    return base::Done{};
  }

  // Through the run's own machinery: locks, credentials, `init` where a state needs it.
  base::Status pull() {
    RunRequest request;
    request.task = Task::States;
    request.target = request_.target;
    request.roots = request_.roots;
    for (const std::size_t root : roots_read_from_outside(plan_, request_.roots))
      request.roots.push_back(root);
    std::sort(request.roots.begin(), request.roots.end());
    request.parallel = request_.parallel;
    request.places = request_.places;
    const auto view = status::make_plain_view({}, [](std::string_view) {});
    Flown flown = fly(plan_, request, workspace_, world_, *view);
    states_ = std::move(flown.states);
    if (flown.refusal) {
      out_.exit_code = flown.exit_code;
      return *flown.refusal;
    }
    for (const status::RootResult& root : flown.result.roots) {
      if (!status::is_failure(root.finished.verdict) &&
          root.finished.verdict != runplan::Verdict::Skipped)
        continue;
      out_.exit_code = flown.exit_code;
      out_.preview.diagnostics = root.diagnostics;
      return base::Error{
          "the state of `" + root.finished.root + "` cannot be read: " + root.finished.reason,
          "nothing was planned"};
    }
    return base::Done{};
  }

  base::Result<std::string> write_secret(const runplan::Root& root, const std::string& name,
                                         const std::string& value) {
    const std::string path = base::join_path(folder_.folder(), "secrets/" + root.id + "/" + name);
    SPACE_TRY_STATUS(world_.files.make_directories(base::parent_path(path)));
    SPACE_TRY_STATUS(world_.files.write(path, value, base::FileMode::Private));
    return path;
  }

  base::Status prepare() {
    std::vector<joint::StatePart> states;
    runplan::Root all;  // of providers alone
    const joint::Lifting lifting = joint::lift_providers(plan_, parts_.parts);
    for (const joint::Part& part : parts_.parts) {
      const runplan::Root& root = plan_.roots[part.root];
      states.push_back(
          {part.root, root.id, states_[root.id], joint::provider_places(plan_, part, lifting)});
      for (const auto& provider : root.required_providers)
        all.required_providers.push_back(provider);
    }
    SPACE_TRY(const std::string merged, joint::merge_states(states, plan_.project.tofu));
    SPACE_TRY_STATUS(joint::check_merged(merged, states));
    const joint::JointRoot root = joint::write_joint_root(plan_, parts_.parts, lifting);
    SPACE_TRY_STATUS(folder_.write(root, workspace_.out, merged, parts_.lock));
    SPACE_TRY(const tofu::PluginStore store, tofu::plugin_store(world_.environment, world_.files));
    const auto mirrored = tofu::providers_in(store.mirror(), world_.files);
    const auto lock_file = parts_.has_all_locks && !parts_.lock.empty() ? tofu::LockFile::Present
                                                                        : tofu::LockFile::Absent;
    std::sort(all.required_providers.begin(), all.required_providers.end(),
              [](const auto& a, const auto& b) {
                return std::tie(a.source, a.version) < std::tie(b.source, b.version);
              });
    SPACE_TRY(
        const JointFolder::Said said,
        folder_.init(tofu::provider_set(all, mirrored, parts_.lock), store, mirrored, lock_file));
    if (said.is_good()) return base::Done{};
    return not_planned(said, "`tofu init` of the joint plan failed");
  }

  base::Error not_planned(const JointFolder::Said& said, const std::string& what) {
    for (const runplan::TofuDiagnostic& diagnostic : said.diagnostics)
      out_.preview.diagnostics.push_back(traced(diagnostic));
    return {what, scrubber_.scrub(said.diagnostics.empty() ? said.last_words : "")};
  }

  // Plans, leaves out what tofu cannot know yet, and plans again, until nothing new is found.
  base::Status plan_all() {
    leave_out_unknown_providers();
    for (std::size_t round = 0; round < k_most_rounds; ++round) {
      SPACE_TRY(const JointFolder::Said said, folder_.plan(exclusions()));
      if (!said.is_good()) {
        const std::size_t before = exclusions().size();
        SPACE_TRY_STATUS(leave_out_what_failed(said));
        if (exclusions().size() == before) return not_planned(said, "the joint plan failed");
        continue;
      }
      SPACE_TRY(const std::string json, folder_.show());
      SPACE_TRY(document_, plans::read_plan(json));
      if (take_known_providers_in() || give_up_what_stays_unknown()) continue;
      return base::Done{};
    }
    return base::Error{"the joint plan finds no end", "plan parts of the target by themselves"};
  }

  std::vector<joint::Exclusion> exclusions() const {
    std::vector<joint::Exclusion> all = found_;
    for (const auto& [root, why] : unknown_providers_)
      all.push_back({joint::module_address(root), why});
    return all;
  }

  // tofu configures a plugin with what it does not know yet, and says nothing: so a procedure whose
  // provider waits for an output is left out until that output is seen to be known.
  void leave_out_unknown_providers() {
    for (const joint::Part& part : parts_.parts) {
      for (const runplan::ProviderBlock& block : plan_.roots[part.root].provider_blocks) {
        for (const joint::Wire& wire : part.wires) {
          const bool reaches = std::binary_search(block.variables.begin(), block.variables.end(),
                                                  wire.variable->name);
          if (reaches && wire.kind != joint::Wire::Kind::Given)
            unknown_providers_[part.root] = "provider `" + block.provider +
                                            "` is configured from `" + wire.variable->name + "`";
        }
      }
    }
  }

  bool waits_for_unknown(const joint::Part& part) const {
    for (const runplan::ProviderBlock& block : plan_.roots[part.root].provider_blocks) {
      for (const joint::Wire& wire : part.wires) {
        const bool reaches =
            std::binary_search(block.variables.begin(), block.variables.end(), wire.variable->name);
        if (!reaches || wire.kind == joint::Wire::Kind::Given) continue;
        if (wire.kind == joint::Wire::Kind::Unknown ||
            joint::is_unknown_output(document_, wire.root, wire.output))
          return true;
      }
    }
    return false;
  }

  bool take_known_providers_in() {
    bool any = false;
    for (const joint::Part& part : parts_.parts) {
      if (unknown_providers_.count(part.root) == 0 || waits_for_unknown(part)) continue;
      unknown_providers_.erase(part.root);
      any = true;
    }
    return any;
  }

  joint::JointPlan joint_plan(const std::vector<joint::Exclusion>& left_out) const {
    return {plan_, parts_.parts, document_, left_out,
            [this](std::string_view text) { return scrubber_.scrub(text); }};
  }

  // What waits for an object of its own procedure is no deferral: that procedure cannot be planned.
  bool give_up_what_stays_unknown() {
    const std::vector<joint::Exclusion> left_out = exclusions();
    bool any = false;
    for (const auto& [address, diagnostic] : unknown_) {
      const auto inner = joint::split_address(address);
      if (!inner || failed_.count(inner->root) > 0 ||
          joint::may_become_known(joint_plan(left_out), {address, ""}))
        continue;
      failed_[inner->root].push_back(traced(diagnostic));
      any = add_exclusion({joint::module_address(inner->root), diagnostic.summary}) || any;
    }
    return any;
  }

  base::Status leave_out_what_failed(const JointFolder::Said& said) {
    bool any_unknown = false;
    for (const runplan::TofuDiagnostic& diagnostic : said.diagnostics) {
      for (const joint::Exclusion& one : joint::exclusions_of(diagnostic)) {
        any_unknown = add_exclusion(one) || any_unknown;
        unknown_.emplace(one.address, diagnostic);
      }
    }
    // Errors that are no unknowns come again in the next round; what is unknown may be behind them.
    if (any_unknown) return base::Done{};
    for (const runplan::TofuDiagnostic& diagnostic : said.diagnostics) {
      if (!diagnostic.is_error) continue;
      const auto root = procedure_of(diagnostic);
      if (!root) return not_planned(said, "the joint plan failed");
      failed_[*root].push_back(traced(diagnostic));
      (void)add_exclusion({joint::module_address(*root), diagnostic.summary});
    }
    return base::Done{};
  }

  bool add_exclusion(const joint::Exclusion& wanted) {
    const bool is_known =
        std::any_of(found_.begin(), found_.end(),
                    [&](const joint::Exclusion& one) { return one.address == wanted.address; });
    if (!is_known) found_.push_back(wanted);
    return !is_known;
  }

  // By the address, or by the file: the copies have the paths of out/.
  std::optional<std::size_t> procedure_of(const runplan::TofuDiagnostic& diagnostic) const {
    if (const auto inner = joint::split_address(diagnostic.address)) return inner->root;
    for (const joint::Part& part : parts_.parts) {
      if (diagnostic.file.starts_with(plan_.roots[part.root].id + "/")) return part.root;
    }
    for (const joint::Part& part : parts_.parts) {
      const std::string address = joint::module_address(part.root) + ".";
      if ((diagnostic.summary + " " + diagnostic.detail).find(address) != std::string::npos)
        return part.root;
    }
    return std::nullopt;
  }

  // As tofu would have said it in the procedure's own root.
  runplan::RunDiagnostic traced(runplan::TofuDiagnostic diagnostic) {
    diagnostic.summary = joint::without_modules(diagnostic.summary);
    diagnostic.detail = joint::without_modules(diagnostic.detail);
    const auto root = procedure_of(diagnostic);
    diagnostic.address = joint::without_modules(diagnostic.address);
    if (!root) {
      runplan::RunDiagnostic plain;
      plain.is_error = diagnostic.is_error;
      plain.summary = scrubber_.scrub(diagnostic.summary);
      plain.detail = scrubber_.scrub(diagnostic.detail);
      plain.address = scrubber_.scrub(diagnostic.address);
      return plain;
    }
    const runplan::Root& of = plan_.roots[*root];
    diagnostic.file = base::relative_path(of.id, diagnostic.file);
    return tracer_.trace(of, diagnostic);
  }

  void collect() {
    std::map<std::string, PreviewRoot> by_id;
    const std::vector<joint::Exclusion> left_out = exclusions();
    for (PreviewRoot& root : parts_.others) by_id[root.root] = std::move(root);
    std::vector<PreviewRoot> read = joint::read_back(joint_plan(left_out));
    for (std::size_t i = 0; i < read.size(); ++i) {
      const auto failed = failed_.find(parts_.parts[i].root);
      if (failed != failed_.end()) {
        PreviewRoot bare = joint::unread(plan_.roots[parts_.parts[i].root]);
        bare.verdict = PreviewVerdict::Failed;
        bare.reason = failed->second.front().summary;
        bare.diagnostics = std::move(failed->second);
        read[i] = std::move(bare);
      }
    }
    for (PreviewRoot& root : read) by_id[root.root] = std::move(root);
    for (const std::size_t index : parts_.order) {
      PreviewRoot& root = by_id[plan_.roots[index].id];
      if (root.verdict == PreviewVerdict::Failed)
        out_.exit_code = static_cast<int>(Ending::FailedClean);
      out_.preview.roots.push_back(std::move(root));
    }
    hold_to_own_plans(out_.preview.roots, plan_, request_, workspace_, world_);
  }

  const runplan::RunPlan& plan_;
  const PreviewRequest& request_;
  const Workspace& workspace_;
  World& world_;
  secrets::Scrubber scrubber_;
  secrets::SecretStore secrets_;
  Tracer tracer_;
  JointFolder folder_;
  std::map<std::string, std::string> states_;
  JointParts parts_;
  std::vector<joint::Exclusion> found_;
  std::map<std::string, runplan::TofuDiagnostic> unknown_;  // of those of found_ that wait
  std::map<std::size_t, std::string> unknown_providers_;    // root -> why
  std::map<std::size_t, std::vector<runplan::RunDiagnostic>> failed_;
  plans::PlanDocument document_;
  Previewed out_;
};

}  // namespace

Previewed preview(const runplan::RunPlan& plan, const PreviewRequest& request,
                  const Workspace& workspace, World& world) {
  return Previewer(plan, request, workspace, world).run();
}

}  // namespace space::flight
