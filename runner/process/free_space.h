// How many bytes are free for us on the disk where `path` lies, or the nearest folder of it that is
// there. In: an absolute path. Out: bytes; nothing where nobody can say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace space::process {

std::optional<std::uint64_t> free_bytes(const std::string& path);

}  // namespace space::process
