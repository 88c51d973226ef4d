#include "core/diagnostics/snippet.h"

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <utility>

namespace space::diagnostics {

namespace {

// A line of at most k_whole bytes is shown whole; of a longer one k_window bytes, k_before of them
// before the mark.
constexpr std::size_t k_whole = 200;
constexpr std::size_t k_window = 160;
constexpr std::size_t k_before = 50;
constexpr std::string_view k_cut = "...";

struct Placed {
  const Mark* mark;
  std::uint32_t line;
  std::size_t begin, end;   // bytes within the line
  std::size_t left, right;  // columns, right exclusive
};

bool continues(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

// The part of a line that is shown.
struct Window {
  std::size_t begin, end;
};

Window window_around(std::string_view line, std::size_t begin) {
  if (line.size() <= k_whole) return {0, line.size()};
  Window window{begin > k_before ? begin - k_before : 0, 0};
  for (int i = 0; i < 3 && continues(line, window.begin); ++i) ++window.begin;
  window.end = std::min(line.size(), window.begin + k_window);
  for (int i = 0; i < 3 && continues(line, window.end); ++i) --window.end;
  return window;
}

class Writer {
 public:
  Writer(std::string& out, const source::SourceFile& file, std::size_t digits, Color color)
      : out_(out), file_(file), digits_(digits), color_(color) {}

  void write_line(std::uint32_t line, Window window, std::vector<Placed>& placed) {
    const std::string_view text = file_.line_text(line);
    std::string shown;
    std::size_t column = 0;
    if (window.begin > 0) {
      shown += k_cut;
      column = k_cut.size();
    }
    // columns[i]: where the byte window.begin + i stands. Bytes inside a character share its
    // column.
    std::vector<std::size_t> columns;
    columns.reserve(window.end - window.begin + 1);
    for (std::size_t at = window.begin; at < window.end;) {
      const Glyph glyph = glyph_at(text, at, column);
      columns.insert(columns.end(), glyph.bytes, column);
      shown += glyph.text;
      column += glyph.width;
      at += glyph.bytes;
    }
    columns.push_back(column);
    if (window.end < text.size()) shown += k_cut;
    write_number(line);
    if (!shown.empty()) out_ += ' ';
    out_ += shown;
    out_ += '\n';
    const auto column_of = [&](std::size_t byte) {
      return columns[std::clamp(byte, window.begin, window.begin + columns.size() - 1) -
                     window.begin];
    };
    for (Placed& one : placed) {
      one.left = column_of(one.begin);
      one.right = std::max(column_of(one.end), one.left + 1);
    }
    write_marks(placed);
  }

  void write_gap() { out_ += "...\n"; }

 private:
  void write_number(std::uint32_t line) {
    std::string number = std::to_string(line);
    number.insert(0, digits_ - std::min(digits_, number.size()), ' ');
    paint(out_, color_, Style::Gutter, number + " |");
  }

  void write_marks(std::vector<Placed>& placed) {
    if (placed.empty()) return;
    std::sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
      return std::tie(a.left, a.right) < std::tie(b.left, b.right);
    });
    const Placed* const inline_one = inline_label(placed);
    append_gutter(out_, digits_, color_);
    out_ += ' ';
    write_underlines(placed);
    if (inline_one != nullptr) {
      out_ += ' ';
      paint(out_, color_, inline_one->mark->style, one_line(inline_one->mark->text));
    }
    out_ += '\n';
    std::vector<const Placed*> hanging;
    for (const Placed& one : placed) {
      if (&one != inline_one && !one.mark->text.empty()) hanging.push_back(&one);
    }
    if (hanging.empty()) return;
    write_hanging(hanging, nullptr);
    while (!hanging.empty()) {
      const Placed* const last = hanging.back();
      hanging.pop_back();
      write_hanging(hanging, last);
    }
  }

