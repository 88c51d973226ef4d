// dump: a SyntaxTree as indented text for `--print=syntax` and the tests: kind, and the text of
// leaves.
#pragma once

#include <string>

#include "compiler/syntax/syntax_tree.h"

namespace space::syntax {

enum class Trivia { Hide, Show };

std::string dump(const SyntaxTree& tree, Trivia trivia);

}  // namespace space::syntax
