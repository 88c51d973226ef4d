#include "compiler/modules/interface.h"

#include <fmt/core.h>

#include "compiler/modules/literal.h"
#include "compiler/program/expressions.h"
#include "compiler/typing/type_expression.h"
#include "core/eval/evaluate.h"
#include "core/values/convert.h"

namespace space::modules {

namespace {

using syntax::Node;

Node argument(const NamedBlock& block, std::string_view name) {
  const auto found = block.arguments.find(name);
  return found == block.arguments.end() ? Node() : found->second;
}

values::Type read_type(Node attribute, const std::string& called, ModuleSink& sink) {
  const Node expression = attribute ? attribute.expression() : Node();
  if (!expression) return values::Type::any();
  // tofu still takes the names of old: a list, a map of anything.
  if (expression.text() == "list") return values::Type::list(values::Type::any());
  if (expression.text() == "map") return values::Type::map(values::Type::any());
  eval::ExprTree tree;
  const eval::ExprId id = program::build_expression(expression, tree, sink);
  const auto nothing_named = [](std::string_view) -> std::optional<values::Type> {
    return std::nullopt;
  };
  values::Type type = typing::type_from_expression(tree, id, nothing_named, sink);
  if (type.has_refinement()) {
    sink.report(diagnostics::module_syntax, expression.span(), called,
                fmt::format("tofu has no type `{}`", expression.text()))
        .help("types such as `cidr` are the language's own: a module takes `string` or `number`");
    return type.without_refinements();
  }
  return type;
}

model::ModuleVariable read_variable(const NamedBlock& block, const std::string& called,
                                    ModuleSink& sink) {
  model::ModuleVariable variable;
  variable.name = block.name;
  variable.span = block.span;
  variable.has_validation = block.has_validation;
  variable.type = read_type(argument(block, "type"), called, sink);
  variable.sensitive = says_true(argument(block, "sensitive"));
  variable.ephemeral = says_true(argument(block, "ephemeral"));
  variable.description = text_of(argument(block, "description")).value_or("");
  variable.deprecated = text_of(argument(block, "deprecated")).value_or("");
  if (const Node nullable = argument(block, "nullable")) variable.nullable = says_true(nullable);
  const Node written = argument(block, "default");
  if (!written) return variable;
  variable.has_default = true;
  const auto value = literal_of(written);
  if (!value) return variable;
  values::Conversion conversion = values::convert(*value, variable.type);
  if (!conversion.value) {
    const values::ConversionError& error = conversion.error;
    sink.report(diagnostics::module_syntax, written.span(), called,
                fmt::format("the default of variable `{}` does not fit its type", block.name))
        .note(error.path.empty() ? error.message
                                 : fmt::format("{}: {}", error.path, error.message));
    return variable;
  }
  variable.default_value = std::move(*conversion.value);
  return variable;
}

model::ModuleOutput read_output(const NamedBlock& block) {
  model::ModuleOutput output;
  output.name = block.name;
  output.span = block.span;
  output.sensitive = says_true(argument(block, "sensitive"));
  output.ephemeral = says_true(argument(block, "ephemeral"));
  output.description = text_of(argument(block, "description")).value_or("");
  return output;
}

class NothingInScope final : public eval::Scope {
 public:
  std::optional<eval::ScopeAnswer> resolve(const eval::Traversal&) const override {
    return std::nullopt;
  }
};

}  // namespace

std::optional<values::Value> literal_of(Node attribute) {
  const Node expression = attribute ? attribute.expression() : Node();
  if (!expression) return std::nullopt;
  eval::ExprTree tree;
  diagnostics::CollectingSink quiet;
  const eval::ExprId id = program::build_expression(expression, tree, quiet);
  values::Value value = eval::evaluate(tree, id, NothingInScope(), {}, quiet);
  if (quiet.has_errors() || !value.is_wholly_known()) return std::nullopt;
  return value;
}

std::optional<std::string> text_of(Node attribute) {
  const auto value = literal_of(attribute);
  if (!value || value->is_null() || value->kind() != values::TypeKind::String) return std::nullopt;
  return value->as_string();
}

bool says_true(Node attribute) {
  const auto value = literal_of(attribute);
  if (!value || value->is_null()) return false;
  if (value->kind() == values::TypeKind::Bool) return value->as_bool();
  return value->kind() == values::TypeKind::String && value->as_string() == "true";
}

void read_interface(const ModuleFolder& folder, const std::string& called,
                    model::ModuleInterface& into, ModuleSink& sink) {
  for (const NamedBlock& block : folder.variables)
    into.variables.push_back(read_variable(block, called, sink));
  for (const NamedBlock& block : folder.outputs) into.outputs.push_back(read_output(block));
}

}  // namespace space::modules
