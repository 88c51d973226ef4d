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

Evidence look_at_apply(const std::string& root, const std::string& run, const Workspace& workspace,
                       const base::FileSystem& files) {
  const std::string folder = workspace.run_folder(root, run);
  const std::string stream_file = base::join_path(folder, "apply.out");
  const auto errored = look_for_errored_state(root, workspace, files);
  Evidence evidence;
  // The shim makes the stream's file, and has it on the disk, before it starts tofu.
  const bool was_started = files.stat(stream_file).kind != base::FileKind::Missing;
  const bool is_there = files.stat(folder).kind == base::FileKind::Directory;
  if (is_there && !was_started && errored == tofu::ErroredState::Absent) {
    evidence.judgement = {runplan::Verdict::FailedClean, "tofu was never started"};
    return evidence;
  }
  tofu::StreamReader stream;
  stream.feed(read_tail(stream_file, 0), nullptr);
  const tofu::StreamFacts& facts = stream.finish();
  evidence.judgement = tofu::judge_apply(
      process::read_exit_file(base::join_path(folder, "exit.json")), facts, errored);
  evidence.progress = progress_of(facts);
  evidence.counts = facts.applied;
  return evidence;
}

}  // namespace space::flight
