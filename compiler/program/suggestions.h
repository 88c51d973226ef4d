// What would have worked, for names that a block does not take. In: what was written, where, and
// what is taken there. Out: the text of a help, or nothing.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace space::program {

std::string list_of(std::span<const std::string_view> names);  // "`a`, `b` and `c`"

// For a block that stands where it cannot: where it would belong.
std::string where_block_belongs(std::string_view block);

// For an argument that other tools have, `depends_on` say: how a block of ours says the same.
struct Saying {
  std::string_view words;
  std::string_view argument = {};  // that takes the same value; may be none
};
std::optional<Saying> how_it_is_said(std::string_view keyword, std::string_view argument);

}  // namespace space::program
