// Evaluator: one evaluation of one expression, with what is bound inside it. For the files
// evaluate*.cpp alone. A mistake is reported once, where it happens, and the value there is
// unknown; what reads it stays silent.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/eval/evaluate.h"

namespace space::eval {

class Evaluator {
 public:
  Evaluator(const ExprTree& tree, const Scope& scope, const FunctionContext& functions,
            diagnostics::DiagnosticSink& sink)
      : tree_(tree), scope_(scope), functions_(functions), sink_(&sink) {}

  values::Value evaluate(ExprId id);

 private:
  // A value with what was reported on the way, held back until somebody knows whether it matters.
  struct Held {
    values::Value value;
    std::vector<diagnostics::Diagnostic> reports;
    bool failed = false;
  };
  struct Binding {
    std::string_view name;
    values::Value value;
  };
  struct Item {
    values::Value key;
    values::Value value;
  };
  // What a `for` goes over; nothing to go over when the whole result is known without: `instead`.
  struct Loop {
    bool runs = false;
    values::Value instead;
    values::Marks marks;
    std::vector<Item> items;
  };
  enum class Include { Yes, No, Unknown };

  // evaluate.cpp
  values::Value fail(source::Span span, std::string message, std::string help = {},
                     std::source_location origin = std::source_location::current());
  values::Value fail_null(source::Span span, std::string_view what,
                          std::source_location origin = std::source_location::current());
  bool failed_since(std::size_t mark) const { return failures_ != mark; }
  Held hold(ExprId id);
  void release(Held& held);
  values::Value reference(ExprId id);
  values::Value step(const values::Value& value, const Expr& by, source::Span span,
                     const values::Value* key);
  const values::Value* bound(std::string_view name) const;
  values::Value tuple(ExprId id);
  values::Value object(ExprId id);

  // evaluate_splat.cpp
  values::Value splat(ExprId id);

  // evaluate_conditional.cpp
  values::Value conditional(ExprId id);
  values::Value choose(ExprId condition, Held yes, Held no, source::Span yes_span,
                       source::Span no_span);

  // evaluate_operators.cpp
  values::Value unary(ExprId id);
  values::Value binary(ExprId id);
  values::Value logical(ExprId id);
  values::Value equality(const Expr& expr, const values::Value& left, const values::Value& right);
  values::Value arithmetic(const Expr& expr, const values::Number& left,
                           const values::Number& right);
  std::optional<values::Value> operand(ExprId id, const values::Value& value,
                                       const values::Type& wanted);

  // evaluate_templates.cpp
  values::Value text(ExprId id);
  values::Value text_if(ExprId id);
  values::Value text_for(ExprId id);

  // evaluate_for.cpp
  Loop begin_loop(ExprId id, std::optional<ExprId> condition);
  bool check_condition(const Expr& expr, ExprId condition);
  void bind(const Expr& expr, const Item& item);
  void unbind(const Expr& expr);
  Include included(const Expr& expr, ExprId condition, values::Marks& marks);
  values::Value for_tuple(ExprId id, ExprId value, std::optional<ExprId> condition);
  values::Value for_object(ExprId id);

  // evaluate_calls.cpp
  values::Value call(ExprId id);
  values::Value leave_to_tofu(const Expr& expr, const values::Type& type);
  values::Value try_call(ExprId id);
  values::Value can_call(ExprId id);
  std::optional<std::vector<std::pair<values::Value, ExprId>>> arguments(ExprId id,
                                                                         values::Value& instead);
  values::Value apply(const Function& function, const Expr& expr,
                      std::span<const std::pair<values::Value, ExprId>> arguments);

  const ExprTree& tree_;
  const Scope& scope_;
  const FunctionContext& functions_;
  diagnostics::DiagnosticSink* sink_;
  std::size_t failures_ = 0;
  int held_ = 0;  // how many holds are open
  std::vector<Binding> bindings_;
  std::vector<values::Value> splat_items_;
};

}  // namespace space::eval
