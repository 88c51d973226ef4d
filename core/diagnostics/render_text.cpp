#include <algorithm>
#include <string>

#include "core/diagnostics/display.h"
#include "core/diagnostics/render.h"
#include "core/diagnostics/snippet.h"
#include "core/diagnostics/words.h"

namespace space::diagnostics {

namespace {

struct FileMarks {
  source::FileId file;
  std::vector<Mark> marks;
};

// The primary's file first, the others as they are named.
std::vector<FileMarks> marks_by_file(const Diagnostic& diagnostic) {
  std::vector<FileMarks> files;
  const auto add = [&](const Label& label, char underline, Style style) {
    if (!label.span.valid()) return;
    auto at = std::find_if(files.begin(), files.end(),
                           [&](const FileMarks& one) { return one.file == label.span.file; });
    if (at == files.end()) at = files.insert(files.end(), {label.span.file, {}});
    at->marks.push_back({label.span, label.text, underline, style});
  };
  add(diagnostic.primary, '^', style_of(diagnostic.severity));
  for (const Label& label : diagnostic.related) add(label, '-', Style::Related);
  return files;
}

void append_head(std::string& out, const Diagnostic& diagnostic, Color color) {
  std::string head(severity_word(diagnostic.severity));
  if (diagnostic.descriptor != nullptr) head += "[" + std::string(code_of(diagnostic)) + "]";
  const std::size_t indent = head.size() + 2;
  paint(out, color, style_of(diagnostic.severity), head);
  paint(out, color, Style::Bold, ": " + visible_text(diagnostic.message, indent));
  out += '\n';
}

void append_remark(std::string& out, std::string_view word, std::string_view text,
                   std::size_t digits, Color color) {
  out.append(digits + 1, ' ');
  paint(out, color, Style::Gutter, "=");
  out += ' ';
  paint(out, color, Style::Bold, word);
  out += ": " + visible_text(text, digits + word.size() + 5) + "\n";
}

// `TITLE: `text`` where the text is one short piece; an edit that removes, or several, are told by
// their title alone.
std::string fix_text(const Fix& fix) {
  constexpr std::size_t k_longest = 120;
  if (fix.edits.size() != 1) return fix.title;
  const std::string& text = fix.edits.front().text;
  const bool one_piece = !text.empty() && text.size() <= k_longest && text.find('\n') == text.npos;
  return one_piece ? fix.title + ": `" + text + "`" : fix.title;
}

void append_diagnostic(std::string& out, const Diagnostic& diagnostic,
                       const source::SourceSet& sources, Color color) {
  append_head(out, diagnostic, color);
  const std::vector<FileMarks> files = marks_by_file(diagnostic);
  std::size_t digits = 1;
  for (const FileMarks& one : files) {
    for (const Mark& mark : one.marks) {
      const auto line = sources.file(one.file).position(mark.span.begin).line;
      digits = std::max(digits, std::to_string(line).size());
    }
  }
  for (const FileMarks& one : files) {
    const source::SourceFile& file = sources.file(one.file);
    const auto position = file.position(one.marks.front().span.begin);
    const bool first = &one == &files.front();
    if (!first) {
      append_gutter(out, digits, color);
      out += '\n';
    }
    out.append(digits, ' ');
    paint(out, color, Style::Gutter, first ? "-->" : ":::");
    out += " " + visible_text(file.path(), 0) + ":" + std::to_string(position.line) + ":" +
           std::to_string(position.column) + "\n";
    append_gutter(out, digits, color);
    out += '\n';
    append_snippet(out, file, one.marks, digits, color);
  }
  const bool remarks =
      !diagnostic.notes.empty() || !diagnostic.help.empty() || !diagnostic.fixes.empty();
  if (remarks && !files.empty()) {
    append_gutter(out, digits, color);
    out += '\n';
  }
  for (const std::string& note : diagnostic.notes) append_remark(out, "note", note, digits, color);
  for (const std::string& help : diagnostic.help) append_remark(out, "help", help, digits, color);
  for (const Fix& fix : diagnostic.fixes) {
    // A title alone is for an editor's menu: the helps have said what it does.
    const std::string text = fix_text(fix);
    const bool said = std::find(diagnostic.help.begin(), diagnostic.help.end(), fix.title) !=
                      diagnostic.help.end();
    if (said || (text == fix.title && !diagnostic.help.empty())) continue;
    append_remark(out, "help", text, digits, color);
  }
  out += '\n';
}

}  // namespace

std::string render_text(const std::vector<Diagnostic>& diagnostics,
                        const source::SourceSet& sources, Color color) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics) {
    append_diagnostic(out, diagnostic, sources, color);
  }
  return out;
}

}  // namespace space::diagnostics
