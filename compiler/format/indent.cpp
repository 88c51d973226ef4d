#include "compiler/format/passes.h"

namespace space::format {
namespace {

// Brackets that a line opens more than it closes; what stands in and after a heredoc is not looked
// at.
int net_brackets(const Line& line) {
  int net = 0;
  for (const Token& token : line.lead) {
    net += bracket_change(token);
    if (token.kind == TokenKind::OpenHeredoc) break;
  }
  for (const Token& token : line.assign) net += bracket_change(token);
  return net;
}

// A step for each line that opened something, with the number of brackets that still wait. Brackets
// that a line opens together indent once.
class Steps {
 public:
  std::size_t size() const { return open_.size(); }
  void open(int brackets) { open_.push_back(brackets); }
  void close(int brackets) {
    while (brackets > 0 && !open_.empty()) {
      if (brackets < open_.back()) {
        open_.back() -= brackets;
        return;
      }
      brackets -= open_.back();
      open_.pop_back();
    }
  }

 private:
  std::vector<int> open_;
};

}  // namespace

void indent_lines(std::vector<Line>& lines) {
  Steps steps;
  for (Line& line : lines) {
    Token& first = line.lead.front();
    if (first.kind == TokenKind::Newline) {
      first.spaces = 0;
      continue;
    }
    const int net = net_brackets(line);
    if (net < 0) steps.close(-net);
    first.spaces = 2 * steps.size();
    if (net > 0) steps.open(net);
  }
}

}  // namespace space::format
