#include "runner/tofu/state_lock.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "core/base/strings.h"

namespace space::tofu {

namespace {

constexpr std::string_view k_summary = "Error acquiring the state lock";
constexpr std::string_view k_info = "Lock Info:";
constexpr std::string_view k_advice = "OpenTofu acquires a state lock to protect";
// How pg says it. It locks by its database's own means and keeps nothing of the holder: the lock's
// information that it shows is the asker's.
constexpr std::string_view k_held_in_pg[] = {"Workspace is already locked: ",
                                             "locked for workspace creation: "};

bool is_of_pg(std::string_view text) {
  return std::any_of(std::begin(k_held_in_pg), std::end(k_held_in_pg),
                     [&](std::string_view words) { return text.find(words) != text.npos; });
}

// The rest of the line that begins with `name`, "" where there is none.
std::string_view value_of(std::string_view text, std::string_view name) {
  for (const std::string_view line : base::split(text, '\n')) {
    const std::string_view words = base::trim(line);
    if (words.starts_with(name)) return base::trim(words.substr(name.size()));
  }
  return {};
}

// Go's way of writing a time, to the second: "2026-11-26 07:04:12.101897656 +0000 UTC".
std::string to_the_second(std::string_view time) {
  constexpr std::size_t k_seconds_end = 19;
  if (time.size() < k_seconds_end || !time.ends_with(" +0000 UTC")) return std::string(time);
  return std::string(time.substr(0, k_seconds_end)) + " UTC";
}

bool is_of_a_lock(const runplan::TofuDiagnostic& diagnostic) {
  return diagnostic.is_error && diagnostic.summary.starts_with(k_summary);
}

}  // namespace

std::optional<std::string> held_lock(const std::vector<runplan::TofuDiagnostic>& diagnostics) {
  for (const runplan::TofuDiagnostic& diagnostic : diagnostics) {
    const std::string_view text = diagnostic.detail;
    if (!is_of_a_lock(diagnostic)) continue;
    if (is_of_pg(text))
      return "the state is locked by another, and its backend does not say by whom";
    const std::size_t info = text.find(k_info);
    if (info != std::string_view::npos) {
      const std::string_view who = value_of(text.substr(info), "Who:");
      const std::string since = to_the_second(value_of(text.substr(info), "Created:"));
      if (!who.empty())
        return "the state is locked by " + std::string(who) + (since.empty() ? "" : " since ") +
               since;
    }
  }
  return std::nullopt;
}

runplan::TofuDiagnostic without_lock_advice(runplan::TofuDiagnostic diagnostic) {
  if (!is_of_a_lock(diagnostic)) return diagnostic;
  const std::size_t end = diagnostic.detail.find(is_of_pg(diagnostic.detail) ? k_info : k_advice);
  if (end != std::string::npos) {
    diagnostic.detail.resize(end);
    diagnostic.detail = std::string(base::trim(diagnostic.detail)) + "\n";
  }
  return diagnostic;
}

}  // namespace space::tofu
