#include <set>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "compiler/program/expressions.h"
#include "compiler/syntax/parse.h"
#include "core/eval/evaluate.h"
#include "core/eval/expression_json.h"
#include "core/eval/expression_meaning.h"
#include "core/values/render.h"

using namespace space;
using eval::Expr;
using eval::ExprId;
using eval::ExprKind;
using eval::ExprTree;

namespace {

struct Parsed {
  ExprTree tree;
  ExprId root;
  explicit Parsed(const std::string& text) {
    source::SourceSet sources;
    diagnostics::CollectingSink sink;
    const auto file = sources.add("<test>", text);
    const auto syntax = syntax::parse_expression(sources, file, sink);
    root = program::build_expression(syntax.root(), tree, sink);
    REQUIRE(sink.all().empty());
  }
};

std::string chain(const eval::Traversal& traversal) {
  std::string out(traversal.root);
  for (const auto& step : traversal.steps) {
    switch (step.kind) {
      case eval::TraversalStep::Kind::Attribute:
        out += "." + step.name;
        break;
      case eval::TraversalStep::Kind::StaticKey:
        out += "[" + step.name + "]";
        break;
      case eval::TraversalStep::Kind::DynamicKey:
        out += "[?]";
    }
  }
  return out;
}

std::vector<std::string> references(const std::string& text) {
  const Parsed parsed(text);
  std::vector<std::string> out;
  for (const auto& traversal : eval::free_references(parsed.tree, parsed.root))
    out.push_back(chain(traversal));
  return out;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("references are whole chains, in source order") {
  CHECK(references("procedure.net.id") == Names{"procedure.net.id"});
  CHECK(references("a.b[\"c\"][0].d + e") == Names{"a.b[c][0].d", "e"});
  CHECK(references("a[(\"k\")].x") == Names{"a[k].x"});
  CHECK(references("f(a, b.c) ? [d] : { x = e, (y) = 1 }") == Names{"a", "b.c", "d", "e", "y"});
  CHECK(references("\"${a.b}-${c}\"") == Names{"a.b", "c"});
}

TEST_CASE("what is written out, parentheses or not") {
  const auto text = [](const std::string& written) {
    const Parsed parsed(written);
    return eval::literal_string(parsed.tree, parsed.root);
  };
  CHECK(text("\"a\\nb\"") == "a\nb");
  CHECK(text("((\"a\"))") == "a");
  CHECK(text("<<-E\n  a\n  E\n") == "a\n");
  CHECK(text("\"\"") == "");
  CHECK(text("1") == std::nullopt);
  CHECK(text("null") == std::nullopt);
  CHECK(text("\"a${b}\"") == std::nullopt);
  CHECK(text("\"${\"a\"}\"") == std::nullopt);  // nothing is evaluated
  const auto flag = [](const std::string& written) {
    const Parsed parsed(written);
    return eval::literal_bool(parsed.tree, parsed.root);
  };
  CHECK(flag("true") == true);
  CHECK(flag("(false)") == false);
  CHECK(flag("!false") == std::nullopt);
  CHECK(flag("\"true\"") == std::nullopt);
  CHECK(eval::literal_value(ExprTree(), ExprId()) == nullptr);
}

TEST_CASE("a dynamic key is a reference of its own") {
  CHECK(references("a[b.c].d") == Names{"a[?].d", "b.c"});
  CHECK(references("a[b[c]]") == Names{"a[?]", "b[?]", "c"});
}

TEST_CASE("a splat ends a chain") { CHECK(references("a.b[*].c") == Names{"a.b"}); }

TEST_CASE("names that a for binds are no references") {
  CHECK(references("[for x in xs : x.y + z]") == Names{"xs", "z"});
  CHECK(references("{ for k, v in m : k => v[w] if k != n }") == Names{"m", "w", "n"});
  CHECK(references("[for x in x : x]") == Names{"x"});
  CHECK(references("[for x in [1] : x] == x") == Names{"x"});
  CHECK(references("\"%{ for i in is }${i}${j}%{ endfor }\"") == Names{"is", "j"});
  CHECK(references("[for x in a : [for y in x : y + x]]") == Names{"a"});
}

TEST_CASE("a reference through something that is no name is no traversal") {
  const Parsed parsed("f(a).b");
  CHECK_FALSE(eval::as_traversal(parsed.tree, parsed.root));
  CHECK(references("f(a.b).c[d]") == Names{"a.b", "d"});
}

TEST_CASE("steps know their spans") {
  const std::string text = "aa.bb[\"cc\"]";
  const Parsed parsed(text);
  const auto traversal = eval::as_traversal(parsed.tree, parsed.root);
  REQUIRE(traversal);
  REQUIRE(traversal->steps.size() == 2);
  const auto piece = [&](source::Span span) { return text.substr(span.begin, span.size()); };
  CHECK(piece(traversal->span) == text);
  CHECK(piece(traversal->steps[0].span) == ".bb");
  CHECK(piece(traversal->steps[1].span) == "[\"cc\"]");
}

TEST_CASE("a tree survives its way through JSON") {
  const std::string text =
      GENERATE("1.5", "null", "true", "\"a${x}b\"", "\"%{ if a }b%{ else }c%{ endif }\"",
               "\"%{ for k, v in m }${k}%{ endfor }\"", "a.b[0][*].c[d]", "f(a, b...)",
               "!a && -b < c % 2", "a ? [b] : { c = d, (e) = f }",
               "{ for k, v in m : k => v... if k != null }", "[for x in xs : x]", "(a)");
  const Parsed parsed(text);
  const nlohmann::json json = eval::expression_to_json(parsed.tree, parsed.root);
  ExprTree back;
  const auto root = eval::expression_from_json(json, back);
  REQUIRE(root.has_value());
  CHECK(eval::expression_to_json(back, *root) == json);
  CHECK(back.size() == parsed.tree.size());
}

TEST_CASE("what is no expression is refused") {
  const std::string text = GENERATE(
      R"("x")", R"({})", R"({"kind": "nope"})", R"({"kind": "literal"})",
      R"({"kind": "variable", "literal": 1})", R"({"kind": "literal", "literal": 1})",
      R"({"kind": "literal", "literal": {"number": "x"}})", R"({"kind": "unary", "of": []})",
      R"({"kind": "unary", "op": "*", "of": [{"kind": "tuple"}]})",
      R"({"kind": "binary", "op": "!", "of": [{"kind": "tuple"}, {"kind": "tuple"}]})",
      R"({"kind": "index", "of": [{"kind": "tuple"}]})",
      R"({"kind": "object", "of": [{"kind": "tuple"}]})", R"({"kind": "item"})",
      R"({"kind": "tuple", "surprise": 1})", R"({"kind": "call", "name": 1})",
      R"({"kind": "for_tuple", "condition": true, "of": [{"kind": "tuple"}, {"kind": "tuple"}]})",
      R"({"kind": "splat", "of": [{"kind": "item"}, {"kind": "item"}]})",
      R"({"kind": "tuple", "of": {}})");
  INFO(text);
  ExprTree into;
  CHECK_FALSE(eval::expression_from_json(nlohmann::json::parse(text), into).has_value());
}

TEST_CASE("depth in JSON has a bound") {
  nlohmann::json json = {{"kind", "tuple"}};
  for (int i = 0; i < 2'000; ++i)
    json = {{"kind", "parens"}, {"of", nlohmann::json::array({std::move(json)})}};
  ExprTree into;
  const auto result = eval::expression_from_json(json, into);
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().message.find("deeper") != std::string::npos);
}

TEST_CASE("what an expression means does not depend on how it is written") {
  const auto meaning = [](const std::string& text) {
    const Parsed parsed(text);
    return eval::expression_meaning(parsed.tree, parsed.root);
  };
  for (const auto& [one, other] : std::vector<std::pair<std::string, std::string>>{
           {"a.b", "(a . b)"},
           {"1 + 2 * x", "1+(2*(x))"},
           {"\"\\u0061${x}\"", "\"a${(x)}\""},
           {"\"a\\nb\\n\"", "<<EOT\na\nb\nEOT\n"},
           {"\"a\\n${x}b\\n\"", "<<-EOT\n  a\n  ${x}b\n  EOT\n"},
           {"1.50", "15e-1"},
           {"{ a = 1, b = 2 }", "{\n  \"b\" : 2\n  a = 1 # so\n}"},
           {"f(x, y)", "f(x, /* and */ y,)"},
           {"[for k, v in x : v if k != 1]", "[for k, v in (x) :\n (v) if (k != 1)]"}}) {
    INFO(one << "\n" << other);
    CHECK(meaning(one) == meaning(other));
  }
  std::set<std::string> seen;
  for (const char* text : {"a.b",
                           "a[\"b\"]",
                           "a[0]",
                           "a[*].b",
                           "(a[*]).b",
                           "\"a.b\"",
                           "\"${a}.b\"",
                           "\"${a.b}\"",
                           "1",
                           "\"1\"",
                           "true",
                           "null",
                           "x + y",
                           "y + x",
                           "x - y",
                           "-x",
                           "!x",
                           "f(x)",
                           "f(x...)",
                           "g(x)",
                           "f()",
                           "[x]",
                           "[x, y]",
                           "[y, x]",
                           "{ a = x }",
                           "{ (a) = x }",
                           "{ b = x }",
                           "{ (a) = x, (b) = y }",
                           "{ (b) = y, (a) = x }",
                           "x ? y : z",
                           "x ? z : y",
                           "{ a = 1, a = 2 }",
                           "{ a = 2, a = 1 }",
                           "{ for k, v in x : k => v }",
                           "{ for k, v in x : k => v... }",
                           "{ for k, v in x : k => v if v }",
                           "[for v in x : v]",
                           "[for k in x : k]",
                           "\"%{ if x }a%{ endif }\"",
                           "\"%{ if x }a%{ else }b%{ endif }\"",
                           "\"%{ for v in x }a%{ endfor }\"",
                           "\"\"",
                           "\" \""}) {
    INFO(text);
    CHECK(seen.insert(meaning(text)).second);
  }
}
