// A corpus case: one file of tests/corpus, taken apart. In: its bytes. Out: the files it stands
// for, and the diagnostics it expects. The form is described in docs/testing.md:
//
//   # prelude: NAME            adds tests/corpus/preludes/NAME.space as prelude.space
//   # --- PATH                 the next file; text before the first goes to main.space; std/… is
//   the standard library # --- PATH repeat N TEXT   a generated file; # --- PATH symlink TARGET a
//   link # ^^^^ error[SPC3001]: …   an annotation: what is expected at those columns of the line
//   above # --- expect               annotations as lines, for places where a comment cannot stand
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace space::corpus {

struct Place {
  std::uint32_t line = 0, column = 0;  // from 1; 0: about no place
  friend auto operator<=>(const Place&, const Place&) = default;
};

struct Expectation {
  std::string file;  // "" where it is about no place
  Place begin, end;  // end exclusive
  std::string severity, code, message;
  friend auto operator<=>(const Expectation&, const Expectation&) = default;
};

struct Section {
  enum class Kind { Text, Repeat, Symlink };
  Kind kind = Kind::Text;
  std::string path;
  std::string header;  // the `# ---` line as it stands; "" for the text before the first
  std::vector<std::string> lines;  // Text: without line ends, annotations too
  bool ends_with_newline = true;
  std::string argument;  // Repeat: the text; Symlink: the target
  std::size_t times = 0;
};

struct Case {
  std::string prelude;            // a name, or ""
  std::vector<Section> sections;  // without the expect section
  std::vector<Expectation> inline_expectations, listed_expectations;
  std::vector<Expectation> all() const;  // sorted
};

base::Result<Case> parse_case(std::string_view text);

// The bytes of a section's file.
std::string section_text(const Section& section);

// Lines are counted without annotations everywhere, so that a place means the same before and after
// an update.
std::uint32_t bare_line(const Section& section, std::uint32_t line);

// The same case without what it expects; then with what it shall expect, inline or as a list.
Case without_expectations(const Case& from);
std::string render_inline(const Case& bare, const std::vector<Expectation>& expectations);
std::string render_listed(const Case& bare, const std::vector<Expectation>& expectations);

std::string to_line(const Expectation& expectation);  // as in the expect section

}  // namespace space::corpus
