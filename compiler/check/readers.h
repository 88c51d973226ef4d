// Whose missions an expression belongs to, so that what it reads can be held against where they
// fly. In: a use. Out: the mission that it stands in; for a provider configuration of a space, each
// mission with a root that is configured so there. Reports nothing. Not for other rooms.
#pragma once

#include <vector>

#include "compiler/check/laws.h"

namespace space::check {

struct Reader {
  model::MissionId mission;
  model::SpaceId space;  // in this one alone; invalid: wherever the mission flies
};

std::vector<Reader> readers_of(const Context& context, const model::Use& use);

bool reads_export(const model::Reference& reference);

}  // namespace space::check
