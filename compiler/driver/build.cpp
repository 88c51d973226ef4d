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
  result.outcome = BuildResult::Outcome::Built;
  const bool clean = result.compilation.diagnostics.empty();  // a warning is said each time
  const bool exact = options.mode == Compare::Write ||
                     (result.report.written.empty() && result.report.removed.empty());
  if (clean && exact) {
    // A stamp that cannot be written costs time, not correctness.
    (void)write_stamp(files, scope, recording.inputs(), options.compile.out,
                      result.compilation.emitted, options.started_ns);
  }
  return result;
}

}  // namespace space::driver
