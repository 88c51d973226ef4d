#include "core/eval/evaluator.h"
#include "core/values/convert.h"

namespace space::eval {

using values::Marks;
using values::Type;
using values::TypeKind;
using values::Value;

Value Evaluator::text(ExprId id) {
  const auto parts = tree_.children(id);
  // Most templates are one piece of plain text, and that is a value already.
  if (parts.size() == 1 && tree_[parts[0]].kind == ExprKind::Literal &&
      tree_[parts[0]].literal.kind() == TypeKind::String) {
    return tree_[parts[0]].literal;
  }
  std::string joined;
  Marks marks;
  bool known = true;
  const std::size_t mark = failures_;
  for (const ExprId part : parts) {
    const Value value = evaluate(part);
    if (value.is_null()) {
      fail(tree_[part].span, "this value is null, and a template cannot hold null");
      continue;
    }
    marks = marks | value.marks();
    if (!value.is_known()) {
      known = false;
      continue;
    }
    if (value.kind() == TypeKind::String) {
      joined += value.as_string();
      continue;
    }
    const values::Conversion converted = values::convert(value.without_marks(), Type::string());
    if (!converted.value) {
      fail(tree_[part].span, "this value cannot stand in a template: " + converted.error.message,
           "`jsonencode(…)` writes it as JSON");
      continue;
    }
    joined += converted.value->as_string();
  }
  if (!known || failed_since(mark)) return Value::unknown(Type::string()).with_marks(marks);
  return Value::string(std::move(joined)).with_marks(marks);
}

Value Evaluator::text_if(ExprId id) {
  const auto children = tree_.children(id);
  Held yes = hold(children[1]);
  Held no;
  source::Span no_span = tree_[id].span;
  if (children.size() > 2) {
    no = hold(children[2]);
    no_span = tree_[children[2]].span;
  } else {
    no.value = Value::string("");
  }
  return choose(children[0], std::move(yes), std::move(no), tree_[children[1]].span, no_span);
}

Value Evaluator::text_for(ExprId id) {
  const Value pieces = for_tuple(id, tree_.child(id, 1), std::nullopt);
  if (!pieces.is_known() || pieces.is_null())
    return Value::unknown(Type::string()).with_marks(pieces.marks());
  std::string joined;
  Marks marks = pieces.marks();
  for (const Value& piece : pieces.as_list()) {
    if (!piece.is_known()) return Value::unknown(Type::string()).with_marks(pieces.marks());
    marks = marks | piece.marks();
    joined += piece.as_string();
  }
  return Value::string(std::move(joined)).with_marks(marks);
}

}  // namespace space::eval
