// What `spacec affected` prints: a tree for people, JSON (`space.affected/1`), or targets for
// `space plan`. In: what was found, and since when. Out: text.
#pragma once

#include <string>

#include "compiler/compare/affected.h"

namespace space::cli {

struct Base {
  std::string revision;  // as it was asked for
  std::string commit;
};

std::string affected_text(const compare::Affected& affected, const Base& base);
std::string affected_json(const compare::Affected& affected, const Base& base);
std::string affected_targets(const compare::Affected& affected);

}  // namespace space::cli
