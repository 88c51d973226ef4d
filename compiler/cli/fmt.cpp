// `spacec fmt`: formats files in place and names those it changed. A file with a syntax error stays
// as it is.
#include <string>

#include "compiler/cli/commands.h"
#include "compiler/cli/line_diff.h"
#include "compiler/cli/output.h"
#include "compiler/cli/sources.h"
#include "compiler/driver/find_sources.h"
#include "compiler/format/format.h"
#include "compiler/syntax/parse.h"
#include "core/base/strings.h"

namespace space::cli {

namespace {

// The formatted text, or nothing after its syntax errors were printed.
std::optional<std::string> formatted(const std::string& path, const std::string& text,
                                     const FmtOptions& options, World& world) {
  source::SourceSet sources;
  diagnostics::CollectingSink sink;
  const source::FileId file = sources.add(path, text);
  const syntax::SyntaxTree tree = syntax::parse(sources, file, syntax::Dialect::Space, sink);
  if (sink.has_errors()) {
    print_diagnostics({sink.finish(sources), {}, sources}, DiagnosticFormat::Text,
                      options.common.color, world);
    return std::nullopt;
  }
  return format::format(tree);
}

int filter(const FmtOptions& options, World& world) {
  const std::string text = world.read_standard_input();
  const auto result = formatted("<standard input>", text, options, world);
  if (!result) return k_errors;
  world.out.write(*result);
  return k_fine;
}

}  // namespace

int fmt(const FmtOptions& options, World& world) {
  if (options.mode == FmtOptions::Mode::Filter) return filter(options, world);
  const auto paths = choose_paths(options.paths, "fmt", world);
  if (!paths) return k_usage;
  std::size_t changed = 0;
  bool failed = false;
  source::SourceSet none;
  diagnostics::CollectingSink sink;
  const std::vector<std::string> files = driver::find_sources(world.files, *paths, "out", sink);
  print_diagnostics({sink.finish(none), {}, none}, DiagnosticFormat::Text, options.common.color,
                    world);
  failed = sink.has_errors();
  for (const std::string& path : files) {
    const auto text = world.files.read(path);
    if (!text) {
      print_error(world, "cannot read `" + path + "`: " + text.error().message, text.error().help);
      failed = true;
      continue;
    }
    const auto result = formatted(path, *text, options, world);
    if (!result) failed = true;
    if (!result || *result == *text) continue;
    ++changed;
    if (options.mode == FmtOptions::Mode::Diff) {
      world.out.write(unified_diff(path, *text, *result));
      continue;
    }
    world.out.write(path + "\n");
    if (options.mode == FmtOptions::Mode::Check) continue;
    if (const auto status = world.files.write(path, *result, base::FileMode::Plain); !status) {
      print_error(world, "cannot write `" + path + "`: " + status.error().message,
                  status.error().help);
      failed = true;
    }
  }
  const char* verb = options.mode == FmtOptions::Mode::Write ? "formatted " : "would format ";
  world.err.write(verb + std::to_string(changed) + " of " + base::counted(files.size(), "file") +
                  "\n");
  if (failed) return k_errors;
  return options.mode != FmtOptions::Mode::Write && changed > 0 ? k_differs : k_fine;
}

}  // namespace space::cli
