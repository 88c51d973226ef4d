#include "core/eval/expression_json.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "core/values/render.h"

namespace space::eval {

using nlohmann::json;

namespace {

// By the numbers of the enumerators; a name never changes its meaning once a run plan holds it.
constexpr std::array<std::string_view, 20> k_kinds{
    "invalid", "literal", "template", "wrap",      "template_if", "template_for", "variable",
    "attr",    "index",   "splat",    "item",      "call",        "unary",        "binary",
    "if",      "tuple",   "object",   "for_tuple", "for_object",  "parens"};
constexpr std::array<std::string_view, 16> k_operators{
    "", "||", "&&", "==", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "%", "!", "-"};

// What the parser allows, and some more for the nodes that it wraps around.
constexpr int k_deepest = 1'000;

std::string_view name_of(ExprKind kind) { return k_kinds[static_cast<std::size_t>(kind)]; }

struct ChildCount {
  std::size_t least, most;
};

// How many children a kind has; what reads a tree counts on it.
ChildCount child_count(const Expr& expr) {
  constexpr std::size_t k_any = static_cast<std::size_t>(-1);
  const std::size_t condition = expr.has_condition ? 1 : 0;
  switch (expr.kind) {
    case ExprKind::Invalid:
    case ExprKind::Literal:
    case ExprKind::Variable:
    case ExprKind::SplatItem:
      return {0, 0};
    case ExprKind::Wrap:
    case ExprKind::Parens:
    case ExprKind::GetAttr:
    case ExprKind::Unary:
      return {1, 1};
    case ExprKind::Index:
    case ExprKind::Splat:
    case ExprKind::Binary:
    case ExprKind::TemplateFor:
      return {2, 2};
    case ExprKind::TemplateIf:
      return {2, 3};
    case ExprKind::Conditional:
      return {3, 3};
    case ExprKind::ForTuple:
      return {2 + condition, 2 + condition};
    case ExprKind::ForObject:
      return {3 + condition, 3 + condition};
    case ExprKind::Call:
      return {expr.expands_last ? std::size_t{1} : 0, k_any};
    case ExprKind::Template:
    case ExprKind::Tuple:
    case ExprKind::Object:
      return {0, k_any};
  }
  return {0, 0};
}

json literal_to_json(const values::Value& value) {
  if (value.is_null()) return nullptr;
  switch (value.kind()) {
    case values::TypeKind::String:
      return value.as_string();
    case values::TypeKind::Bool:
      return value.as_bool();
    default:
      // As text: a JSON number would lose digits on its way.
      return {{"number", value.as_number().to_string()}};
  }
}

std::optional<values::Value> literal_from_json(const json& from) {
  if (from.is_null()) return values::Value::null();
  if (from.is_boolean()) return values::Value::boolean(from.get<bool>());
  if (from.is_string()) return values::Value::string(from.get<std::string>());
  if (!from.is_object() || from.size() != 1 || !from.contains("number") ||
      !from["number"].is_string())
    return std::nullopt;
  const auto number = values::Number::parse(from["number"].get_ref<const std::string&>());
  if (!number) return std::nullopt;
  return values::Value::number(*number);
}

class Reader {
 public:
  explicit Reader(ExprTree& into) : into_(into) {}

  base::Result<ExprId> read(const json& from, int depth, bool in_splat) {
    if (depth > k_deepest)
      return refuse("it nests deeper than " + std::to_string(k_deepest) + " levels");
    if (!from.is_object()) return refuse("an expression is an object");
    Expr expr;
    if (std::optional<std::string> problem = read_fields(from, expr)) return refuse(*problem);
    if (expr.kind == ExprKind::SplatItem && !in_splat)
      return refuse("an `item` stands outside of a `splat`");
    std::vector<ExprId> children;
    if (from.contains("of")) {
      const json& of = from["of"];
      if (!of.is_array()) return refuse("`of` is a list of expressions");
      for (const json& child : of) {
        const bool body = expr.kind == ExprKind::Splat && !children.empty();
        SPACE_TRY(const ExprId id, read(child, depth + 1, in_splat || body));
        children.push_back(id);
      }
    }
    const ChildCount wanted = child_count(expr);
    if (children.size() < wanted.least || children.size() > wanted.most) {
      return refuse("`" + std::string(name_of(expr.kind)) + "` has " +
                    std::to_string(children.size()) + " parts");
    }
    if (expr.kind == ExprKind::Object && children.size() % 2 != 0)
      return refuse("an `object` has keys and values in pairs");
    return into_.add(std::move(expr), children);
  }

