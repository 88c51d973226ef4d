#include "stdlib/stdlib.h"

#include <cstddef>

namespace space::base {
extern const EmbeddedFile stdlib_files[];
extern const std::size_t stdlib_files_count;
extern const EmbeddedFile stdlib_schemas[];
extern const std::size_t stdlib_schemas_count;
}  // namespace space::base

namespace space::stdlib {

std::span<const base::EmbeddedFile> files() {
  return {base::stdlib_files, base::stdlib_files_count};
}

std::span<const base::EmbeddedFile> schemas() {
  return {base::stdlib_schemas, base::stdlib_schemas_count};
}

}  // namespace space::stdlib
