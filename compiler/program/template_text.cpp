#include "compiler/program/template_text.h"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "core/base/escapes.h"

namespace space::program {

namespace {

using syntax::Node;
using syntax::SyntaxKind;

// Bytes of the white space character that begins at `at` (Go's unicode.IsSpace), or 0.
std::size_t space_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t nth) {
    return at + nth < text.size() ? static_cast<unsigned char>(text[at + nth]) : 0u;
  };
  const unsigned first = byte(0);
  if (first == ' ' || (first >= '\t' && first <= '\r')) return 1;
  if (first == 0xC2) return byte(1) == 0x85 || byte(1) == 0xA0 ? 2 : 0;
  if (first == 0xE1) return byte(1) == 0x9A && byte(2) == 0x80 ? 3 : 0;
  if (first == 0xE3) return byte(1) == 0x80 && byte(2) == 0x80 ? 3 : 0;
  if (first != 0xE2) return 0;
  if (byte(1) == 0x81) return byte(2) == 0x9F ? 3 : 0;
  if (byte(1) != 0x80) return 0;
  const unsigned third = byte(2);
  return (third >= 0x80 && third <= 0x8A) || third == 0xA8 || third == 0xA9 || third == 0xAF ? 3
                                                                                             : 0;
}

std::size_t leading_space(std::string_view text) {
  std::size_t at = 0;
  while (const std::size_t size = space_at(text, at)) at += size;
  return at;
}

// Where the white space at the end begins.
std::size_t trailing_space(std::string_view text) {
  std::size_t end = text.size();
  for (std::size_t size = 1; end != 0 && size <= 3;) {
    if (size <= end && space_at(text, end - size) == size) {
      end -= size;
      size = 1;
    } else {
      ++size;
    }
  }
  return end;
}

enum class Escapes { Quoted, TemplateAlone };

std::string unescape(std::string_view text, Escapes escapes) {
  std::string out;
  out.reserve(text.size());
  const std::string_view special = escapes == Escapes::Quoted ? "\\$%" : "$%";
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t next = std::min(text.find_first_of(special, at), text.size());
    out.append(text, at, next - at);
    at = next;
    if (at == text.size()) break;
    const char c = text[at];
    if (c != '\\') {
      const bool escaped = text.size() - at >= 3 && text[at + 1] == c && text[at + 2] == '{';
      out += c;
      if (escaped) out += '{';
      at += escaped ? 3 : 1;
      continue;
    }
    if (at + 1 == text.size()) {
      out += c;
      break;
    }
    const char letter = text[at + 1];
    if (letter == 'u' || letter == 'U') {  // the parser says where it is no character
      const std::size_t read = base::unescape_code_point(text.substr(at + 1), out);
      if (read == 0) out += c;
      at += 1 + read;
      continue;
    }
    const char meant = base::escaped_character(letter);
    out += meant == '\0' ? letter : meant;  // any other letter was reported
    at += 2;
  }
  return out;
}

bool ends_line(std::string_view text) { return !text.empty() && text.back() == '\n'; }

}  // namespace

std::string unescape_quoted(std::string_view text) { return unescape(text, Escapes::Quoted); }
std::string unescape_template(std::string_view text) {
  return unescape(text, Escapes::TemplateAlone);
}

TemplateText::TemplateText(Node node) {
  const Node open = node.first_child();
  if (!open.is(SyntaxKind::OpenQuote)) flavour_ = Flavour::Lines;
  collect(node);
  trim();
  if (open.is(SyntaxKind::HeredocOpen) && open.text().starts_with("<<-")) dedent();
  join();
}

void TemplateText::collect(Node parent) {
  for (Node child = parent.first_child(); child; child = child.next_sibling(parent)) {
    switch (child.kind()) {
      case SyntaxKind::StringText:
        add_text(child);
        break;
      case SyntaxKind::Interpolation:
      case SyntaxKind::DirectiveIf:
      case SyntaxKind::DirectiveElse:
      case SyntaxKind::DirectiveEndIf:
      case SyntaxKind::DirectiveFor:
      case SyntaxKind::DirectiveEndFor:
        add_sequence(child);
        break;
      case SyntaxKind::TemplateIf:
      case SyntaxKind::TemplateFor:
        collect(child);
        break;
      default:
        break;
    }
  }
}

void TemplateText::add_text(Node node) {
  std::string_view text = node.text();
  if (flavour_ == Flavour::Quoted) {
    pieces_.push_back({true, false, false, node.index(), unescape_quoted(text)});
    return;
  }
  while (!text.empty()) {
    const std::size_t newline = text.find('\n');
    const std::size_t size = newline == std::string_view::npos ? text.size() : newline + 1;
    pieces_.push_back({true, false, false, node.index(), unescape_template(text.substr(0, size))});
    text.remove_prefix(size);
  }
}

void TemplateText::add_sequence(Node node) {
  Piece piece;
  for (Node child = node.first_child(); child; child = child.next_sibling(node)) {
    switch (child.kind()) {
      case SyntaxKind::OpenInterpolation:
      case SyntaxKind::OpenDirective:
        piece.trims_before = child.text().ends_with('~');
        break;
      case SyntaxKind::CloseInterpolation:
      case SyntaxKind::CloseDirective:
        piece.trims_after = child.text().starts_with('~');
        break;
      default:
        break;
    }
  }
  pieces_.push_back(std::move(piece));
}

void TemplateText::trim() {
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    if (pieces_[i].trims_before && i > 0 && pieces_[i - 1].literal) {
      std::string& before = pieces_[i - 1].text;
      before.resize(trailing_space(before));
    }
    if (pieces_[i].trims_after && i + 1 < pieces_.size() && pieces_[i + 1].literal) {
      std::string& after = pieces_[i + 1].text;
      after.erase(0, leading_space(after));
    }
  }
}

void TemplateText::dedent() {
  constexpr std::size_t k_no_limit = std::numeric_limits<std::size_t>::max();
  std::size_t least = k_no_limit;
  std::vector<Piece*> indented;
  bool line_begins = true;
  for (Piece& piece : pieces_) {
    if (line_begins) {
      line_begins = false;
      std::size_t spaces = 0;
      if (piece.literal) {
        const std::size_t bytes = leading_space(piece.text);
        if (bytes == piece.text.size() && ends_line(piece.text)) {
          spaces =
              k_no_limit;  // a blank line says nothing about the indentation, and keeps its own
        } else {
          for (std::size_t at = 0; at < bytes; at += space_at(piece.text, at)) ++spaces;
          indented.push_back(&piece);
        }
      }
      least = std::min(least, spaces);
    }
    if (piece.literal && ends_line(piece.text)) line_begins = true;
  }
  for (Piece* piece : indented) {
    std::size_t bytes = 0;
    for (std::size_t n = 0; n < least; ++n) bytes += space_at(piece->text, bytes);
    piece->text.erase(0, bytes);
  }
}

void TemplateText::join() {
  for (Piece& piece : pieces_) {
    if (!piece.literal) continue;
    if (!texts_.empty() && texts_.back().node == piece.node) {
      texts_.back().text += piece.text;
    } else {
      texts_.push_back({piece.node, std::move(piece.text)});
    }
  }
  pieces_.clear();
}

const std::string& TemplateText::of(Node string_text) const {
  static const std::string k_nothing;
  const auto found =
      std::lower_bound(texts_.begin(), texts_.end(), string_text.index(),
                       [](const Text& text, std::uint32_t node) { return text.node < node; });
  return found != texts_.end() && found->node == string_text.index() ? found->text : k_nothing;
}

}  // namespace space::program
