// plan_root: a lowered root as the run plan holds it. The blocks are the texts that stand in its
// files.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/emit/chunk.h"

namespace space::emit {

runplan::Root plan_root(const lower::LoweredRoot& root, const std::string& flight,
                        const std::vector<Chunk>& provider_blocks,
                        const std::vector<Chunk>& import_blocks);

// The root's variables that a text reads, through its locals too.
std::vector<std::string> variables_in(const lower::LoweredRoot& root, std::string_view text);

}  // namespace space::emit
