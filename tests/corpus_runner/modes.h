// What must hold for every case besides its diagnostics. In: a case and its outcome in the plain
// mode. Out: what broke, as lines; none where all hold.
//
//   shuffled   files and top-level blocks in another order: the same findings, the same bytes
//   merged     all `.space` files of a folder as one: likewise
//   formatted  `spacec fmt` twice is as once; formatted files give the same findings and bytes
//   edited     a workspace that saw the files broken, then changed, then so: likewise, at the same
//              places
//   fixed      what `spacec fix` would write says what was mended no more, and adds no syntax error
#pragma once

#include <string>
#include <vector>

#include "tests/corpus_runner/run_case.h"

namespace space::corpus {

std::vector<std::string> check_shuffled(const Case& from, const Outcome& plain,
                                        const Setting& setting);
std::vector<std::string> check_merged(const Case& from, const Outcome& plain,
                                      const Setting& setting);
std::vector<std::string> check_formatted(const Case& from, const Outcome& plain,
                                         const Setting& setting);

std::vector<std::string> check_edited(const Case& from, const Outcome& plain,
                                      const Setting& setting);
std::vector<std::string> check_fixed(const Case& from, const Outcome& plain,
                                     const Setting& setting);

}  // namespace space::corpus
