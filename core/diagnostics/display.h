// How text looks on a terminal. In: bytes of a source file or a message, which may be anything.
// Out: text that is valid UTF-8, moves no cursor and has a known width: tabs become spaces, control
// characters pictures (`␛`), invalid bytes and characters that turn the reading direction U+FFFD.
// Colours are written only when told.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/diagnostics/render.h"

namespace space::diagnostics {

struct Glyph {
  std::string text;
  std::size_t bytes = 1;  // of the source
  std::size_t width = 1;  // columns
};

// The character at `at`, which stands in terminal column `column` (a tab's width hangs on it).
Glyph glyph_at(std::string_view text, std::size_t at, std::size_t column);

// A message for one line, or for several where it has line ends of its own: each further line is
// indented by `indent`.
std::string visible_text(std::string_view text, std::size_t indent);

enum class Style { Plain, Bold, Error, Warning, Info, Gutter, Related };

Style style_of(Severity severity);
void paint(std::string& out, Color color, Style style, std::string_view text);

}  // namespace space::diagnostics
