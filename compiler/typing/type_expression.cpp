#include "compiler/typing/type_expression.h"

#include <fmt/core.h>

#include <array>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/strings.h"
#include "core/diagnostics/fixes.h"
#include "core/eval/evaluate.h"
#include "core/values/convert.h"
#include "core/values/refined.h"
#include "core/values/render.h"

namespace space::typing {

namespace {

using diagnostics::DiagnosticSink;
using eval::Expr;
using eval::ExprId;
using eval::ExprKind;
using eval::ExprTree;
using values::Type;
using values::Value;

constexpr std::string_view k_constructors[] = {"list", "set", "map", "object", "tuple", "optional"};

std::optional<Type> simple_type(std::string_view name) {
  if (name == "string") return Type::string();
  if (name == "number") return Type::number();
  if (name == "bool") return Type::boolean();
  if (name == "any") return Type::any();
  for (const values::RefinedType& type : values::refined_types()) {
    if (type.name == name) return Type::refined(type.refinement);
  }
  return std::nullopt;
}

bool is_constructor(std::string_view name) {
  for (const std::string_view constructor : k_constructors) {
    if (constructor == name) return true;
  }
  return false;
}

std::vector<std::string_view> type_names() {
  std::vector<std::string_view> names{"string", "number", "bool", "any"};
  for (const values::RefinedType& type : values::refined_types()) names.push_back(type.name);
  for (const std::string_view constructor : k_constructors) names.push_back(constructor);
  return names;
}

// What an expression looks like, for a message: there is no source text here.
std::string sketch(const ExprTree& tree, ExprId id) {
  const Expr& expr = tree[id];
  if (const auto traversal = eval::as_traversal(tree, id)) {
    std::string text(traversal->root);
    for (const eval::TraversalStep& step : traversal->steps) {
      text +=
          step.kind == eval::TraversalStep::Kind::Attribute ? fmt::format(".{}", step.name) : "[…]";
    }
    return text;
  }
  switch (expr.kind) {
    case ExprKind::Literal:
      return expr.literal.is_known() ? values::to_hcl_line(expr.literal) : "…";
    case ExprKind::Call:
      return fmt::format("{}(…)", expr.name);
    case ExprKind::Tuple:
    case ExprKind::ForTuple:
      return "[…]";
    case ExprKind::Object:
    case ExprKind::ForObject:
      return "{…}";
    case ExprKind::Template:
    case ExprKind::Wrap:
      return "\"…\"";
    default:
      return "…";
  }
}

// A default stands for every place where the type is used, so it may read nothing.
class NothingInScope final : public eval::Scope {
 public:
  NothingInScope(const ExprTree& tree, DiagnosticSink& sink) : tree_(tree), sink_(sink) {}
  std::optional<eval::ScopeAnswer> resolve(const eval::Traversal& reference) const override {
    sink_
        .report(diagnostics::not_static, reference.span, "the default of an attribute",
                sketch(tree_, reference.expr))
        .label("reads something")
        .help("a default is a literal value");
    return std::nullopt;
  }

 private:
  const ExprTree& tree_;
  DiagnosticSink& sink_;
};

class TypeReader {
 public:
  TypeReader(const ExprTree& tree, const NamedType& named, DiagnosticSink& sink)
      : tree_(tree), named_(named), sink_(sink) {}

  Type read(ExprId id) {
    if (!id.valid()) return Type::any();
    switch (tree_[id].kind) {
      case ExprKind::Invalid:
        return Type::mistaken();
      case ExprKind::Variable:
        return read_name(id);
      case ExprKind::GetAttr:
        return read_named(id);
      case ExprKind::Call:
        return read_call(id);
      default:
        return read_other(id);
    }
  }

  values::ObjectAttribute read_attribute(ExprId id);

 private:
  Type refuse(ExprId id, std::string_view why, std::string help = {},
              std::source_location origin = std::source_location::current()) {
    if (holds_syntax_error(id)) return Type::mistaken();
    sink_.report(diagnostics::invalid_type, {tree_[id].span, origin}, sketch(tree_, id), why)
        .help(std::move(help));
    return Type::mistaken();
  }

