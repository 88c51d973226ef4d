#include "compiler/format/lines.h"

namespace space::format {
namespace {

int net_brackets(std::span<const Token> tokens) {
  int net = 0;
  for (const Token& token : tokens) net += bracket_change(token);
  return net;
}

Line cut(std::span<Token> tokens) {
  Line line{tokens, {}, {}};
  if (line.lead.size() > 1 && line.lead.back().kind == TokenKind::Comment) {
    line.comment = line.lead.last(1);
    line.lead = line.lead.first(line.lead.size() - 1);
  }
  for (std::size_t i = 1; i < line.lead.size(); ++i) {
    if (line.lead[i].kind != TokenKind::Equals) continue;
    // A value that goes on in the next line is not aligned.
    if (net_brackets(line.lead.subspan(i)) == 0) {
      line.assign = line.lead.subspan(i);
      line.lead = line.lead.first(i);
    }
    break;
  }
  return line;
}

}  // namespace

std::vector<Line> make_lines(Tokens& tokens) {
  std::vector<Line> lines;
  const std::span<Token> all(tokens);
  std::size_t begin = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!ends_line(tokens[i])) continue;
    lines.push_back(cut(all.subspan(begin, i + 1 - begin)));
    begin = i + 1;
  }
  if (begin < tokens.size()) lines.push_back(cut(all.subspan(begin)));
  return lines;
}

}  // namespace space::format
