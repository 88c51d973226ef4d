// Strings, heredocs, interpolations and directives.
#include <catch2/catch.hpp>

#include "tests/unit/syntax/support.h"

namespace space::syntax::test {
namespace {

TEST_CASE("text, escapes and an interpolation") {
  CHECK(value_of(R"("a\"\u00e9 $${x} %%{y} $5 100% ${~ b ~}")") ==
        "TemplateExpr\n"
        "  OpenQuote \"\\\"\"\n"
        "  StringText \"a\\\\\\\"\\\\u00e9 $${x} %%{y} $5 100% \"\n"
        "  Interpolation\n"
        "    OpenInterpolation \"${~\"\n"
        "    VariableExpr\n      Identifier \"b\"\n"
        "    CloseInterpolation \"~}\"\n"
        "  CloseQuote \"\\\"\"\n");
  CHECK(value_of("\"\"") == "TemplateExpr\n  OpenQuote \"\\\"\"\n  CloseQuote \"\\\"\"\n");
}

TEST_CASE("templates in templates, over lines") {
  CHECK(value_of("\"${\n  f(\"${x}\")\n}\"") ==
        "TemplateExpr\n"
        "  OpenQuote \"\\\"\"\n"
        "  Interpolation\n"
        "    OpenInterpolation \"${\"\n"
        "    CallExpr\n"
        "      FunctionName \"f\"\n"
        "      OpenParen \"(\"\n"
        "      TemplateExpr\n"
        "        OpenQuote \"\\\"\"\n"
        "        Interpolation\n"
        "          OpenInterpolation \"${\"\n"
        "          VariableExpr\n            Identifier \"x\"\n"
        "          CloseInterpolation \"}\"\n"
        "        CloseQuote \"\\\"\"\n"
        "      CloseParen \")\"\n"
        "    CloseInterpolation \"}\"\n"
        "  CloseQuote \"\\\"\"\n");
}

TEST_CASE("directives") {
  CHECK(value_of("\"%{ if a ~}x%{ else }y%{ endif }\"") ==
        "TemplateExpr\n"
        "  OpenQuote \"\\\"\"\n"
        "  TemplateIf\n"
        "    DirectiveIf\n"
        "      OpenDirective \"%{\"\n"
        "      If \"if\"\n"
        "      VariableExpr\n        Identifier \"a\"\n"
        "      CloseDirective \"~}\"\n"
        "    StringText \"x\"\n"
        "    DirectiveElse\n"
        "      OpenDirective \"%{\"\n"
        "      Else \"else\"\n"
        "      CloseDirective \"}\"\n"
        "    StringText \"y\"\n"
        "    DirectiveEndIf\n"
        "      OpenDirective \"%{\"\n"
        "      EndIf \"endif\"\n"
        "      CloseDirective \"}\"\n"
        "  CloseQuote \"\\\"\"\n");
  CHECK(value_of("\"%{~ for k, v in m }${k}%{ endfor }\"") ==
        "TemplateExpr\n"
        "  OpenQuote \"\\\"\"\n"
        "  TemplateFor\n"
        "    DirectiveFor\n"
        "      OpenDirective \"%{~\"\n"
        "      For \"for\"\n"
        "      Identifier \"k\"\n"
        "      Comma \",\"\n"
        "      Identifier \"v\"\n"
        "      In \"in\"\n"
        "      VariableExpr\n        Identifier \"m\"\n"
        "      CloseDirective \"}\"\n"
        "    Interpolation\n"
        "      OpenInterpolation \"${\"\n"
        "      VariableExpr\n        Identifier \"k\"\n"
        "      CloseInterpolation \"}\"\n"
        "    DirectiveEndFor\n"
        "      OpenDirective \"%{\"\n"
        "      EndFor \"endfor\"\n"
        "      CloseDirective \"}\"\n"
        "  CloseQuote \"\\\"\"\n");
}

TEST_CASE("heredocs") {
  CHECK(value_of("<<-EOT\n  a \"b\" \\n ${c}\n  EOT2\n    EOT") ==
        "HeredocExpr\n"
        "  HeredocOpen \"<<-EOT\\n\"\n"
        "  StringText \"  a \\\"b\\\" \\\\n \"\n"
        "  Interpolation\n"
        "    OpenInterpolation \"${\"\n"
        "    VariableExpr\n      Identifier \"c\"\n"
        "    CloseInterpolation \"}\"\n"
        "  StringText \"\\n  EOT2\\n\"\n"
        "  HeredocClose \"    EOT\"\n");
  CHECK(value_of("<<A\nA") == "HeredocExpr\n  HeredocOpen \"<<A\\n\"\n  HeredocClose \"A\"\n");
  // A marker in the middle of a line, after an interpolation, ends nothing.
  CHECK(value_of("<<A\n${x}A\nA").find("StringText \"A\\n\"") != std::string::npos);
  CHECK(value_of("f(<<A\nx\nA\n, <<B\ny\nB\n)").find("HeredocClose \"B\"") != std::string::npos);
  // A heredoc in an interpolation of a heredoc has a marker of its own.
  CHECK(value_of("<<A\n${<<B\nA\nB\n}\nA").find("StringText \"A\\n\"\n      HeredocClose \"B\"") !=
        std::string::npos);
}

TEST_CASE("CRLF") {
  const Parsed parsed = parse_text("a = <<E\r\nx\r\nE\r\nb = [\r\n1\r\n]\r\n");
  CHECK(parsed.faults.empty());
  CHECK(parsed.well_formed);
  CHECK(parsed.tree.find("HeredocClose \"E\"") != std::string::npos);
}

TEST_CASE("a whole text as a template") {
  const Parsed parsed = parse_text("a \"b\" \\ ${c}\n%{ if d }\ne%{ endif }\n$", Entry::Template);
  CHECK(parsed.faults.empty());
  CHECK(parsed.well_formed);
  CHECK(parsed.tree.substr(0, 40) == "TemplateExpr\n  StringText \"a \\\"b\\\" \\\\ \"\n");
  CHECK(parse_text("", Entry::Template).tree == "TemplateExpr\n");
  CHECK(parse_text("${a", Entry::Template).faults ==
        std::vector<std::string>{"SPC0003 1:1 this `${` is never closed"});
}

}  // namespace
}  // namespace space::syntax::test
