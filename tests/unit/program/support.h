// What the tests of this room share: a program from texts, its diagnostics as short lines, and
// expressions as S-expressions. Tests alone.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/program/build_program.h"
#include "core/diagnostics/sink.h"
#include "core/source/source_set.h"

struct Built {
  space::source::SourceSet sources;
  space::model::Program program;
  std::vector<std::string> diagnostics;  // "a.space:2:3 SPC1002 block … | help"

  std::string show(space::eval::ExprId id) const;
};

Built build(std::vector<std::pair<std::string, std::string>> files);
Built build(std::string text);  // one file, with a project block added in a second one
std::string show(const space::eval::ExprTree& tree, space::eval::ExprId id);
std::string show_expression(
    std::string_view text);  // of `x = TEXT` in locals; diagnostics after it
