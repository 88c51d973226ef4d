// Inside of expressions: what varies and is compared with a literal, and names of a `for` that hide
// what stands outside of it.
#include <algorithm>

#include "compiler/check/lints.h"

namespace space::check {

namespace {

using eval::ExprKind;

// Roots of references to values, which a `for` name would hide. What names entities alone (`space`,
// `environment` …) is not read there, and is what one calls a key.
constexpr std::string_view k_roots[] = {"common",    "data",   "each",    "flight",
                                        "instance",  "local",  "mission", "module",
                                        "procedure", "secret", "self",    "var"};

// Spans of what stops a run and chooses no code: it may ask for any value.
void add_stops(const std::vector<model::Block>& blocks, std::vector<source::Span>& stops) {
  for (const model::Block& block : blocks) {
    const std::string& type = block.type.text;
    const bool stop = type == "assert" || type == "precondition" || type == "postcondition";
    if (stop) {
      stops.push_back(block.span);
    } else {
      add_stops(block.body.blocks, stops);
    }
  }
}

bool chooses(model::SiteKind kind) {
  switch (kind) {
    case model::SiteKind::ProcedureInput:
    case model::SiteKind::ProcedureBody:
    case model::SiteKind::ProcedureOutputValue:
    case model::SiteKind::ExportValue:
    case model::SiteKind::ProviderConfiguration:
      return true;
    default:
      return false;
  }
}

bool binds(ExprKind kind) {
  return kind == ExprKind::ForTuple || kind == ExprKind::ForObject || kind == ExprKind::TemplateFor;
}

class Walk {
 public:
  Walk(Context& context, const model::Use& use, bool compared)
      : context_(context), tree_(context.program.tree()), use_(use), compared_(compared) {}

  void walk(eval::ExprId id) {
    const eval::Expr& expr = tree_[id];
    const bool equality = expr.kind == ExprKind::Binary &&
                          (expr.op == eval::Operator::Equal || expr.op == eval::Operator::NotEqual);
    if (equality && compared_) check_comparison(id);
    const std::size_t outside = bound_.size();
    const auto children = tree_.children(id);
    for (std::size_t i = 0; i < children.size(); ++i) {
      if (i == 1 && binds(expr.kind)) bind(expr);  // the collection does not see them
      walk(children[i]);
    }
    bound_.resize(outside);
  }

 private:
  void check_comparison(eval::ExprId id) {
    const auto sides = tree_.children(id);
    for (std::size_t i = 0; i < 2; ++i) {
      if (eval::literal_value(tree_, sides[1 - i]) == nullptr) continue;
      const auto traversal = eval::as_traversal(tree_, sides[i]);
      const model::Reference* reference =
          traversal ? context_.program.reference(traversal->head) : nullptr;
      if (reference == nullptr || reference->kind != model::RefKind::Variable) continue;
      const model::VariableDecl& variable =
          context_.program[use_.site.mission].decl->variables[reference->index];
      if (!variable.varies.valid()) continue;
      context_.sink
          .report(diagnostics::compares_literal, tree_[id].span,
                  context_.text(tree_[sides[i]].span),
                  fmt::format("`{}`", context_.text(tree_[sides[1 - i]].span)))
          .label("asks for the environment in other words")
          .related(variable.header, "it varies")
          .help("a variable of its own can say what is meant, and `values` who wants it");
    }
  }

  void bind(const eval::Expr& expr) {
    for (const std::string& name : {expr.name, expr.second_name}) {
      if (name.empty()) continue;
      const bool root = std::ranges::find(k_roots, name) != std::end(k_roots);
      if (root || std::ranges::find(bound_, name) != bound_.end()) {
        context_.sink
            .report(diagnostics::hidden_name, place_of(expr, name), name,
                    root ? fmt::format("`{}.…`", name) : "the name of a `for` around it")
            .help("call it otherwise");
      }
    }
    for (const std::string& name : {expr.name, expr.second_name}) {
      if (!name.empty()) bound_.push_back(name);
    }
  }

  // The first word of that name behind `for`.
  source::Span place_of(const eval::Expr& expr, const std::string& name) const {
    const std::string text = context_.text(expr.span);
    const auto is_word = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             c == '_' || c == '-';
    };
    std::size_t at = text.find("for");
    while (at != text.npos) {
      at = text.find(name, at + 1);
      if (at == text.npos) break;
      const std::size_t end = at + name.size();
      if (!is_word(text[at - 1]) && (end == text.size() || !is_word(text[end]))) {
        const auto begin = static_cast<std::uint32_t>(expr.span.begin + at);
        return {expr.span.file, begin, begin + static_cast<std::uint32_t>(name.size())};
      }
    }
    return expr.span;
  }

  Context& context_;
  const eval::ExprTree& tree_;
  const model::Use& use_;
  bool compared_;
  std::vector<std::string> bound_;
};

}  // namespace

void lint_expressions(Context& context) {
  const model::ResolvedProgram& program = context.program;
  std::vector<std::vector<source::Span>> stops(program.procedures.size());
  for (std::size_t i = 0; i < stops.size(); ++i)
    add_stops(program.procedures[i].decl->body, stops[i]);
  for (const model::Use& use : program.uses) {
    const source::Span span = program.tree()[use.expr].span;
    const bool stops_a_run =
        use.site.procedure.valid() &&
        std::ranges::any_of(stops[use.site.procedure.index()],
                            [&](source::Span one) { return one.contains(span); });
    Walk(context, use, chooses(use.site.kind) && !stops_a_run).walk(use.expr);
  }
}

}  // namespace space::check
