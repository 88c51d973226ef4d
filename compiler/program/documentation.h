// Documentation of a block: the `///` lines directly above it, without slashes and their one space.
// A blank line between, or any other comment, parts them. In: a tree and a block in it. Out: the
// text, lines joined by newlines.
#pragma once

#include <string>

#include "compiler/syntax/syntax_tree.h"

namespace space::program {

std::string documentation_before(const syntax::SyntaxTree& tree, syntax::Node block);

}  // namespace space::program
