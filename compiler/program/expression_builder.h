// ExpressionBuilder: the work behind build_expression, with the scratch space that many expressions
// share. In: syntax nodes of expressions. Out: nodes of an ExprTree. Text of templates is
// templates.cpp's. What holds a syntax error is ExprKind::Invalid and says nothing more: the parser
// has reported it.
#pragma once

#include <string_view>
#include <vector>

#include "compiler/program/template_text.h"
#include "compiler/syntax/syntax_tree.h"
#include "core/diagnostics/sink.h"
#include "core/eval/expression.h"

namespace space::program {

class ExpressionBuilder {
 public:
  ExpressionBuilder(eval::ExprTree& tree, diagnostics::DiagnosticSink& sink)
      : tree_(tree), sink_(sink) {}

  eval::ExprId build(syntax::Node node);  // an empty node gives an Invalid without a place
  eval::ExprId invalid(source::Span span);
  eval::ExprTree& tree() { return tree_; }

 private:
  // Children of the node being made lie on top of one stack that all nodes share.
  class Children {
   public:
    explicit Children(std::vector<eval::ExprId>& stack) : stack_(stack), bottom_(stack.size()) {}
    ~Children() { stack_.resize(bottom_); }
    Children(const Children&) = delete;
    Children& operator=(const Children&) = delete;
    void push(eval::ExprId id) { stack_.push_back(id); }
    std::span<const eval::ExprId> view() const { return std::span(stack_).subspan(bottom_); }

   private:
    std::vector<eval::ExprId>& stack_;
    std::size_t bottom_;
  };

  eval::ExprId add(eval::Expr expr, std::initializer_list<eval::ExprId> children);
  eval::ExprId literal(source::Span span, values::Value value);
  eval::ExprId build_or_invalid(syntax::Node node, source::Span around);

  eval::ExprId build_literal(syntax::Node node);
  eval::ExprId build_variable(syntax::Node node);
  eval::ExprId build_postfix(syntax::Node node);
  eval::ExprId apply_steps(std::span<const syntax::Node> steps, eval::ExprId operand);
  eval::ExprId apply_step(syntax::Node step, eval::ExprId operand);
  eval::ExprId apply_legacy_index(syntax::Node step, eval::ExprId operand);
  eval::ExprId build_call(syntax::Node node);
  eval::ExprId build_unary(syntax::Node node);
  eval::ExprId build_binary(syntax::Node node);
  eval::ExprId build_conditional(syntax::Node node);
  eval::ExprId build_tuple(syntax::Node node);
  eval::ExprId build_object(syntax::Node node);
  eval::ExprId build_key(syntax::Node key);
  eval::ExprId build_for(syntax::Node node);
  eval::ExprId build_parens(syntax::Node node);

  eval::ExprId build_template(syntax::Node node);
  // The parts between `first` and the next sibling that ends them, as a Template over `span`.
  eval::ExprId build_parts(std::span<const syntax::Node> parts, const TemplateText& text,
                           source::Span span);
  eval::ExprId build_part(syntax::Node part, const TemplateText& text);
  eval::ExprId build_template_if(syntax::Node node, const TemplateText& text);
  eval::ExprId build_template_for(syntax::Node node, const TemplateText& text);

  eval::ExprTree& tree_;
  diagnostics::DiagnosticSink& sink_;
  std::vector<eval::ExprId> stack_;
};

// The names of a ForIntro or a DirectiveFor, into `expr`.
void read_loop_names(syntax::Node intro, eval::Expr& expr);

}  // namespace space::program
