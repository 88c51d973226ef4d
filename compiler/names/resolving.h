// One reference in the making, and what all its resolvers say. Shared by references.cpp (the table
// of roots), output_references.cpp (procedures and exports) and body_references.cpp (what a body in
// place declares). Not for other rooms.
#pragma once

#include <string>
#include <string_view>

#include "compiler/names/context.h"

namespace space::names {

struct Resolving {
  Context& context;
  const model::Site& site;
  const eval::Traversal& traversal;
  model::Reference& reference;

  std::string text() const { return std::string(context.sources.text(traversal.span)); }
  const eval::TraversalStep* step(std::size_t nth) const {
    return nth < traversal.steps.size() ? &traversal.steps[nth] : nullptr;
  }
  std::string_view attribute(std::size_t nth) const {
    const eval::TraversalStep* at = step(nth);
    return at != nullptr && at->kind == eval::TraversalStep::Kind::Attribute
               ? std::string_view(at->name)
               : std::string_view();
  }
  source::Span step_span(std::size_t nth) const {
    return nth < traversal.steps.size() ? traversal.steps[nth].span : traversal.span;
  }
  void take(model::RefKind kind, std::size_t consumed) {
    reference.kind = kind;
    reference.consumed = consumed;
    if (consumed > 0)
      reference.span = source::join(reference.span, traversal.steps[consumed - 1].span);
  }
};

// Each caller is the place that reports.
void bad_reference(Resolving& r, std::string_view why, std::string_view help,
                   std::source_location origin = std::source_location::current());
void not_allowed(Resolving& r, std::string_view where, std::string_view help,
                 std::source_location origin = std::source_location::current());
// The name of one step is not there: `kind` is what it should have been, `names` those that are.
void unknown(Resolving& r, std::size_t step, std::string_view kind, std::string_view in,
             const std::vector<std::string>& names, std::string_view plural,
             std::source_location origin = std::source_location::current());
bool in_mission(const model::Site& site);
std::string_view describe(model::SiteKind kind);  // "in a procedure's input"

enum class Through { Mission, Common };
void resolve_procedure(Resolving& r);
void resolve_export(Resolving& r, Through through);
// Whatever is no root of the language's own.
void resolve_other(Resolving& r);
// "environment.dev", for what has this name and may be read here.
std::vector<std::string> references_to(const Resolving& r, std::string_view name);
// The same for all that may stand where the reference does, in a list of environments say.
std::vector<std::string> taken_there(const Resolving& r);
bool is_procedure(const Resolving& r, std::string_view name);  // of the mission it stands in
bool body_declares_local(const model::ProcedureDecl& decl, std::string_view name);

}  // namespace space::names
