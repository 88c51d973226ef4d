// What an evaluation reports, and how it asks its surroundings. That the values are tofu's is
// corpus_test's.
#include "core/eval/evaluate.h"

#include <catch2/catch.hpp>

#include "compiler/program/expressions.h"
#include "compiler/syntax/parse.h"
#include "core/values/order.h"
#include "core/values/render.h"
#include "tests/unit/eval/evaluate_text.h"

using namespace space;
using values::Value;

namespace {

struct Run {
  Value value;
  std::vector<diagnostics::Diagnostic> reports;
};

Run run(const std::string& text, const eval::Scope& scope,
        const eval::FunctionContext& functions = {}) {
  source::SourceSet sources;
  diagnostics::CollectingSink sink;
  const auto file = sources.add("<test>", text);
  const auto syntax = syntax::parse_expression(sources, file, sink);
  eval::ExprTree tree;
  const auto root = program::build_expression(syntax.root(), tree, sink);
  Value value = eval::evaluate(tree, root, scope, functions, sink);
  return {std::move(value), sink.all()};
}

Run run(const std::string& text) { return run(text, eval::MapScope({})); }

// "SPC2004 2..5": the code and the bytes.
std::string place(const diagnostics::Diagnostic& report) {
  return std::string(report.descriptor->code) + " " + std::to_string(report.primary.span.begin) +
         ".." + std::to_string(report.primary.span.end);
}

}  // namespace

TEST_CASE("a mistake is reported once, where it happens") {
  const auto [text, wanted] = GENERATE(table<std::string, std::string>({
      {"1 + [2][5]", "SPC2004 7..10"},
      {"{ a = 1 }.b + 1", "SPC2011 9..11"},
      {"null + 1", "SPC2006 0..4"},
      {"1 + []", "SPC2001 4..6"},
      {"nope(1)", "SPC1023 0..4"},
      {"upper()", "SPC2007 0..7"},
      {"upper([])", "SPC2004 6..8"},
      {"timestamp()", "SPC2008 0..9"},
      {"provider::x::f(1)", "SPC2008 0..14"},
      {"\"a${null}\"", "SPC2004 4..8"},
      {"[for x in [1, 2, 3] : x.y]", "SPC2011 23..25"},
      {"1 / 0", "SPC2004 0..5"},
      {"[1 / 0, 2][1 / 0]", "SPC2004 1..6"},
  }));
  INFO(text);
  const Run result = run(text);
  REQUIRE_FALSE(result.reports.empty());
  CHECK(place(result.reports.front()) == wanted);
}

TEST_CASE("one mistake does not cause another report") {
  CHECK(run("upper(1 / 0) + nope").reports.size() == 1);
  CHECK(run("[for x in [1, 2, 3] : 1 / 0]").reports.size() == 1);
  CHECK(run("(1 / 0) ? 1 : 2").reports.size() == 1);
  CHECK(run("{}.a.b.c").reports.size() == 1);
}

TEST_CASE("messages say what would work") {
  const Run near = run("{ region = 1 }.regoin");
  REQUIRE(near.reports.size() == 1);
  CHECK(near.reports[0].message == "this object has no attribute `regoin`");
  CHECK(near.reports[0].help == std::vector<std::string>{"did you mean `region`?"});
  const Run function = run("uper(\"a\")");
  CHECK(function.reports[0].help == std::vector<std::string>{"did you mean `upper`?"});
  CHECK(run("upper()").reports[0].message ==
        "function `upper` needs 1 argument, and has 0: `str` is missing");
  CHECK(run("upper(1, 2)").reports[0].message == "function `upper` takes 1 argument, and has 2");
}

TEST_CASE("a sensitive value stays out of messages") {
  for (const std::string text :
       {"tonumber(sensitive(\"hunter2\"))", "parseint(sensitive(\"hunter2\"), 10)",
        "{}[sensitive(\"hunter2\")]", "regex(sensitive(\"hunter2(\"), \"a\")",
        "jsondecode(sensitive(\"hunter2\"))",
        "{ for x in [sensitive(\"hunter2\"), sensitive(\"hunter2\")] : x => 1 }"}) {
    INFO(text);
    const Run result = run(text);
    REQUIRE_FALSE(result.reports.empty());
    for (const auto& report : result.reports) {
      CHECK(report.message.find("hunter2") == std::string::npos);
      for (const std::string& help : report.help) CHECK(help.find("hunter2") == std::string::npos);
    }
  }
}

TEST_CASE("try and can keep the reports of what they tried to themselves") {
  CHECK(run("try(1 / 0, {}.a, 3)").reports.empty());
  CHECK(run("can({}.a)").reports.empty());
  const Run result = run("try(1 / 0, {}.a)");
  REQUIRE(result.reports.size() == 1);
  CHECK(result.reports[0].related.size() == 2);
}

