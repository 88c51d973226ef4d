#include "compiler/program/tofu_forms.h"

#include <algorithm>
#include <initializer_list>

namespace space::program {

namespace {

using eval::ExprKind;
using eval::ExprTree;

bool is(const ExprTree& tree, model::ExprId value, ExprKind kind) {
  return tree[value].kind == kind;
}

// tofu still takes a name in quotes, as it once had to be.
bool is_name(const ExprTree& tree, model::ExprId value) {
  return eval::as_traversal(tree, value).has_value() || eval::literal_string(tree, value);
}

bool is_word(const ExprTree& tree, model::ExprId value,
             std::initializer_list<std::string_view> words) {
  const auto name = eval::as_traversal(tree, value);
  const auto quoted = eval::literal_string(tree, value);
  const std::string_view word = quoted ? std::string_view(*quoted) : name ? name->root : "";
  return std::find(words.begin(), words.end(), word) != words.end() &&
         (!name || name->steps.empty());
}

bool is_resource(const ExprTree& tree, model::ExprId value) {
  const auto address = eval::as_traversal(tree, value);
  if (!address) return false;
  for (const std::string_view other : {"var", "local", "data", "module", "path", "flight"}) {
    if (address->root == other) return false;
  }
  return true;
}

bool is_flag(const ExprTree& tree, model::ExprId value) {
  const auto text = eval::literal_string(tree, value);
  if (text) return *text == "true" || *text == "false";
  const values::Value* literal = eval::literal_value(tree, value);
  if (literal != nullptr) return eval::literal_bool(tree, value).has_value();
  return eval::free_references(tree, value).empty() && !is(tree, value, ExprKind::Tuple) &&
         !is(tree, value, ExprKind::Object);
}

}  // namespace

void Forms::check(const ArgumentShape& shape, model::ExprId value) {
  switch (shape.form) {
    case Form::Anything:
      break;
    case Form::Text:
      if (eval::is_collection(tree_, value)) must_be(shape, value, "a text");
      break;
    case Form::Flag:
      if (!is_flag(tree_, value)) must_be(shape, value, "`true` or `false`, written out");
      break;
    case Form::Address:
      if (!eval::as_traversal(tree_, value)) must_be(shape, value, "an address");
      break;
    case Form::Provider:
      if (!is_name(tree_, value)) must_be(shape, value, "the name of a provider");
      break;
    case Form::Providers:
      if (!is(tree_, value, ExprKind::Object)) must_be(shape, value, "an object, written out");
      break;
    case Form::Addresses:
      list(shape, value, "a list of addresses");
      break;
    case Form::Resources:
      list(shape, value, "a list of addresses of resources");
      break;
    case Form::Attributes:
      if (const auto all = eval::as_traversal(tree_, value); all && all->root == "all") break;
      list(shape, value, "a list of arguments' names, or `all`");
      break;
    case Form::When:
      if (!is_word(tree_, value, {"create", "destroy"}))
        must_be(shape, value, "`create` or `destroy`");
      break;
    case Form::OnFailure:
      if (!is_word(tree_, value, {"continue", "fail"}))
        must_be(shape, value, "`continue` or `fail`");
      break;
    case Form::Condition:
      if (eval::free_references(tree_, value).empty() && !is(tree_, value, ExprKind::Invalid))
        sink_.report(diagnostics::invalid_value, tree_[value].span, shape.name,
                     "reads nothing, so it checks nothing");
      break;
  }
}

void Forms::list(const ArgumentShape& shape, model::ExprId value, std::string_view of) {
  if (!is(tree_, value, ExprKind::Tuple)) {
    must_be(shape, value, of);
    return;
  }
  for (const model::ExprId item : tree_.children(value)) {
    const bool fits =
        shape.form == Form::Resources ? is_resource(tree_, item) : is_name(tree_, item);
    if (!fits) must_be(shape, item, of);
  }
}

void Forms::must_be(const ArgumentShape& shape, model::ExprId value, std::string_view what,
                    std::source_location origin) {
  if (!is(tree_, value, ExprKind::Invalid))
    sink_.report(diagnostics::wrong_reference_kind, {tree_[value].span, origin}, shape.name, what);
}

}  // namespace space::program
