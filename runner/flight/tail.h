// What a growing file holds from an offset on. "" where it is not there yet or has not grown.
#pragma once

#include <cstdint>
#include <string>

namespace space::flight {

std::string read_tail(const std::string& path, std::uint64_t offset);

}  // namespace space::flight
