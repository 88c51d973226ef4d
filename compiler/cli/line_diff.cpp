#include "compiler/cli/line_diff.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace space::cli {

namespace {

constexpr int k_most_differences = 2000;
constexpr std::size_t k_context = 3;

using Lines = std::vector<std::string_view>;

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t size = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

struct Step {
  char mark;  // ' ', '-', '+'
  std::string_view line;
};

// Where the furthest paths stood after each number of differences, to walk back through.
using Trace = std::vector<std::vector<int>>;

void walk_back(const Lines& a, const Lines& b, const Trace& trace, std::vector<Step>& steps) {
  int x = static_cast<int>(a.size()), y = static_cast<int>(b.size());
  for (int d = static_cast<int>(trace.size()) - 1; d >= 0; --d) {
    const std::vector<int>& v = trace[static_cast<std::size_t>(d)];
    const auto at = [&](int k) { return v[static_cast<std::size_t>(k + d + 1)]; };
    const int k = x - y;
    const int from = k == -d || (k != d && at(k - 1) < at(k + 1)) ? k + 1 : k - 1;
    const int old_x = d == 0 ? 0 : at(from), old_y = d == 0 ? 0 : old_x - from;
    while (x > old_x && y > old_y) {
      steps.push_back({' ', a[static_cast<std::size_t>(--x)]});
      --y;
    }
    if (d == 0) break;
    if (x == old_x) {
      steps.push_back({'+', b[static_cast<std::size_t>(--y)]});
    } else {
      steps.push_back({'-', a[static_cast<std::size_t>(--x)]});
    }
  }
  std::reverse(steps.begin(), steps.end());
}

std::vector<Step> compare(const Lines& a, const Lines& b) {
  std::vector<Step> steps;
  const int n = static_cast<int>(a.size()), m = static_cast<int>(b.size());
  Trace trace;
  std::vector<int> v = {0, 0, 0};  // index k + d + 1, for k from -d-1 to d+1
  for (int d = 0; d <= std::min(n + m, k_most_differences); ++d) {
    if (d > 0) {
      v.insert(v.begin(), 0);
      v.push_back(0);
    }
    trace.push_back(v);
    std::vector<int> next = v;
    for (int k = -d; k <= d; k += 2) {
      const auto at = [&](int key) { return v[static_cast<std::size_t>(key + d + 1)]; };
      int x =
          d == 0 ? 0 : (k == -d || (k != d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1);
      int y = x - k;
      while (x < n && y < m && a[static_cast<std::size_t>(x)] == b[static_cast<std::size_t>(y)])
        ++x, ++y;
      next[static_cast<std::size_t>(k + d + 1)] = x;
      if (x >= n && y >= m) {
        walk_back(a, b, trace, steps);
        return steps;
      }
    }
    v = next;
  }
  for (const std::string_view line : a) steps.push_back({'-', line});
  for (const std::string_view line : b) steps.push_back({'+', line});
  return steps;
}

std::string range_text(std::size_t first, std::size_t size) {
  // diff's own oddity: an empty range names the line before it.
  return std::to_string(size == 0 ? first - 1 : first) +
         (size == 1 ? "" : "," + std::to_string(size));
}

}  // namespace

std::string unified_diff(std::string_view path, std::string_view before, std::string_view after) {
  if (before == after) return "";
  const std::vector<Step> steps = compare(lines_of(before), lines_of(after));
  std::string out = "--- " + std::string(path) + "\n+++ " + std::string(path) + "\n";
  std::size_t a_line = 1, b_line = 1;  // of steps[i]
  for (std::size_t i = 0; i < steps.size();) {
    // A hunk: from k_context before the first change to k_context after the last that is near.
    std::size_t change = i;
    while (change < steps.size() && steps[change].mark == ' ') ++change;
    if (change == steps.size()) break;
    const std::size_t begin = std::max(i, change - std::min(change, k_context));
    a_line += begin - i, b_line += begin - i;
    std::size_t end = change, quiet = 0;
    for (std::size_t j = change; j < steps.size() && quiet <= 2 * k_context; ++j) {
      quiet = steps[j].mark == ' ' ? quiet + 1 : 0;
      if (quiet == 0) end = j + 1;
    }
    end = std::min(steps.size(), end + k_context);
    std::size_t a_size = 0, b_size = 0;
    std::string body;
    for (std::size_t j = begin; j < end; ++j) {
      a_size += steps[j].mark != '+' ? 1 : 0;
      b_size += steps[j].mark != '-' ? 1 : 0;
      body += steps[j].mark;
      body += steps[j].line;
      if (!steps[j].line.ends_with('\n')) body += "\n\\ No newline at end of file\n";
    }
    out += "@@ -" + range_text(a_line, a_size) + " +" + range_text(b_line, b_size) + " @@\n" + body;
    a_line += a_size, b_line += b_size;
    i = end;
  }
  return out;
}

}  // namespace space::cli
