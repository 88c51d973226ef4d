// Applies what fixes a machine may apply. In: findings and the texts that they are about. Out: the
// texts as they would be, by path, where something changes. Of two fixes that touch each other the
// later one waits for the next run, since it was made for another text. Must not write files, nor
// apply a fix that needs a person.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "core/diagnostics/diagnostic.h"
#include "core/source/source_set.h"

namespace space::diagnostics {

struct FixedText {
  std::string before, after;
};

struct FixedTexts {
  std::map<std::string, FixedText> texts;  // by path: those that change
  std::size_t applied = 0;
  std::size_t waiting = 0;  // touch one that is applied
};

FixedTexts apply_fixes(const std::vector<Diagnostic>& findings, const source::SourceSet& sources);

}  // namespace space::diagnostics
