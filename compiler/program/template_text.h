// TemplateText: the literal texts of one template, ready to use: unescaped, trimmed where a `~`
// stands beside them, and dedented in a `<<-` heredoc. All three follow HCL to the letter, which
// works on a flat list of tokens, one a line in heredocs: a `~}` eats the rest of its own line and
// no indentation of the next one. In: the node of a template. Out: the text of each of its
// StringText nodes, by node.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/syntax/syntax_tree.h"

namespace space::program {

// Escapes of quoted strings (`\n`, `\u00e9`, …), and `$${` and `%%{` of all templates.
std::string unescape_quoted(std::string_view text);
std::string unescape_template(std::string_view text);

class TemplateText {
 public:
  explicit TemplateText(syntax::Node node);  // a TemplateExpr or HeredocExpr

  const std::string& of(syntax::Node string_text) const;

 private:
  void collect(syntax::Node parent);
  void add_text(syntax::Node node);
  void add_sequence(syntax::Node opener_and_closer);
  void trim();
  void dedent();
  void join();

  // One token, as HCL has them: literal text, or a sequence (`${…}`, `%{…}`) that parts literals.
  struct Piece {
    bool literal = false;
    bool trims_before = false;  // a sequence that opens with `~`
    bool trims_after = false;   // and one that closes with it
    std::uint32_t node = 0;     // the StringText it came from
    std::string text;
  };
  struct Text {
    std::uint32_t node;
    std::string text;
  };

  enum class Flavour { Quoted, Lines };
  Flavour flavour_ = Flavour::Quoted;
  std::vector<Piece> pieces_;
  std::vector<Text> texts_;  // by node, rising
};

}  // namespace space::program
