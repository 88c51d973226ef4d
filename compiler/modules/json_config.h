// The blocks of a `.tf.json` or `.tofu.json` file, as HCL reads JSON: a block's labels are the
// names of nested objects, an array stands for several blocks, `//` is a comment, and strings are
// read as the shape says. In: the file's tree. Out: blocks as native_blocks() makes them. What
// is no configuration is reported.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/program.h"
#include "compiler/modules/config_shape.h"
#include "compiler/modules/json_text.h"
#include "compiler/modules/module_sink.h"

namespace space::modules {

std::vector<model::Block> json_blocks(const JsonValue& file, const BlockShape& shape,
                                      std::string_view text, const std::string& called,
                                      eval::ExprTree& expressions, ModuleSink& sink);

}  // namespace space::modules
