#include "runner/flight/preview.h"

#include <algorithm>

#include "core/base/strings.h"
#include "runner/flight/joint_folder.h"
#include "runner/flight/joint_parts.h"
#include "runner/flight/lock_file.h"
#include "runner/flight/preview_trust.h"
#include "runner/flight/project_key.h"
#include "runner/flight/review.h"
#include "runner/flight/sensitive.h"
#include "runner/flight/tracing.h"
#include "runner/joint/left_out.h"
#include "runner/joint/names.h"
#include "runner/joint/promises.h"
#include "runner/joint/providers.h"
#include "runner/joint/read_back.h"
#include "runner/joint/reviewed_parts.h"
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
    SPACE_TRY_STATUS(gather_and_prepare());
    if (!parts_.parts.empty()) SPACE_TRY_STATUS(plan_all());
    collect();
    return base::Done{};
  }

  // Whose code tofu cannot even read is left out, and the rest gathered again.
  base::Status gather_and_prepare() {
    const PartSources sources{
        plan_,
        request_.roots,
        states_,
        workspace_,
        world_.files,
        secrets_,
        [this](const runplan::Root& root, const std::string& name, const std::string& value) {
          return write_secret(root, name, value);
        },
        refused_};
    for (;;) {
      SPACE_TRY(parts_, gather_parts(sources));
      const std::size_t before = refused_.size();
      if (parts_.parts.empty()) return base::Done{};
      if (const auto prepared = prepare(); !prepared && refused_.size() == before)
        return prepared.error();
      if (refused_.size() == before) return base::Done{};
    }
  }

  base::Status pull() {
    Flown flown = read_states(plan_, request_, roots_read_from_outside(plan_, request_.roots),
                              workspace_, world_);
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
    std::map<std::string, std::vector<runplan::RunDiagnostic>> refused;
    for (const runplan::TofuDiagnostic& diagnostic : said.diagnostics) {
      if (!diagnostic.is_error) continue;
      const auto of = joint::procedure_of(plan_, parts_.parts, diagnostic);
      if (!of) return not_planned(said, "`tofu init` of the joint plan failed");
      refused[plan_.roots[*of].id].push_back(traced(diagnostic));
    }
    refused_.merge(refused);
    return not_planned({}, "`tofu init` of the joint plan failed");
  }

  base::Error not_planned(const JointFolder::Said& said, const std::string& what) {
    for (const runplan::TofuDiagnostic& diagnostic : said.diagnostics)
      out_.preview.diagnostics.push_back(traced(diagnostic));
    return {what, scrubber_.scrub(said.diagnostics.empty() ? said.last_words : "")};
  }

  // Plans, leaves out what tofu cannot know yet, and plans again, until nothing new is found.
  base::Status plan_all() {
    using Learned = joint::LeftOut::Learned;
    left_out_.emplace(plan_, parts_.parts);
    for (std::size_t round = 0; round < k_most_rounds; ++round) {
      SPACE_TRY(const JointFolder::Said said, folder_.plan(left_out_->exclusions()));
      if (!said.is_good()) {
        if (left_out_->take_errors(said.diagnostics) == Learned::Nothing)
          return not_planned(said, "the joint plan failed");
        continue;
      }
      warnings_ = said.diagnostics;
      SPACE_TRY(const std::string json, folder_.show());
      SPACE_TRY(document_, plans::read_plan(json));
      if (left_out_->take_plan(document_) == Learned::Nothing) return base::Done{};
    }
    return base::Error{"the joint plan finds no end", "plan parts of the target by themselves"};
  }

  // As tofu would have said it in the procedure's own root.
  runplan::RunDiagnostic traced(runplan::TofuDiagnostic diagnostic) {
    diagnostic.summary = joint::without_modules(diagnostic.summary);
    diagnostic.detail = joint::without_modules(diagnostic.detail);
    const auto root = joint::procedure_of(plan_, parts_.parts, diagnostic);
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

  std::map<std::size_t, tofu::Outputs> recorded_outputs() {
    std::map<std::size_t, tofu::Outputs> recorded;
    for (const joint::Part& part : parts_.parts) {
      auto facts = tofu::parse_state(states_[plan_.roots[part.root].id]);
      if (facts && *facts) recorded[part.root] = std::move((*facts)->outputs);
    }
    return recorded;
  }

  void tell_failure(PreviewRoot& root, std::size_t index) {
    const auto failed = left_out_->failed().find(index);
    if (failed == left_out_->failed().end()) return;
    root = joint::unread(plan_.roots[index]);
    root.verdict = PreviewVerdict::Failed;
    for (const runplan::TofuDiagnostic& error : failed->second)
      root.diagnostics.push_back(traced(error));
    root.reason = root.diagnostics.front().summary;
  }

  // What an apply would refuse to take from it.
  void tell_promises(std::vector<PreviewRoot>& roots) const {
    for (std::size_t i = 0; i < roots.size(); ++i) {
      const std::size_t index = parts_.parts[i].root;
      for (const std::string& broken :
           joint::broken_promises(plan_.roots[index], index, document_)) {
        runplan::RunDiagnostic diagnostic;
        diagnostic.summary = broken;
        diagnostic.detail = "an apply of it would fail there";
        roots[i].verdict = PreviewVerdict::Failed;
        roots[i].reason = broken;
        roots[i].diagnostics.push_back(std::move(diagnostic));
      }
    }
  }

  void tell_warnings(std::vector<PreviewRoot>& roots) {
    for (const runplan::TofuDiagnostic& diagnostic : warnings_) {
      const auto of = joint::procedure_of(plan_, parts_.parts, diagnostic);
      for (std::size_t i = 0; i < roots.size(); ++i) {
        if (of == parts_.parts[i].root) roots[i].diagnostics.push_back(traced(diagnostic));
      }
    }
  }

  // With what was left out of it.
  joint::JointPlan joint_plan(const std::vector<joint::Exclusion>& exclusions,
                              const std::map<std::size_t, tofu::Outputs>& recorded) const {
    return {plan_,     parts_.parts,
            document_, exclusions,
            recorded,  [this](std::string_view text) { return scrubber_.scrub(text); }};
  }

  void collect() {
    add_sensitive(document_, scrubber_);
    std::map<std::string, PreviewRoot> by_id;
    for (PreviewRoot& root : parts_.others) by_id[root.root] = std::move(root);
    const auto exclusions = left_out_ ? left_out_->exclusions() : std::vector<joint::Exclusion>();
    const auto recorded =
        exclusions.empty() ? std::map<std::size_t, tofu::Outputs>() : recorded_outputs();
    const joint::JointPlan joint = joint_plan(exclusions, recorded);
    std::vector<PreviewRoot> read;
    if (left_out_) {
      read = joint::read_back(joint);
      for (std::size_t i = 0; i < read.size(); ++i) tell_failure(read[i], parts_.parts[i].root);
    }
    tell_promises(read);
    tell_warnings(read);
    for (PreviewRoot& root : read) by_id[root.root] = std::move(root);
    for (const std::size_t index : parts_.order) {
      PreviewRoot& root = by_id[plan_.roots[index].id];
      if (root.verdict == PreviewVerdict::Failed)
        out_.exit_code = static_cast<int>(Ending::FailedClean);
      out_.preview.roots.push_back(std::move(root));
    }
    hold_to_own_plans(out_.preview.roots, plan_, request_, workspace_, world_);
    if (request_.keeping == Keeping::Yes) keep_reviewed(joint);
  }

  // What cannot be compared later has no parts, and is refused then.
  void keep_reviewed(const joint::JointPlan& joint) {
    const std::string key = project_key(workspace_, world_.files);
    out_.reviewed.target = request_.target;
    out_.reviewed.wall_milliseconds = out_.preview.wall_milliseconds;
    out_.reviewed.key = name_of_key(key);
    out_.reviewed.procedures =
        joint::reviewed_procedures(joint, out_.preview.roots, seal_with(key));
    ReviewedParts parts(plan_, request_.tofu_sha256, world_.files, workspace_);
    const auto plugins = plugin_versions(folder_.lock());
    for (plans::ReviewedProcedure& one : out_.reviewed.procedures) {
      const runplan::Root* root = runplan::find_root(plan_, one.root);
      if (auto made_of = parts.of(*root)) one.parts = std::move(*made_of);
      if (!has_emitted_lock(plan_, *root)) one.plugins = plugins;
      const auto facts = tofu::parse_state(states_[one.root]);
      if (!facts || !*facts) continue;
      one.lineage = (*facts)->lineage;
      one.serial = (*facts)->serial;
    }
    out_.reviewed_text = plans::write_reviewed(out_.reviewed);
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
  std::map<std::string, std::vector<runplan::RunDiagnostic>> refused_;  // by `init`
  JointParts parts_;
  std::optional<joint::LeftOut> left_out_;  // once something is planned
  plans::PlanDocument document_;
  std::vector<runplan::TofuDiagnostic> warnings_;  // of the last plan
  Previewed out_;
};

}  // namespace

Previewed preview(const runplan::RunPlan& plan, const PreviewRequest& request,
                  const Workspace& workspace, World& world) {
  return Previewer(plan, request, workspace, world).run();
}

}  // namespace space::flight
