// What the steps of resolve() share: the value in the making, and where to read and report. Data
// only; the steps are free functions, one file each. Not for other rooms.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/resolved_program.h"
#include "compiler/names/resolve.h"

namespace space::names {

struct Context {
  const model::Program& program;
  model::ResolvedProgram& resolved;
  const source::SourceSet& sources;
  const ResolveInputs& inputs;
  diagnostics::DiagnosticSink& sink;
  std::set<std::string> read_files;  // relative to the project
};

// A vector sorted by `.name`: its index for a name, or npos.
inline constexpr std::size_t k_npos = static_cast<std::size_t>(-1);
template <class Vector>
std::size_t find_name(const Vector& entities, std::string_view name) {
  std::size_t low = 0, high = entities.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (std::string_view(entities[middle].name) < name)
      low = middle + 1;
    else
      high = middle;
  }
  return low < entities.size() && entities[low].name == name ? low : k_npos;
}

// Likewise for declarations, whose name is a Name.
template <class Vector>
std::size_t find_decl(const Vector& decls, std::string_view name) {
  for (std::size_t i = 0; i < decls.size(); ++i) {
    if (decls[i].name.text == name) return i;
  }
  return k_npos;
}

// Asks for the name that was meant, with its fix, or, where nothing is near, says which there are:
// "the `plural` are `a`, `b`". `span` is where the name stands, with its dot, quotes or brackets;
// `beside` is what stands there already.
void suggest(const Context& context, diagnostics::DiagnosticSink::Builder& report,
             std::string_view word, source::Span span, const std::vector<std::string>& names,
             std::string_view plural, const std::vector<std::string>& beside = {});
template <class Vector>
std::vector<std::string> names_of(const Vector& entities) {
  std::vector<std::string> names;
  for (const auto& entity : entities) names.push_back(entity.name);
  return names;
}
template <class Vector>
std::vector<std::string> decl_names_of(const Vector& decls) {
  std::vector<std::string> names;
  for (const auto& decl : decls) names.push_back(decl.name.text);
  return names;
}

// A path written in the file of `span`, relative to the project; and a source file's own path
// likewise.
std::string project_path(const Context& context, source::Span span, std::string_view written);
std::string project_path_of_file(const Context& context, source::FileId file);

// The steps, in their order.
void declare_entities(Context& context);  // ids for everything that has a name
void resolve_static_uses(
    Context& context);  // references in static positions, locals, secrets, remotes
void evaluate_entities(Context& context);      // kinds, facts, pins, regions, sources, for_each
void resolve_deferred_uses(Context& context);  // references in bodies, inputs, exports …
void make_flights(
    Context& context);  // instances × environments × spaces, and what is evaluated for each
void find_file_reads(Context& context);  // literal paths whose text will be emitted

// Adds a use and resolves its references.
void add_use(Context& context, model::Site site, model::ExprId expr);

}  // namespace space::names
