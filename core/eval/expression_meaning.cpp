#include "core/eval/expression_meaning.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "core/values/render.h"

namespace space::eval {

namespace {

class Writer {
 public:
  explicit Writer(const ExprTree& tree) : tree_(tree) {}

  void write(ExprId id) {
    id = without_parens(tree_, id);
    const Expr& expr = tree_[id];
    switch (expr.kind) {
      case ExprKind::Literal:
        return literal(expr.literal);
      case ExprKind::Template:
        return text(id);
      case ExprKind::Object:
        return object(id);
      default:
        break;
    }
    out_ += '(';
    out_ += std::to_string(static_cast<int>(expr.kind));
    if (expr.op != Operator::None) out_ += " op" + std::to_string(static_cast<int>(expr.op));
    if (expr.expands_last) out_ += " ...";
    if (expr.groups) out_ += " groups";
    if (expr.has_condition) out_ += " if";
    if (!expr.name.empty()) out_ += " " + expr.name;
    if (!expr.second_name.empty()) out_ += " ," + expr.second_name;
    for (const ExprId child : tree_.children(id)) {
      out_ += ' ';
      write(child);
    }
    out_ += ')';
  }

  std::string take() { return std::move(out_); }

 private:
  void literal(const values::Value& value) {
    if (value.is_null()) {
      out_ += "null";
    } else if (value.kind() == values::TypeKind::String) {
      out_ += values::quote_hcl(value.as_string());
    } else if (value.kind() == values::TypeKind::Bool) {
      out_ += value.as_bool() ? "true" : "false";
    } else {
      out_ += value.as_number().to_string();
    }
  }

  // Literal texts beside each other are one: a heredoc has one a line. A text of literals alone is
  // the literal.
  void text(ExprId id) {
    std::string pending;
    bool parts = false;
    const auto flush = [&] {
      if (pending.empty()) return;
      out_ += (parts ? " " : "(text ") + values::quote_hcl(pending);
      parts = true;
      pending.clear();
    };
    for (const ExprId child : tree_.children(id)) {
      const Expr& part = tree_[child];
      if (part.kind == ExprKind::Literal && !part.literal.is_null() &&
          part.literal.kind() == values::TypeKind::String) {
        pending += part.literal.as_string();
        continue;
      }
      flush();
      out_ += parts ? " " : "(text ";
      parts = true;
      write(child);
    }
    if (!parts) {
      out_ += values::quote_hcl(pending);
      return;
    }
    flush();
    out_ += ')';
  }

  // A key that is not written out may come after its like, and would win: the order stays then.
  void object(ExprId id) {
    std::vector<std::pair<std::string, std::string>> items;
    std::set<std::string> names;
    const auto children = tree_.children(id);
    bool plain = true;
    for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
      Writer key(tree_), value(tree_);
      key.write(children[i]);
      value.write(children[i + 1]);
      const bool written_out = literal_value(tree_, children[i]) != nullptr;
      items.emplace_back(key.take(), value.take());
      plain = plain && written_out && names.insert(items.back().first).second;
    }
    if (plain) std::sort(items.begin(), items.end());
    out_ += '{';
    for (const auto& [key, value] : items) out_ += key + "=" + value + ";";
    out_ += '}';
  }

  const ExprTree& tree_;
  std::string out_;
};

}  // namespace

std::string expression_meaning(const ExprTree& tree, ExprId id) {
  if (!id.valid()) return "";
  Writer writer(tree);
  writer.write(id);
  return writer.take();
}

}  // namespace space::eval
