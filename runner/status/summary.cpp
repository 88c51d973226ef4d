// The last screen of a run: how many ended how; and where one failed, what is done and what is not,
// stage by stage, why, at which line, and which command goes on.
#include <algorithm>
#include <map>

#include "core/base/strings.h"
#include "core/runplan/names.h"
#include "runner/status/critical_path.h"
#include "runner/status/report.h"
#include "runner/status/text.h"

namespace space::status {

namespace {

using runplan::Verdict;

// So much of each that all of it fits a screen.
constexpr std::size_t k_most_failures = 3, k_most_stage_lines = 10, k_most_names = 3;
constexpr std::size_t k_most_errors = 2, k_most_error_lines = 9;

std::string padded(std::string word, std::size_t columns) {
  word.resize(std::max(columns, word.size()), ' ');
  return word;
}

std::string heading(const RunResult& result, const Style& style) {
  const runplan::RunEvent& run = result.finished;
  return "\n" +
         painted(std::string(word_of(runplan::k_operations, run.operation)) + " " + run.target,
                 Paint::Strong, style.color) +
         ": " + base::counted(result.roots.size(), "procedure") + ", " +
         duration_text(run.duration_milliseconds) + "\n";
}

std::string counts(const RunResult& result, const Style& style) {
  struct Row {
    std::size_t roots = 0, not_looked_at = 0;
    runplan::ChangeCounts counts;
  };
  std::map<Verdict, Row> rows;
  for (const RootResult& root : result.roots) {
    Row& row = rows[root.finished.verdict];
    ++row.roots;
    if (root.finished.reason == runplan::k_not_looked_at) ++row.not_looked_at;
    runplan::add(row.counts, root.finished.counts);
  }
  std::string text;
  for (const auto& [verdict, row] : rows) {
    text += "  " + painted(padded(runplan::name_of(verdict), 16), paint_of(verdict), style.color) +
            std::to_string(row.roots);
    if (const std::string changes = counts_text(row.counts); !changes.empty())
      text += "  " + changes;
    if (row.not_looked_at > 0)
      text += "  (" + std::to_string(row.not_looked_at) + " not looked at)";
    text += "\n";
  }
  return text;
}

struct FlightEnds {
  std::string flight;
  bool has_failed = false, is_whole = true;
  std::map<std::string, std::map<Verdict, std::vector<std::string>>> stages;  // procedures by end
};

// Flights in which something failed, and behind them those where something was not started.
std::vector<FlightEnds> broken_flights(const RunResult& result) {
  std::map<std::string, FlightEnds> all;
  for (const RootResult& root : result.roots) {
    const runplan::RunEvent& end = root.finished;
    FlightEnds& flight = all[end.flight];
    flight.flight = end.flight;
    flight.has_failed |= is_failure(end.verdict);
    flight.is_whole &= end.verdict != Verdict::Skipped;
    flight.stages[end.stage][end.verdict].push_back(end.root.substr(end.root.rfind('/') + 1));
  }
  std::vector<FlightEnds> broken;
  for (auto& [name, flight] : all) {
    if (flight.has_failed || !flight.is_whole) broken.push_back(std::move(flight));
  }
  std::ranges::stable_partition(broken, &FlightEnds::has_failed);
  return broken;
}

// One line a stage: which procedures ended how.
std::string stages(const RunResult& result) {
  std::string text;
  std::size_t lines = 0;
  const std::vector<FlightEnds> flights = broken_flights(result);
  for (std::size_t i = 0; i < flights.size(); ++i) {
    if (lines + 2 > k_most_stage_lines) {
      text += "\nand " + std::to_string(flights.size() - i) + " more flights\n";
      break;
    }
    text += "\n" + flights[i].flight + "\n";
    ++lines;
    for (const auto& [stage, verdicts] : flights[i].stages) {
      if (++lines > k_most_stage_lines) {
        text += "  and more stages\n";
        break;
      }
      std::string line;
      for (const auto& [verdict, names] : verdicts) {
        line +=
            (line.empty() ? "" : "; ") +
            (verdict == Verdict::Skipped ? std::string("not started") : runplan::name_of(verdict)) +
            " " + base::list_names(names, k_most_names);
      }
      text += "  " + stage + "  " + line + "\n";
    }
  }
  return text;
}

std::string first_lines(const std::string& text, std::size_t most) {
  std::size_t at = 0, lines = 0;
  while (at < text.size() && lines < most) {
    at = text.find('\n', at);
    at = at == std::string::npos ? text.size() : at + 1;
    ++lines;
  }
  return at < text.size() ? text.substr(0, at) + "    …\n" : text;
}

std::string remains(const runplan::Remains& left) {
  std::string text;
  const auto row = [&text](const char* name, const std::vector<std::string>& addresses) {
    if (addresses.empty()) return;
    text += "  " + padded(name, 16) + printable(base::list_names(addresses, k_most_names)) + "\n";
  };
  row("done", left.done);
  row("failed", left.failed);
  row("nobody knows", left.unknown);
  row("not begun", left.not_begun);
  return text;
}

std::string errors_of(const RootResult& root, const Style& style) {
  std::string text;
  std::size_t errors = 0;
  for (const auto& diagnostic : root.diagnostics) {
    if (!diagnostic.is_error) continue;
    if (++errors <= k_most_errors)
      text += first_lines(diagnostic_text(diagnostic, style, "  "), k_most_error_lines);
  }
  if (errors > k_most_errors)
    text += "  and " + std::to_string(errors - k_most_errors) + " more errors\n";
  return text;
}

// `told`: errors, and of which procedure they were told: one that fails in every region is read
// once.
std::string failure(const RootResult& root, std::map<std::string, std::string>& told,
                    const Style& style) {
  const runplan::RunEvent& end = root.finished;
  std::string text = "\n" + painted(end.root, Paint::Strong, style.color) + " " +
                     painted(runplan::name_of(end.verdict), Paint::Bad, style.color);
  if (!end.reason.empty()) text += ": " + printable(end.reason);
  text += "\n" + remains(end.remains);
  const std::string errors = errors_of(root, style);
  const auto [first, is_new] = told.try_emplace(errors, end.root);
  text += is_new || errors.empty() ? errors : "  error: the same as of `" + first->second + "`\n";
  if (!end.remains.evidence.empty())
    text += "  what it left lies in " + end.remains.evidence + "\n";
  return text;
}

// One or two in a sentence; more each on a line of its own, to be copied. The last one flies it
// again, and is said whatever stands before it.
std::string next(const std::vector<std::string>& commands, const Style& style) {
  if (commands.empty()) return "";
  const bool has_waiting = commands.front().starts_with("space resolve");
  std::string text = "\n" + painted("next", Paint::Strong, style.color) + ":" +
                     (has_waiting ? " look at what it left, then" : "");
  if (commands.size() <= 2) {
    for (const std::string& command : commands)
      text += (&command == &commands.front() ? " `" : ", then `") + command + "`";
    return text + "\n";
  }
  const std::size_t before = commands.size() - 1, shown = std::min(before, k_most_names);
  text += "\n";
  for (std::size_t i = 0; i < shown; ++i) text += "  " + commands[i] + "\n";
  if (shown < before)
    text += "  and so for " + std::to_string(before - shown) + " more: `space status` names them\n";
  return text + "  " + commands.back() + "\n";
}

}  // namespace

std::string summary_text(const RunResult& result, const Style& style) {
  std::string text = heading(result, style) + counts(result, style) + stages(result);
  std::size_t failures = 0;
  std::map<std::string, std::string> told;
  for (const RootResult& root : result.roots) {
    if (!is_failure(root.finished.verdict)) continue;
    if (++failures <= k_most_failures) text += failure(root, told, style);
  }
  if (failures > k_most_failures)
    text += "\nand " + std::to_string(failures - k_most_failures) +
            " more failed: each is told above, and in a `--report`\n";
  if (failures == 0) text += longest_way_text(result, style);
  return text + next(result.finished.next, style);
}

}  // namespace space::status
