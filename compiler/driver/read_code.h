// read_code: the blocks of a folder of tofu's code with what they mean and read, for compare, which
// sees no parser. In: the folder's files. Out: compare::Code. A file that is not taken apart (JSON,
// or one that does not parse) is one block, its bytes, and then the folder is opaque.
#pragma once

#include "compiler/compare/code.h"

namespace space::driver {

compare::Code read_code(const std::vector<compare::NamedBytes>& files);

}  // namespace space::driver
