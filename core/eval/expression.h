// ExprTree: expressions of one program (or one module, or one policy) in a flat arena; an ExprId is
// an index. The trees are bounded in depth by the parser, so recursion over them is safe. Made by
// compiler/program from syntax, or read from a run plan's JSON; const once handed on. Spans point
// at the source text, so that emission can pass it through.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/source/span.h"
#include "core/values/value.h"

namespace space::eval {

struct ExprTag;
using ExprId = base::Id<ExprTag>;

enum class ExprKind : std::uint8_t {
  Invalid,      // a syntax error was reported; evaluates to unknown, checks as any, silently
  Literal,      // literal
  Template,     // children: parts; a string. A part that is a Literal is literal text.
  Wrap,         // "${x}" alone: one child; the value of x itself, whatever its type
  TemplateIf,   // condition, then-Template, else-Template?
  TemplateFor,  // collection, body-Template; names: value, or key and value
  Variable,     // name: the head of a reference
  GetAttr,      // operand; name
  Index,        // operand, key
  Splat,  // operand, body; inside body SplatItem stands for each element (a[*].b.c is Splat(a,
          // GetAttr(GetAttr(SplatItem…))))
  SplatItem,
  Call,         // name; arguments; expands_last for f(xs...)
  Unary,        // op; operand
  Binary,       // op; left, right
  Conditional,  // condition, then, else
  Tuple,        // items
  Object,       // key, value, key, value …; a bare name as key is a Literal string
  ForTuple,     // collection, value, condition?; names
  ForObject,    // collection, key, value, condition?; names; groups for `...`
  Parens,       // one child
};

enum class Operator : std::uint8_t {
  None,
  Or,
  And,
  Equal,
  NotEqual,
  Less,
  Greater,
  LessEqual,
  GreaterEqual,
  Add,
  Subtract,
  Multiply,
  Divide,
  Modulo,
  Not,
  Negate,
};

struct Expr {
  ExprKind kind = ExprKind::Invalid;
  Operator op = Operator::None;
  bool expands_last = false;   // Call: f(a, b...)
  bool groups = false;         // ForObject: value...
  bool has_condition = false;  // ForTuple, ForObject
  source::Span span;
  source::Span name_span;  // of `name`
  std::string name;  // Variable, GetAttr, Call; For*: the key's name or "" when there is one name
  std::string second_name;        // For*: the value's name
  values::Value literal;          // Literal
  std::uint32_t first_child = 0;  // into the tree's children
  std::uint32_t child_count = 0;
};

class ExprTree {
 public:
  ExprId add(Expr expr, std::span<const ExprId> children);
  const Expr& operator[](ExprId id) const { return nodes_[id.index()]; }
  std::span<const ExprId> children(ExprId id) const {
    const Expr& expr = nodes_[id.index()];
    return std::span<const ExprId>(children_).subspan(expr.first_child, expr.child_count);
  }
  ExprId child(ExprId id, std::size_t nth) const { return children(id)[nth]; }
  std::size_t size() const { return nodes_.size(); }
  void reserve(std::size_t nodes) {
    nodes_.reserve(nodes);
    children_.reserve(nodes);
  }

 private:
  std::vector<Expr> nodes_;
  std::vector<ExprId> children_;
};

// One step of a reference: `.name`, `["name"]` (static string key), `[0]`, or `[expr]`.
struct TraversalStep {
  enum class Kind : std::uint8_t { Attribute, StaticKey, DynamicKey };
  Kind kind = Kind::Attribute;
  std::string name;   // Attribute; StaticKey: a string key, or a number's decimal text
  ExprId expr;        // the GetAttr or Index node that makes this step
  ExprId key;         // DynamicKey, StaticKey: the key expression
  source::Span span;  // `.name` or `[key]` with its dot or brackets
};

// `root.step.step…`, for a chain of GetAttr and Index over a Variable. A Splat ends it. `steps` in
// source order.
struct Traversal {
  ExprId head;  // the Variable
  ExprId expr;  // the outermost node of the chain
  std::string_view root;
  std::vector<TraversalStep> steps;
  source::Span span;  // of the whole chain
};

// What stands in the parentheses of an expression, or itself.
ExprId without_parens(const ExprTree& tree, ExprId id);

// The value of an expression that is written out, with or without parentheses; null where it is
// anything else, or null, or there is none (an invalid id). Nothing is evaluated.
const values::Value* literal_value(const ExprTree& tree, ExprId id);
// The keys of an object that are written out.
std::vector<std::string> literal_keys(const ExprTree& tree, ExprId object);
std::optional<std::string> literal_string(const ExprTree& tree, ExprId id);

// A list or an object that is written out or made by `for`: never a text or a number.
bool is_collection(const ExprTree& tree, ExprId id);
std::optional<bool> literal_bool(const ExprTree& tree, ExprId id);

std::optional<Traversal> as_traversal(const ExprTree& tree, ExprId id);

// Every reference in an expression whose root is not bound inside it by a `for` or a template
// `for`, in source order, each with its longest chain. References inside index keys are visited
// too.
std::vector<Traversal> free_references(const ExprTree& tree, ExprId id);

}  // namespace space::eval
