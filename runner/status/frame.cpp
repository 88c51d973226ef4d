#include "runner/status/frame.h"

#include <algorithm>

#include "core/base/strings.h"
#include "core/values/text.h"

namespace space::status {

namespace {

constexpr std::size_t k_most_lines = 16;

std::string padded(std::string text, std::size_t columns) {
  const std::size_t taken = values::count_columns(text);
  if (taken < columns) text.append(columns - taken, ' ');
  return text;
}

// Step and time come first: where the line must be cut, what is lost is the least telling.
std::string working_line(const std::string& root, const Working& working, std::int64_t elapsed,
                         std::size_t columns) {
  std::string head = "  " + padded(working.step, 6) + " " +
                     padded(duration_text(std::max<std::int64_t>(elapsed - working.since, 0)), 6) +
                     " ";
  const std::size_t taken = values::count_columns(head);
  if (taken >= columns) return clipped(head, columns);
  const std::string text = head + clipped_before(root, columns - taken);
  constexpr std::size_t k_worth_it = 8;  // fewer columns say nothing of what it does
  if (working.doing.empty() || values::count_columns(text) + k_worth_it > columns) return text;
  return clipped(text + "  " + on_one_line(working.doing), columns);
}

std::string counts_line(const RunNow& run) {
  std::string text;
  const auto count = [&text](std::int64_t number, std::string_view what) {
    if (number > 0)
      text += (text.empty() ? "" : ", ") + std::to_string(number) + " " + std::string(what);
  };
  std::int64_t ended = 0, failed = 0;
  for (const auto& [verdict, number] : run.ended) {
    ended += number;
    if (is_failure(verdict)) failed += number;
  }
  count(static_cast<std::int64_t>(run.working.size()), "at work");
  count(failed, "failed");
  for (const auto& [verdict, number] : run.ended) {
    if (!is_failure(verdict)) count(number, runplan::name_of(verdict));
  }
  count(run.roots - ended - static_cast<std::int64_t>(run.working.size()), "to come");
  return std::to_string(ended) + " of " + std::to_string(run.roots) + " procedures, " +
         duration_text(run.elapsed) + (text.empty() ? "" : ": " + text);
}

// As many names as fit; the first of them in any case, cut where it must be.
std::string failed_line(const RunNow& run, std::size_t columns) {
  const auto more_than = [&](std::size_t named) {
    return named == run.failed.size()
               ? std::string()
               : " and " + std::to_string(run.failed.size() - named) + " more";
  };
  std::string text = "failed: ";
  const std::size_t taken = text.size() + more_than(1).size();
  text += clipped_before(run.failed[0], columns > taken ? columns - taken : 1);
  std::size_t named = 1;
  for (; named < run.failed.size(); ++named) {
    const std::string next = text + ", " + run.failed[named];
    if (values::count_columns(next + more_than(named + 1)) > columns) break;
    text = next;
  }
  return clipped(text + more_than(named), columns);
}

}  // namespace

std::vector<FrameLine> frame_lines(const RunNow& run, TerminalSize size) {
  if (run.roots == 0 || size.rows < 2) return {};
  const std::size_t columns = size.columns > 1 ? size.columns - 1 : 1;
  std::size_t room = std::min(size.rows - 1, k_most_lines);
  std::vector<FrameLine> below{{clipped(counts_line(run), columns), Paint::Faint}};
  --room;
  if (run.interrupted == Interrupted::Yes && room > 0) {
    const char* text = run.working.empty()
                           ? "interrupted: nothing more is started"
                           : "interrupted: what runs is let end, nothing more is started";
    below.insert(below.begin(), FrameLine{clipped(text, columns), Paint::Notice});
    --room;
  }
  if (!run.failed.empty() && room > 0) {
    below.insert(below.begin(), FrameLine{failed_line(run, columns), Paint::Bad});
    --room;
  }
  using Entry = std::pair<const std::string, Working>;
  std::vector<const Entry*> oldest;
  for (const Entry& entry : run.working) oldest.push_back(&entry);
  std::stable_sort(oldest.begin(), oldest.end(), [](const Entry* a, const Entry* b) {
    return a->second.since < b->second.since;
  });
  const std::size_t shown =
      oldest.size() <= room ? oldest.size() : std::max<std::size_t>(room, 1) - 1;
  std::vector<FrameLine> lines;
  for (std::size_t i = 0; i < shown; ++i)
    lines.push_back(
        {working_line(oldest[i]->first, oldest[i]->second, run.elapsed, columns), Paint::Plain});
  if (shown < oldest.size() && room > 0)
    lines.push_back(
        {clipped("  and " + std::to_string(oldest.size() - shown) + " more at work", columns),
         Paint::Faint});
  lines.insert(lines.end(), below.begin(), below.end());
  return lines;
}

}  // namespace space::status
