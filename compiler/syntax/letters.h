// Letters of names: the grammar lets every byte past ASCII be one; this says which code points are.
// In: a name. Out: the first piece of it that belongs in none (a typographic quote, a no-break
// space), if there is one.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace space::syntax {

struct Piece {
  std::size_t offset;
  std::size_t size;
};

std::optional<Piece> find_no_letter(std::string_view name);

}  // namespace space::syntax
