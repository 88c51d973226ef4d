// convert_lines: a type and a value on stdin, a line end between them and a NUL byte behind,
// answers on stdout, one JSON object a line: the value converted to the type, or why it cannot be.
// tests/gates/convert_vs_tofu.py holds them against tofu's variables.
#include <cstdio>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "compiler/program/expressions.h"
#include "compiler/syntax/parse.h"
#include "compiler/typing/type_expression.h"
#include "core/values/convert.h"
#include "tests/unit/eval/evaluate_text.h"

namespace {

using namespace space;

values::Type type_of(const std::string& text) {
  source::SourceSet sources;
  diagnostics::CollectingSink sink;
  const source::FileId file = sources.add("<type>", text);
  const syntax::SyntaxTree syntax = syntax::parse_expression(sources, file, sink);
  eval::ExprTree tree;
  const eval::ExprId id = program::build_expression(syntax.root(), tree, sink);
  const auto named = [](std::string_view) { return std::optional<values::Type>(); };
  values::Type type = typing::type_from_expression(tree, id, named, sink);
  SPACE_CHECK(!sink.has_errors(), "a type that spacec does not read: " + text);
  return type;
}

nlohmann::json answer(const std::string& type, const std::string& value) {
  nlohmann::json out = {{"type", type}, {"value", value}};
  const base::MemoryFileSystem files;
  eval_test::Evaluated evaluated = eval_test::evaluate_text(value, files);
  if (evaluated.errors.empty()) {
    values::Conversion conversion = values::convert(evaluated.value, type_of(type));
    if (conversion.value) {
      evaluated.value = std::move(*conversion.value);
    } else {
      evaluated.errors.push_back(conversion.error.path + ": " + conversion.error.message);
    }
  }
  const eval_test::Answer answer = eval_test::answer_of(evaluated);
  if (answer.failed) {
    out["errors"] = evaluated.errors;
  } else {
    out["of"] = nlohmann::json::parse(answer.type);
    out["json"] = answer.json;
  }
  return out;
}

}  // namespace

int main() {
  std::string record;
  for (int c = 0; (c = std::getchar()) != EOF;) {
    if (c != '\0') {
      record += static_cast<char>(c);
      continue;
    }
    const std::size_t end = record.find('\n');
    std::puts(answer(record.substr(0, end), record.substr(end + 1)).dump().c_str());
    record.clear();
  }
  return 0;
}
