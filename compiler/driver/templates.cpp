#include "compiler/driver/templates.h"

#include "compiler/program/expressions.h"
#include "compiler/syntax/parse.h"
#include "core/eval/evaluate.h"

namespace space::driver {

namespace {

std::string first_error(const diagnostics::CollectingSink& sink, const source::SourceSet& sources) {
  for (const diagnostics::Diagnostic& diagnostic : sink.finish(sources)) {
    if (diagnostic.severity != diagnostics::Severity::Error) continue;
    if (!diagnostic.primary.span.valid()) return diagnostic.message;
    const source::SourceFile& file = sources.file(diagnostic.primary.span.file);
    const source::Position at = file.position(diagnostic.primary.span.begin);
    return fmt::format("{}:{}:{}: {}", file.path(), at.line, at.column, diagnostic.message);
  }
  return "";
}

}  // namespace

decltype(eval::FunctionContext::render_template) template_renderer(const base::FileSystem& files) {
  return [&files](const std::string& path, const std::string& text, const values::Value& variables,
                  std::string& error) {
    source::SourceSet sources;
    const source::FileId file = sources.add(path, text);
    diagnostics::CollectingSink sink;
    const syntax::SyntaxTree tree = syntax::parse_template(sources, file, sink);
    eval::ExprTree expressions;
    const eval::ExprId id = program::build_expression(tree.root(), expressions, sink);
    if (sink.has_errors()) {
      error = first_error(sink, sources);
      return values::Value::unknown(values::Type::string());
    }
    std::map<std::string, values::Value, std::less<>> names;
    if (variables.is_known() && !variables.is_null()) {
      for (const auto& [name, value] : variables.as_map()) names.emplace(name, value);
    }
    eval::FunctionContext functions;
    functions.files = &files;
    functions.folder = base::parent_path(path);
    const values::Value value =
        eval::evaluate(expressions, id, eval::MapScope(std::move(names)), functions, sink);
    error = first_error(sink, sources);
    return value;
  };
}

}  // namespace space::driver
