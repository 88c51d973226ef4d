#include "compiler/driver/remembered.h"

#include <utility>

#include "compiler/driver/recording_filesystem.h"
#include "compiler/flows/module_flows.h"
#include "compiler/modules/read_module.h"
#include "compiler/syntax/parse.h"
#include "core/base/hash.h"

namespace space::driver {

namespace {

// A set of files this many times as large as what is in use is mostly old texts.
constexpr std::size_t k_most_growth = 4;
constexpr std::size_t k_slack = 256;

// What the inputs of a module are now: bytes, whether they may be run, listings, what is not there.
std::string fingerprint(const base::FileSystem& files, const StampInputs& inputs) {
  std::string all;
  const auto add = [&all](std::string_view part) {
    all += std::to_string(part.size());
    all += ':';
    all += part;
  };
  for (const std::string& path : inputs.files) {
    add(path);
    const auto bytes = files.read(path);
    add(bytes ? *bytes : "");
    add(!bytes ? "gone" : files.is_executable(path) ? "runs" : "plain");
  }
  for (const std::string& path : inputs.folders) {
    add(path);
    const auto entries = files.list(path);
    if (!entries) continue;
    for (const base::DirectoryEntry& entry : *entries) {
      add(entry.name);
      add(std::to_string(static_cast<int>(entry.kind)));
    }
  }
  for (const std::string& path : inputs.absent) {
    add(path);
    add(std::to_string(static_cast<int>(files.stat(path).kind)));
  }
  return base::sha256_hex(all);
}

}  // namespace

void Remembered::begin() {
  std::size_t used = trees_.size();
  for (const auto& [path, module] : modules_) used += module.inputs.files.size();
  old_trees_ = std::exchange(trees_, {});
  old_modules_ = std::exchange(modules_, {});
  if (sources_->size() <= k_most_growth * used + k_slack) return;
  sources_ = std::make_shared<source::SourceSet>();
  old_trees_.clear();
  old_modules_.clear();
  flows_ = {};
}

syntax::SyntaxTree Remembered::tree(source::FileId file, diagnostics::DiagnosticSink& sink) {
  if (analyses_ == Analyses::One)
    return syntax::parse(*sources_, file, syntax::Dialect::Space, sink);
  ParsedFile& parsed = trees_[file];
  if (const auto old = old_trees_.find(file); old != old_trees_.end()) {
    parsed = std::move(old->second);
    old_trees_.erase(old);
  } else if (parsed.tree.nodes().empty()) {
    diagnostics::CollectingSink found;
    parsed.tree = syntax::parse(*sources_, file, syntax::Dialect::Space, found);
    parsed.found = found.all();
  }
  for (const diagnostics::Diagnostic& diagnostic : parsed.found) sink.add(diagnostic);
  return parsed.tree;
}

std::optional<model::ModuleInterface> Remembered::module(const base::FileSystem& files,
                                                         const std::string& project_folder,
                                                         const std::string& path,
                                                         source::Span used_at,
                                                         diagnostics::DiagnosticSink& sink) {
  if (analyses_ == Analyses::One)
    return modules::read_module(files, project_folder, path, used_at, *sources_, sink);
  const std::string key = base::join_path(project_folder, path);
  if (const auto old = old_modules_.find(key); old != old_modules_.end()) {
    if (fingerprint(files, old->second.inputs) == old->second.fingerprint)
      return modules_.insert(old_modules_.extract(old)).position->second.interface;
    old_modules_.erase(old);
  }
  const RecordingFileSystem recording(files);
  diagnostics::CollectingSink found;
  auto interface = modules::read_module(recording, project_folder, path, used_at, *sources_, found);
  for (const diagnostics::Diagnostic& diagnostic : found.all()) sink.add(diagnostic);
  if (interface && found.all().empty()) {
    StampInputs inputs = recording.inputs();
    std::string print = fingerprint(files, inputs);
    modules_[key] = {*interface, std::move(inputs), std::move(print)};
  }
  return interface;
}

std::shared_ptr<const model::ModuleFlows> Remembered::flows(const model::ResolvedProgram& program,
                                                            const model::Modules& modules) {
  const auto read = [&] {
    return std::make_shared<const model::ModuleFlows>(
        flows::read_flows(program, modules, *sources_));
  };
  if (analyses_ == Analyses::One) return read();
  std::map<std::string, std::string> digests;
  for (const auto& [source, module] : modules) digests[source] = module.digest;
  if (flows_.flows == nullptr || flows_.digests != digests || flows_.templates != program.files)
    flows_ = {std::move(digests), program.files, read()};
  return flows_.flows;
}

}  // namespace space::driver
