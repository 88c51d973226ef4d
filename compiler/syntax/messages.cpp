#include "compiler/syntax/messages.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "compiler/syntax/words.h"
#include "core/base/strings.h"
#include "core/diagnostics/fixes.h"

namespace space::syntax {
namespace {

namespace d = space::diagnostics;

class Speaker : private Words {
 public:
  Speaker(std::string_view text, source::FileId file, const Limits& limits, d::DiagnosticSink& sink)
      : Words(text), text_(text), file_(file), limits_(limits), sink_(sink) {}

  void say(const Fault& fault);

 private:
  source::Span span(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  // [begin, end), as far as it lies on one line.
  source::Span on_line(const Fault& fault) const {
    return span(fault.begin,
                std::min<std::size_t>(fault.end,
                                      std::max<std::size_t>(line_end(fault.begin), fault.begin)));
  }

  // Each caller is the place that reports.
  void expected(const Fault& fault, std::string words, std::string_view help = {},
                std::source_location origin = std::source_location::current());
  void unclosed(const Fault& fault, std::string_view open, std::string_view close,
                std::source_location origin = std::source_location::current());
  void unexpected(const Fault& fault, std::string_view help,
                  std::source_location origin = std::source_location::current());
  void not_an_item(const Fault& fault);
  void bad_directive(const Fault& fault);
  std::string_view hint(std::size_t at, std::string_view otherwise) const;
  // Where a text stands in other quotes, and nothing in it would mean more in double ones.
  std::optional<d::Fix> requoted(std::size_t at, std::string_view title) const;

  std::string_view text_;
  source::FileId file_;
  const Limits& limits_;
  d::DiagnosticSink& sink_;
};

void Speaker::expected(const Fault& fault, std::string words, std::string_view help,
                       std::source_location origin) {
  auto report = sink_.report(d::expected_token, {span(fault.begin, fault.end), origin}, words);
  report.label(found(fault.begin)).help(std::string(help));
  if (auto fix = requoted(past_spaces(fault.begin), help)) report.fix(std::move(*fix));
}

std::optional<d::Fix> Speaker::requoted(std::size_t at, std::string_view title) const {
  constexpr std::pair<std::string_view, std::string_view> k_quotes[] = {
      {"'", "'"}, {"`", "`"}, {"\u201C", "\u201D"}, {"\u2018", "\u2019"}};
  const std::string_view line = rest(at).substr(0, line_end(at) - at);
  for (const auto& [open, close] : k_quotes) {
    if (!line.starts_with(open)) continue;
    const std::size_t end = line.find(close, open.size());
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view text = line.substr(open.size(), end - open.size());
    const std::string_view after = base::trim(line.substr(end + close.size()));
    // A quote in the middle of a text is an apostrophe.
    const bool ends =
        after.empty() || std::string_view(",)]}#?:").find(after[0]) != std::string_view::npos;
    if (!ends || text.find_first_of("\"\\") != std::string_view::npos ||
        text.find("${") != std::string_view::npos || text.find("%{") != std::string_view::npos)
      return std::nullopt;
    return d::replacement(std::string(title), span(at, at + end + close.size()),
                          fmt::format("\"{}\"", text));
  }
  return std::nullopt;
}

void Speaker::unclosed(const Fault& fault, std::string_view open, std::string_view close,
                       std::source_location origin) {
  sink_.report(d::unclosed_bracket, {span(fault.opener, fault.opener + open.size()), origin}, open)
      .label("opened here")
      .related(span(fault.begin, fault.begin),
               fmt::format("expected `{}` here at the latest", close));
}

// Advice by the first bytes of what is wrong.
std::string_view Speaker::hint(std::size_t at, std::string_view otherwise) const {
  const std::string_view text = rest(at);
  if (text.empty()) return otherwise;
  switch (text[0]) {
    case ';':
      return "arguments end with their line; leave the `;` out";
    case '\'':
      return "strings are written with double quotes";
    case '`':
      return "strings are written with double quotes, longer ones as a heredoc: `<<EOT`";
    case '&':
      return "the operator is written `&&`";
    case '|':
      return "the operator is written `||`";
    case '^':
      return "there is no operator `^`; `pow(a, b)` raises to a power";
    case '$':
      return "`${…}` belongs inside double quotes; outside of them write the expression alone";
    default:
      return otherwise;
  }
}

void Speaker::unexpected(const Fault& fault, std::string_view help, std::source_location origin) {
  if (text_[fault.begin] == '@') {
    sink_.report(d::reserved_character, span(fault.begin, fault.begin + 1), "@")
        .label("no name or operator begins with `@`");
    return;
  }
  const std::string_view word = word_at(fault.begin);
  sink_
      .report(d::unexpected_text, {span(fault.begin, fault.begin + word.size()), origin},
              code(word))
      .label("unexpected")
      .help(std::string(hint(fault.begin, help)));
}

void Speaker::not_an_item(const Fault& fault) {
  const std::string_view word = word_at(fault.begin);
  if (!word.empty() && word[0] == '"') {
    return unexpected(fault, "the name of an argument or a block stands without quotes");
  }
  if (word.empty() || !is_name_byte(word[0]) || (word[0] >= '0' && word[0] <= '9') ||
      word[0] == '-') {
    return unexpected(fault, "an argument (`name = value`) or a block (`name {`) may stand here");
  }
  const std::size_t after = fault.begin + word.size();
  const std::string name = shown(word);
  sink_
      .report(d::expected_token, span(fault.begin, after),
              fmt::format("`=` or `{{` after `{}`", name))
      .label(found(after))
      .help(fmt::format("an argument is written `{} = value`, a block `{} {{`", name, name));
}

void Speaker::bad_directive(const Fault& fault) {
  std::size_t at = fault.begin + 2;
  while (at < fault.end && (text_[at] == '~' || text_[at] == ' ')) ++at;
  const std::string_view word = at < fault.end ? word_at(at) : std::string_view();
  const auto refuse = [&](std::string_view what, std::string_view help,
                          std::source_location origin = std::source_location::current()) {
    sink_
        .report(d::template_directive, {on_line(fault), origin}, shown(word == "}" ? "" : word),
                what)
        .help(std::string(help));
  };
  if (word == "endif") return refuse("has no `%{ if … }` to end", "");
  if (word == "else") return refuse("has no `%{ if … }` before it", "");
  if (word == "endfor") return refuse("has no `%{ for … }` to end", "");
  refuse("is no directive that templates know",
         "directives are `if`, `else`, `endif`, `for` and `endfor`; for the characters themselves "
         "write `%%{`");
}

void Speaker::say(const Fault& fault) {
  const auto before = [&] { return code(word_before(fault.begin)); };
  switch (fault.problem) {
    case Problem::NoExpression: {
      const std::string after = word_before(fault.begin).empty() ? "" : " after " + before();
      return expected(fault, "an expression" + after, hint(past_spaces(fault.begin), ""));
    }
    case Problem::NoName:
      return expected(fault, "a name after " + before());
    case Problem::NoArguments:
      return expected(fault, "`(` after the function's name",
                      "a name with `::` is a function and is called: `a::b()`");
    case Problem::NoItemComma:
      return expected(fault, "`,` before the next item");
    case Problem::NoObjectComma:
      return expected(fault, "`,` or a new line before the next item");
    case Problem::NoObjectEquals:
      return expected(fault, "`=` after the key", "an item of an object is written `key = value`");
    case Problem::NoConditionalColon:
      return expected(fault, "`:` and a value for the other case",
                      "a condition has two values: `condition ? value : other`");
    case Problem::NoForIn:
      return expected(fault, "`in` after the names of the `for`",
                      "a `for` is written `for value in collection`");
    case Problem::NoForColon:
      return expected(fault, "`:` after the collection of the `for`",
                      "a `for` is written `[for x in list : x.name]`");
    case Problem::NoForArrow:
      return expected(fault, "`=>` after the key",
                      "a `for` in braces makes an object: `{ for x in list : x.name => x }`");
    case Problem::NoBlockBrace:
      return expected(fault, fmt::format("`{{` after {}", before()),
                      "a block is written `name \"label\" {`, an argument `name = value`");
    case Problem::BraceOnNextLine:
      return expected(fault, "`{` on the same line",
                      "a block's `{` stands on the line of its name and labels");
    case Problem::NoNewlineBeforeBrace:
      return expected(
          fault, "a new line before `}`",
          "only a block that opens on the same line may close on the line of its argument");
    case Problem::InlineBlockGoesOn:
      sink_.report(d::one_line_block, span(fault.begin, fault.end))
          .label("expected `}`, " + found(fault.begin))
          .help("put each argument on a line of its own");
      return;
    case Problem::InlineBlockInBlock:
      sink_.report(d::one_line_block, span(fault.begin, fault.begin + word_at(fault.begin).size()))
          .label("this is a block")
          .help("put the inner block on lines of its own");
      return;
    case Problem::UnclosedBracket:
    case Problem::UnclosedBody: {
      const std::string_view open = text_.substr(fault.opener, 1);
      return unclosed(fault, open, open == "(" ? ")" : open == "[" ? "]" : "}");
    }
    case Problem::UnclosedInterpolation:
      return unclosed(fault, "${", "}");
    case Problem::UnclosedDirective:
      return unclosed(fault, "%{", "}");
    case Problem::UnclosedString:
      sink_
          .report(d::unclosed_string,
                  span(fault.opener, std::max<std::size_t>(fault.opener + 1, fault.begin)))
          .label("expected `\"` before the end of the line")
          .help("a text of several lines is written as a heredoc, `<<EOT`, or with `\\n`");
      return;
    case Problem::UnclosedLabel:
      sink_.report(d::unclosed_string, on_line(fault))
          .label("expected `\"` before the end of the line");
      return;
    case Problem::UnclosedHeredoc: {
      const std::size_t end = line_end(fault.opener);
      std::string_view marker = text_.substr(fault.opener, end - fault.opener);
      marker.remove_prefix(marker.substr(0, 3) == "<<-" ? 3 : 2);
      sink_.report(d::unclosed_heredoc, span(fault.opener, end), shown(marker))
          .label("opened here")
          .help(fmt::format(
              "`{}` ends the heredoc where it stands alone on a line that ends with a new line",
              shown(marker)));
      return;
    }
    case Problem::UnclosedComment:
      sink_.report(d::unclosed_comment, span(fault.begin, fault.begin + 2))
          .label("opened here")
          .help("write `*/` where it ends");
      return;
    case Problem::UnclosedIf:
      sink_
          .report(d::template_directive, span(fault.opener, fault.opener + 2), "if",
                  "is never ended")
          .label("opened here")
          .related(span(fault.begin, fault.begin), "expected `%{ endif }` here at the latest");
      return;
    case Problem::UnclosedFor:
      sink_
          .report(d::template_directive, span(fault.opener, fault.opener + 2), "for",
                  "is never ended")
          .label("opened here")
          .related(span(fault.begin, fault.begin), "expected `%{ endfor }` here at the latest");
      return;
    case Problem::NotAnItem:
      return not_an_item(fault);
    case Problem::StrayBrace:
      sink_.report(d::unexpected_text, span(fault.begin, fault.end), "`}`")
          .label("no `{` is open here");
      return;
    case Problem::JunkAfterItem:
      switch (text_[fault.begin]) {
        case ',':
          return unexpected(fault, "arguments stand on lines of their own, without commas");
        case ')':
        case ']':
        case '}':
          return unexpected(fault, "nothing is open that it could close");
        default:
          return unexpected(fault, "an argument or a block ends with its line");
      }
    case Problem::JunkInBrackets:
      if (word_before(fault.begin) == "...") {
        return unexpected(fault, "`...` ends the arguments: `)` comes next");
      }
      return unexpected(fault, "");
    case Problem::TemplateInLabel:
      sink_
          .report(d::unexpected_text, span(fault.begin, fault.end),
                  code(text_.substr(fault.begin, 2)))
          .label("a label is literal text")
          .help("write `$${` or `%%{` for the characters themselves");
      return;
    case Problem::BadEscape:
      sink_
          .report(d::invalid_escape, on_line(fault),
                  shown(text_.substr(fault.begin, fault.end - fault.begin)))
          .help(
              "strings know `\\n`, `\\r`, `\\t`, `\\\"`, `\\\\`, `\\uXXXX` and `\\UXXXXXXXX`; a "
              "backslash is written `\\\\`");
      return;
    case Problem::BadNumber:
      sink_
          .report(d::invalid_number, on_line(fault),
                  shown(text_.substr(fault.begin, fault.end - fault.begin)))
          .help("numbers are decimal: `255`, `1.5`, `1e-3`; text stands in double quotes");
      return;
    case Problem::BadDirective:
      return bad_directive(fault);
    case Problem::LegacyIndex: {
      const std::string_view number = text_.substr(fault.begin + 1, fault.end - fault.begin - 1);
      sink_
          .report(d::legacy_syntax, on_line(fault),
                  shown(text_.substr(fault.begin, fault.end - fault.begin)))
          .help(fmt::format("write `[{}]`", shown(number)))
          .fix(d::replacement(fmt::format("write `[{}]`", shown(number)),
                              span(fault.begin, fault.end), fmt::format("[{}]", number)));
      return;
    }
    case Problem::LegacySplat:
      sink_.report(d::legacy_syntax, on_line(fault), ".*").help("write `[*]`");
      return;
    case Problem::TooDeep:
      sink_.report(d::too_deep, span(fault.begin, fault.begin + 1), limits_.depth)
          .help("give parts of it names of their own, with `locals`");
      return;
    case Problem::TooTall:
      sink_.report(d::too_deep, span(fault.begin, fault.begin + 1), limits_.height)
          .label("the chain is too long")
          .help("give parts of it names of their own, with `locals`");
      return;
    case Problem::NoLetter: {
      const std::string_view piece = text_.substr(fault.begin, fault.end - fault.begin);
      const bool quote =
          piece == "\u201C" || piece == "\u201D" || piece == "\u2018" || piece == "\u2019";
      const std::string_view help =
          quote ? "strings are written with plain double quotes, `\"`" : "";
      auto report = sink_.report(d::unexpected_text, span(fault.begin, fault.end), code(piece));
      report.label("no letter, digit, `_` or `-`").help(std::string(help));
      if (auto fix = requoted(fault.begin, help)) report.fix(std::move(*fix));
      return;
    }
    case Problem::NulByte:
      sink_.report(d::nul_byte, span(fault.begin, fault.end))
          .help("is this a text file? save it as UTF-8");
      return;
    case Problem::InvalidUtf8:
      sink_.report(d::invalid_utf8, span(fault.begin, fault.end), fault.begin)
          .help("save the file as UTF-8");
      return;
    case Problem::FileTooLarge:
      sink_.report(d::file_too_large, span(0, 0), text_.size(), limits_.bytes);
      return;
  }
}

}  // namespace

void deliver(const std::vector<Fault>& faults, std::string_view text, source::FileId file,
             const Limits& limits, diagnostics::DiagnosticSink& sink) {
  Speaker speaker(text, file, limits, sink);
  for (const Fault& fault : faults) speaker.say(fault);
}

}  // namespace space::syntax
