// Messages: what each fault that the grammar finds says to people. In: faults (a problem and two
// offsets), in the order of the text. Out: diagnostics. The grammar's rules are mapped to problems
// in events.h; the words are here alone.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/diagnostics/sink.h"
#include "core/source/span.h"

namespace space::syntax {

enum class Problem : std::uint8_t {
  // Something is missing. `begin` is where; `opener` is where the bracket around it opened.
  NoExpression,
  NoName,       // after `.` or `for`, or between `,` and `in`
  NoArguments,  // `provider::x::f` without `(`
  NoItemComma,
  NoObjectComma,
  NoObjectEquals,
  NoConditionalColon,
  NoForIn,
  NoForColon,
  NoForArrow,
  NoBlockBrace,
  BraceOnNextLine,
  NoNewlineBeforeBrace,
  InlineBlockGoesOn,
  InlineBlockInBlock,
  // Something is open. `opener` is where it opened, `begin` where it was given up.
  UnclosedBracket,
  UnclosedBody,
  UnclosedInterpolation,
  UnclosedDirective,
  UnclosedString,
  UnclosedLabel,
  UnclosedHeredoc,
  UnclosedComment,
  UnclosedIf,
  UnclosedFor,
  // Something is there that should not be: [begin, end).
  NotAnItem,
  StrayBrace,
  JunkAfterItem,
  JunkInBrackets,
  TemplateInLabel,
  BadEscape,
  BadNumber,
  BadDirective,
  LegacyIndex,
  LegacySplat,
  TooDeep,
  TooTall,
  NoLetter,  // in a name
  NulByte,
  InvalidUtf8,
  FileTooLarge,
};

struct Fault {
  Problem problem;
  std::uint32_t begin;
  std::uint32_t end;
  std::uint32_t opener;
};

struct Limits {
  int depth;
  std::size_t height;
  std::size_t bytes;
};

void deliver(const std::vector<Fault>& faults, std::string_view text, source::FileId file,
             const Limits& limits, diagnostics::DiagnosticSink& sink);

}  // namespace space::syntax
