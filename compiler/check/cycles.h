// Who reads whom, as numbers, and the circles in it: shared by cycles.cpp (locals, missions) and
// body_cycles.cpp (what bodies declare). Not for other rooms.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "compiler/check/laws.h"

namespace space::check {

struct Edge {
  std::size_t to = 0;
  source::Span span;
};
using Graph = std::vector<std::vector<Edge>>;

// Each circle once, from its first node: depth first with an explicit stack, so that long chains
// are safe.
void report_cycles(Context& context, const Graph& graph,
                   const std::function<std::string(std::size_t)>& name);

void check_body_cycles(Context& context);

}  // namespace space::check
