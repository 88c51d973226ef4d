#include "tests/unit/eval/evaluate_text.h"

#include "compiler/program/expressions.h"
#include "compiler/syntax/parse.h"
#include "core/values/order.h"
#include "core/values/render.h"

namespace space::eval_test {

using values::Type;
using values::Value;

namespace {

Value unknowns() {
  values::ValueMap variables;
  variables["us"] = Value::unknown(Type::string());
  variables["un"] = Value::unknown(Type::number());
  variables["ub"] = Value::unknown(Type::boolean());
  variables["ul"] = Value::unknown(Type::list(Type::string()));
  variables["um"] = Value::unknown(Type::map(Type::string()));
  variables["uo"] = Value::unknown(Type::object(
      {{"a", {Type::string(), false, nullptr}}, {"b", {Type::number(), false, nullptr}}}));
  variables["ua"] = Value::unknown();
  return Value::object(std::move(variables));
}

enum class What { Expression, Template };

Evaluated evaluate_as(What what, std::string_view text, Value variables,
                      const base::FileSystem& files, int depth,
                      eval::DeferredCalls deferred_calls) {
  source::SourceSet sources;
  diagnostics::CollectingSink sink;
  const source::FileId file = sources.add("<test>", std::string(text));
  const syntax::SyntaxTree syntax = what == What::Expression
                                        ? syntax::parse_expression(sources, file, sink)
                                        : syntax::parse_template(sources, file, sink);
  eval::ExprTree tree;
  const eval::ExprId id = program::build_expression(syntax.root(), tree, sink);
  Evaluated evaluated;
  if (!sink.has_errors()) {
    std::map<std::string, Value, std::less<>> names;
    if (what == What::Expression) {
      names.emplace("var", std::move(variables));
    } else {
      for (const auto& [name, value] : variables.as_map()) names.emplace(name, value);
    }
    eval::FunctionContext functions;
    functions.files = &files;
    functions.deferred_calls = deferred_calls;
    functions.render_template = [&](const std::string&, const std::string& content,
                                    const Value& values, std::string& error) {
      if (depth > 5) {
        error = "templates call each other too often";
        return Value::unknown();
      }
      Evaluated rendered =
          evaluate_as(What::Template, content, values, files, depth + 1, deferred_calls);
      if (!rendered.errors.empty()) error = rendered.errors.front();
      return rendered.value;
    };
    // A reference to no variable is a mistake too, though the scope says nothing.
    for (const eval::Traversal& reference : eval::free_references(tree, id)) {
      if (!names.contains(reference.root))
        evaluated.errors.push_back("nothing is called `" + std::string(reference.root) + "`");
    }
    evaluated.value = eval::evaluate(tree, id, eval::MapScope(std::move(names)), functions, sink);
  }
  for (const diagnostics::Diagnostic& diagnostic : sink.all())
    evaluated.errors.push_back(diagnostic.message);
  return evaluated;
}

}  // namespace

Evaluated evaluate_text(std::string_view expression, const base::FileSystem& files,
                        eval::DeferredCalls deferred_calls) {
  return evaluate_as(What::Expression, expression, unknowns(), files, 0, deferred_calls);
}

Answer answer_of(const Evaluated& evaluated) {
  Answer answer;
  answer.failed = !evaluated.errors.empty();
  if (answer.failed) return answer;
  const Value& value = evaluated.value;
  answer.sensitive = value.marks_deep().sensitive;
  answer.type = values::to_json(value.type());
  if (value.is_wholly_known())
    answer.json = values::to_json(Value::tuple({values::without_marks_deep(value)}));
  return answer;
}

}  // namespace space::eval_test
