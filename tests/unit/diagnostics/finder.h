// Spans by text, so that tests need not count bytes. In: a set, a file, a piece of its text (and
// which of its occurrences). Out: the span. Tests alone.
#pragma once

#include <string_view>

#include <catch2/catch.hpp>

#include "core/source/source_set.h"

inline space::source::Span find(const space::source::SourceSet& sources, space::source::FileId file,
                                std::string_view piece, int occurrence = 1) {
  const std::string_view text = sources.file(file).text();
  std::size_t at = text.find(piece);
  while (--occurrence > 0) at = text.find(piece, at + 1);
  REQUIRE(at != std::string_view::npos);
  return {file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + piece.size())};
}
