#include "stdlib/stdlib.h"

#include <cstddef>

namespace space::base {
extern const EmbeddedFile stdlib_files[];
extern const std::size_t stdlib_files_count;
}  // namespace space::base

namespace space::stdlib {

std::span<const base::EmbeddedFile> files() {
  return {base::stdlib_files, base::stdlib_files_count};
}

}  // namespace space::stdlib
