#include "compiler/program/block_reader.h"

#include <fmt/core.h>

#include <algorithm>

#include "compiler/program/body.h"
#include "compiler/program/documentation.h"
#include "compiler/program/suggestions.h"
#include "compiler/program/template_text.h"
#include "core/base/strings.h"
#include "core/diagnostics/fixes.h"

namespace space::program {

namespace {

using model::Attribute;
using model::Name;
using syntax::Node;
using syntax::SyntaxKind;

std::string count_of(std::size_t count) {
  constexpr std::string_view k_words[] = {"none", "one", "two", "three", "four"};
  return count < std::size(k_words) ? std::string(k_words[count]) : fmt::format("{}", count);
}

Name label_name(Node label) {
  source::Span span = label.span();
  std::string_view text = label.text();
  if (!label.is(SyntaxKind::QuotedLabel)) return {std::string(text), span};
  if (text.starts_with('"')) {
    text.remove_prefix(1);
    ++span.begin;
  }
  if (text.ends_with('"')) {
    text.remove_suffix(1);
    --span.end;
  } else {  // never closed: what can be a name is one
    text = text.substr(0, text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-"));
    span.end = span.begin + static_cast<std::uint32_t>(text.size());
  }
  const bool plain = text.find_first_of("\\$%") == std::string_view::npos;
  return {plain ? std::string(text) : unescape_quoted(text), span};
}

std::vector<std::string_view> argument_names(const Shape& shape) {
  std::vector<std::string_view> names;
  for (const Argument& argument : shape.arguments) names.push_back(argument.name);
  return names;
}

// Names that were set, with the first place; blocks have a handful of arguments, so a scan beats a
// table until the names are many.
class Seen {
 public:
  // The place of an earlier one of that name, or nothing.
  const source::Span* add(std::string_view name, source::Span span) {
    if (names_.size() < k_scan) {
      for (const auto& [known, place] : names_) {
        if (known == name) return &place;
      }
      names_.emplace_back(name, span);
      return nullptr;
    }
    const auto by_name = [](const auto& a, const auto& b) { return a.first < b.first; };
    if (!sorted_) std::sort(names_.begin(), names_.end(), by_name);
    sorted_ = true;
    const auto at = std::lower_bound(names_.begin(), names_.end(), std::pair(name, span), by_name);
    if (at != names_.end() && at->first == name) return &at->second;
    names_.insert(at, {name, span});
    return nullptr;
  }

 private:
  static constexpr std::size_t k_scan = 24;
  bool sorted_ = false;
  std::vector<std::pair<std::string_view, source::Span>> names_;
};

// Those that a body has.
std::vector<std::string> argument_names(Node body) {
  std::vector<std::string> names;
  for (Node item = body.first_child(); item; item = item.next_sibling(body)) {
    if (item.is(SyntaxKind::Attribute))
      names.emplace_back(item.child(SyntaxKind::Identifier).text());
  }
  return names;
}

class BodyReader {
 public:
  BodyReader(Context& context, const Shape& shape, const std::string& subject)
      : context_(context), shape_(shape), subject_(subject) {}

  std::vector<ChildBlock> read(Node block, source::Span header) {
    const Node body = block.child(SyntaxKind::Body);
    if (!body) return {};
    body_ = body;
    for (Node item = body.first_child(); item; item = item.next_sibling(body)) {
      switch (item.kind()) {
        case SyntaxKind::Attribute:
          read_attribute(item);
          break;
        case SyntaxKind::Block:
          read_block(item);
          break;
        case SyntaxKind::Junk:
        case SyntaxKind::Missing:
          broken_ = true;
          after_broken_ = true;
          break;
        default:
          break;
      }
    }
    if (!broken_) report_missing(header);
    return std::move(children_);
  }

 private:
  void read_attribute(Node node) {
    const Node identifier = node.child(SyntaxKind::Identifier);
    if (!identifier) return;
    const std::string_view name = identifier.text();
    if (const source::Span* first = seen_.add(name, identifier.span())) {
      report_doubled_argument(context_.sink, identifier, *first);
      return;
    }
    for (const Argument& argument : shape_.arguments) {
      if (argument.name != name) continue;
      *argument.into = value_of(node);
      return;
    }
    if (shape_.others != nullptr) {
      shape_.others->push_back(
          {{std::string(name), identifier.span()}, value_of(node), node.span()});
      return;
    }
    if (after_broken_) return;
    report_unknown_argument(identifier);
    read_as_meant(node, name);
  }

  // A misspelt argument gives its value to the one that was meant: what follows from a value that
  // lacks is not said besides.
  void read_as_meant(Node node, std::string_view name) {
    const auto saying = how_it_is_said(shape_.keyword, name);
    const auto meant = saying ? saying->argument
                              : diagnostics::only_near(name, argument_names(shape_)).value_or("");
    for (const Argument& argument : shape_.arguments) {
      if (meant == argument.name && !argument.into->valid()) *argument.into = value_of(node);
    }
  }

  model::ExprId value_of(Node attribute) {
    const Node value = attribute.expression();
    return value ? context_.expressions.build(value)
                 : context_.expressions.invalid(attribute.span());
  }

  void read_block(Node node) {
    const Node identifier = node.child(SyntaxKind::Identifier);
    if (!identifier) return;
    after_broken_ = !has_braces(node);
    const std::string_view type = identifier.text();
    if (take_child(type, node)) return;
    if (shape_.other_blocks != nullptr) {
      shape_.other_blocks->push_back(
          read_block_as_it_stands(node, context_.expressions, context_.sink));
      return;
    }
    if (after_broken_) {
      broken_ = true;
      return;
    }
    // A misspelt block is read as the one that was meant: what it declares is used elsewhere.
    if (const auto meant = report_unknown_block(identifier)) take_child(*meant, node);
  }

  bool take_child(std::string_view type, Node node) {
    for (std::size_t i = 0; i < shape_.blocks.size(); ++i) {
      if (shape_.blocks[i] != type) continue;
      children_.push_back({i, node});
      return true;
    }
    return false;
  }

  void report_unknown_argument(Node identifier) {
    const std::string_view name = identifier.text();
    const bool is_block =
        std::find(shape_.blocks.begin(), shape_.blocks.end(), name) != shape_.blocks.end();
    if (is_block) {
      context_.sink
          .report(diagnostics::expected_block_not_argument, identifier.span(), name, "a block",
                  "an argument")
          .label("takes no `=`")
          .help(fmt::format("write `{} {{ … }}`", name));
      broken_ = true;
      return;
    }
    const auto names = argument_names(shape_);
    auto report = context_.sink.report(diagnostics::unknown_argument, identifier.span(),
                                       shape_.keyword, name);
    report.label("not an argument here");
    if (const auto saying = how_it_is_said(shape_.keyword, name)) {
      report.help(std::string(saying->words));
      broken_ = true;  // what is missing may be what was meant
      return;
    }
    const auto near = diagnostics::respell(
        report, {name, identifier.span(), name, argument_names(body_)}, names,
        names.empty()
            ? fmt::format("`{}` takes blocks alone: {}", shape_.keyword, list_of(shape_.blocks))
            : fmt::format("`{}` takes {}", shape_.keyword, list_of(names)));
    if (near) broken_ = true;  // what is missing may be what was misspelled
  }

  // Out: the block that was meant, where one is near.
  std::optional<std::string_view> report_unknown_block(Node identifier) {
    const std::string_view type = identifier.text();
    const auto names = argument_names(shape_);
    if (std::find(names.begin(), names.end(), type) != names.end()) {
      context_.sink
          .report(diagnostics::expected_block_not_argument, identifier.span(), type, "an argument",
                  "a block")
          .label("needs a `=`")
          .help(fmt::format("write `{} = …`", type));
      broken_ = true;
      return std::nullopt;
    }
    std::string help = where_block_belongs(type);
    if (help.empty()) {
      help = shape_.blocks.empty()
                 ? fmt::format("`{}` takes no blocks", shape_.keyword)
                 : fmt::format("`{}` takes {}", shape_.keyword, list_of(shape_.blocks));
    }
    auto report = context_.sink.report(diagnostics::unknown_block, identifier.span(), type,
                                       fmt::format("in `{}`", shape_.keyword));
    report.label("not a block here");
    const std::vector<std::string_view> blocks(shape_.blocks.begin(), shape_.blocks.end());
    diagnostics::respell(report, {type, identifier.span(), type}, blocks, std::move(help));
    return diagnostics::only_near(type, blocks);
  }

  // One diagnostic for all of them: they share their place.
  void report_missing(source::Span header) {
    std::vector<const Argument*> missing;
    for (const Argument& argument : shape_.arguments) {
      if (argument.need == Need::Required && !argument.into->valid()) missing.push_back(&argument);
    }
    if (missing.empty()) return;
    auto report = context_.sink.report(diagnostics::missing_argument, header, subject_,
                                       missing.front()->name);
    std::vector<std::string> forms;
    for (const Argument* argument : missing)
      forms.push_back(fmt::format("{} = {}", argument->name, argument->form));
    report.label(fmt::format("needs {}", base::list_names(forms)));
    for (const Argument* argument : missing) {
      if (!argument->help.empty()) report.help(std::string(argument->help));
    }
  }

  Context& context_;
  Node body_;
  const Shape& shape_;
  const std::string& subject_;
  bool broken_ = false;        // something did not parse: nothing is missing
  bool after_broken_ = false;  // the last block did not: what follows may be its own
  Seen seen_;
  std::vector<ChildBlock> children_;
};

}  // namespace

std::vector<Name> labels_of(Node block) {
  std::vector<Name> labels;
  bool first = true;
  for (Node child = block.first_child(); child; child = child.next_sibling(block)) {
    const bool is_label = child.is(SyntaxKind::QuotedLabel) || child.is(SyntaxKind::Identifier);
    if (is_label && !first) labels.push_back(label_name(child));
    first = false;
  }
  return labels;
}

bool has_braces(Node block) {
  const Node body = block.child(SyntaxKind::Body);
  return body && body.child(SyntaxKind::OpenBrace);
}

source::Span header_of(Node block) {
  source::Span span = block.span();
  for (Node child = block.first_child(); child; child = child.next_sibling(block)) {
    if (!child.is(SyntaxKind::QuotedLabel) && !child.is(SyntaxKind::Identifier)) break;
    span.end = child.span().end;
  }
  return span;
}

std::vector<Name> read_labels(Context& context, Node block, std::string_view keyword,
                              Labels labels) {
  std::vector<Name> found = labels_of(block);
  if (found.size() >= labels.least && found.size() <= labels.most) return found;
  const bool too_many = found.size() > labels.most;
  if (!has_braces(block)) {
    found.resize(too_many ? labels.most : 0);
    return found;
  }
  const source::Span place =
      too_many ? source::join(found[labels.most].span, found.back().span) : header_of(block);
  context.sink
      .report(diagnostics::wrong_labels, place, keyword, labels.words, count_of(found.size()))
      .label(too_many ? "too many labels" : "too few labels");
  if (!too_many) return {};
  found.resize(labels.most);
  return found;
}

bool read_header(Context& context, Node block, std::string_view keyword, Labels labels,
                 model::Declaration& declaration, std::vector<Name>* all_labels) {
  declaration.span = block.span();
  declaration.header = header_of(block);
  declaration.documentation = documentation_before(*context.tree, block);
  std::vector<Name> found = read_labels(context, block, keyword, labels);
  const bool named = !found.empty() && (!found[0].text.empty() || has_braces(block));
  if (named) declaration.name = all_labels != nullptr ? found[0] : std::move(found[0]);
  if (all_labels != nullptr) *all_labels = std::move(found);
  return named;
}

std::vector<ChildBlock> read_body(Context& context, Node block, const Shape& shape,
                                  const std::string& subject, source::Span header) {
  return BodyReader(context, shape, subject).read(block, header);
}

std::string describe(std::string_view keyword, const Name& name) {
  return name.text.empty() ? fmt::format("this `{}`", keyword)
                           : fmt::format("{} `{}`", keyword, name.text);
}

}  // namespace space::program
