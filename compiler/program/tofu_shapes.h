// The blocks that are tofu's own, whatever provider a body uses: which labels, arguments and blocks
// each takes, as tofu 1.12 reads them. Data alone; tofu_blocks.cpp holds bodies to it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "compiler/program/need.h"

namespace space::program {

// What an argument must be, before anything is evaluated.
enum class Form : std::uint8_t {
  Anything,
  Text,        // no list or object that is written out
  Flag,        // `true` or `false`: nothing that is read
  Address,     // of a resource or module
  Addresses,   // a list of them, written out
  Resources,   // likewise, and of resources alone
  Attributes,  // a list of names, or `all`
  Provider,    // a name, and an alias if need be
  Providers,   // an object of those
  Condition,   // reads something
  When,        // `create` or `destroy`
  OnFailure,   // `continue` or `fail`
};

struct ArgumentShape {
  std::string_view name;
  Form form = Form::Anything;
  Need need = Need::Optional;
};

enum class Often : std::uint8_t { AtMostOnce, Any, AtLeastOnce };

struct BlockShape;

struct InnerBlock {
  const BlockShape* shape;
  Often often = Often::AtMostOnce;
};

// Who says what else a block takes: nobody, or a schema or module.
enum class Others : std::uint8_t { None, Arguments, ArgumentsAndBlocks };

struct BlockShape {
  std::string_view type;
  std::string_view labels;  // in words
  std::size_t label_count = 0;
  std::span<const ArgumentShape> arguments;
  std::span<const InnerBlock> blocks;
  Others others = Others::None;
};

const BlockShape* find_shape(std::string_view type);  // of what stands in a procedure; or null
const BlockShape& dynamic_shape();

// A provisioner by its name, or null.
std::span<const ArgumentShape> provisioner_arguments(std::string_view name);

}  // namespace space::program
