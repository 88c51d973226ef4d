// The difference of two texts as `diff -u` writes it, three lines of context. "" for equal texts.
// Lines are matched by Myers' algorithm up to a bounded number of differences; past it the rest
// counts as replaced.
#pragma once

#include <string>
#include <string_view>

namespace space::cli {

std::string unified_diff(std::string_view path, std::string_view before, std::string_view after);

}  // namespace space::cli
