#include "compiler/format/tokens.h"

#include <utility>

#include "compiler/format/labels.h"
#include "compiler/format/unwrap.h"

namespace space::format {
namespace {

using syntax::NodeData;
using syntax::SyntaxKind;

TokenKind operator_kind(std::string_view text) {
  if (text == "-") return TokenKind::Minus;
  return text == "!" ? TokenKind::Bang : TokenKind::Operator;
}

TokenKind kind_of(SyntaxKind kind, std::string_view text) {
  switch (kind) {
    case SyntaxKind::Number:
      return TokenKind::Number;
    case SyntaxKind::OpenQuote:
      return TokenKind::OpenQuote;
    case SyntaxKind::CloseQuote:
      return TokenKind::CloseQuote;
    case SyntaxKind::HeredocOpen:
      return TokenKind::OpenHeredoc;
    case SyntaxKind::HeredocClose:
      return TokenKind::CloseHeredoc;
    case SyntaxKind::OpenInterpolation:
      return TokenKind::OpenTemplate;
    case SyntaxKind::OpenDirective:
      return TokenKind::OpenDirective;
    case SyntaxKind::CloseInterpolation:
    case SyntaxKind::CloseDirective:
      return TokenKind::CloseTemplate;
    case SyntaxKind::OpenBrace:
      return TokenKind::OpenBrace;
    case SyntaxKind::CloseBrace:
      return TokenKind::CloseBrace;
    case SyntaxKind::OpenBracket:
      return TokenKind::OpenBracket;
    case SyntaxKind::CloseBracket:
      return TokenKind::CloseBracket;
    case SyntaxKind::OpenParen:
      return TokenKind::OpenParen;
    case SyntaxKind::CloseParen:
      return TokenKind::CloseParen;
    case SyntaxKind::Equals:
      return TokenKind::Equals;
    case SyntaxKind::Colon:
      return TokenKind::Colon;
    case SyntaxKind::Comma:
      return TokenKind::Comma;
    case SyntaxKind::Question:
      return TokenKind::Question;
    case SyntaxKind::Dot:
      return TokenKind::Dot;
    case SyntaxKind::Ellipsis:
      return TokenKind::Ellipsis;
    case SyntaxKind::Arrow:
      return TokenKind::Arrow;
    case SyntaxKind::Star:
      return TokenKind::Operator;
    case SyntaxKind::Operator:
      return operator_kind(text);
    case SyntaxKind::Newline:
      return TokenKind::Newline;
    case SyntaxKind::LineComment:
    case SyntaxKind::DocComment:
    case SyntaxKind::BlockComment:
      return TokenKind::Comment;
    default:
      return TokenKind::Name;
  }
}

// A comment to the end of its line takes its newline in.
void join_comments(Tokens& tokens) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i, ++kept) {
    tokens[kept] = tokens[i];
    const std::string_view text = tokens[i].text;
    const bool open_ended =
        tokens[i].kind == TokenKind::Comment && !text.starts_with("/*") && !text.ends_with('\n');
    if (open_ended && i + 1 < tokens.size() && tokens[i + 1].kind == TokenKind::Newline) {
      ++i;
      tokens[kept].text = {text.data(), text.size() + tokens[i].text.size()};
    }
  }
  tokens.resize(kept);
}

// Walks the nodes in order, without recursion: a tree may be deep.
class Maker {
 public:
  explicit Maker(const syntax::SyntaxTree& tree) : nodes_(tree.nodes()), text_(tree.text()) {}

  TokenList make() {
    for (std::uint32_t at = 0; at < nodes_.size();) {
      while (!blocks_.empty() && at >= nodes_[blocks_.back()].next) blocks_.pop_back();
      if (nodes_[at].kind == SyntaxKind::Block) {
        blocks_.push_back(at);
        at = header(at + 1);
      } else if (nodes_[at].kind == SyntaxKind::Attribute) {
        at = attribute(at);
      } else {
        if (is_leaf(at)) leaf(at, list_.tokens);
        ++at;
      }
    }
    join_comments(list_.tokens);
    // Blanks after the last token stay, as spaces: `tofu fmt` keeps them.
    std::size_t blanks = 0;
    for (std::size_t at = nodes_.size(); at-- > 0 && nodes_[at].kind == SyntaxKind::Whitespace;) {
      blanks += nodes_[at].end - nodes_[at].begin;
    }
    list_.blanks_at_end = blanks;
    return std::move(list_);
  }

