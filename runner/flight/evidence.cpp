#include "runner/flight/evidence.h"

#include "runner/flight/tail.h"
#include "runner/process/exit_file.h"

namespace space::flight {

journal::Progress progress_of(const tofu::StreamFacts& facts) {
  return {static_cast<std::int64_t>(facts.started.size()),
          static_cast<std::int64_t>(facts.completed.size()),
          static_cast<std::int64_t>(facts.errored.size())};
}

std::string errored_state(const std::string& root, const Workspace& workspace) {
  return base::join_path(workspace.out, root + "/errored.tfstate");
}

tofu::ErroredState look_for_errored_state(const std::string& root, const Workspace& workspace,
                                          const base::FileSystem& files) {
  return files.stat(errored_state(root, workspace)).kind == base::FileKind::Missing
             ? tofu::ErroredState::Absent
             : tofu::ErroredState::Present;
}

base::Status keep_errored_state(const std::string& root, const std::string& run,
                                const Workspace& workspace, base::FileSystem& files) {
  SPACE_TRY(const std::string state, files.read(errored_state(root, workspace)));
  const std::string copy = workspace.errored_copy(root, run);
  SPACE_TRY_STATUS(files.make_directories(base::parent_path(copy)));
  return files.write(copy, state, base::FileMode::Private);
}

tofu::Judgement judge_apply_of(const std::string& root, const std::string& run,
                               const process::Exit& exit, const tofu::StreamFacts& facts,
                               const Workspace& workspace, const base::FileSystem& files) {
  const std::string folder = workspace.run_folder(root, run);
  const auto errored = look_for_errored_state(root, workspace, files);
  const bool was_started =
      files.stat(folder).kind != base::FileKind::Directory ||
      files.stat(base::join_path(folder, "apply.out")).kind != base::FileKind::Missing;
  if (!exit.recorded && !was_started && errored == tofu::ErroredState::Absent)
    return {runplan::Verdict::FailedClean, "tofu was never started"};
  return tofu::judge_apply(exit, facts, errored);
}

Evidence look_at_apply(const std::string& root, const std::string& run, const Workspace& workspace,
                       const base::FileSystem& files) {
  const std::string folder = workspace.run_folder(root, run);
  tofu::StreamReader stream;
  stream.feed(read_tail(base::join_path(folder, "apply.out"), 0), nullptr);
  const tofu::StreamFacts& facts = stream.finish();
  Evidence evidence;
  evidence.judgement =
      judge_apply_of(root, run, process::read_exit_file(base::join_path(folder, "exit.json")),
                     facts, workspace, files);
  evidence.progress = progress_of(facts);
  evidence.counts = facts.applied;
  return evidence;
}

}  // namespace space::flight
