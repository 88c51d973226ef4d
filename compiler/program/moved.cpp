// `moved` and `removed` of the language, at the top and in missions. Those in a procedure are
// tofu's own.
#include <algorithm>
#include <tuple>

#include "compiler/program/block_reader.h"
#include "compiler/program/constructs.h"
#include "compiler/program/naming.h"

namespace space::program {

model::MovedDecl read_moved(Context& context, syntax::Node block) {
  model::MovedDecl moved;
  moved.span = block.span();
  read_labels(context, block, "moved", k_no_label);
  const Argument arguments[] = {{"from", &moved.from, Need::Required},
                                {"to", &moved.to, Need::Required}};
  read_body(context, block, {"moved", arguments, {}}, "`moved`", header_of(block));
  return moved;
}

model::RemovedDecl read_removed(Context& context, syntax::Node block) {
  model::RemovedDecl removed;
  removed.span = block.span();
  read_labels(context, block, "removed", k_no_label);
  const Argument arguments[] = {{"from", &removed.from, Need::Required},
                                {"destroy", &removed.destroy}};
  read_body(context, block, {"removed", arguments, {}}, "`removed`", header_of(block));
  return removed;
}

void settle_moves(Context& context, std::vector<model::MovedDecl>& moved,
                  std::vector<model::RemovedDecl>& removed) {
  const auto text = [&](model::ExprId id) -> std::string_view {
    if (!id.valid()) return {};
    const source::Span span = context.expressions.tree()[id].span;
    return span.valid() ? context.sources.text(span) : std::string_view();
  };
  sort_by_text(moved,
               [&](const model::MovedDecl& it) { return std::pair(text(it.from), text(it.to)); });
  sort_by_text(removed, [&](const model::RemovedDecl& it) { return text(it.from); });
}

}  // namespace space::program
