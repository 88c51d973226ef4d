// JSON with places: the tree of a `.tf.json` file. In: its text. Out: values, each with its span;
// members in the order they stand in, repeated names too. A mistake says what and where. Depth is
// bounded by JsonReader.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/source/span.h"

namespace space::modules {

struct JsonMember;

struct JsonValue {
  enum class Kind : std::uint8_t { Null, Bool, Number, String, Array, Object };
  Kind kind = Kind::Null;
  bool truth = false;               // Bool
  std::string text;                 // String: decoded; Number: its decimal text
  std::vector<JsonValue> elements;  // Array
  std::vector<JsonMember> members;  // Object
  source::Span span;                // with quotes and brackets
};

struct JsonMember {
  std::string name;
  source::Span name_span;  // without its quotes
  JsonValue value;
};

struct JsonMistake {
  std::string message;
  source::Span span;
};

// Nothing: `mistake` says why.
std::optional<JsonValue> read_json(source::FileId file, std::string_view text,
                                   JsonMistake& mistake);

// Where each byte of a decoded string stands: offsets into the file, and one for its end. `raw`:
// the text between the quotes, which begins at `begin`.
std::vector<std::uint32_t> offsets_of(std::string_view raw, std::uint32_t begin);

}  // namespace space::modules
