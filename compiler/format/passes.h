// The passes over lines; each sets spaces, in this order. They change nothing else.
#pragma once

#include <vector>

#include "compiler/format/lines.h"

namespace space::format {

void indent_lines(std::vector<Line>& lines);  // spaces before a line, by the brackets that are open
void space_tokens(std::vector<Line>& lines);  // none or one between the tokens of a cell
void align_cells(
    std::vector<Line>& lines);  // `=` and comments of neighbouring lines stand under one another

}  // namespace space::format