  // The label that may follow the underlines on their row: that of the last mark, when nothing
  // reaches past it.
  static const Placed* inline_label(const std::vector<Placed>& placed) {
    const Placed& last = placed.back();
    if (last.mark->text.empty()) return nullptr;
    const bool reached = std::any_of(placed.begin(), placed.end() - 1,
                                     [&](const Placed& one) { return one.right > last.right; });
    return reached ? nullptr : &last;
  }

  void write_underlines(const std::vector<Placed>& placed) {
    std::size_t width = 0;
    for (const Placed& one : placed) width = std::max(width, one.right);
    std::vector<const Mark*> over(width, nullptr);
    for (const char underline : {'-', '^'}) {  // the primary mark lies on top
      for (const Placed& one : placed) {
        if (one.mark->underline != underline) continue;
        for (std::size_t i = one.left; i < one.right; ++i) over[i] = one.mark;
      }
    }
    for (std::size_t i = 0; i < width;) {
      std::size_t end = i;
      while (end < width && over[end] == over[i]) ++end;
      if (over[i] == nullptr) {
        out_.append(end - i, ' ');
      } else {
        paint(out_, color_, over[i]->style, std::string(end - i, over[i]->underline));
      }
      i = end;
    }
  }

  // A bar under each mark that still waits for its label, then one label.
  void write_hanging(const std::vector<const Placed*>& waiting, const Placed* labelled) {
    append_gutter(out_, digits_, color_);
    out_ += ' ';
    std::size_t column = 0;
    for (const Placed* one : waiting) {
      if (one->left < column || (labelled != nullptr && one->left == labelled->left)) continue;
      out_.append(one->left - column, ' ');
      paint(out_, color_, one->mark->style, "|");
      column = one->left + 1;
    }
    if (labelled != nullptr) {
      out_.append(labelled->left - column, ' ');
      paint(out_, color_, labelled->mark->style, one_line(labelled->mark->text));
    }
    out_ += '\n';
  }

  static std::string one_line(std::string_view text) {
    std::string line = visible_text(text, 0);
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
  }

  std::string& out_;
  const source::SourceFile& file_;
  std::size_t digits_;
  Color color_;
};

}  // namespace

void append_gutter(std::string& out, std::size_t digits, Color color) {
  paint(out, color, Style::Gutter, std::string(digits + 1, ' ') + "|");
}

void append_snippet(std::string& out, const source::SourceFile& file,
                    const std::vector<Mark>& marks, std::size_t digits, Color color) {
  std::vector<Placed> placed;
  for (const Mark& mark : marks) {
    const std::uint32_t line = file.position(mark.span.begin).line;
    const std::size_t start = file.line_start(line);
    const std::size_t length = file.line_text(line).size();
    const std::size_t begin = std::min<std::size_t>(mark.span.begin - start, length);
    const std::size_t end = std::clamp<std::size_t>(mark.span.end - start, begin, length);
    placed.push_back({&mark, line, begin, end, 0, 0});
  }
  std::sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
    return std::tie(a.line, a.begin, a.end) < std::tie(b.line, b.begin, b.end);
  });
  Writer writer(out, file, digits, color);
  std::uint32_t last_line = 0;
  for (auto at = placed.begin(); at != placed.end();) {
    const std::uint32_t line = at->line;
    const Window window = window_around(file.line_text(line), at->begin);
    // Marks that stand too far right on a long line get the line once more, around them.
    const auto end = std::find_if(at, placed.end(), [&](const Placed& one) {
      return one.line != line || (one.begin > at->begin && one.begin >= window.end);
    });
    if (last_line != 0 && line == last_line + 2) {
      std::vector<Placed> none;
      writer.write_line(line - 1, window_around(file.line_text(line - 1), 0), none);
    } else if (last_line != 0 && line > last_line + 2) {
      writer.write_gap();
    }
    std::vector<Placed> group(at, end);
    writer.write_line(line, window, group);
    last_line = line;
    at = end;
  }
}

}  // namespace space::diagnostics