 private:
  std::string_view text(std::uint32_t at) const {
    return text_.substr(nodes_[at].begin, nodes_[at].end - nodes_[at].begin);
  }
  bool is_leaf(std::uint32_t at) const { return nodes_[at].next == at + 1; }

  // Type and labels, up to the body. Comments between them move behind the last label, where they
  // may stay.
  std::uint32_t header(std::uint32_t at) {
    Tokens comments;
    list_.tokens.push_back({TokenKind::Name, text(at)});
    for (++at; nodes_[at].kind != SyntaxKind::Body; ++at) {
      if (syntax::is_trivia(nodes_[at].kind)) {
        leaf(at, comments);
      } else {
        list_.made.push_back(canonical_label(text(at)));
        list_.tokens.push_back({TokenKind::Label, list_.made.back()});
      }
    }
    list_.tokens.insert(list_.tokens.end(), comments.begin(), comments.end());
    return at;
  }

  std::uint32_t attribute(std::uint32_t at) {
    const bool is_type =
        text(at + 1) == "type" && blocks_.size() == 1 && text(blocks_.front() + 1) == "variable";
    const std::uint32_t end = nodes_[at].next;
    for (++at; at < end && !syntax::is_expression(nodes_[at].kind); ++at) leaf(at, list_.tokens);
    Tokens value;
    for (; at < end; ++at) {
      while (!templates_.empty() && at >= nodes_[templates_.back()].next) templates_.pop_back();
      const SyntaxKind kind = nodes_[at].kind;
      if (kind == SyntaxKind::TemplateExpr || kind == SyntaxKind::HeredocExpr)
        templates_.push_back(at);
      if (is_leaf(at)) leaf(at, value);
    }
    templates_.clear();
    join_comments(value);
    value = is_type ? modern_type(std::move(value)) : unwrap_value(std::move(value));
    list_.tokens.insert(list_.tokens.end(), value.begin(), value.end());
    return at;
  }

  void leaf(std::uint32_t at, Tokens& out) const {
    const NodeData& node = nodes_[at];
    if (node.begin == node.end || node.kind == SyntaxKind::Whitespace) return;
    TokenKind kind = kind_of(node.kind, text(at));
    if (node.kind == SyntaxKind::StringText) {
      const bool heredoc =
          !templates_.empty() && nodes_[templates_.back()].kind == SyntaxKind::HeredocExpr;
      kind = heredoc ? TokenKind::HeredocText : TokenKind::Text;
    }
    out.push_back({kind, text(at), 0});
  }

  const std::vector<NodeData>& nodes_;
  std::string_view text_;
  TokenList list_;
  std::vector<std::uint32_t> blocks_;     // those that are open
  std::vector<std::uint32_t> templates_;  // those that are open in the value being read
};

}  // namespace

TokenList make_tokens(const syntax::SyntaxTree& tree) { return Maker(tree).make(); }

bool ends_line(const Token& token) {
  return token.kind == TokenKind::Newline ||
         (token.kind == TokenKind::Comment && token.text.ends_with('\n'));
}

int bracket_change(const Token& token) {
  switch (token.kind) {
    case TokenKind::OpenBrace:
    case TokenKind::OpenBracket:
    case TokenKind::OpenParen:
    case TokenKind::OpenTemplate:
    case TokenKind::OpenDirective:
      return 1;
    case TokenKind::CloseBrace:
    case TokenKind::CloseBracket:
    case TokenKind::CloseParen:
    case TokenKind::CloseTemplate:
      return -1;
    default:
      return 0;
  }
}

}  // namespace space::format
