// What would have worked, for names that a block does not take. In: what was written, where, and
// what is taken there. Out: the text of a help, or nothing.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace space::program {

std::string list_of(std::span<const std::string_view> names);  // "`a`, `b` and `c`"

// For a block that stands where it cannot: where it would belong.
std::string where_block_belongs(std::string_view block);

}  // namespace space::program
