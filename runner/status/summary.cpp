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
constexpr std::size_t k_most_failures = 3, k_most_stages = 8, k_most_names = 3;
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

// A flight in which something failed, one line a stage: which procedures ended how.
std::string stages(const RunResult& result) {
  std::map<std::string, bool> has_failed;
  for (const RootResult& root : result.roots)
    has_failed[root.finished.flight] |= is_failure(root.finished.verdict);
  std::map<std::string, std::map<std::string, std::map<Verdict, std::vector<std::string>>>> flights;
  for (const RootResult& root : result.roots) {
    const runplan::RunEvent& end = root.finished;
    if (!has_failed[end.flight]) continue;
    flights[end.flight][end.stage][end.verdict].push_back(end.root.substr(end.root.rfind('/') + 1));
  }
  std::string text;
  std::size_t count = 0;
  for (const auto& [flight, of_flight] : flights) {
    if (count + 1 >= k_most_stages) break;
    text += "\n" + flight + "\n";
    for (const auto& [stage, verdicts] : of_flight) {
      if (++count > k_most_stages) {
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

std::string failure(const RootResult& root, const Style& style) {
  const runplan::RunEvent& end = root.finished;
  std::string text = "\n" + painted(end.root, Paint::Strong, style.color) + " " +
                     painted(runplan::name_of(end.verdict), Paint::Bad, style.color);
  if (!end.reason.empty()) text += ": " + printable(end.reason);
  text += "\n" + remains(end.remains);
  std::size_t errors = 0;
  for (const auto& diagnostic : root.diagnostics) {
    if (!diagnostic.is_error) continue;
    if (++errors <= k_most_errors)
      text += first_lines(diagnostic_text(diagnostic, style, "  "), k_most_error_lines);
  }
  if (errors > k_most_errors)
    text += "  and " + std::to_string(errors - k_most_errors) + " more errors\n";
  if (!end.remains.evidence.empty())
    text += "  what it left lies in " + end.remains.evidence + "\n";
  return text;
}

std::string next(const std::vector<std::string>& commands, const Style& style) {
  if (commands.empty()) return "";
  const bool has_waiting = commands.front().starts_with("space resolve");
  std::string text = "\n" + painted("next", Paint::Strong, style.color) + ": " +
                     (has_waiting ? "look at what it left, then " : "");
  const std::size_t shown = std::min(commands.size(), k_most_names + 1);
  for (std::size_t i = 0; i < shown; ++i)
    text += (i > 0 ? ", then `" : "`") +
            // The last one flies it again, and is said whatever stands before it.
            (i + 1 == shown ? commands.back() : commands[i]) + "`";
  return text + "\n";
}

}  // namespace

std::string summary_text(const RunResult& result, const Style& style) {
  std::string text = heading(result, style) + counts(result, style) + stages(result);
  std::size_t failures = 0;
  for (const RootResult& root : result.roots) {
    if (!is_failure(root.finished.verdict)) continue;
    if (++failures <= k_most_failures) text += failure(root, style);
  }
  if (failures > k_most_failures)
    text += "\nand " + std::to_string(failures - k_most_failures) +
            " more failed: each is told above, and in a `--report`\n";
  if (failures == 0) text += longest_way_text(result, style);
  return text + next(result.finished.next, style);
}

}  // namespace space::status
