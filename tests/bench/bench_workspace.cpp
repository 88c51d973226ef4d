// bench_workspace FOLDER FILE TEXT…: what an editor waits for. Analyzes the program in FOLDER, then
// again and again: with nothing changed, and with FILE replaced by each TEXT (the path of a file
// with it) and put back. Prints, a line each, `NAME MILLISECONDS`, the fastest of several rounds;
// and `parse MEGABYTES-PER-SECOND` of the program's own files.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "compiler/driver/workspace.h"
#include "compiler/syntax/parse.h"

namespace {

using namespace space;

constexpr int k_rounds = 15;

[[noreturn]] void fail(const std::string& message) {
  std::fprintf(stderr, "error: %s\n", message.c_str());
  std::exit(1);
}

template <class Action>
double milliseconds(Action action) {
  const auto begun = std::chrono::steady_clock::now();
  action();
  const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - begun;
  return spent.count();
}

driver::CompileOptions options_of(const std::string& folder) {
  driver::CompileOptions options;
  options.paths = {folder};
  options.stop_after = driver::Phase::Checked;
  return options;
}

void analyze(driver::Workspace& workspace) {
  const driver::Compilation compilation = workspace.analyze();
  if (compilation.has_errors()) fail("the program does not check: nothing is measured");
}

double parse_speed(const source::SourceSet& sources) {
  double fastest = 1e9;
  std::size_t bytes = 0;
  for (int round = 0; round < k_rounds; ++round) {
    bytes = 0;
    fastest = std::min(
        fastest, milliseconds([&] {
          for (std::size_t i = 0; i < sources.size(); ++i) {
            const source::FileId file(i);
            if (!sources.file(file).path().ends_with(".space")) continue;
            diagnostics::NullSink quiet;
            bytes += syntax::parse(sources, file, syntax::Dialect::Space, quiet).text().size();
          }
        }));
  }
  return static_cast<double>(bytes) / 1e3 / fastest;
}

}  // namespace

int main(int count, char** words) {
  if (count < 4) fail("usage: bench_workspace FOLDER FILE TEXT…");
  const std::vector<std::string> given(words + 1, words + count);
  const base::DiskFileSystem disk;
  base::OverlayFileSystem files(disk);
  driver::Workspace workspace(files, options_of(given[0]));
  std::printf("first %.3f\n", milliseconds([&] { analyze(workspace); }));

  double same = 1e9;
  for (int round = 0; round < k_rounds; ++round)
    same = std::min(same, milliseconds([&] { analyze(workspace); }));
  std::printf("same %.3f\n", same);

  const auto before = disk.read(given[1]);
  if (!before) fail(given[1] + ": " + before.error().message);
  for (std::size_t i = 2; i < given.size(); ++i) {
    const auto text = disk.read(given[i]);
    if (!text) fail(given[i] + ": " + text.error().message);
    double fastest = 1e9;
    for (int round = 0; round < k_rounds; ++round) {
      if (!files.write(given[1], *text, base::FileMode::Plain)) fail("cannot edit " + given[1]);
      fastest = std::min(fastest, milliseconds([&] { analyze(workspace); }));
      if (!files.write(given[1], *before, base::FileMode::Plain)) fail("cannot edit " + given[1]);
      analyze(workspace);
    }
    std::printf("edit %.3f\n", fastest);
  }
  std::printf("parse %.1f\n", parse_speed(*workspace.analyze().sources));
  return 0;
}
