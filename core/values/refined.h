// The refined types, in one table: what each is called, what tofu takes it for, what it looks like,
// and the condition by which tofu judges a value that is known only later. check_refinement judges
// the known ones; tests/gates/refined_vs_tofu.py holds the two verdicts against each other. Data
// only.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/values/type.h"

namespace space::values {

struct RefinedType {
  Refinement refinement = Refinement::None;
  std::string_view name;  // as it is written: "cidr"
  TypeKind base = TypeKind::String;
  std::string_view noun;       // "a CIDR block"
  std::string_view example;    // as a value is written: "\"10.0.0.0/16\""
  std::string_view condition;  // in tofu's words; each `@` is the value, which is not null
};

std::span<const RefinedType> refined_types();            // in the order of the language reference
const RefinedType& refined_type(Refinement refinement);  // not of None

// `can(cidrhost(var.net, 0))`, for "var.net".
std::string refined_condition(Refinement refinement, std::string_view value);

}  // namespace space::values
