// Whether an argument must stand: of the language's own blocks and of tofu's.
#pragma once

#include <cstdint>

namespace space::program {

enum class Need : std::uint8_t { Optional, Required };

}  // namespace space::program
