#include "tests/corpus_runner/case.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/base/strings.h"

namespace space::corpus {

namespace {

constexpr std::string_view k_prelude = "# prelude: ";
constexpr std::string_view k_split = "# --- ";

// A split names a path: one word with a dot or slash in it, then perhaps how the file is made.
// Anything else that begins so is a comment.
std::optional<Section> parse_split(std::string_view line) {
  if (!line.starts_with(k_split)) return std::nullopt;
  const auto words = base::split(line.substr(k_split.size()), ' ');
  if (words.empty() || words[0].find_first_of("./") == std::string_view::npos ||
      words[0].ends_with(':') || words[0].ends_with('.'))
    return std::nullopt;
  Section section;
  section.path = words[0];
  section.header = line;
  if (words.size() == 1) return section;
  if (words[1] == "symlink" && words.size() == 3) {
    section.kind = Section::Kind::Symlink;
    section.argument = words[2];
    return section;
  }
  if (words[1] == "repeat" && words.size() >= 4) {
    section.kind = Section::Kind::Repeat;
    std::from_chars(words[2].data(), words[2].data() + words[2].size(), section.times);
    section.argument = line.substr(static_cast<std::size_t>(words[3].data() - line.data()));
    return section;
  }
  return std::nullopt;
}

// `error[SPC3001]: message`
bool parse_finding(std::string_view text, Expectation& into) {
  const std::size_t open = text.find('['), close = text.find("]: ");
  if (open == std::string_view::npos || close == std::string_view::npos || close < open)
    return false;
  into.severity = text.substr(0, open);
  into.code = text.substr(open + 1, close - open - 1);
  into.message = text.substr(close + 3);
  const bool known = into.severity == "error" || into.severity == "warning" ||
                     into.severity == "info" || into.severity == "hint";
  return known && into.code.starts_with("SPC");
}

std::uint32_t number_at(std::string_view text, std::size_t& at) {
  std::uint32_t number = 0;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9')
    number = number * 10 + static_cast<std::uint32_t>(text[at++] - '0');
  return number;
}

// An annotation line; `marked` is the number of the line it speaks of. The `#` itself marks column
// 1 where a caret follows it at once.
std::optional<Expectation> parse_annotation(std::string_view line, std::uint32_t marked) {
  std::size_t at = line.find_first_not_of(" \t");
  if (at == std::string_view::npos || line[at] != '#') return std::nullopt;
  const std::size_t hash = at++;
  const bool from_first = at < line.size() && line[at] == '^' && hash == 0;
  while (at < line.size() && line[at] == ' ') ++at;
  if (at >= line.size() || (line[at] != '^' && line[at] != '|')) return std::nullopt;
  Expectation expected;
  expected.begin = {marked, static_cast<std::uint32_t>(from_first ? 1 : at + 1)};
  const bool empty = line[at] == '|';
  if (empty) ++at;
  while (!empty && at < line.size() && line[at] == '^') ++at;
  expected.end = {marked, empty ? expected.begin.column : static_cast<std::uint32_t>(at + 1)};
  if (at < line.size() && line[at] == '+') {  // ends so many lines below, before that column
    const std::uint32_t lines = number_at(line, ++at);
    if (at < line.size() && line[at] == ':') expected.end = {marked + lines, number_at(line, ++at)};
  }
  if (at >= line.size() || line[at] != ' ' || !parse_finding(line.substr(at + 1), expected))
    return std::nullopt;
  return expected;
}

// `error[SPC0004] main.space:3:5-3:9: message` or `error[SPC1009]: message`
std::optional<Expectation> parse_listed(std::string_view line) {
  Expectation expected;
  const std::size_t close = line.find(']');
  if (close == std::string_view::npos) return std::nullopt;
  std::string_view rest = line.substr(close + 1);
  if (rest.starts_with(" ")) {
    const std::size_t end = rest.find(": ");
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view place = rest.substr(1, end - 1);
    const std::size_t dash = place.rfind('-'), second = place.rfind(':', dash),
                      first = place.rfind(':', second - 1);
    if (dash == std::string_view::npos || first == std::string_view::npos) return std::nullopt;
    expected.file = place.substr(0, first);
    std::size_t at = first + 1;
    expected.begin.line = number_at(place, at);
    expected.begin.column = number_at(place, ++at);
    expected.end.line = number_at(place, ++at);
    expected.end.column = number_at(place, ++at);
    rest = rest.substr(end);
  }
  if (!parse_finding(std::string(line.substr(0, close + 1)) + std::string(rest), expected))
    return std::nullopt;
  return expected;
}

std::vector<std::string> lines_of(std::string_view text, bool& ends_with_newline) {
  std::vector<std::string> lines;
  ends_with_newline = text.empty() || text.ends_with('\n');
  if (!text.empty() && ends_with_newline) text.remove_suffix(1);
  if (text.empty() && lines.empty() && ends_with_newline) return lines;
  for (const std::string_view line : base::split(text, '\n')) lines.emplace_back(line);
  return lines;
}

void find_annotations(Case& parsed) {
  for (const Section& section : parsed.sections) {
    std::uint32_t marked = 0;
    for (const std::string& line : section.lines) {
      auto annotation = parse_annotation(line, marked);
      if (!annotation) {
        ++marked;
        continue;
      }
      annotation->file = section.path;
      parsed.inline_expectations.push_back(std::move(*annotation));
    }
  }
}

std::string head(const Case& bare) {
  return bare.prelude.empty() ? "" : std::string(k_prelude) + bare.prelude + "\n";
}

void append_lines(std::string& out, const Section& section) {
  if (!section.header.empty()) out += section.header + "\n";
  for (std::size_t i = 0; i < section.lines.size(); ++i) {
    out += section.lines[i];
    if (i + 1 < section.lines.size() || section.ends_with_newline) out += '\n';
  }
}

std::string annotation_line(const Expectation& expected) {
  const std::uint32_t column = expected.begin.column;
  std::string line = "#";
  if (expected.begin == expected.end) {
    line += std::string(column - 2, ' ') + "|";
  } else if (expected.begin.line == expected.end.line) {
    const std::uint32_t width = expected.end.column - column;
    line += column == 1 ? std::string(width - 1, '^')
                        : std::string(column - 2, ' ') + std::string(width, '^');
  } else {
    line += column == 1 ? "^" : std::string(column - 2, ' ') + "^";
    line += "+" + std::to_string(expected.end.line - expected.begin.line) + ":" +
            std::to_string(expected.end.column);
  }
  return line + " " + expected.severity + "[" + expected.code + "]: " + expected.message;
}

// A comment under the line can say it: its marks begin where a comment has room.
bool can_stand_inline(const Expectation& expected) {
  if (expected.file.empty() || expected.begin.column == 2) return false;
  const bool narrow =
      expected.begin.line == expected.end.line && expected.end.column - expected.begin.column < 2;
  return expected.begin.column > 2 || !narrow;
}

}  // namespace

std::vector<Expectation> Case::all() const {
  std::vector<Expectation> list = inline_expectations;
  list.insert(list.end(), listed_expectations.begin(), listed_expectations.end());
  std::sort(list.begin(), list.end());
  return list;
}

base::Result<Case> parse_case(std::string_view text) {
  Case parsed;
  if (text.starts_with(k_prelude)) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    parsed.prelude = text.substr(k_prelude.size(), end - k_prelude.size());
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  bool ends_with_newline = true, listing = false;
  const std::vector<std::string> lines = lines_of(text, ends_with_newline);
  Section section;
  section.path = "main.space";
  const auto close = [&] {
    if (!section.header.empty() || !section.lines.empty())
      parsed.sections.push_back(std::move(section));
  };
  for (const std::string& line : lines) {
    if (line == "# --- expect") {
      if (!listing) close();
      listing = true;
    } else if (listing) {
      auto expected =
          parse_listed(line.starts_with("# ") ? std::string_view(line).substr(2) : line);
      if (!expected)
        return base::Error{"`" + line + "` is no expectation", "error[CODE] FILE:L:C-L:C: message"};
      parsed.listed_expectations.push_back(std::move(*expected));
    } else if (auto next = parse_split(line)) {
      close();
      section = std::move(*next);
    } else {
      section.lines.push_back(line);
    }
  }
  if (!listing) {
    section.ends_with_newline = ends_with_newline;
    close();
  }
  find_annotations(parsed);
  return parsed;
}

std::string section_text(const Section& section) {
  std::string text;
  if (section.kind == Section::Kind::Repeat) {
    text.reserve(section.times * section.argument.size());
    for (std::size_t i = 0; i < section.times; ++i) text += section.argument;
    return text + "\n";
  }
  Section bare = section;
  bare.header.clear();
  append_lines(text, bare);
  return text;
}

std::uint32_t bare_line(const Section& section, std::uint32_t line) {
  std::uint32_t bare = 0;
  for (std::size_t i = 0; i < section.lines.size() && i < line; ++i) {
    if (!parse_annotation(section.lines[i], 1)) ++bare;
  }
  return bare + (line > section.lines.size()
                     ? line - static_cast<std::uint32_t>(section.lines.size())
                     : 0);
}

Case without_expectations(const Case& from) {
  Case bare;
  bare.prelude = from.prelude;
  for (Section section : from.sections) {
    std::erase_if(section.lines,
                  [](const std::string& line) { return parse_annotation(line, 1).has_value(); });
    bare.sections.push_back(std::move(section));
  }
  return bare;
}

std::string render_inline(const Case& bare, const std::vector<Expectation>& expectations) {
  std::string out = head(bare);
  std::vector<Expectation> listed;
  for (const Expectation& expected : expectations) {
    if (!can_stand_inline(expected)) listed.push_back(expected);
  }
  if (!listed.empty()) return render_listed(bare, expectations);
  for (const Section& section : bare.sections) {
    Section marked = section;
    marked.lines.clear();
    for (std::size_t i = 0; i < section.lines.size(); ++i) {
      marked.lines.push_back(section.lines[i]);
      for (const Expectation& expected : expectations) {
        if (expected.file == section.path && expected.begin.line == i + 1)
          marked.lines.push_back(annotation_line(expected));
      }
    }
    append_lines(out, marked);
  }
  return out;
}

std::string render_listed(const Case& bare, const std::vector<Expectation>& expectations) {
  std::string out = head(bare);
  for (const Section& section : bare.sections) append_lines(out, section);
  if (expectations.empty()) return out;
  if (!out.ends_with('\n')) out += '\n';
  out += "# --- expect\n";
  for (const Expectation& expected : expectations) out += "# " + to_line(expected) + "\n";
  return out;
}

std::string to_line(const Expectation& expected) {
  std::string line = expected.severity + "[" + expected.code + "]";
  if (!expected.file.empty()) {
    const auto place = [](Place p) {
      return std::to_string(p.line) + ":" + std::to_string(p.column);
    };
    line += " " + expected.file + ":" + place(expected.begin) + "-" + place(expected.end);
  }
  return line + ": " + expected.message;
}

}  // namespace space::corpus
