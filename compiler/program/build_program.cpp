#include "compiler/program/build_program.h"

#include <fmt/core.h>

#include <algorithm>

#include "compiler/program/block_reader.h"
#include "compiler/program/constructs.h"
#include "compiler/program/directives.h"
#include "compiler/program/naming.h"
#include "compiler/program/suggestions.h"
#include "core/base/strings.h"
#include "core/diagnostics/fixes.h"

namespace space::program {

namespace {

using syntax::Node;
using syntax::SyntaxKind;
using syntax::SyntaxTree;

constexpr std::string_view k_top_blocks[] = {
    "project",   "environment", "provider", "secret", "remote", "space", "type",
    "interface", "mission",     "values",   "locals", "policy", "moved", "removed"};

class ProgramBuilder {
 public:
  ProgramBuilder(const source::SourceSet& sources, diagnostics::DiagnosticSink& sink)
      : sink_(sink),
        expressions_(program_.expressions, sink),
        context_{sources, sink, expressions_} {}

  // Of all nodes of syntax, trivia included, about one in six becomes an expression.
  void expect(std::size_t syntax_nodes) { program_.expressions.reserve(syntax_nodes / 6); }

  void read(const SyntaxTree& tree) {
    const Node file = tree.root();
    if (!file) return;
    context_.tree = &tree;
    context_.standard = context_.sources.file(tree.file()).path().starts_with("std/");
    // A file that is too large was not read: the project block may be in it.
    if (tree.text().size() < context_.sources.file(tree.file()).text().size()) broken_ = true;
    bool after_broken = false;  // the last item did not parse: what follows may be its own
    for (Node item = file.first_child(); item; item = item.next_sibling(file)) {
      switch (item.kind()) {
        case SyntaxKind::Block:
          after_broken = !has_braces(item);
          read_block(item);
          break;
        case SyntaxKind::Attribute:
          if (!after_broken) report_attribute(item);
          break;
        default:
          after_broken = true;
          broken_ = true;
          break;
      }
    }
    read_directives(tree, program_.allows, sink_);
  }

  model::Program finish() {
    settle_projects();
    settle_by_name(program_.environments, "environment", sink_);
    settle_by_name(program_.providers, "provider", sink_);
    settle_by_name(program_.secrets, "secret", sink_);
    settle_by_name(program_.remotes, "remote", sink_);
    settle_by_name(program_.spaces, "space", sink_);
    settle_by_name(program_.types, "type", sink_);
    settle_by_name(program_.interfaces, "interface", sink_);
    settle_missions(context_, program_.missions);
    settle_by_name(program_.locals, "local", sink_);
    settle_by_name(program_.policies, "policy", sink_);
    settle(program_.values, "values", sink_, [](const model::ValuesDecl& values) {
      return NameKey{values.name.text, values.environment.text, values.header};
    });
    settle_moves(context_, program_.moved, program_.removed);
    return std::move(program_);
  }

 private:
  void read_block(Node block) {
    const Node keyword = block.child(SyntaxKind::Identifier);
    if (!keyword) return;
    const std::string_view type = keyword.text();
    if (read_as(type, block)) return;
    const std::vector<std::string_view> known(std::begin(k_top_blocks), std::end(k_top_blocks));
    if (base::closest(type, known)) broken_ = true;
    if (!has_braces(block)) return;
    report_unknown(keyword, known);
    // It is read as the one that was meant: what it declares is used elsewhere.
    if (const auto meant = diagnostics::only_near(type, known)) read_as(*meant, block);
  }

  void report_unknown(Node keyword, const std::vector<std::string_view>& known) {
    const std::string_view type = keyword.text();
    std::string help = where_block_belongs(type);
    if (help.empty()) help = fmt::format("the blocks are {}", list_of(k_top_blocks));
    auto report =
        sink_.report(diagnostics::unknown_block, keyword.span(), type, "at the top of a file");
    report.label("not a block here");
    diagnostics::respell(report, {type, keyword.span(), type}, known, std::move(help));
  }

