// Taking the one program out of a release's archive. In: the bytes of a zip file whose digest was
// checked before. Out: the bytes of its member `tofu`. Strict on purpose: it may hold that, and a
// LICENSE, README.md and CHANGELOG.md, all plain files, nothing twice, nothing before, between or
// behind but what the zip format wants there. Nothing is ever written where an archive says.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace space::tofu {

inline constexpr std::size_t k_largest_archive = std::size_t{256} << 20U;
inline constexpr std::size_t k_largest_program = std::size_t{512} << 20U;

base::Result<std::string> program_in(std::string_view archive);

}  // namespace space::tofu
