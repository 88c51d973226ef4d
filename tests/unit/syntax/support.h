// What the tests of this room share: parse a text, look at its tree as text and at its faults as
// lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/syntax/parse.h"
#include "core/diagnostics/sink.h"
#include "core/source/source_set.h"

namespace space::syntax::test {

enum class Entry { File, TofuFile, Expression, Template };

struct Parsed {
  std::string text;
  std::string tree;                  // dump without trivia
  std::vector<std::string> faults;   // "SPC0001 1:5 message"
  std::vector<std::string> helps;    // of all faults
  std::vector<std::string> related;  // "1:5 label"
  std::string leaves;                // all leaves in order
  std::size_t height = 0;
  bool well_formed = false;  // every `next` closes inside its parent, spans of children lie in the
                             // parent's, in order
};

Parsed parse_text(std::string_view text, Entry entry = Entry::File);

// The dump of the value in `x = VALUE`, indentation taken off. Fails where the text has faults.
std::string value_of(std::string_view expression);

}  // namespace space::syntax::test
