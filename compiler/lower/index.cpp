#include "compiler/lower/index.h"

#include <algorithm>

#include "core/base/filesystem.h"
#include "core/base/hash.h"
#include "core/eval/functions.h"

namespace space::lower {

std::string copy_folder(std::string_view path, std::string_view digest) {
  std::string name(base::file_name(path));
  if (name.empty() || name == "." || name == "..") name = "module";
  for (char& c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.';
    if (!plain) c = '_';
  }
  return name + "-" + std::string(digest.substr(0, 12));
}

Index make_index(const model::CheckedProgram& checked, const source::SourceSet& sources,
                 LoweredProgram& out) {
  const model::ResolvedProgram& program = checked.resolved();
  Index index;
  for (const model::Reference& reference : program.references) {
    if (reference.kind == model::RefKind::Unknown || reference.kind == model::RefKind::Body)
      continue;
    index.spots.push_back({Spot::Kind::Reference, reference.span, &reference, ""});
  }
  for (const auto& [path, bytes] : program.files) {
    const std::string folder = copy_folder(path, base::sha256_hex(bytes));
    const std::string name(base::file_name(path));
    out.read_files.push_back({{name, model::ModuleFile{bytes}}});
    index.file_copies.emplace(path, folder + "/" + name);
    out.modules.push_back({folder, &out.read_files.back()});
  }
  for (const auto& [expr, path] : program.file_paths) {
    if (program.files.contains(path))
      index.spots.push_back({Spot::Kind::FilePath, program.tree()[expr].span, nullptr, path});
  }
  for (const model::Procedure& procedure : program.procedures) {
    for (const model::BodyModule& module : model::body_modules(program, procedure, sources)) {
      index.spots.push_back(
          {Spot::Kind::ModuleSource, program.tree()[module.source].span, nullptr, module.path});
    }
  }
  for (std::size_t i = 0; i < program.tree().size(); ++i) {
    const eval::Expr& node = program.tree()[eval::ExprId(i)];
    if (node.kind != eval::ExprKind::Call) continue;
    const eval::Function* function = eval::find_function(node.name);
    if (function != nullptr && function->phase == eval::FunctionPhase::Deferred) {
      index.spots.push_back({Spot::Kind::DeferredCall, node.span, nullptr, node.name});
    }
  }
  std::sort(index.spots.begin(), index.spots.end(),
            [](const Spot& a, const Spot& b) { return a.span < b.span; });
  return index;
}

std::span<const Spot> spots_in(const Index& index, source::Span span) {
  const auto first = std::lower_bound(
      index.spots.begin(), index.spots.end(), source::Span{span.file, span.begin, 0},
      [](const Spot& spot, const source::Span& at) { return spot.span < at; });
  auto last = first;
  while (last != index.spots.end() && last->span.file == span.file && last->span.begin < span.end)
    ++last;
  return {first, last};
}

}  // namespace space::lower
