// Is there room on the disk for what an apply writes? Its stream, its plan, and its state several
// times over: a state that cannot be written is lost. In: the sizes of the states as they are. Out:
// nothing, or an Error that says how much is missing. Looked at before anything begins.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace space::flight {

using FreeBytes = std::function<std::optional<std::uint64_t>(const std::string& path)>;

std::uint64_t needed_room(const std::vector<std::uint64_t>& states);

// In each of these folders. Where nobody can say how much is free, nothing is refused.
base::Status check_room(const std::vector<std::string>& folders, std::uint64_t needed,
                        const FreeBytes& free_bytes);

}  // namespace space::flight
