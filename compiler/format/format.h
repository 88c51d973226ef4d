// format: `spacec fmt`. In: one file's text and its tree. Out: the text as `tofu fmt` would leave
// it, comments and all; format(format(x)) == format(x). A file with syntax errors comes back as it
// was. Small passes, each in a file of its own.
#pragma once

#include <string>

#include "compiler/syntax/syntax_tree.h"

namespace space::format {

std::string format(const syntax::SyntaxTree& tree);

}  // namespace space::format
