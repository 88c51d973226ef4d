// Fixes that many checks offer. In: the text that is wrong and what would stand there. Out: a Fix
// for Builder::fix. It says nothing that the help beside it does not say: a title that is one of
// the helps is not printed again for people. Must not be offered where more than one thing may have
// been meant.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/strings.h"
#include "core/diagnostics/diagnostic.h"

namespace space::diagnostics {

// The known word that a written one is nearest to; nothing where several are as near.
inline std::optional<std::string_view> only_near(std::string_view word,
                                                 std::vector<std::string_view> known) {
  const auto first = base::closest(word, known);
  std::reverse(known.begin(), known.end());
  const auto last = base::closest(word, known);
  return first == last ? first : std::nullopt;
}

inline Fix replacement(std::string title, source::Span span, std::string_view text) {
  return {std::move(title), Applicability::MachineApplicable, {{span, std::string(text)}}};
}

}  // namespace space::diagnostics
