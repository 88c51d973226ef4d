// Addresses in `moved` and `removed`: which states they mean. An address names things, not places
// in files, and may name what the code has no more:
//
//   environment.E   space.S   mission.M   mission.M["KEY"]["SPACE"]   procedure.P["KEY"]
//   mission.M.procedure.P   environment.E.mission.M   environment.E.space.S
//
// What an address does not say, it leaves open. In: expressions and the program. Out: patterns over
// names of states, and what a name becomes. Not for other rooms.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/check/laws.h"

namespace space::check {

enum class StateScope : std::uint8_t { Environment, Space, Mission, Procedure };

struct StatePattern {
  StateScope scope = StateScope::Procedure;
  std::optional<std::string> environment, space, mission, procedure, procedure_key;
  std::vector<std::string> indices;  // behind the mission: a key of its for_each, a space
  source::Span span;
};

// `mission` is the one that the block stands in; null at the top. Reports what names no states.
std::optional<StatePattern> read_pattern(const Context& context, eval::ExprId expr,
                                         const model::Mission* mission);

bool matches(const StatePattern& from, const model::StateName& name);

// What `name` is called after a move; nothing where the move does not mean it. Where a thing gets a
// `for_each`, by a `to` with a key and a `from` without, only what had no key is meant.
std::optional<model::StateName> moved_name(const model::ResolvedProgram& program,
                                           const StatePattern& from, const StatePattern& to,
                                           const model::StateName& name);

}  // namespace space::check
