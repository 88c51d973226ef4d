// The source lines of one file under a diagnostic's head, with marks and labels:
//
//   41 |   foo = procedure.network.id
//      |   ---   ^^^^^^^^^^^^^^^^^^^^ read here
//      |   |
//      |   the argument
//
// In: the marks of one file. Out: rows of text. Of a line of megabytes only what lies around the
// marks is looked at. A mark over several lines underlines the rest of its first.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/diagnostics/display.h"
#include "core/source/source_set.h"

namespace space::diagnostics {

struct Mark {
  source::Span span;
  std::string_view text;
  char underline = '^';  // `^` for the primary place, `-` for related ones
  Style style = Style::Error;
};

// `digits` is the width of the widest line number of the whole diagnostic.
void append_snippet(std::string& out, const source::SourceFile& file,
                    const std::vector<Mark>& marks, std::size_t digits, Color color);

// The empty gutter: "   |".
void append_gutter(std::string& out, std::size_t digits, Color color);

}  // namespace space::diagnostics
