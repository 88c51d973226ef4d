#include "compiler/program/expression_builder.h"

#include <algorithm>
#include <utility>

#include "core/values/number.h"

namespace space::program {

using eval::Expr;
using eval::ExprId;
using eval::ExprKind;
using eval::Operator;
using syntax::Node;
using syntax::SyntaxKind;
using values::Value;

namespace {

bool is_broken(SyntaxKind kind) { return kind == SyntaxKind::Junk || kind == SyntaxKind::Missing; }

bool has_broken_child(Node node) {
  for (Node child = node.first_child(); child; child = child.next_sibling(node)) {
    if (is_broken(child.kind())) return true;
  }
  return false;
}

bool is_postfix(SyntaxKind kind) {
  return kind == SyntaxKind::GetAttrExpr || kind == SyntaxKind::IndexExpr ||
         kind == SyntaxKind::SplatExpr || kind == SyntaxKind::AttrSplatExpr ||
         kind == SyntaxKind::LegacyIndexExpr;
}

Expr expr_of(ExprKind kind, source::Span span) {
  Expr expr;
  expr.kind = kind;
  expr.span = span;
  return expr;
}

Operator binary_operator(std::string_view text) {
  constexpr std::pair<std::string_view, Operator> k_operators[] = {
      {"||", Operator::Or},        {"&&", Operator::And},          {"==", Operator::Equal},
      {"!=", Operator::NotEqual},  {"<", Operator::Less},          {">", Operator::Greater},
      {"<=", Operator::LessEqual}, {">=", Operator::GreaterEqual}, {"+", Operator::Add},
      {"-", Operator::Subtract},   {"*", Operator::Multiply},      {"/", Operator::Divide},
      {"%", Operator::Modulo},
  };
  for (const auto& [symbol, op] : k_operators) {
    if (symbol == text) return op;
  }
  return Operator::None;
}

}  // namespace

ExprId ExpressionBuilder::add(Expr expr, std::initializer_list<ExprId> children) {
  return tree_.add(std::move(expr), std::span(children.begin(), children.size()));
}

ExprId ExpressionBuilder::invalid(source::Span span) {
  return add(expr_of(ExprKind::Invalid, span), {});
}

ExprId ExpressionBuilder::literal(source::Span span, Value value) {
  Expr expr = expr_of(ExprKind::Literal, span);
  expr.literal = std::move(value);
  return add(std::move(expr), {});
}

ExprId ExpressionBuilder::build_or_invalid(Node node, source::Span around) {
  return node ? build(node) : invalid(around);
}

ExprId ExpressionBuilder::build(Node node) {
  if (!node) return invalid({});
  switch (node.kind()) {
    case SyntaxKind::LiteralExpr:
      return build_literal(node);
    case SyntaxKind::TemplateExpr:
    case SyntaxKind::HeredocExpr:
      return build_template(node);
    case SyntaxKind::VariableExpr:
      return build_variable(node);
    case SyntaxKind::GetAttrExpr:
    case SyntaxKind::IndexExpr:
    case SyntaxKind::SplatExpr:
    case SyntaxKind::AttrSplatExpr:
    case SyntaxKind::LegacyIndexExpr:
      return build_postfix(node);
    case SyntaxKind::CallExpr:
      return build_call(node);
    case SyntaxKind::UnaryExpr:
      return build_unary(node);
    case SyntaxKind::BinaryExpr:
      return build_binary(node);
    case SyntaxKind::ConditionalExpr:
      return build_conditional(node);
    case SyntaxKind::TupleExpr:
      return build_tuple(node);
    case SyntaxKind::ObjectExpr:
      return build_object(node);
    case SyntaxKind::ForTupleExpr:
    case SyntaxKind::ForObjectExpr:
      return build_for(node);
    case SyntaxKind::ParenExpr:
      return build_parens(node);
    default:
      return invalid(node.span());
  }
}

ExprId ExpressionBuilder::build_literal(Node node) {
  const Node token = node.first_child();
  if (!token) return invalid(node.span());
  switch (token.kind()) {
    case SyntaxKind::True:
      return literal(node.span(), Value::boolean(true));
    case SyntaxKind::False:
      return literal(node.span(), Value::boolean(false));
    case SyntaxKind::Null:
      return literal(node.span(), Value::null());
    case SyntaxKind::Number:
      if (auto number = values::Number::parse(token.text())) {
        return literal(node.span(), Value::number(std::move(*number)));
      }
      return invalid(node.span());
    default:
      return invalid(node.span());
  }
}

ExprId ExpressionBuilder::build_variable(Node node) {
  Expr expr = expr_of(ExprKind::Variable, node.span());
  expr.name = node.text();
  expr.name_span = node.span();
  return add(std::move(expr), {});
}

// a.b[0].c: from the head outwards, so that a splat can take what follows it as its body.
ExprId ExpressionBuilder::build_postfix(Node node) {
  std::vector<Node> steps;
  while (node && is_postfix(node.kind())) {
    steps.push_back(node);
    node = node.expression();
  }
  if (!node) return invalid(steps.front().span());
  const ExprId head = build(node);
  std::reverse(steps.begin(), steps.end());
  return apply_steps(steps, head);
}

ExprId ExpressionBuilder::apply_steps(std::span<const Node> steps, ExprId operand) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const SyntaxKind kind = steps[i].kind();
    if (kind != SyntaxKind::SplatExpr && kind != SyntaxKind::AttrSplatExpr) {
      operand = apply_step(steps[i], operand);
      continue;
    }
    // `[*]` takes all that follows as its body, `.*` the attributes alone.
    std::size_t end = steps.size();
    if (kind == SyntaxKind::AttrSplatExpr) {
      end = i + 1;
      while (end < steps.size() && (steps[end].is(SyntaxKind::GetAttrExpr) ||
                                    steps[end].is(SyntaxKind::LegacyIndexExpr))) {
        ++end;
      }
    }
    const source::Span operand_span = tree_[operand].span;
    const source::Span item_span{operand_span.file, operand_span.end, steps[i].span().end};
    const ExprId item = add(expr_of(ExprKind::SplatItem, item_span), {});
    const ExprId body = apply_steps(steps.subspan(i + 1, end - i - 1), item);
    operand = add(expr_of(ExprKind::Splat, steps[end - 1].span()), {operand, body});
    i = end - 1;
  }
  return operand;
}

