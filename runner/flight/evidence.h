// What an apply left behind, whoever started it: its shim's record of the end, tofu's stream, and
// `errored.tfstate`. In: the root and the run, after every process of that apply has ended. Out:
// the verdict on it. Must not believe anything else: that is what the files are for.
#pragma once

#include <string>

#include "core/base/filesystem.h"
#include "runner/flight/workspace.h"
#include "runner/journal/record.h"
#include "runner/tofu/verdict.h"

namespace space::flight {

struct Evidence {
  tofu::Judgement judgement;
  journal::Progress progress;
  runplan::ChangeCounts counts;
};

// The verdict on an apply. The shim has the stream's file on the disk before it starts tofu: where
// there is none, a signal that came early has ended the shim itself, or nobody had come so far.
tofu::Judgement judge_apply_of(const std::string& root, const std::string& run,
                               const process::Exit& exit, const tofu::StreamFacts& facts,
                               const Workspace& workspace, const base::FileSystem& files);

Evidence look_at_apply(const std::string& root, const std::string& run, const Workspace& workspace,
                       const base::FileSystem& files);

journal::Progress progress_of(const tofu::StreamFacts& facts);

// `errored.tfstate` in the root's folder; and what it holds, brought where it outlasts a build.
std::string errored_state(const std::string& root, const Workspace& workspace);
tofu::ErroredState look_for_errored_state(const std::string& root, const Workspace& workspace,
                                          const base::FileSystem& files);
base::Status keep_errored_state(const std::string& root, const std::string& run,
                                const Workspace& workspace, base::FileSystem& files);

}  // namespace space::flight
