// Labels of blocks are quoted, and their escapes are the shortest ones: `a b {` becomes `a "b" {`.
// In: a label as written, quotes and all or a bare name. Out: how it is written.
#pragma once

#include <string>
#include <string_view>

namespace space::format {

std::string canonical_label(std::string_view written);

}  // namespace space::format