ExprId ExpressionBuilder::apply_step(Node step, ExprId operand) {
  if (step.is(SyntaxKind::LegacyIndexExpr)) return apply_legacy_index(step, operand);
  if (step.is(SyntaxKind::GetAttrExpr)) {
    const Node name = step.child(SyntaxKind::Identifier);
    if (!name) return invalid(step.span());
    Expr expr = expr_of(ExprKind::GetAttr, step.span());
    expr.name = name.text();
    expr.name_span = name.span();
    return add(std::move(expr), {operand});
  }
  const Node key = step.expression(1);
  if (!key || has_broken_child(step)) return invalid(step.span());
  const ExprId key_id = build(key);
  return add(expr_of(ExprKind::Index, step.span()), {operand, key_id});
}

// a.0, and a.0.1, whose `0.1` is one number to the scanner.
ExprId ExpressionBuilder::apply_legacy_index(Node step, ExprId operand) {
  const Node token = step.child(SyntaxKind::Number);
  if (!token) return invalid(step.span());
  std::string_view text = token.text();
  source::Span place = token.span();
  for (;;) {
    const std::size_t dot = text.find('.');
    const std::string_view digits = text.substr(0, dot);
    auto number = values::Number::parse(digits);
    if (!number) return invalid(step.span());
    place.end = place.begin + static_cast<std::uint32_t>(digits.size());
    const ExprId key = literal(place, Value::number(std::move(*number)));
    operand =
        add(expr_of(ExprKind::Index, {place.file, step.span().begin, place.end}), {operand, key});
    if (dot == std::string_view::npos) return operand;
    text.remove_prefix(dot + 1);
    place.begin = place.end + 1;
  }
}

ExprId ExpressionBuilder::build_call(Node node) {
  Expr expr = expr_of(ExprKind::Call, node.span());
  Children arguments(stack_);
  for (Node child = node.first_child(); child; child = child.next_sibling(node)) {
    if (is_broken(child.kind())) return invalid(node.span());
    if (child.is(SyntaxKind::FunctionName)) {
      expr.name = child.text();
      expr.name_span = child.span();
    } else if (child.is(SyntaxKind::Ellipsis)) {
      expr.expands_last = true;
    } else if (syntax::is_expression(child.kind())) {
      arguments.push(build(child));
    }
  }
  return tree_.add(std::move(expr), arguments.view());
}

