#include "compiler/driver/compile.h"

#include <algorithm>
#include <set>

#include "compiler/check/check.h"
#include "compiler/compare/compare.h"
#include "compiler/driver/allows.h"
#include "compiler/driver/find_sources.h"
#include "compiler/driver/remembered.h"
#include "compiler/driver/remote_modules.h"
#include "compiler/driver/schema_store.h"
#include "compiler/driver/state_lock_file.h"
#include "compiler/driver/templates.h"
#include "compiler/format/format.h"
#include "compiler/lower/lower.h"
#include "compiler/model/queries.h"
#include "compiler/names/resolve.h"
#include "compiler/program/build_program.h"
#include "compiler/syntax/parse.h"
#include "compiler/typing/analyze_types.h"
#include "stdlib/stdlib.h"

namespace space::driver {

namespace {

constexpr std::string_view k_lock_file = ".terraform.lock.hcl";

// The standard library as it stands beside the project: every path begins with `std/`.
base::MemoryFileSystem standard_library(const CompileOptions& options) {
  base::MemoryFileSystem files;
  if (options.standard_library == nullptr) {
    for (const base::EmbeddedFile& file : stdlib::files())
      files.add("std/" + std::string(file.path), std::string(file.bytes));
    return files;
  }
  std::vector<std::string> folders = {"."};
  while (!folders.empty()) {
    const std::string folder = std::move(folders.back());
    folders.pop_back();
    const auto entries = options.standard_library->list(folder);
    if (!entries) continue;
    for (const base::DirectoryEntry& entry : *entries) {
      const std::string path = base::join_path(folder, entry.name);
      if (entry.kind == base::FileKind::Directory) {
        folders.push_back(path);
      } else if (const auto bytes = options.standard_library->read(path)) {
        files.add("std/" + path, *bytes);
      }
    }
  }
  return files;
}

std::vector<source::FileId> read_sources(const base::FileSystem& files,
                                         const std::vector<std::string>& paths,
                                         source::SourceSet& sources,
                                         diagnostics::DiagnosticSink& sink) {
  std::vector<source::FileId> read;
  for (const std::string& path : paths) {
    auto bytes = files.read(path);
    if (!bytes) {
      sink.report(diagnostics::unreadable_source, source::Span(), path, bytes.error().message)
          .help(bytes.error().help);
    } else {
      read.push_back(sources.put(path, std::move(*bytes)));
    }
  }
  return read;
}

std::shared_ptr<const model::Modules> read_modules(const base::FileSystem& files,
                                                   const base::FileSystem& library,
                                                   const std::string& project_folder,
                                                   const model::ResolvedProgram& program,
                                                   Remembered& remembered, PinnedCopies copies,
                                                   diagnostics::DiagnosticSink& sink) {
  const source::SourceSet& sources = *remembered.sources();
  auto modules = std::make_shared<model::Modules>();
  std::set<std::string> tried;
  const auto read = [&](const std::string& path, source::Span used_at) {
    if (!tried.insert(path).second) return;
    const bool standard = path.starts_with("std/");
    auto interface = remembered.module(standard ? library : files, standard ? "." : project_folder,
                                       path, used_at, sink);
    if (interface) modules->emplace(path, std::move(*interface));
  };
  for (const model::Procedure& procedure : program.procedures) {
    if (procedure.body == model::Procedure::BodyKind::Local)
      read(procedure.source, program.tree()[procedure.decl->source].span);
    for (const model::BodyModule& module : model::body_modules(program, procedure, sources))
      read(module.path, program.tree()[module.source].span);
  }
  for (const model::Interface& interface : program.interfaces) {
    for (const model::Implementation& implementation : interface.implementations)
      read(implementation.source, implementation.span);
  }
  read_remote_modules({files, project_folder, copies}, program, remembered, *modules, sink);
  return modules;
}

// Is there a value that may not go everywhere: one that varies, one that is secret? Only then
// modules are looked into.
bool must_be_followed(const model::ResolvedProgram& program, const model::Modules& modules) {
  const auto is_followed = [](const model::VariableDecl& variable) {
    return variable.varies.valid() || variable.sensitive.valid();
  };
  const bool variables =
      std::any_of(program.missions.begin(), program.missions.end(), [&](const auto& mission) {
        const auto& decls = mission.decl->variables;
        return std::any_of(decls.begin(), decls.end(), is_followed);
      });
  const bool outputs = std::any_of(modules.begin(), modules.end(), [](const auto& module) {
    const auto& all = module.second.outputs;
    return std::any_of(all.begin(), all.end(),
                       [](const model::ModuleOutput& output) { return output.sensitive; });
  });
  return variables || outputs || !program.secrets.empty() ||
         std::any_of(program.references.begin(), program.references.end(),
                     [](const model::Reference& reference) {
                       return reference.kind == model::RefKind::FlightUnique;
                     });
}

bool has_syntax_errors(const diagnostics::CollectingSink& sink) {
  return std::any_of(sink.all().begin(), sink.all().end(),
                     [](const diagnostics::Diagnostic& diagnostic) {
                       return diagnostic.severity == diagnostics::Severity::Error &&
                              diagnostic.descriptor->code.starts_with("SPC0");
                     });
}

// `spacec fmt` of one text: for emitted roots that hold the user's own layout.
std::string format_text(const std::string& text) {
  source::SourceSet sources;
  const source::FileId file = sources.add("generated.tf", text);
  diagnostics::NullSink quiet;
  return format::format(syntax::parse(sources, file, syntax::Dialect::Tofu, quiet));
}

struct Work {
  const base::FileSystem& files;
  const CompileOptions& options;
  Remembered& remembered;
  Compilation& result;
  base::MemoryFileSystem library;
  diagnostics::CollectingSink sink;
  model::StateLock lock;

