#include "compiler/program/block_reader.h"
#include "compiler/program/constructs.h"
#include "compiler/program/naming.h"
#include "compiler/program/tofu_forms.h"

namespace space::program {

namespace {

model::ValidationDecl read_validation(Context& context, syntax::Node block) {
  model::ValidationDecl validation;
  validation.span = block.span();
  read_labels(context, block, "validation", k_no_label);
  const Argument arguments[] = {
      {"condition", &validation.condition, Need::Required},
      {"error_message", &validation.error_message, Need::Required, "\"…\""},
  };
  read_body(context, block, {"validation", arguments, {}}, "`validation`", header_of(block));
  if (const model::ExprId message = validation.error_message; message.valid())
    Forms(context.expressions.tree(), context.sink).check({"error_message", Form::Text}, message);
  return validation;
}

}  // namespace

std::optional<model::VariableDecl> read_variable(Context& context, syntax::Node block) {
  model::VariableDecl variable;
  const bool named = read_header(context, block, "variable", k_one_name, variable);
  const Argument arguments[] = {
      {"type", &variable.type},
      {"default", &variable.default_value},
      {"varies", &variable.varies},
      {"min", &variable.min},
      {"max", &variable.max},
      {"pattern", &variable.pattern},
      {"one_of", &variable.one_of},
      {"sensitive", &variable.sensitive},
      {"nullable", &variable.nullable},
      {"description", &variable.description},
      {"ephemeral", &variable.ephemeral},
  };
  constexpr std::string_view k_blocks[] = {"validation"};
  const std::string subject = describe("variable", variable.name);
  for (const ChildBlock& child :
       read_body(context, block, {"variable", arguments, k_blocks}, subject, variable.header)) {
    variable.validations.push_back(read_validation(context, child.node));
  }
  if (!named) return std::nullopt;
  check_name(variable.name, NameRule::Variable, context.sink);
  return variable;
}

}  // namespace space::program
