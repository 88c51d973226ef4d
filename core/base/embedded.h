// A file compiled into the program by space_embed (cmake/embed.cmake): its path relative to the
// embedding folder, and its bytes, which live as long as the program.
#pragma once

#include <cstddef>
#include <string_view>

namespace space::base {

struct EmbeddedFile {
  std::string_view path;
  std::string_view bytes;
};

}  // namespace space::base