TEST_CASE("a branch that is not taken does not report") {
  CHECK(run("true ? 1 : 1 / 0").reports.empty());
  CHECK(run("false && 1 / 0 == 1").reports.empty());
  CHECK(run("true || {}.a").reports.empty());
}

TEST_CASE("a scope may answer some steps itself") {
  class Lazy final : public eval::Scope {
   public:
    std::optional<eval::ScopeAnswer> resolve(const eval::Traversal& reference) const override {
      if (reference.root != "local") return std::nullopt;
      return eval::ScopeAnswer{Value::object({{"inner", Value::string(reference.steps[0].name)}}),
                               1};
    }
  };
  const Run result = run("\"${local.thing.inner}!\"", Lazy());
  CHECK(result.reports.empty());
  CHECK(result.value == Value::string("thing!"));
  const Run unknown = run("[other.x, 1]", Lazy());
  CHECK(unknown.reports.empty());
  CHECK_FALSE(unknown.value.is_wholly_known());
}

TEST_CASE("a for's name hides the scope's") {
  const eval::MapScope scope({{"x", Value::string("outer")}});
  CHECK(run("[for x in [\"inner\"] : x][0]", scope).value == Value::string("inner"));
  CHECK(run("[for y in [1] : x][0]", scope).value == Value::string("outer"));
}

TEST_CASE("file functions say what they read, relative to the folder") {
  base::MemoryFileSystem files;
  files.add("missions/app/a.txt", "hello");
  std::vector<std::string> read;
  eval::FunctionContext context;
  context.files = &files;
  context.folder = "missions/app";
  context.on_read = [&](const std::string& path) { read.push_back(path); };
  CHECK(run("file(\"./a.txt\")", eval::MapScope({}), context).value == Value::string("hello"));
  CHECK(read == std::vector<std::string>{"missions/app/a.txt"});
  CHECK(run("file(\"b.txt\")", eval::MapScope({}), context).reports.size() == 1);
  CHECK(run("file(\"/etc/hostname\")", eval::MapScope({}), context).reports.size() == 1);
  CHECK(run("file(\"~/x\")", eval::MapScope({}), context).reports.size() == 1);
}

TEST_CASE("without a file system, what a file holds is unknown") {
  for (const std::string text : {"file(\"a.txt\")", "filesha256(\"a.txt\")",
                                 "fileset(\".\", \"*\")", "templatefile(\"a.txt\", {})"}) {
    const Run result = run(text);
    CHECK(result.reports.empty());
    CHECK_FALSE(result.value.is_known());
  }
}

TEST_CASE("every function of tofu is known, also under core") {
  CHECK(eval::function_names().size() == 121);
  std::vector<std::string> deferred;
  for (const std::string_view name : eval::function_names()) {
    const eval::Function* function = eval::find_function(name);
    REQUIRE(function);
    CHECK(function == eval::find_function("core::" + std::string(name)));
    if (function->phase == eval::FunctionPhase::Deferred) deferred.emplace_back(name);
  }
  CHECK(deferred == std::vector<std::string>{"abspath", "base64gzip", "bcrypt", "pathexpand",
                                             "plantimestamp", "rsadecrypt", "timestamp", "uuid"});
  CHECK(eval::find_function("nope") == nullptr);
}

TEST_CASE("types of results follow from types of arguments") {
  using values::Type;
  const auto result = [](std::string_view name, std::vector<Type> types) {
    const eval::Function* function = eval::find_function(name);
    return values::to_string(function->result_type ? function->result_type(types)
                                                   : function->result);
  };
  const Type list = Type::list(Type::string()), map = Type::map(Type::number());
  CHECK(result("keys", {map}) == "list(string)");
  CHECK(result("values", {map}) == "list(number)");
  CHECK(result("merge", {map, map}) == "map(number)");
  CHECK(result("concat", {list, Type::list(Type::number())}) == "list(string)");
  CHECK(result("element", {list, Type::number()}) == "string");
  CHECK(result("toset", {list}) == "set(string)");
  CHECK(result("coalesce", {Type::number(), Type::string()}) == "string");
  CHECK(result("lookup", {map, Type::string()}) == "number");
  CHECK(result("one", {list}) == "string");
}

TEST_CASE("YAML with many aliases does not explode") {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int k = 1; k < 10; ++k) text += ", " + before;
    text += "]\\n";
  }
  const Run result = run("yamldecode(\"" + text + "\")");
  REQUIRE(result.reports.size() == 1);
  CHECK(result.reports[0].message.find("aliases") != std::string::npos);
}
