// The words of the contract: the enumerators of RunPlan, RunEvent and SourceMap as they stand in
// JSON, both ways. One table, so that what is written is what is read.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/runplan/drift.h"
#include "core/runplan/preview.h"
#include "core/runplan/run_event.h"
#include "core/runplan/run_plan.h"
#include "core/runplan/source_map.h"

namespace space::runplan {

inline constexpr std::array<std::string_view, 4> k_environment_kinds{"prod", "nonprod", "common",
                                                                     "sandbox"};
inline constexpr std::array<std::string_view, 3> k_secret_methods{"env", "file", "command"};
inline constexpr std::array<std::string_view, 3> k_policy_effects{"deny", "warn", "require"};
inline constexpr std::array<std::string_view, 3> k_mapping_kinds{"verbatim", "derived",
                                                                 "synthetic"};
inline constexpr std::array<std::string_view, 3> k_operations{"plan", "apply", "destroy"};
inline constexpr std::array<std::string_view, 10> k_verdicts{
    "unchanged",    "planned",        "applied",     "destroyed",     "deferred",
    "failed-clean", "failed-partial", "interrupted", "indeterminate", "skipped"};
inline constexpr std::array<std::string_view, 9> k_event_kinds{
    "run-started",   "root-ready",  "root-started", "root-progress", "root-diagnostic",
    "root-finished", "output-read", "waiting",      "run-finished"};

inline constexpr std::array<std::string_view, 5> k_preview_verdicts{"unchanged", "changes",
                                                                    "deferred", "apart", "failed"};
inline constexpr std::array<std::string_view, 4> k_drift_verdicts{"same", "drifted",
                                                                  "never-applied", "failed"};
inline constexpr std::array<std::string_view, 8> k_preview_actions{
    "create", "read", "update", "replace", "delete", "forget", "move", "import"};

template <class Enum, std::size_t Size>
constexpr std::string_view word_of(const std::array<std::string_view, Size>& words, Enum value) {
  return words[static_cast<std::size_t>(value)];
}

template <class Enum, std::size_t Size>
constexpr std::optional<Enum> from_word(const std::array<std::string_view, Size>& words,
                                        std::string_view word) {
  for (std::size_t i = 0; i < Size; ++i) {
    if (words[i] == word) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace space::runplan