  // What stands there means `instead`, and nothing else.
  Type refuse_for(ExprId id, std::string_view why, const std::string& instead, std::string help,
                  std::source_location origin = std::source_location::current()) {
    if (holds_syntax_error(id)) return Type::mistaken();
    const source::Span span = tree_[id].span;
    auto report = sink_.report(diagnostics::invalid_type, {span, origin}, sketch(tree_, id), why);
    report.help(help);
    report.fix(diagnostics::replacement(std::move(help), span, instead));
    return Type::mistaken();
  }

  // `name` is none of `known`; it stands at `span`.
  Type refuse_name(ExprId id, std::string_view why, const std::string& name, source::Span span,
                   const std::vector<std::string_view>& known, std::string otherwise,
                   std::source_location origin = std::source_location::current()) {
    if (holds_syntax_error(id)) return Type::mistaken();
    auto report =
        sink_.report(diagnostics::invalid_type, {tree_[id].span, origin}, sketch(tree_, id), why);
    diagnostics::respell(report, {name, span, span.valid() ? name : std::string()}, known,
                         std::move(otherwise));
    return Type::mistaken();
  }

  bool holds_syntax_error(ExprId id) const {
    if (tree_[id].kind == ExprKind::Invalid) return true;
    for (const ExprId child : tree_.children(id)) {
      if (holds_syntax_error(child)) return true;
    }
    return false;
  }

  Type read_other(ExprId id) {
    constexpr std::string_view k_why =
        "a type is a name such as `string`, or a call such as `list(string)`";
    const auto word = eval::literal_string(tree_, id);
    if (word && simple_type(*word))
      return refuse_for(id, k_why, *word, fmt::format("write `{}` without quotes", *word));
    const Expr& expr = tree_[id];
    std::string help;
    if (expr.kind == ExprKind::Object) help = "write `object({ … })`";
    if (expr.kind == ExprKind::Tuple)
      help = "write `list(…)`, or `tuple([…])` where each element has a type of its own";
    return refuse(id, k_why, std::move(help));
  }

  Type read_name(ExprId id) {
    const std::string& name = tree_[id].name;
    if (auto type = simple_type(name)) return std::move(*type);
    if (name == "object")
      return refuse(id, "it needs its attributes", "write `object({ name = string })`");
    if (name == "tuple")
      return refuse(id, "it needs its elements", "write `tuple([string, number])`");
    if (name == "optional")
      return refuse(id, "it stands around the type of an attribute, inside `object({ … })`");
    if (is_constructor(name))
      return refuse(id, "it needs the type of its elements",
                    fmt::format("write `{}(string)`", name));
    if (named_(name))
      return refuse_for(id, "a declared type is read through `type`", "type." + name,
                        fmt::format("write `type.{}`", name));
    return refuse_unknown(id, name);
  }

  Type refuse_unknown(ExprId id, const std::string& name) {
    const auto names = type_names();
    const std::vector<std::string> copies(names.begin(), names.end());
    return refuse_name(id, "there is no type of that name", name, tree_[id].span, names,
                       fmt::format("the types are {}; one of your own is `type.NAME`",
                                   base::list_names(copies, copies.size())));
  }

  // type.NAME
  Type read_named(ExprId id) {
    const auto traversal = eval::as_traversal(tree_, id);
    const bool fits = traversal && traversal->root == "type" && traversal->steps.size() == 1;
    if (!fits) return refuse(id, "a declared type is read as `type.NAME`");
    const std::string& name = traversal->steps[0].name;
    if (auto type = named_(name)) return std::move(*type);
    return refuse(id, fmt::format("no block `type \"{}\"` is declared", name));
  }

  Type read_call(ExprId id) {
    const std::string& name = tree_[id].name;
    const auto arguments = tree_.children(id);
    if (!is_constructor(name)) return refuse_call(id, name);
    if (tree_[id].expands_last) return refuse(id, "`...` has no meaning in a type");
    if (name == "optional") {
      return refuse(id,
                    "`optional` stands around the type of an attribute, inside `object({ … })`");
    }
    if (arguments.size() != 1) {
      return refuse(id, fmt::format("`{}` takes one argument, and has {}", name, arguments.size()));
    }
    if (name == "list") return Type::list(read(arguments[0]));
    if (name == "set") return Type::set(read(arguments[0]));
    if (name == "map") return Type::map(read(arguments[0]));
    return name == "tuple" ? read_tuple(arguments[0]) : read_object(arguments[0]);
  }

