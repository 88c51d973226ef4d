// One case through one mode of the compiler. In: the case, the preludes, what to leave out. Out:
// what differs from what the case expects, as lines for people; none where it passes.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "compiler/driver/compile.h"
#include "core/base/filesystem.h"
#include "tests/corpus_runner/case.h"

namespace space::corpus {

struct Setting {
  std::map<std::string, std::string> preludes;  // name -> text
  // A code (`SPC3001`) or an origin (`compiler/check/stages.cpp:40`): as if what reports it were
  // disabled. "": nothing is dropped.
  std::string dropped;
  // As if the parser gave up at the first syntax error of a file.
  enum class Recovery { On, Off } recovery = Recovery::On;
};

// The files of a case, ready to compile. Texts may be replaced by a mode before that.
struct Input {
  std::map<std::string, std::string> files;  // without the standard library's
  std::map<std::string, std::string> symlinks, standard_library;
  std::vector<std::string> paths = {"."};
};

Input input_of(const Case& from, const Setting& setting);

struct Outcome {
  driver::Compilation compilation;
  std::vector<Expectation> found;  // in the case's own lines, sorted
};

Outcome run(const Input& input, const Case& from, const Setting& setting);
// Likewise, by a workspace that was asked before: for each of `before` in turn, then for `input`.
Outcome run_edited(const std::vector<Input>& before, const Input& input, const Case& from,
                   const Setting& setting);

// One line, whatever a message holds.
std::string one_line(const std::string& message);
// The line that reported, `compiler/check/stages.cpp:40`, whatever folder the build was made in.
std::string origin_of(const diagnostics::Diagnostic& diagnostic);

}  // namespace space::corpus
