#include "runner/status/text.h"

#include <algorithm>
#include <cstdio>

#include "core/base/strings.h"
#include "core/values/text.h"

namespace space::status {

namespace {

using runplan::Verdict;

const char* code_of(Paint paint) {
  switch (paint) {
    case Paint::Plain:
      return "";
    case Paint::Good:
      return "\x1b[32m";
    case Paint::Bad:
      return "\x1b[31m";
    case Paint::Notice:
      return "\x1b[33m";
    case Paint::Faint:
      return "\x1b[2m";
    case Paint::Strong:
      return "\x1b[1m";
  }
  return "";
}

constexpr std::size_t k_verdict_columns = 14;

constexpr std::string_view k_cut = "\xe2\x80\xa6";
constexpr std::string_view k_no_character = "\xef\xbf\xbd";

// Controls of either kind, and what writes on in the other direction.
bool is_hidden(std::int32_t code) {
  const bool is_control = code < 0x20 || (code >= 0x7f && code < 0xa0);
  return is_control || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

}  // namespace

std::string painted(std::string_view text, Paint paint, Color color) {
  if (color == Color::Off || paint == Paint::Plain || text.empty()) return std::string(text);
  return std::string(code_of(paint)) + std::string(text) + "\x1b[0m";
}

bool is_failure(Verdict verdict) {
  return verdict == Verdict::FailedClean || verdict == Verdict::FailedPartial ||
         verdict == Verdict::Interrupted || verdict == Verdict::Indeterminate;
}

Paint paint_of(Verdict verdict) {
  if (is_failure(verdict)) return Paint::Bad;
  switch (verdict) {
    case Verdict::Applied:
    case Verdict::Destroyed:
      return Paint::Good;
    case Verdict::Planned:
    case Verdict::Deferred:
      return Paint::Notice;
    default:
      return Paint::Faint;
  }
}

std::string duration_text(std::int64_t milliseconds) {
  char text[48];
  const std::int64_t seconds = milliseconds / 1000;
  if (milliseconds < 10'000) {
    std::snprintf(text, sizeof text, "%.1fs", static_cast<double>(milliseconds) / 1000.0);
  } else if (seconds < 60) {
    std::snprintf(text, sizeof text, "%llds", static_cast<long long>(seconds));
  } else {
    std::snprintf(text, sizeof text, "%lldm%02llds", static_cast<long long>(seconds / 60),
                  static_cast<long long>(seconds % 60));
  }
  return text;
}

std::string counts_text(const runplan::ChangeCounts& counts) {
  if (counts.add == 0 && counts.change == 0 && counts.remove == 0 && counts.import_ == 0) return "";
  std::string text = "+" + std::to_string(counts.add) + " ~" + std::to_string(counts.change) +
                     " -" + std::to_string(counts.remove);
  if (counts.import_ != 0) text += " imported " + std::to_string(counts.import_);
  return text;
}

std::string printable(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const values::CodePoint point = values::first_code_point(text);
    const bool is_text = point.size > 1 || static_cast<unsigned char>(text[0]) < 0x80;
    const bool may_stay = point.code == '\n' || point.code == '\t' || !is_hidden(point.code);
    if (may_stay) clean += is_text ? text.substr(0, point.size) : k_no_character;
    text.remove_prefix(point.size);
  }
  return clean;
}

std::string on_one_line(std::string_view text) {
  std::string line = printable(text);
  for (char& c : line) {
    if (c == '\n' || c == '\t') c = ' ';
  }
  return line;
}

std::string clipped(std::string_view text, std::size_t columns) {
  if (values::count_columns(text) <= columns) return std::string(text);
  if (columns == 0) return "";
  std::size_t seen = 0, at = 0;
  while (at < text.size()) {
    const std::size_t size = values::first_grapheme(text.substr(at));
    seen += values::count_columns(text.substr(at, size));
    if (seen + 1 > columns) break;
    at += size;
  }
  return std::string(text.substr(0, at)) + std::string(k_cut);
}

std::string clipped_before(std::string_view text, std::size_t columns) {
  std::size_t over = values::count_columns(text);
  if (over <= columns) return std::string(text);
  if (columns == 0) return "";
  while (!text.empty() && over + 1 > columns) {
    const std::size_t size = values::first_grapheme(text);
    over -= values::count_columns(text.substr(0, size));
    text.remove_prefix(size);
  }
  return std::string(k_cut) + std::string(text);
}

std::vector<std::string> folded(std::string_view line, std::size_t columns) {
  std::vector<std::string> lines(1);
  const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
  if (columns == 0 || values::count_columns(line) <= columns) return {std::string(line)};
  for (const std::string_view word : base::split(line.substr(indent), ' ')) {
    if (lines.back().empty()) {
      lines.back() = std::string(indent, ' ') + std::string(word);
    } else if (values::count_columns(lines.back()) + 1 + values::count_columns(word) <= columns) {
      lines.back() += " " + std::string(word);
    } else {
      lines.push_back(std::string(indent, ' ') + std::string(word));
    }
  }
  return lines;
}

std::string finished_line(const runplan::RunEvent& event, const Style& style) {
  std::string verdict = runplan::name_of(event.verdict);
  verdict.resize(std::max(verdict.size(), k_verdict_columns), ' ');
  std::string line = painted(verdict, paint_of(event.verdict), style.color) + " " + event.root;
  if (const std::string counts = counts_text(event.counts); !counts.empty()) line += "  " + counts;
  if (event.duration_milliseconds > 0)
    line += "  " + painted(duration_text(event.duration_milliseconds), Paint::Faint, style.color);
  const bool says_why =
      !event.reason.empty() && (style.reasons == Reasons::Why || event.verdict != Verdict::Applied);
  if (says_why) line += "  " + painted(printable(event.reason), Paint::Faint, style.color);
  if (style.reasons == Reasons::Why && !event.why.empty())
    line += "  " + painted("because " + printable(event.why), Paint::Faint, style.color);
  return line;
}

std::string diagnostic_text(const runplan::RunDiagnostic& diagnostic, const Style& style,
                            std::string_view indent) {
  const std::string in(indent);
  const char* word = diagnostic.is_error ? "error" : "warning";
  std::string text =
      in + painted(word, diagnostic.is_error ? Paint::Bad : Paint::Notice, style.color) + ": " +
      painted(printable(diagnostic.summary), Paint::Strong, style.color) + "\n";
  const auto place = [&](const std::string& file, std::uint32_t line, std::uint32_t column) {
    if (file.empty()) return;
    text += in + "  --> " + printable(file) + ":" + std::to_string(line);
    if (column > 0) text += ":" + std::to_string(column);
    text += "\n";
  };
  place(diagnostic.file, diagnostic.line, diagnostic.column);
  if (diagnostic.file.empty() || style.reasons == Reasons::Why)
    place(diagnostic.generated_file, diagnostic.generated_line, 0);
  if (!diagnostic.address.empty()) text += in + "  in  " + printable(diagnostic.address) + "\n";
  const auto block = [&](std::string_view body, std::string_view mark, std::size_t columns) {
    while (body.ends_with('\n')) body.remove_suffix(1);
    if (body.empty()) return;
    const std::string clean = printable(body);
    for (const std::string_view line : base::split(clean, '\n')) {
      for (const std::string& part : folded(line, columns))
        text += in + std::string(mark) + part + "\n";
    }
  };
  constexpr std::string_view k_margin = "  ";
  const std::size_t taken = in.size() + k_margin.size();
  block(diagnostic.snippet, "  | ", 0);  // source text stays as it is
  block(diagnostic.detail, k_margin, style.fold > taken ? style.fold - taken : 0);
  return text;
}

}  // namespace space::status
