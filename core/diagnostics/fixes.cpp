#include "core/diagnostics/fixes.h"

#include <algorithm>
#include <utility>

#include "core/base/strings.h"

namespace space::diagnostics {

namespace {

// The text with the other name in it; nothing where the name stands there otherwise than it is
// understood, or more than once.
std::optional<std::string> rewritten(const Misspelt& at, std::string_view name) {
  const std::size_t first = at.written.find(at.word);
  if (at.word.empty() || first == std::string_view::npos || first != at.written.rfind(at.word))
    return std::nullopt;
  std::string text(at.written);
  text.replace(first, at.word.size(), name);
  return text;
}

std::size_t line_begin(std::string_view text, std::size_t at) {
  while (at > 0 && text[at - 1] != '\n') --at;
  return at;
}

}  // namespace

std::optional<std::string_view> only_near(std::string_view word,
                                          std::vector<std::string_view> known) {
  const auto first = base::closest(word, known);
  std::reverse(known.begin(), known.end());
  const auto last = base::closest(word, known);
  return first == last ? first : std::nullopt;
}

Fix replacement(std::string title, source::Span span, std::string_view text) {
  return {std::move(title), Applicability::MachineApplicable, {{span, std::string(text)}}};
}

std::optional<Fix> with_argument(std::string title, const source::SourceSet& sources,
                                 source::Span block, source::Span header,
                                 std::string_view argument) {
  const source::SourceFile& file = sources.file(block.file);
  if (file.path().starts_with("std/")) return std::nullopt;
  const std::string_view text = file.text();
  const std::uint32_t brace = block.end - 1;
  const std::size_t line = line_begin(text, brace);
  const std::string_view before = text.substr(line, brace - line);
  if (line > header.end && base::trim(before).empty()) {
    const auto at = static_cast<std::uint32_t>(line);
    return replacement(std::move(title), {block.file, at, at},
                       fmt::format("{}  {}\n", before, argument));
  }
  const std::string_view body = base::trim(text.substr(header.end, brace - header.end));
  if (line > block.begin || !body.starts_with('{')) return std::nullopt;
  const std::string_view inner = base::trim(body.substr(1));
  const std::string indent(base::trim(text.substr(line, block.begin - line)).empty()
                               ? text.substr(line, block.begin - line)
                               : std::string_view());
  std::string lines = " {\n";
  if (!inner.empty()) lines += fmt::format("{}  {}\n", indent, inner);
  lines += fmt::format("{}  {}\n{}}}", indent, argument, indent);
  return replacement(std::move(title), {block.file, header.end, block.end}, lines);
}

Fix without_line(std::string title, const source::SourceSet& sources, source::Span span) {
  const std::string_view text = sources.file(span.file).text();
  std::size_t begin = line_begin(text, span.begin);
  std::size_t end = std::min(text.find('\n', span.end), text.size());
  const bool is_alone = base::trim(text.substr(begin, span.begin - begin)).empty() &&
                        base::trim(text.substr(span.end, end - span.end)).empty();
  if (is_alone) {
    end = std::min(end + 1, text.size());
  } else {
    begin = span.begin;
    end = span.end;
    while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) --begin;
  }
  const source::Span whole{span.file, static_cast<std::uint32_t>(begin),
                           static_cast<std::uint32_t>(end)};
  return replacement(std::move(title), whole, "");
}

std::optional<std::string_view> respell(DiagnosticSink::Builder& report, const Misspelt& at,
                                        const std::vector<std::string_view>& known,
                                        std::string otherwise) {
  const auto near = base::closest(at.word, known);
  if (!near) {
    report.help(std::move(otherwise));
    return std::nullopt;
  }
  const std::string help = fmt::format("did you mean `{}`?", *near);
  report.help(help);
  const bool certain = only_near(at.word, known).has_value() &&
                       std::find(at.beside.begin(), at.beside.end(), *near) == at.beside.end();
  const auto text = certain ? rewritten(at, *near) : std::nullopt;
  if (text) report.fix(replacement(help, at.span, *text));
  return near;
}

std::optional<std::string_view> respell_listed(DiagnosticSink::Builder& report, const Misspelt& at,
                                               const std::vector<std::string_view>& known,
                                               std::string_view has, std::string none) {
  const std::vector<std::string> names(known.begin(), known.end());
  return respell(
      report, at, known,
      names.empty() ? std::move(none) : fmt::format("{} {}", has, base::list_names(names)));
}

}  // namespace space::diagnostics