ExprId ExpressionBuilder::build_unary(Node node) {
  const Node op = node.child(SyntaxKind::Operator), operand = node.expression();
  if (!op || !operand) return invalid(node.span());
  Expr expr = expr_of(ExprKind::Unary, node.span());
  expr.op = op.text() == "!" ? Operator::Not : Operator::Negate;
  const ExprId child = build(operand);
  return add(std::move(expr), {child});
}

ExprId ExpressionBuilder::build_binary(Node node) {
  const Node op = node.child(SyntaxKind::Operator);
  const Node left = node.expression(), right = node.expression(1);
  if (!op || !left) return invalid(node.span());
  Expr expr = expr_of(ExprKind::Binary, node.span());
  expr.op = binary_operator(op.text());
  if (expr.op == Operator::None) return invalid(node.span());
  const ExprId first = build(left);
  const ExprId second = build_or_invalid(right, op.span());
  return add(std::move(expr), {first, second});
}

ExprId ExpressionBuilder::build_conditional(Node node) {
  Children children(stack_);
  for (std::size_t i = 0; i < 3; ++i)
    children.push(build_or_invalid(node.expression(i), node.span()));
  return tree_.add(expr_of(ExprKind::Conditional, node.span()), children.view());
}

ExprId ExpressionBuilder::build_tuple(Node node) {
  Children items(stack_);
  for (Node child = node.first_child(); child; child = child.next_sibling(node)) {
    if (is_broken(child.kind())) return invalid(node.span());
    if (syntax::is_expression(child.kind())) items.push(build(child));
  }
  return tree_.add(expr_of(ExprKind::Tuple, node.span()), items.view());
}

ExprId ExpressionBuilder::build_object(Node node) {
  Children items(stack_);
  for (Node item = node.first_child(); item; item = item.next_sibling(node)) {
    if (is_broken(item.kind())) return invalid(node.span());
    if (!item.is(SyntaxKind::ObjectItem)) continue;
    const Node key = item.expression();
    if (!key) return invalid(node.span());
    items.push(build_key(key));
    items.push(build_or_invalid(item.expression(1), item.span()));
  }
  return tree_.add(expr_of(ExprKind::Object, node.span()), items.view());
}

// A bare word is a name, also where it is a keyword elsewhere: { true = 1 }.
ExprId ExpressionBuilder::build_key(Node key) {
  const Node token = key.first_child();
  const bool keyword = key.is(SyntaxKind::LiteralExpr) && token && !token.is(SyntaxKind::Number);
  if (keyword || key.is(SyntaxKind::VariableExpr))
    return literal(key.span(), Value::string(std::string(key.text())));
  return build(key);
}

void read_loop_names(Node intro, Expr& expr) {
  for (Node child = intro.first_child(); child; child = child.next_sibling(intro)) {
    if (!child.is(SyntaxKind::Identifier)) continue;
    expr.name = std::move(expr.second_name);
    expr.second_name = child.text();
  }
}

ExprId ExpressionBuilder::build_for(Node node) {
  Node intro, condition;
  const bool makes_object = node.is(SyntaxKind::ForObjectExpr);
  Expr expr = expr_of(makes_object ? ExprKind::ForObject : ExprKind::ForTuple, node.span());
  for (Node child = node.first_child(); child; child = child.next_sibling(node)) {
    if (is_broken(child.kind())) return invalid(node.span());
    if (child.is(SyntaxKind::ForIntro)) intro = child;
    if (child.is(SyntaxKind::ForCondition)) condition = child;
    if (child.is(SyntaxKind::Ellipsis)) expr.groups = true;
  }
  if (!intro || has_broken_child(intro)) return invalid(node.span());
  read_loop_names(intro, expr);
  expr.has_condition = static_cast<bool>(condition);
  Children children(stack_);
  children.push(build_or_invalid(intro.expression(), intro.span()));
  children.push(build_or_invalid(node.expression(), node.span()));
  if (makes_object) children.push(build_or_invalid(node.expression(1), node.span()));
  if (condition) children.push(build_or_invalid(condition.expression(), condition.span()));
  return tree_.add(std::move(expr), children.view());
}

ExprId ExpressionBuilder::build_parens(Node node) {
  const Node inner = node.expression();
  if (!inner || has_broken_child(node)) return invalid(node.span());
  const ExprId child = build(inner);
  return add(expr_of(ExprKind::Parens, node.span()), {child});
}

}  // namespace space::program
