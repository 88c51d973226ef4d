// A value against the type that is wanted. What an expression writes out is judged at its own
// place: objects are closed, a refined text says what it says. tofu drops an attribute that nobody
// asked for, without a word.
#include <algorithm>

#include "compiler/typing/context.h"
#include "core/base/strings.h"
#include "core/values/refined.h"
#include "core/values/render.h"

namespace space::typing {

namespace {

using eval::ExprKind;
using values::Type;
using values::TypeKind;

void report_refined(Context& context, source::Span span, const values::ConversionError& error,
                    const Wanted& wanted, const std::string& of,
                    std::source_location origin = std::source_location::current()) {
  const std::string name = wanted.what.substr(std::min(wanted.what.find('`'), wanted.what.size()));
  context.sink.report(diagnostics::refined_value, {span, origin}, error.message)
      .label(fmt::format("{} is a `{}`", of, values::name_of(error.refinement)))
      .related(wanted.declared, fmt::format("{} is declared here", name))
      .help(fmt::format("write {}, say", values::refined_type(error.refinement).example));
}

// ".servers[0]" of variable `x`, in words.
std::string subject(const std::string& path, const Wanted& wanted) {
  if (path.empty()) return wanted.what;
  return fmt::format("`{}` of {}", path.front() == '.' ? path.substr(1) : path, wanted.what);
}

std::string step(const std::string& name) {
  return values::is_identifier(name) ? "." + name : "[" + values::quote_hcl(name) + "]";
}

class LiteralChecker {
 public:
  LiteralChecker(Context& context, const Standing& standing, const Wanted& wanted)
      : context_(context), standing_(standing), wanted_(wanted) {}

  void walk(model::ExprId id, const Type& type, const std::string& path) {
    const auto children = tree().children(id);
    const bool sequence = type.kind() == TypeKind::List || type.kind() == TypeKind::Set;
    switch (tree()[id].kind) {
      case ExprKind::Parens:
      case ExprKind::Wrap:
        return walk(children[0], type, path);
      case ExprKind::Conditional:
        walk(children[1], type, path);
        return walk(children[2], type, path);
      case ExprKind::Object:
        return object(id, type, path);
      case ExprKind::Tuple:
        for (std::size_t i = 0; i < children.size(); ++i) {
          const std::string inner = fmt::format("{}[{}]", path, i);
          if (sequence) walk(children[i], type.element(), inner);
          if (type.kind() == TypeKind::Tuple && i < type.elements().size())
            walk(children[i], type.elements()[i], inner);
        }
        return;
      case ExprKind::ForTuple:
        if (sequence) walk(children[1], type.element(), path + "[…]");
        return;
      case ExprKind::ForObject:
        if (type.kind() == TypeKind::Map && !tree()[id].groups)
          walk(children[2], type.element(), path + "[…]");
        return;
      default:
        return leaf(id, type, path);
    }
  }

  Verdict verdict() const { return verdict_; }

 private:
  const eval::ExprTree& tree() const { return context_.tree(); }

  // What is not refined is judged with the whole, whose value is at hand; only a refined leaf is
  // evaluated once more, by itself, so that its mistake stands at its own place.
  void leaf(model::ExprId id, const Type& type, const std::string& path) {
    if (type.refinement() == values::Refinement::None) return;
    const values::Value value = quiet_value(context_, id, standing_);
    const values::Conversion conversion = values::convert(value, type);
    if (conversion.value || conversion.error.kind != values::ConversionError::Kind::Refinement)
      return;
    verdict_ = Verdict::Reported;
    report_refined(context_, tree()[id].span, conversion.error, wanted_, subject(path, wanted_));
  }

  void object(model::ExprId id, const Type& type, const std::string& path) {
    const auto children = tree().children(id);
    std::vector<std::string_view> given;
    bool all_named = true;
    for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
      const auto name = eval::literal_string(tree(), children[i]);
      if (type.kind() == TypeKind::Map) {
        walk(children[i + 1], type.element(), path + (name ? step(*name) : "[…]"));
      } else if (type.kind() == TypeKind::Object && !name) {
        all_named = false;
      } else if (type.kind() == TypeKind::Object) {
        const auto found = type.attributes().find(*name);
        if (found == type.attributes().end()) {
          if (const auto near = unknown_key(id, children[i], *name, type, path))
            given.push_back(*near);
          continue;
        }
        given.push_back(found->first);
        walk(children[i + 1], found->second.type, path + step(*name));
      }
    }
    if (type.kind() != TypeKind::Object || !all_named) return;
    for (const auto& [name, attribute] : type.attributes()) {
      if (attribute.optional || std::find(given.begin(), given.end(), name) != given.end())
        continue;
      verdict_ = Verdict::Reported;
      context_.sink
          .report(diagnostics::missing_attribute, tree()[id].span, subject(path, wanted_), name)
          .label(fmt::format("`{}` must be {}", name, values::describe(attribute.type)))
          .related(wanted_.declared, "the type is declared here")
          .help(fmt::format("add `{} = …`, or declare it `optional(…)` in the type", name));
      return;  // one at a time: they share a place
    }
  }

  // The attribute that was meant, if one is near.
  std::optional<std::string_view> unknown_key(model::ExprId object, model::ExprId key,
                                              const std::string& name, const Type& type,
                                              const std::string& path) {
    verdict_ = Verdict::Reported;
    std::vector<std::string_view> names;
    for (const auto& [known, attribute] : type.attributes()) names.push_back(known);
    const source::Span span = tree()[key].span;
    auto report =
        context_.sink.report(diagnostics::unexpected_attribute, span, subject(path, wanted_), name);
    report.label("tofu would drop it without a word")
        .related(wanted_.declared, "the type is declared here");
    return diagnostics::respell_listed(
        report, {name, span, context_.sources.text(span), eval::literal_keys(tree(), object)},
        names, "it takes", "it takes none");
  }

  Context& context_;
  Standing standing_;
  const Wanted& wanted_;
  Verdict verdict_ = Verdict::Fits;
};

}  // namespace

Verdict check_literals(Context& context, model::ExprId expr, Standing standing,
                       const Wanted& wanted) {
  if (!expr.valid()) return Verdict::Fits;
  LiteralChecker checker(context, standing, wanted);
  checker.walk(expr, wanted.type, "");
  return checker.verdict();
}

Verdict check_value(Context& context, model::ExprId expr, const values::Value& value,
                    Standing standing, const Wanted& wanted) {
  if (check_literals(context, expr, standing, wanted) == Verdict::Reported)
    return Verdict::Reported;
  const values::Conversion conversion = values::convert(value, wanted.type);
  if (conversion.value) return Verdict::Fits;
  const values::ConversionError& error = conversion.error;
  const source::Span span = context.tree()[expr].span;
  if (error.kind == values::ConversionError::Kind::Refinement) {
    report_refined(context, span, error, wanted, subject(error.path, wanted));
    return Verdict::Reported;
  }
  report_misfit(context, expr, value, standing, wanted, error);
  return Verdict::Reported;
}

}  // namespace space::typing
