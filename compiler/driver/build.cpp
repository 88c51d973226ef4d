#include "compiler/driver/build.h"

#include <utility>

#include "compiler/driver/out_stamp.h"
#include "compiler/driver/recording_filesystem.h"

namespace space::driver {

namespace {

// Where the stamp lies must be known before anything is read: beside the first path given.
StampScope scope_of(const base::FileSystem& files, const BuildOptions& options) {
  StampScope scope;
  const std::string first = options.compile.paths.empty()
                                ? std::string(".")
                                : base::normalize_path(options.compile.paths.front());
  scope.project_folder =
      files.stat(first).kind == base::FileKind::Directory ? first : base::parent_path(first);
  scope.version = options.version;
  scope.options = options.compile.paths;
  scope.options.push_back("out=" + options.compile.out);
  for (std::string& word : level_words(options.compile.levels))
    scope.options.push_back(std::move(word));
  return scope;
}

// The lock comes after the roots: one without the other is put right by the next build, whichever
// is there first.
base::Status update_lock(base::FileSystem& files, Compare mode, BuildResult& result) {
  result.lock = next_lock(result.compilation);
  if (result.lock.bytes.empty()) return base::Done{};
  const auto before = files.read(result.lock.path);
  if (before && *before == result.lock.bytes) return base::Done{};
  result.lock_state = BuildResult::LockState::Differs;
  if (mode == Compare::Only) return base::Done{};
  const auto written = files.write(result.lock.path, result.lock.bytes, base::FileMode::Plain);
  if (!written) return base::cannot("write", result.lock.path, written.error());
  return base::Done{};
}

// A lock that this build has written is no input that changed while it ran.
StampInputs inputs_of(const RecordingFileSystem& recording, const BuildResult& result) {
  StampInputs inputs = recording.inputs();
  if (result.lock_state == BuildResult::LockState::Same) return inputs;
  std::erase(inputs.files, result.lock.path);
  std::erase(inputs.absent, result.lock.path);
  inputs.written.push_back(result.lock.path);
  return inputs;
}

}  // namespace

BuildResult build(base::FileSystem& files, const BuildOptions& options) {
  BuildResult result;
  const StampScope scope = scope_of(files, options);
  if (options.shortcut == BuildOptions::Shortcut::Take &&
      check_stamp(files, scope) == Freshness::Fresh) {
    result.outcome = BuildResult::Outcome::UpToDate;
    return result;
  }
  const RecordingFileSystem recording(files);
  result.compilation = compile(recording, options.compile);
  if (result.compilation.has_errors()) return result;
  auto report = write_out(files, options.compile.out, result.compilation.emitted, options.mode);
  if (!report) {
    result.outcome = BuildResult::Outcome::OutputFailed;
    result.error = report.error();
    return result;
  }
  result.report = std::move(*report);
  if (auto locked = update_lock(files, options.mode, result); !locked) {
    result.outcome = BuildResult::Outcome::OutputFailed;
    result.error = locked.error();
    return result;
  }
  result.outcome = BuildResult::Outcome::Built;
  const bool clean = result.compilation.diagnostics.empty();  // a warning is said each time
  const bool exact = options.mode == Compare::Write ||
                     (result.report.written.empty() && result.report.removed.empty() &&
                      result.lock_state == BuildResult::LockState::Same);
  if (clean && exact) {
    // A stamp that cannot be written costs time, not correctness.
    (void)write_stamp(files, scope, inputs_of(recording, result), options.compile.out,
                      result.compilation.emitted, options.started_ns);
  }
  return result;
}

}  // namespace space::driver
