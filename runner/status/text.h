// How parts of a run are written for people: durations, counts, verdicts, diagnostics.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/runplan/run_event.h"
#include "runner/status/view.h"

namespace space::status {

enum class Paint : std::uint8_t { Plain, Good, Bad, Notice, Faint, Strong };

std::string painted(std::string_view text, Paint paint, Color color);
Paint paint_of(runplan::Verdict verdict);
bool is_failure(runplan::Verdict verdict);

std::string duration_text(std::int64_t milliseconds);          // "0.4s", "12s", "3m04s"
std::string counts_text(const runplan::ChangeCounts& counts);  // "+3 ~1 -0", "" for none
std::string printable(std::string_view text);    // nothing that moves a cursor or turns text round
std::string on_one_line(std::string_view text);  // printable, line ends and tabs as spaces
// At most so many columns of a terminal; `…` stands for what was cut off behind or before.
std::string clipped(std::string_view text, std::size_t columns);
std::string clipped_before(std::string_view text, std::size_t columns);
// Lines of at most so many columns, broken at spaces; a longer word stays whole. 0: as it is.
std::vector<std::string> folded(std::string_view line, std::size_t columns);

// One procedure's end on one line, without a line end.
std::string finished_line(const runplan::RunEvent& event, const Style& style);

// Indented lines, each with its end: `error: …`, `--> file:line:column`, the source line, the
// detail.
std::string diagnostic_text(const runplan::RunDiagnostic& diagnostic, const Style& style,
                            std::string_view indent);

}  // namespace space::status
