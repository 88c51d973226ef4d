// Readings: who reads what, said once for all lints. In: a program without errors. Out: for each
// declaration whether anything but itself reads it. Reports nothing. Not for other rooms.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/check/laws.h"

namespace space::check {

struct Readings {
  std::vector<std::vector<bool>> variables;  // by mission, then variable
  std::vector<std::vector<bool>> locals;     // by mission, then local
  std::vector<std::vector<bool>> exports;    // by mission, then export
  std::vector<std::vector<bool>> outputs;    // by procedure, then output
  std::vector<bool> top_locals;
  std::vector<bool> secrets;
  std::vector<bool> providers;  // needed by a root
  std::set<std::string> types;  // by name
};

Readings readings_of(const Context& context);

}  // namespace space::check
