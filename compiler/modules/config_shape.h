// What an interface needs of tofu's configuration files: which blocks there are, how many labels
// they take, and how each argument is read. JSON says neither what is a block nor what is an
// expression, so its reader asks here; the reader of the native syntax asks what may be skipped.
// Data only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace space::modules {

// How tofu reads an argument's strings where they are written in JSON.
enum class Reading : std::uint8_t {
  Skip,         // not needed here
  Literal,      // as they stand
  Template,     // `${…}` in them is evaluated, in keys too
  Expression,   // their text is an expression: `"list(string)"`
  Requirement,  // of a provider: as they stand, but `configuration_aliases` holds expressions
};

struct ArgumentShape {
  std::string_view name;
  Reading reading;
};

struct BlockShape {
  std::string_view type;
  std::size_t labels = 0;
  Reading others = Reading::Skip;  // arguments that are not named
  std::span<const ArgumentShape> arguments = {};
  std::span<const BlockShape> blocks = {};
};

const BlockShape& file_shape();
// All that a file holds, for who follows values through bodies. What is a block of a provider's and
// what an argument only its schema knows: both are arguments here.
const BlockShape& whole_file_shape();
const BlockShape* find_block(const BlockShape& in, std::string_view type);  // null: none
Reading reading_of(const BlockShape& block, std::string_view argument);

}  // namespace space::modules
