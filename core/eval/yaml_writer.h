// A value as YAML, byte for byte as tofu's yamlencode writes it: block style, strings in double
// quotes, texts of several lines as literal blocks, lines folded after 80 columns.
#pragma once

#include <string>

#include "core/values/value.h"

namespace space::eval {

std::string to_yaml(const values::Value& value);  // known and without marks

}  // namespace space::eval
