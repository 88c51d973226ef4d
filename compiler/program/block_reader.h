// The declarative half of every construct: what a block takes. A reader says which labels,
// arguments and blocks there are; this reports what does not fit (unknown, doubled, missing, an
// argument where a block belongs) and hands over the rest. After a syntax error inside a block
// nothing is called missing: it may be what did not parse.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/program/context.h"
#include "compiler/program/need.h"

namespace space::program {

struct Labels {
  std::size_t least;
  std::size_t most;
  std::string_view words;  // "one label, its name"
};
inline constexpr Labels k_no_label{0, 0, "no label"};
inline constexpr Labels k_one_name{1, 1, "one label, its name"};

// Of arguments that are a type.
inline constexpr std::string_view k_types_help =
    "types are `string`, `number`, `bool`, `list(…)`, `set(…)`, `map(…)`, `object({…})` and named "
    "ones";

struct Argument {
  std::string_view name;
  model::ExprId* into;
  Need need = Need::Optional;
  std::string_view form = "…";  // a value as it may be written, for where it is missing
  std::string_view help = {};   // which values there are
};

struct Shape {
  std::string_view keyword;  // "procedure"
  std::span<const Argument> arguments;
  std::span<const std::string_view> blocks;  // block types it takes
  std::vector<model::Attribute>* others =
      nullptr;  // where arguments go that are not named above; null: there are none
  std::vector<model::Block>* other_blocks = nullptr;  // likewise for blocks, as they stand
};

// A block that its parent knows: `type` is its place in Shape::blocks.
struct ChildBlock {
  std::size_t type;
  syntax::Node node;
};

// The labels of a block, unquoted; too few or too many are reported. Fewer than `least`: the answer
// is empty and the block cannot be declared.
std::vector<model::Name> read_labels(Context& context, syntax::Node block, std::string_view keyword,
                                     Labels labels);
std::vector<model::Name> labels_of(syntax::Node block);  // as they stand, unchecked

// Fills name, header, span and documentation of a declaration. False: there is no name, so there is
// nothing to declare; what is inside is still worth reading for its own mistakes.
bool read_header(Context& context, syntax::Node block, std::string_view keyword, Labels labels,
                 model::Declaration& declaration, std::vector<model::Name>* all_labels = nullptr);

// Everything between the braces. `subject`: "procedure `network`", for what is missing.
std::vector<ChildBlock> read_body(Context& context, syntax::Node block, const Shape& shape,
                                  const std::string& subject, source::Span header);

bool has_braces(
    syntax::Node block);  // if not, the parser has reported it, and what follows may belong to it
source::Span header_of(syntax::Node block);
std::string describe(std::string_view keyword, const model::Name& name);  // "procedure `network`"

}  // namespace space::program