  // False: there is no such block.
  bool read_as(std::string_view type, Node block) {
    if (type == "mission") {
      take(read_mission(context_, block), program_.missions);
    } else if (type == "values") {
      take(read_values(context_, block), program_.values);
    } else if (type == "environment") {
      take(read_environment(context_, block), program_.environments);
    } else if (type == "provider") {
      take(read_provider(context_, block), program_.providers);
    } else if (type == "secret") {
      take(read_secret(context_, block), program_.secrets);
    } else if (type == "remote") {
      take(read_remote(context_, block), program_.remotes);
    } else if (type == "space") {
      take(read_space(context_, block), program_.spaces);
    } else if (type == "type") {
      take(read_type(context_, block), program_.types);
    } else if (type == "interface") {
      take(read_interface(context_, block), program_.interfaces);
    } else if (type == "policy") {
      take(read_policy(context_, block), program_.policies);
    } else if (type == "locals") {
      read_locals(context_, block, program_.locals);
    } else if (type == "moved") {
      program_.moved.push_back(read_moved(context_, block));
    } else if (type == "removed") {
      program_.removed.push_back(read_removed(context_, block));
    } else if (type == "project") {
      auto project = read_project(context_, block);
      broken_ = broken_ || !project;  // there is one, without its name
      take(std::move(project), projects_);
    } else {
      return false;
    }
    return true;
  }

  void report_attribute(Node attribute) {
    const Node identifier = attribute.child(SyntaxKind::Identifier);
    if (!identifier) return;
    const std::string_view name = identifier.text();
    if (std::find(std::begin(k_top_blocks), std::end(k_top_blocks), name) !=
        std::end(k_top_blocks)) {
      sink_
          .report(diagnostics::expected_block_not_argument, identifier.span(), name, "a block",
                  "an argument")
          .label("takes no `=`")
          .help(fmt::format("write `{} {{ … }}`", name));
      return;
    }
    sink_
        .report(diagnostics::expected_block_not_argument, identifier.span(), name, "an argument",
                "a block")
        .label("a file holds blocks alone")
        .help(fmt::format("a name for a static value goes into `locals {{ {} = … }}`", name));
  }

  void settle_projects() {
    if (projects_.empty()) {
      if (broken_) return;  // it may be what did not parse
      sink_.report(diagnostics::project_count, {}, "there is no `project` block")
          .help(
              "one block `project \"NAME\" { edition = 2026 … }` pins the edition, the contract "
              "and tofu's version");
      return;
    }
    for (std::size_t i = 1; i < projects_.size(); ++i) {
      sink_
          .report(diagnostics::project_count, projects_[i].header,
                  "there is more than one `project` block")
          .label("another one")
          .related(projects_[0].header, "the first one");
    }
    program_.project = std::move(projects_[0]);
  }

  diagnostics::DiagnosticSink& sink_;
  model::Program program_;
  ExpressionBuilder expressions_;
  Context context_;
  std::vector<model::ProjectDecl> projects_;
  bool broken_ = false;
};

}  // namespace

model::Program build_program(const std::vector<SyntaxTree>& trees, const source::SourceSet& sources,
                             diagnostics::DiagnosticSink& sink) {
  std::vector<const SyntaxTree*> sorted;
  for (const SyntaxTree& tree : trees) sorted.push_back(&tree);
  const auto path = [&](const SyntaxTree* tree) -> const std::string& {
    return sources.file(tree->file()).path();
  };
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](const SyntaxTree* a, const SyntaxTree* b) { return path(a) < path(b); });
  std::size_t nodes = 0;
  for (const SyntaxTree& tree : trees) nodes += tree.nodes().size();
  ProgramBuilder builder(sources, sink);
  builder.expect(nodes);
  for (const SyntaxTree* tree : sorted) builder.read(*tree);
  return builder.finish();
}

}  // namespace space::program
