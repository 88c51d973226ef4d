// `spacec eval 'EXPR'`: one static expression, with tofu's semantics, as JSON.
#include <string>

#include "compiler/cli/commands.h"
#include "compiler/cli/output.h"
#include "compiler/driver/templates.h"
#include "compiler/program/expressions.h"
#include "compiler/syntax/parse.h"
#include "core/eval/evaluate.h"
#include "core/values/render.h"

namespace space::cli {

namespace {

std::optional<values::Value> variables_of(const EvalOptions& options, World& world) {
  values::ValueMap variables;
  for (const auto& [name, json] : options.variables) {
    std::string error;
    auto value = values::from_json(json, error);
    if (!value) {
      print_error(world, "the value of `--var " + name + "` is no JSON: " + error,
                  "a string needs quotes of its own: `--var '" + name + "=\"text\"'`");
      return std::nullopt;
    }
    variables[name] = std::move(*value);
  }
  return values::Value::object(std::move(variables));
}

}  // namespace

int eval(const EvalOptions& options, World& world) {
  auto variables = variables_of(options, world);
  if (!variables) return k_usage;
  source::SourceSet sources;
  diagnostics::CollectingSink sink;
  const source::FileId file = sources.add("<expression>", options.expression);
  const syntax::SyntaxTree syntax = syntax::parse_expression(sources, file, sink);
  eval::ExprTree tree;
  const eval::ExprId expression = program::build_expression(syntax.root(), tree, sink);
  values::Value value;
  if (!sink.has_errors()) {
    for (const eval::Traversal& reference : eval::free_references(tree, expression)) {
      if (reference.root == "var") continue;
      sink.report(diagnostics::unknown_root, tree[reference.head].span, reference.root)
          .help(fmt::format("if text was meant, write `\"{0}\"`; a value is given by `--var "
                            "{0}=JSON` and read as `var.{0}`",
                            reference.root));
    }
  }
  if (!sink.has_errors()) {
    const eval::MapScope scope({{"var", std::move(*variables)}});
    eval::FunctionContext functions;
    functions.files = &world.files;
    functions.render_template = driver::template_renderer(world.files);
    value = eval::evaluate(tree, expression, scope, functions, sink);
  }
  print_diagnostics({sink.finish(sources), {}, sources}, DiagnosticFormat::Text,
                    options.common.color, world);
  if (sink.has_errors()) return k_errors;
  if (!value.is_wholly_known()) {
    print_error(world, "the value is not known before tofu runs", "");
    return k_errors;
  }
  if (value.marks_deep().sensitive || value.marks_deep().ephemeral) {
    print_error(world, "the value is sensitive", "`nonsensitive(…)` shows it");
    return k_errors;
  }
  world.out.write(values::to_json(value) + "\n");
  return k_fine;
}

}  // namespace space::cli
