// What an argument of tofu's own blocks must be before anything is evaluated: a flag that is
// written out, an address, a list of names … In: its shape, and the expression. Out: findings. Not
// for other rooms.
#pragma once

#include <source_location>

#include "compiler/model/program.h"
#include "compiler/program/tofu_shapes.h"
#include "core/diagnostics/sink.h"

namespace space::program {

class Forms {
 public:
  Forms(const eval::ExprTree& tree, diagnostics::DiagnosticSink& sink) : tree_(tree), sink_(sink) {}

  void check(const ArgumentShape& shape, model::ExprId value);
  // Reports that it is something else.
  void must_be(const ArgumentShape& shape, model::ExprId value, std::string_view what,
               std::source_location origin = std::source_location::current());

 private:
  void list(const ArgumentShape& shape, model::ExprId value, std::string_view of);

  const eval::ExprTree& tree_;
  diagnostics::DiagnosticSink& sink_;
};

}  // namespace space::program