  Type refuse_call(ExprId id, const std::string& name) {
    if (simple_type(name))
      return refuse_for(id, fmt::format("`{}` takes no arguments", name), name,
                        fmt::format("write `{}`", name));
    return refuse_name(id, "there is no type constructor of that name", name, tree_[id].name_span,
                       {std::begin(k_constructors), std::end(k_constructors)}, {});
  }

  Type read_tuple(ExprId id) {
    if (tree_[id].kind == ExprKind::Invalid) return Type::mistaken();
    if (tree_[id].kind != ExprKind::Tuple)
      return refuse(id, "`tuple` takes a list of types", "write `tuple([string, number])`");
    std::vector<Type> elements;
    for (const ExprId element : tree_.children(id)) elements.push_back(read(element));
    return Type::tuple(std::move(elements));
  }

  Type read_object(ExprId id) {
    if (tree_[id].kind == ExprKind::Invalid) return Type::mistaken();
    if (tree_[id].kind != ExprKind::Object)
      return refuse(id, "`object` takes attributes with their types",
                    "write `object({ name = string })`");
    std::map<std::string, values::ObjectAttribute> attributes;
    const auto items = tree_.children(id);
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
      const Expr& key = tree_[items[i]];
      if (key.kind == ExprKind::Invalid) continue;
      const bool is_name = key.kind == ExprKind::Literal && key.literal.is_known() &&
                           !key.literal.is_null() && key.literal.kind() == values::TypeKind::String;
      if (!is_name) {
        refuse(items[i], "an attribute's name is written out");
        continue;
      }
      const std::string& name = key.literal.as_string();
      if (attributes.contains(name)) {
        sink_.report(diagnostics::duplicate_argument, key.span, name)
            .label("an attribute is declared once");
        continue;
      }
      attributes.emplace(name, read_attribute(items[i + 1]));
    }
    return Type::object(std::move(attributes));
  }

  std::shared_ptr<const Value> read_default(ExprId id, const Type& type) {
    const NothingInScope scope(tree_, sink_);
    const Value value = eval::evaluate(tree_, id, scope, {}, sink_);
    if (!value.is_wholly_known()) return nullptr;
    values::Conversion conversion = values::convert(value, type);
    if (!conversion.value && conversion.error.kind == values::ConversionError::Kind::Refinement) {
      sink_.report(diagnostics::refined_value, tree_[id].span, conversion.error.message)
          .help(fmt::format("write {}, say",
                            values::refined_type(conversion.error.refinement).example));
      return nullptr;
    }
    if (!conversion.value) {
      sink_
          .report(diagnostics::type_mismatch, tree_[id].span, "this default",
                  values::describe(type), values::describe(value.type()))
          .note(conversion.error.path.empty()
                    ? conversion.error.message
                    : fmt::format("{}: {}", conversion.error.path, conversion.error.message));
      return nullptr;
    }
    return std::make_shared<const Value>(std::move(*conversion.value));
  }

  const ExprTree& tree_;
  const NamedType& named_;
  DiagnosticSink& sink_;
};

values::ObjectAttribute TypeReader::read_attribute(ExprId id) {
  values::ObjectAttribute attribute;
  const Expr& expr = tree_[id];
  if (expr.kind != ExprKind::Call || expr.name != "optional") {
    attribute.type = read(id);
    attribute.optional = attribute.type.has_mistake();  // perhaps it was meant to be
    return attribute;
  }
  attribute.optional = true;
  const auto arguments = tree_.children(id);
  if (arguments.empty() || arguments.size() > 2) {
    refuse(id,
           fmt::format("`optional` takes a type and perhaps a default, and has {} arguments",
                       arguments.size()),
           "write `optional(string)` or `optional(string, \"a\")`");
    attribute.type = Type::mistaken();
    return attribute;
  }
  attribute.type = read(arguments[0]);
  if (arguments.size() == 2) attribute.default_value = read_default(arguments[1], attribute.type);
  return attribute;
}

}  // namespace

Type type_from_expression(const ExprTree& tree, ExprId id, const NamedType& named,
                          DiagnosticSink& sink) {
  return TypeReader(tree, named, sink).read(id);
}

values::ObjectAttribute attribute_from_expression(const ExprTree& tree, ExprId id,
                                                  const NamedType& named, DiagnosticSink& sink) {
  return TypeReader(tree, named, sink).read_attribute(id);
}

}  // namespace space::typing
