#include "compiler/typing/type_expression.h"

#include <fmt/core.h>

#include <catch2/catch.hpp>

#include "compiler/program/expressions.h"
#include "compiler/syntax/parse.h"
#include "core/source/source_set.h"

using namespace space;

namespace {

// The type, then what was reported about it.
std::string read(const std::string& text) {
  source::SourceSet sources;
  const source::FileId file = sources.add("t.space", text);
  diagnostics::CollectingSink sink;
  const syntax::SyntaxTree parsed = syntax::parse_expression(sources, file, sink);
  eval::ExprTree tree;
  const eval::ExprId id = program::build_expression(parsed.root(), tree, sink);
  const auto named = [](std::string_view name) -> std::optional<values::Type> {
    if (name == "subnet")
      return values::Type::object({{"id", {values::Type::string(), false, nullptr}}});
    return std::nullopt;
  };
  std::string shown = values::to_string(typing::type_from_expression(tree, id, named, sink));
  for (const diagnostics::Diagnostic& diagnostic : sink.finish(sources)) {
    shown += fmt::format("\n{} {} {}", diagnostic.primary.span.begin, diagnostic.descriptor->code,
                         diagnostic.message);
    for (const std::string& note : diagnostic.notes) shown += " / " + note;
    for (const std::string& help : diagnostic.help) shown += " | " + help;
  }
  return shown;
}

}  // namespace

TEST_CASE("types as they are written") {
  for (const char* text :
       {"string", "number", "bool", "any", "cidr", "ip", "hostname", "url", "port", "duration",
        "percent", "semver", "json", "list(string)", "set(number)", "map(list(bool))",
        "tuple([string, number])", "object({ a = string, b = optional(number) })"}) {
    CHECK(read(text) == text);
  }
  CHECK(read("type.subnet") == "object({ id = string })");
  CHECK(read("list(type.subnet)") == "list(object({ id = string }))");
  CHECK(read("object({})") == "object({})");
}

TEST_CASE("defaults of attributes are literals of their type") {
  CHECK(read("object({ a = optional(string, \"x\") })") ==
        "object({ a = optional(string, \"x\") })");
  CHECK(read("object({ a = optional(list(number), [1, \"2\"]) })") ==
        "object({ a = optional(list(number), [1, 2]) })");
  CHECK(read("object({ a = optional(number, \"x\") })")
            .starts_with("object({ a = optional(number) })\n30 SPC2001 this default must be a "
                         "number, and is a string"));
  CHECK(read("object({ a = optional(string, var.x) })") ==
        "object({ a = optional(string) })\n30 SPC2003 the default of an attribute must be known "
        "before anything runs, and `var.x` is "
        "not | a default is a literal value");
}

TEST_CASE("what is no type says what would be") {
  CHECK(read("strin") ==
        "any\n0 SPC2002 `strin` is not a type: there is no type of that name | did you mean "
        "`string`?");
  CHECK(read("\"string\"") ==
        "any\n0 SPC2002 `\"string\"` is not a type: a type is a name such as `string`, or a call "
        "such as "
        "`list(string)` | write `string` without quotes");
  CHECK(read("list") ==
        "any\n0 SPC2002 `list` is not a type: it needs the type of its elements | write "
        "`list(string)`");
  CHECK(read("list(string, number)") ==
        "any\n0 SPC2002 `list(…)` is not a type: `list` takes one argument, and has 2");
  CHECK(read("lst(string)") ==
        "any\n0 SPC2002 `lst(…)` is not a type: there is no type constructor of that name | did "
        "you mean `list`?");
  CHECK(read("string()") ==
        "any\n0 SPC2002 `string(…)` is not a type: `string` takes no arguments | write `string`");
  CHECK(read("subnet") ==
        "any\n0 SPC2002 `subnet` is not a type: a declared type is read through `type` | write "
        "`type.subnet`");
  CHECK(read("type.nothing") ==
        "any\n0 SPC2002 `type.nothing` is not a type: no block `type \"nothing\"` is declared");
  CHECK(read("{ a = string }") ==
        "any\n0 SPC2002 `{…}` is not a type: a type is a name such as `string`, or a call such as "
        "`list(string)` | write `object({ … })`");
  CHECK(read("optional(string)") ==
        "any\n0 SPC2002 `optional(…)` is not a type: `optional` stands around the type of an "
        "attribute, inside `object({ … })`");
  CHECK(read("object(string)") ==
        "any\n7 SPC2002 `string` is not a type: `object` takes attributes with their types | write "
        "`object({ name = string })`");
  CHECK(read("list(nothing_like_it)")
            .starts_with("list(any)\n5 SPC2002 `nothing_like_it` is not a type"));
}

TEST_CASE("an attribute is declared once") {
  CHECK(read("object({ a = string, a = number })") ==
        "object({ a = string })\n21 SPC1004 `a` is set twice");
}

TEST_CASE("a syntax error is said once") {
  const std::string shown = read("list()");
  CHECK(shown == "any\n0 SPC2002 `list(…)` is not a type: `list` takes one argument, and has 0");
  CHECK(read("list(1 +)").find("SPC2002") == std::string::npos);
}
