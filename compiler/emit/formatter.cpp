#include "compiler/emit/formatter.h"

namespace space::emit {

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

// Do the next `count` characters that are no white space agree, or all that are left?
bool agree(std::string_view a, std::size_t i, std::string_view b, std::size_t j,
           std::size_t count) {
  for (std::size_t n = 0; n < count; ++n) {
    i = skip_space(a, i);
    j = skip_space(b, j);
    if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
    if (a[i++] != b[j++]) return false;
  }
  return true;
}

// Finds the nearest place behind (i, j) from which both agree again.
bool resynchronise(std::string_view a, std::size_t& i, std::string_view b, std::size_t& j) {
  constexpr std::size_t k_reach = 32, k_sure = 12;
  for (std::size_t total = 1; total <= k_reach; ++total) {
    for (std::size_t in_a = 0; in_a <= total; ++in_a) {
      const std::size_t next_i = i + in_a, next_j = j + (total - in_a);
      if (next_i > a.size() || next_j > b.size()) continue;
      if (!agree(a, next_i, b, next_j, k_sure)) continue;
      i = next_i;
      j = next_j;
      return true;
    }
  }
  return false;
}

}  // namespace

std::vector<std::uint32_t> match_texts(std::string_view before, std::string_view after) {
  std::vector<std::uint32_t> match(before.size(), k_gone);
  std::size_t i = 0, j = 0;
  for (;;) {
    i = skip_space(before, i);
    j = skip_space(after, j);
    if (i == before.size() || j == after.size()) return match;
    if (before[i] == after[j]) {
      match[i++] = static_cast<std::uint32_t>(j++);
    } else if (!resynchronise(before, i, after, j)) {
      return match;
    }
  }
}

std::vector<Mark> carry_marks(const std::vector<Mark>& marks,
                              const std::vector<std::uint32_t>& match) {
  std::vector<Mark> carried;
  carried.reserve(marks.size());
  for (const Mark& mark : marks) {
    std::uint32_t first = mark.begin, last = mark.end;
    while (first < last && match[first] == k_gone) ++first;
    while (last > first && match[last - 1] == k_gone) --last;
    if (first == last) continue;
    Mark outer = mark;
    outer.begin = match[first];
    outer.end = match[last - 1] + 1;
    if (mark.kind != runplan::MappingKind::Verbatim) {
      carried.push_back(outer);
      continue;
    }
    // Runs whose bytes kept their distance are still exact. White space inside a run kept it too.
    const std::size_t place = carried.size();
    carried.push_back(outer);
    std::uint32_t run = first, run_end = first;
    const auto close_run = [&] {
      Mark inner = mark;
      inner.begin = match[run];
      inner.end = match[run_end - 1] + 1;
      inner.from.begin = mark.from.begin + (run - mark.begin);
      inner.from.end = mark.from.begin + (run_end - mark.begin);
      carried.push_back(inner);
    };
    for (std::uint32_t at = first; at < last; ++at) {
      if (match[at] == k_gone) continue;
      if (at > run && match[at] - match[run] != at - run) {
        close_run();
        run = at;
      }
      run_end = at + 1;
    }
    close_run();
    if (carried.size() == place + 2) {  // one run: it is the mark
      carried[place] = carried.back();
      carried.pop_back();
    } else {
      carried[place].kind = runplan::MappingKind::Derived;
    }
  }
  return carried;
}

Chunk Formatter::format(Chunk chunk) {
  if (!chunk.needs_format || !format_) return chunk;
  auto found = formatted_.find(chunk.text);
  if (found == formatted_.end()) found = formatted_.emplace(chunk.text, format_(chunk.text)).first;
  if (found->second != chunk.text) {
    chunk.marks = carry_marks(chunk.marks, match_texts(chunk.text, found->second));
    chunk.text = found->second;
  }
  chunk.needs_format = false;
  return chunk;
}

}  // namespace space::emit
