#include "compiler/modules/expression_text.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "compiler/program/expressions.h"
#include "compiler/syntax/parse.h"

namespace space::modules {

namespace {

class Places {
 public:
  Places(source::Span raw, std::string_view file_text)
      : file_(raw.file), offsets_(offsets_of(file_text.substr(raw.begin, raw.size()), raw.begin)) {}

  source::Span of(source::Span span) const {
    if (!span.valid()) return span;
    return {file_, at(span.begin), at(span.end)};
  }

 private:
  std::uint32_t at(std::uint32_t offset) const {
    return offsets_[std::min<std::size_t>(offset, offsets_.size() - 1)];
  }

  source::FileId file_;
  std::vector<std::uint32_t> offsets_;
};

// Fixes are left out: their texts are no JSON.
void hand_on(const diagnostics::CollectingSink& from, const Places& places,
             diagnostics::DiagnosticSink& to) {
  for (diagnostics::Diagnostic diagnostic : from.all()) {
    diagnostic.primary.span = places.of(diagnostic.primary.span);
    for (diagnostics::Label& label : diagnostic.related) label.span = places.of(label.span);
    diagnostic.fixes.clear();
    to.add(std::move(diagnostic));
  }
}

// A tree's children stand before their parents, so one pass copies it.
eval::ExprId copy(const eval::ExprTree& from, eval::ExprId root, const Places& places,
                  eval::ExprTree& into) {
  const auto base = static_cast<std::uint32_t>(into.size());
  for (std::uint32_t i = 0; i < from.size(); ++i) {
    eval::Expr expr = from[eval::ExprId(i)];
    expr.span = places.of(expr.span);
    expr.name_span = places.of(expr.name_span);
    std::vector<eval::ExprId> children;
    for (const eval::ExprId child : from.children(eval::ExprId(i)))
      children.emplace_back(base + static_cast<std::uint32_t>(child.index()));
    into.add(std::move(expr), children);
  }
  return eval::ExprId(base + static_cast<std::uint32_t>(root.index()));
}

}  // namespace

eval::ExprId expression_in_string(source::Span raw, std::string_view file_text,
                                  const std::string& text, Form form, eval::ExprTree& into,
                                  diagnostics::DiagnosticSink& sink) {
  source::SourceSet scratch;
  const source::FileId file = scratch.add("", text);
  diagnostics::CollectingSink found;
  const syntax::SyntaxTree tree =
      form == Form::Template
          ? syntax::parse_template(scratch, file, found)
          : syntax::parse_expression(scratch, file, found, syntax::Dialect::Tofu);
  eval::ExprTree built;
  syntax::Node root = tree.root();
  const eval::ExprId id = program::build_expression(root, built, found);
  const Places places(raw, file_text);
  hand_on(found, places, sink);
  return copy(built, id, places, into);
}

}  // namespace space::modules
