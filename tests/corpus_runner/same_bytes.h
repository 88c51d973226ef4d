// What an output says, whatever its sources are called and wherever in them a text stands. In: an
// outcome. Out: a text for each emitted file; two programs that mean the same have the same texts.
//
//   first lines       `from FILE` names the file that FILE became
//   maps              each mapping is what it covers, its kind, its file, and the text it points to
//   isolation.json    a place is its file and the text of its line
//   run-plan.json     the digest of a file, which must be that of its bytes, is the digest of its
//                     text here
//   all the others    are as they are
#pragma once

#include <map>
#include <string>

#include "tests/corpus_runner/run_case.h"

namespace space::corpus {

using Renames =
    std::map<std::string, std::string>;  // a source, and what it is in the other program

// Reformatted: the sources have another layout, and so other pieces of them are emitted as they
// are. Then a map is the files it covers, each mapping pointing to a text, and a place its file.
enum class SourceText { Same, Reformatted };

std::map<std::string, std::string> comparable(const Outcome& outcome, const Renames& renames,
                                              SourceText text);

}  // namespace space::corpus
