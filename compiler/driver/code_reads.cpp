#include "compiler/driver/code_reads.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "compiler/compare/code.h"
#include "core/base/filesystem.h"

namespace space::driver {

namespace {

using eval::Expr;
using eval::ExprId;
using eval::ExprKind;
using eval::ExprTree;
using eval::TraversalStep;

// Functions whose first argument is a path and nothing else.
constexpr std::array<std::string_view, 11> k_file_functions = {
    "file",    "filebase64", "filebase64sha256", "filebase64sha512", "fileexists",  "filemd5",
    "fileset", "filesha1",   "filesha256",       "filesha512",       "templatefile"};

// "x.tpl" of "${path.module}/x.tpl"; `head` is the `path` in it.
std::optional<std::string> path_beside(const ExprTree& tree, ExprId id, ExprId& head) {
  id = eval::without_parens(tree, id);
  if (tree[id].kind != ExprKind::Template || tree[id].child_count != 2) return std::nullopt;
  const ExprId part = tree.child(id, 0), rest = tree.child(id, 1);
  const auto folder = eval::as_traversal(tree, part);
  if (!folder || folder->root != "path" || folder->steps.size() != 1 ||
      folder->steps[0].name != "module" || tree[rest].kind != ExprKind::Literal)
    return std::nullopt;
  const auto text = eval::literal_string(tree, rest);
  if (!text || !text->starts_with('/')) return std::nullopt;
  head = folder->head;
  return base::normalize_path("." + *text);
}

// Files that are named whole, and the heads of the references to them.
void add_files(const ExprTree& tree, ExprId id, std::set<ExprId>& heads,
               std::set<std::string>& reads) {
  const Expr& expr = tree[id];
  if (expr.kind == ExprKind::Call) {
    constexpr std::string_view k_of_provider = "provider::";
    std::string_view name = expr.name;
    if (name.starts_with(k_of_provider)) {
      name.remove_prefix(k_of_provider.size());
      reads.insert("provider." + std::string(name.substr(0, name.find(':'))));
    }
    if (name.starts_with("core::")) name.remove_prefix(std::string_view("core::").size());
    ExprId head;
    if (expr.child_count > 0 &&
        std::ranges::find(k_file_functions, name) != k_file_functions.end()) {
      if (const auto path = path_beside(tree, tree.child(id, 0), head)) {
        heads.insert(head);
        reads.insert(std::string(compare::k_path) + *path);
      }
    }
  }
  for (const ExprId child : tree.children(id)) add_files(tree, child, heads, reads);
}

// The nth step's name; "" where it is none.
std::string name_at(const eval::Traversal& reference, std::size_t nth) {
  return nth < reference.steps.size() && reference.steps[nth].kind == TraversalStep::Kind::Attribute
             ? reference.steps[nth].name
             : "";
}

// `module.net.id`, `module.net["a"].id`, or all of `module.net`.
std::string address_of_call(const eval::Traversal& reference) {
  std::string address = "module." + name_at(reference, 0);
  for (std::size_t i = 1; i < reference.steps.size(); ++i) {
    if (const std::string output = name_at(reference, i); !output.empty())
      return address + "." + output;
    if (i > 1) break;
  }
  return address;
}

std::string address_of(const eval::Traversal& reference) {
  const std::string root(reference.root), first = name_at(reference, 0);
  if (first.empty() || root == "each" || root == "count" || root == "self" || root == "terraform" ||
      root == "tofu")
    return "";
  if (root == "module") return address_of_call(reference);
  // Of an object that is written out, one attribute can be told apart (read_code).
  if (const std::string second = name_at(reference, 1); root == "local" && !second.empty())
    return root + "." + first + "." + second;
  if (root == "data" || root == "ephemeral")
    return root + "." + first + "." + name_at(reference, 1);
  return root + "." + first;
}

}  // namespace

void add_reads(const ExprTree& tree, ExprId id, ReadAs as, std::set<std::string>& reads) {
  if (!id.valid()) return;
  std::set<ExprId> heads;
  add_files(tree, id, heads, reads);
  for (const eval::Traversal& reference : eval::free_references(tree, id)) {
    if (as == ReadAs::Provider) {
      const std::string alias = name_at(reference, 0);
      reads.insert("provider." + std::string(reference.root) + (alias.empty() ? "" : "." + alias));
      reads.insert("terraform.required_providers." + std::string(reference.root));
    } else if (reference.root == "path") {
      if (!heads.contains(reference.head)) reads.insert(std::string(compare::k_path));
    } else if (std::string address = address_of(reference); !address.empty()) {
      reads.insert(std::move(address));
    }
  }
}

}  // namespace space::driver
