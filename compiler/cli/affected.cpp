// `spacec affected --base REV`: what the program in the working tree means differently from the one
// at a revision of git, and what reads that. The base is compiled out of git's store: nothing is
// checked out, nothing is written.
#include "compiler/driver/affected.h"

#include <fmt/core.h>

#include <memory>
#include <string>

#include "compiler/cli/affected_text.h"
#include "compiler/cli/commands.h"
#include "compiler/cli/compile_step.h"
#include "compiler/cli/output.h"
#include "compiler/cli/sources.h"
#include "compiler/driver/find_sources.h"
#include "compiler/driver/git_tree.h"

namespace space::cli {

namespace {

int fail(World& world, const base::Error& error, int code) {
  print_error(world, error.message, error.help);
  return code;
}

bool is_complete(const driver::Compilation& compilation) {
  return compilation.lowered != nullptr && !compilation.emitted.empty();
}

// Of the paths that are there; null where none holds a program, with `code` set where that is a
// failure.
std::shared_ptr<const driver::Compilation> compile_base(const base::FileSystem& tree,
                                                        const std::vector<std::string>& paths,
                                                        const AffectedOptions& options, int& code,
                                                        World& world) {
  driver::CompileOptions compile;
  compile.paths.clear();
  for (const std::string& path : paths) {
    if (tree.stat(path).kind != base::FileKind::Missing) compile.paths.push_back(path);
  }
  diagnostics::CollectingSink quiet;
  if (compile.paths.empty() ||
      driver::find_sources(tree, compile.paths, compile.out, quiet).empty())
    return nullptr;
  compile.pinned_copies = driver::PinnedCopies::MayBeGone;
  auto compiled = std::make_shared<const driver::Compilation>(driver::compile(tree, compile));
  world.kept.push_back(compiled);
  if (is_complete(*compiled)) return compiled;
  print_diagnostics({compiled->diagnostics, compiled->silenced, *compiled->sources},
                    DiagnosticFormat::Text, options.common.color, world);
  print_error(world,
              fmt::format("the program at `{}` does not compile: {}", options.base,
                          tally(compiled->diagnostics)),
              "the places above are of that revision; choose one as the base that this spacec "
              "compiles");
  code = k_errors;
  return nullptr;
}

}  // namespace

int affected(const AffectedOptions& options, World& world) {
  const auto paths = choose_paths(options.paths, "affected", world);
  if (!paths) return k_usage;
  const auto repository = driver::find_repository(world.environment);
  if (!repository) return fail(world, repository.error(), k_tofu);
  const auto commit = driver::resolve_commit(*repository, options.base);
  if (!commit) return fail(world, commit.error(), k_usage);

  CheckOptions check;
  check.common = options.common;
  check.paths = *paths;
  const auto now = compile_step(check, "affected", driver::Phase::Emitted, "", world);
  if (!now) return k_usage;
  if (now->has_errors() || !is_complete(*now)) {
    world.err.write(tally(now->diagnostics) + "\n");
    return k_errors;
  }
  const auto tree = driver::GitTree::open(*repository, *commit, world.files);
  if (!tree) return fail(world, tree.error(), k_tofu);
  for (const std::string& path : *paths) {
    if ((*tree)->encloses(path)) continue;
    return fail(world,
                {fmt::format("`{}` is not in the repository at `{}`", path, repository->top),
                 "the base is read from there: name a path below it, by no symbolic link"},
                k_usage);
  }
  int code = k_fine;
  const auto before = compile_base(**tree, *paths, options, code, world);
  if (code != k_fine) return code;

  const auto found = driver::find_affected({before.get(), tree->get()}, {now.get(), &world.files});
  const Base base{options.base, *commit};
  switch (options.format) {
    case AffectedOptions::Format::Text:
      world.out.write(affected_text(found, base));
      break;
    case AffectedOptions::Format::Json:
      world.out.write(affected_json(found, base));
      break;
    case AffectedOptions::Format::Targets:
      world.out.write(affected_targets(found));
      break;
  }
  return k_fine;
}

}  // namespace space::cli