 private:
  static base::Error refuse(std::string message) { return {std::move(message), {}}; }

  static std::optional<std::string> read_fields(const json& from, Expr& expr) {
    bool has_kind = false, has_literal = false;
    for (const auto& [field, value] : from.items()) {
      if (field == "kind" && value.is_string()) {
        const auto found =
            std::find(k_kinds.begin(), k_kinds.end(), value.get_ref<const std::string&>());
        if (found == k_kinds.end())
          return "there is no expression `" + value.get<std::string>() + "`";
        expr.kind = static_cast<ExprKind>(found - k_kinds.begin());
        has_kind = true;
      } else if (field == "name" && value.is_string()) {
        expr.name = value.get<std::string>();
      } else if (field == "value_name" && value.is_string()) {
        expr.second_name = value.get<std::string>();
      } else if (field == "literal") {
        const auto literal = literal_from_json(value);
        if (!literal) return "a literal is a string, a bool, null or `{\"number\": \"…\"}`";
        expr.literal = *literal;
        has_literal = true;
      } else if (field == "expands_last" && value.is_boolean()) {
        expr.expands_last = value.get<bool>();
      } else if (field == "groups" && value.is_boolean()) {
        expr.groups = value.get<bool>();
      } else if (field == "condition" && value.is_boolean()) {
        expr.has_condition = value.get<bool>();
      } else if (field != "of" && field != "op") {
        return "`" + field + "` is no part of an expression, or of the wrong type";
      }
    }
    if (!has_kind) return "an expression has a `kind`";
    if (has_literal != (expr.kind == ExprKind::Literal))
      return "a `literal` has a value, and nothing else has";
    return read_operator(from, expr);
  }

  static std::optional<std::string> read_operator(const json& from, Expr& expr) {
    const bool unary = expr.kind == ExprKind::Unary, binary = expr.kind == ExprKind::Binary;
    if (from.contains("op") != (unary || binary)) return "`op` belongs to `unary` and `binary`";
    if (!unary && !binary) return std::nullopt;
    if (!from["op"].is_string()) return "`op` is a string";
    const std::string& written = from["op"].get_ref<const std::string&>();
    if (unary) {
      expr.op = written == "!" ? Operator::Not : written == "-" ? Operator::Negate : Operator::None;
    } else {
      const auto found = std::find(k_operators.begin(), k_operators.end(), written);
      expr.op = found == k_operators.end() ? Operator::None
                                           : static_cast<Operator>(found - k_operators.begin());
      if (expr.op == Operator::Not) expr.op = Operator::None;
    }
    if (expr.op == Operator::None) return "there is no operator `" + written + "`";
    return std::nullopt;
  }

  ExprTree& into_;
};

}  // namespace

json expression_to_json(const ExprTree& tree, ExprId id) {
  const Expr& expr = tree[id];
  json out = {{"kind", name_of(expr.kind)}};
  if (!expr.name.empty()) out["name"] = expr.name;
  if (!expr.second_name.empty()) out["value_name"] = expr.second_name;
  if (expr.kind == ExprKind::Literal) out["literal"] = literal_to_json(expr.literal);
  if (expr.op != Operator::None) out["op"] = k_operators[static_cast<std::size_t>(expr.op)];
  if (expr.expands_last) out["expands_last"] = true;
  if (expr.groups) out["groups"] = true;
  if (expr.has_condition) out["condition"] = true;
  if (expr.child_count > 0) {
    json children = json::array();
    for (const ExprId child : tree.children(id))
      children.push_back(expression_to_json(tree, child));
    out["of"] = std::move(children);
  }
  return out;
}

base::Result<ExprId> expression_from_json(const json& from, ExprTree& into) {
  return Reader(into).read(from, 0, false);
}

}  // namespace space::eval
