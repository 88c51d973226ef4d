// Lines: tokens cut at newlines, each line in up to three cells: what leads, ` = value` where the
// line holds a whole one, and a comment at the end. Newlines inside heredocs and comments cut
// nothing.
#pragma once

#include <span>
#include <vector>

#include "compiler/format/tokens.h"

namespace space::format {

struct Line {
  std::span<Token> lead;
  std::span<Token> assign;
  std::span<Token> comment;
};

std::vector<Line> make_lines(Tokens& tokens);

}  // namespace space::format
