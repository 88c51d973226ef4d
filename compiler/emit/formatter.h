// Formatter: chunks as `tofu fmt` leaves them. It asks the formatter it was given once for each
// distinct text, and carries the marks over to the new text by walking both in step: formatting
// moves white space and respells a few tokens. A mark that cannot be carried over is dropped, so
// that what stands around it answers instead. Never wrong, at worst vague.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>

#include "compiler/emit/chunk.h"

namespace space::emit {

using FormatText = std::function<std::string(const std::string&)>;

class Formatter {
 public:
  explicit Formatter(const FormatText& format) : format_(format) {}

  Chunk format(Chunk chunk);

 private:
  const FormatText& format_;
  std::unordered_map<std::string, std::string> formatted_;  // never iterated
};

// Where each byte of `before` went in `after`: its index there, or k_gone (white space, respelled
// tokens).
inline constexpr std::uint32_t k_gone = 0xffffffffu;
std::vector<std::uint32_t> match_texts(std::string_view before, std::string_view after);

// Marks moved along a match. A verbatim one that was torn apart becomes a derived one with verbatim
// ones inside.
std::vector<Mark> carry_marks(const std::vector<Mark>& marks,
                              const std::vector<std::uint32_t>& match);

}  // namespace space::emit
