#include <algorithm>

#include "runner/status/critical_path.h"
#include "runner/status/text.h"

namespace space::status {

namespace {

constexpr std::int64_t k_worth_telling = 1000;  // milliseconds of a run
constexpr std::int64_t k_worth_naming = 100;    // milliseconds of a wait
constexpr std::size_t k_most_legs = 6;

}  // namespace

std::string longest_way_text(const RunResult& result, const Style& style) {
  const std::int64_t whole = result.finished.duration_milliseconds;
  const std::vector<Leg> way = critical_path(result);
  if (result.roots.size() < 2 || whole < k_worth_telling || way.empty()) return "";
  const auto length = [](const Leg& leg) {
    return leg.waited_milliseconds + leg.duration_milliseconds;
  };
  std::vector<std::size_t> longest(way.size());
  for (std::size_t i = 0; i < way.size(); ++i) longest[i] = i;
  std::stable_sort(longest.begin(), longest.end(),
                   [&](std::size_t a, std::size_t b) { return length(way[a]) > length(way[b]); });
  longest.resize(std::min(way.size(), k_most_legs));
  std::sort(longest.begin(), longest.end());
  std::int64_t sum = 0, shown = 0;
  for (const Leg& leg : way) sum += length(leg);
  std::string text =
      "\nthe longest way took " + duration_text(sum) + " of " + duration_text(whole) + "\n";
  for (const std::size_t i : longest) {
    const Leg& leg = way[i];
    shown += length(leg);
    std::string time = duration_text(leg.duration_milliseconds);
    time.resize(std::max<std::size_t>(time.size(), 7), ' ');
    text += "  " + painted(time, Paint::Faint, style.color) + " " + leg.root;
    if (leg.waited_milliseconds >= k_worth_naming)
      text += ", after " + duration_text(leg.waited_milliseconds) + " without a place";
    text += "\n";
  }
  if (longest.size() < way.size())
    text += "  and " + std::to_string(way.size() - longest.size()) + " more, " +
            duration_text(sum - shown) + "\n";
  return text;
}

}  // namespace space::status
