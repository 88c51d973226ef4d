// Values as text. HCL: as `tofu fmt` leaves it, for terraform.tfvars and literals in emitted roots
// (strings escaped,
// `${` and `%{` too). JSON: as jsonencode does it. from_json: a JSON text to a value (objects and
// tuples).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/values/value.h"

namespace space::values {

std::string to_hcl(const Value& value,
                   int indent = 0);  // known and without marks inside, else a bug of the caller
std::string to_hcl_line(const Value& value);   // the same on one line
std::string quote_hcl(std::string_view text);  // "…" with escapes
bool is_identifier(std::string_view text);     // may stand as a bare key or name in HCL
std::string to_json(
    const Value& value);  // compact, keys sorted, <, > and & escaped like jsonencode
std::optional<Value> from_json(std::string_view json, std::string& error);

}  // namespace space::values