  bool stops_at(Phase phase) const { return options.stop_after <= phase; }
  source::SourceSet& sources() const { return *remembered.sources(); }
};

// Each part makes the next phases' values, and says whether to go on.

bool parse_files(Work& work) {
  std::vector<source::FileId> read = read_sources(
      work.files, find_sources(work.files, work.options.paths, work.options.out, work.sink),
      work.sources(), work.sink);
  for (const auto& [path, bytes] : work.library.files()) {
    if (path.ends_with(".space")) read.push_back(work.sources().put(path, bytes));
  }
  for (const source::FileId file : read)
    work.result.trees.push_back(work.remembered.tree(file, work.sink));
  const bool nothing_read =
      read.empty() || (work.sink.has_errors() && !has_syntax_errors(work.sink));
  return !work.stops_at(Phase::Syntax) && !nothing_read;
}

bool resolve_names(Work& work) {
  Compilation& result = work.result;
  const source::SourceSet& sources = work.sources();
  result.program = std::make_shared<const model::Program>(
      program::build_program(result.trees, sources, work.sink));
  result.project_folder = model::project_folder(*result.program, sources);
  // After a syntax error whole blocks may be missing: what they declare would be reported as
  // unknown.
  if (work.stops_at(Phase::Program) || has_syntax_errors(work.sink)) return false;

  names::ResolveInputs inputs;
  inputs.files = &work.files;
  inputs.project_folder = result.project_folder;
  inputs.render_template = template_renderer(work.files);
  work.lock = read_state_lock(work.files, result.project_folder, work.sources(), work.sink);
  for (const model::LockedState& state : work.lock.states) inputs.locked.push_back(state.name);
  result.resolved = std::make_shared<const model::ResolvedProgram>(
      names::resolve(result.program, sources, inputs, work.sink));
  return !work.stops_at(Phase::Resolved);
}

bool check_program(Work& work) {
  Compilation& result = work.result;
  const std::string& folder = result.project_folder;
  auto modules = read_modules(work.files, work.library, folder, *result.resolved, work.remembered,
                              work.options.pinned_copies, work.sink);
  const model::Schemas schemas =
      schemas::find_schemas(*result.resolved, schema_files(work.files, folder), work.sink);
  auto types = std::make_shared<const model::Types>(
      typing::analyze_types(*result.resolved, *modules, schemas, work.sources(), work.sink));
  const auto flows = must_be_followed(*result.resolved, *modules)
                         ? work.remembered.flows(*result.resolved, *modules)
                         : std::make_shared<const model::ModuleFlows>();
  result.checked = check::check(
      {result.resolved, modules, types, schemas, *flows, work.lock, work.sources()}, work.sink);
  return result.checked != nullptr;
}

bool is_promoted(const model::Environment& environment) { return environment.promote_from.valid(); }

// Law 3 is proven on what is lowered: where nothing is promoted, a check need not lower.
bool lower_program(Work& work) {
  Compilation& result = work.result;
  const auto& environments = result.resolved->environments;
  const bool compares = std::any_of(environments.begin(), environments.end(), is_promoted);
  if (work.stops_at(Phase::Checked) && !compares) return false;
  const std::string project_from_out =
      base::relative_path(base::normalize_path(work.options.out), result.project_folder);
  auto lowered = std::make_unique<lower::LoweredProgram>(
      lower::lower(*result.checked, work.sources(), {project_from_out, result.project_folder}));
  const bool same = !compares || compare::compare_promoted(*lowered, work.sink);
  if (work.stops_at(Phase::Checked)) return false;
  result.lowered = std::move(lowered);
  return same && !work.stops_at(Phase::Lowered);
}

bool needs_providers(const lower::LoweredProgram& program) {
  return std::any_of(program.flights.begin(), program.flights.end(), [](const auto& flight) {
    return std::any_of(flight.roots.begin(), flight.roots.end(),
                       [](const auto& root) { return !root.required_providers.empty(); });
  });
}

void emit_roots(Work& work) {
  Compilation& result = work.result;
  emit::EmitOptions options;
  options.format = format_text;
  options.project_folder = result.project_folder;
  if (auto lock = work.files.read(base::join_path(result.project_folder, k_lock_file))) {
    options.lock_file = std::move(*lock);
  } else if (needs_providers(*result.lowered)) {
    const auto& project = result.program->project;
    work.sink.report(diagnostics::no_lock_file, project ? project->header : source::Span())
        .help("`space lock` writes one: commit it, and build again");
  }
  result.emitted = emit::emit(*result.lowered, work.sources(), options);
}

}  // namespace

bool Compilation::has_errors() const {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const diagnostics::Diagnostic& diagnostic) {
                       return diagnostic.severity == diagnostics::Severity::Error;
                     });
}

Compilation compile(const base::FileSystem& files, const CompileOptions& options) {
  Remembered nothing(Analyses::One);
  return compile(files, options, nothing);
}

Compilation compile(const base::FileSystem& files, const CompileOptions& options,
                    Remembered& remembered) {
  remembered.begin();
  Compilation result;
  result.sources = remembered.sources();
  Work work{files, options, remembered, result, standard_library(options), {}, {}};
  if (parse_files(work) && resolve_names(work) && check_program(work) && lower_program(work))
    emit_roots(work);
  if (result.program != nullptr) {
    std::vector<diagnostics::Diagnostic> found = work.sink.all();
    diagnostics::CollectingSink of_allows, rest;
    apply_allows(*result.program, *result.sources, found, result.silenced, of_allows);
    found.insert(found.end(), of_allows.all().begin(), of_allows.all().end());
    apply_levels(*result.program, options.levels, found, result.silenced, rest);
    sort_silenced(result.silenced, *result.sources);
    for (diagnostics::Diagnostic& diagnostic : found) rest.add(std::move(diagnostic));
    result.diagnostics = rest.finish(*result.sources, options.keep);
  } else {
    result.diagnostics = work.sink.finish(*result.sources, options.keep);
  }
  return result;
}

}  // namespace space::driver
