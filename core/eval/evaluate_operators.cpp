#include "core/diagnostics/catalogue.h"
#include "core/eval/evaluator.h"
#include "core/values/convert.h"
#include "core/values/order.h"

namespace space::eval {

using values::Marks;
using values::Number;
using values::Type;
using values::TypeKind;
using values::Value;

namespace {

std::string_view symbol(Operator op) {
  switch (op) {
    case Operator::None:
      return "";
    case Operator::Or:
      return "||";
    case Operator::And:
      return "&&";
    case Operator::Equal:
      return "==";
    case Operator::NotEqual:
      return "!=";
    case Operator::Less:
      return "<";
    case Operator::Greater:
      return ">";
    case Operator::LessEqual:
      return "<=";
    case Operator::GreaterEqual:
      return ">=";
    case Operator::Add:
      return "+";
    case Operator::Subtract:
    case Operator::Negate:
      return "-";
    case Operator::Multiply:
      return "*";
    case Operator::Divide:
      return "/";
    case Operator::Modulo:
      return "%";
    case Operator::Not:
      return "!";
  }
  return "";
}

std::string operand_name(Operator op) { return "an operand of `" + std::string(symbol(op)) + "`"; }

bool is_comparison(Operator op) {
  return op == Operator::Less || op == Operator::Greater || op == Operator::LessEqual ||
         op == Operator::GreaterEqual;
}

// cty asks two questions of a bool, and null is not true.
bool is_true(const Value& value) { return !value.is_null() && value.as_bool(); }

}  // namespace

// The operand as the operator wants it; reported and nothing where it cannot be.
std::optional<Value> Evaluator::operand(ExprId id, const Value& value, const Type& wanted) {
  if (value.kind() == wanted.kind()) return value;
  values::Conversion converted = values::convert(value, wanted);
  if (converted.value) return std::move(converted.value);
  ++failures_;
  sink_->report(diagnostics::type_mismatch, tree_[id].span, "this operand",
                values::describe(wanted), values::describe(value.type()));
  return std::nullopt;
}

Value Evaluator::unary(ExprId id) {
  const Expr& expr = tree_[id];
  const Type wanted = expr.op == Operator::Not ? Type::boolean() : Type::number();
  const std::size_t mark = failures_;
  const Value value = evaluate(tree_.child(id, 0));
  if (failed_since(mark)) return Value::unknown(wanted);
  const std::optional<Value> converted = operand(tree_.child(id, 0), value, wanted);
  if (!converted) return Value::unknown(wanted);
  const Marks marks = converted->marks();
  if (converted->is_null()) {
    fail_null(tree_[tree_.child(id, 0)].span, operand_name(expr.op));
    return Value::unknown(wanted);
  }
  if (!converted->is_known()) return Value::unknown(wanted).with_marks(marks);
  if (expr.op == Operator::Not) return Value::boolean(!converted->as_bool()).with_marks(marks);
  return Value::number(converted->as_number().negated()).with_marks(marks);
}

Value Evaluator::binary(ExprId id) {
  const Expr& expr = tree_[id];
  if (expr.op == Operator::And || expr.op == Operator::Or) return logical(id);
  const ExprId left_id = tree_.child(id, 0), right_id = tree_.child(id, 1);
  const bool comparison = is_comparison(expr.op);
  const bool equals = expr.op == Operator::Equal || expr.op == Operator::NotEqual;
  const Type result = comparison || equals ? Type::boolean() : Type::number();
  const std::size_t mark = failures_;
  const Value left = evaluate(left_id);
  const Value right = evaluate(right_id);
  // Where a branch that is not taken fails, its secrets still count.
  const Marks outside = left.marks() | right.marks();
  if (failed_since(mark)) return Value::unknown(result).with_marks(outside);
  if (equals) return equality(expr, left, right);
  const std::optional<Value> a = operand(left_id, left, Type::number());
  const std::optional<Value> b = operand(right_id, right, Type::number());
  if (!a || !b) return Value::unknown(result).with_marks(outside);
  const Marks marks = a->marks() | b->marks();
  if (a->is_null() || b->is_null()) {
    fail_null(tree_[a->is_null() ? left_id : right_id].span, operand_name(expr.op));
    return Value::unknown(result);
  }
  if (!a->is_known() || !b->is_known()) return Value::unknown(result).with_marks(marks);
  const Number& x = a->as_number();
  const Number& y = b->as_number();
  switch (expr.op) {
    case Operator::Less:
      return Value::boolean(x < y).with_marks(marks);
    case Operator::Greater:
      return Value::boolean(x > y).with_marks(marks);
    case Operator::LessEqual:
      return Value::boolean(x <= y).with_marks(marks);
    case Operator::GreaterEqual:
      return Value::boolean(x >= y).with_marks(marks);
    default:
      return arithmetic(expr, x, y).with_marks(marks);
  }
}

Value Evaluator::arithmetic(const Expr& expr, const Number& left, const Number& right) {
  switch (expr.op) {
    case Operator::Add:
      return Value::number(left + right);
    case Operator::Subtract:
      return Value::number(left - right);
    case Operator::Multiply:
      return Value::number(left * right);
    default:
      break;
  }
  if (expr.op == Operator::Modulo) return Value::number(Number::modulo(left, right));
  const std::optional<Number> result = Number::divide(left, right);
  if (!result) {
    fail(expr.span, "division by zero");
    return Value::unknown(Type::number());
  }
  return Value::number(*result);
}

Value Evaluator::equality(const Expr& expr, const Value& left, const Value& right) {
  // Compared with null only the marks outside matter: what is inside was not looked at.
  const bool one_null = left.is_null() != right.is_null();
  const Marks marks =
      one_null ? left.marks() | right.marks() : left.marks_deep() | right.marks_deep();
  const std::optional<bool> same =
      values::equal(values::without_marks_deep(left), values::without_marks_deep(right));
  if (!same) return Value::unknown(Type::boolean()).with_marks(marks);
  return Value::boolean(*same == (expr.op == Operator::Equal)).with_marks(marks);
}

// One side can decide alone, and then mistakes of the other do not count.
Value Evaluator::logical(ExprId id) {
  const bool is_and = tree_[id].op == Operator::And;
  const ExprId left_id = tree_.child(id, 0), right_id = tree_.child(id, 1);
  Held left = hold(left_id), right = hold(right_id);
  const std::optional<Value> a = operand(left_id, left.value, Type::boolean());
  const std::optional<Value> b = operand(right_id, right.value, Type::boolean());
  if (!a || !b) {
    release(left);
    release(right);
    return Value::unknown(Type::boolean());
  }
  const Marks marks = a->marks() | b->marks();
  const Value x = a->without_marks(), y = b->without_marks();
  const auto decides = [&](const Value& value) {
    return value.is_known() && is_true(value) != is_and;
  };
  const auto neutral = [&](const Value& value) {
    return value.is_known() && is_true(value) == is_and;
  };
  const auto answer = [&](Held& held, Value value) {
    release(held);
    return value.with_marks(marks);
  };
  if (!x.is_known() && !y.is_known()) {
    if (!left.failed) return answer(left, Value::unknown(Type::boolean()));
  } else if (decides(x)) {
    return answer(left, Value::boolean(!is_and));
  } else if (decides(y)) {
    return answer(right, Value::boolean(!is_and));
  } else if (!x.is_known() && neutral(y)) {
    return answer(left, Value::unknown(Type::boolean()));
  } else if (!y.is_known() && neutral(x)) {
    return answer(right, Value::unknown(Type::boolean()));
  }
  release(left);
  release(right);
  if (left.failed || right.failed) return Value::unknown(Type::boolean()).with_marks(marks);
  if (x.is_null() || y.is_null()) {
    fail_null(tree_[x.is_null() ? left_id : right_id].span, operand_name(tree_[id].op));
    return Value::unknown(Type::boolean());
  }
  return Value::boolean(is_and).with_marks(marks);
}

}  // namespace space::eval
