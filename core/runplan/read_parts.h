// What reading the contract is made of: a JsonReader and the shapes that occur again and again. In:
// a reader that stands before the value. Out: the value; a mistake sticks in the reader. For this
// room's .cpp files alone.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/runplan/json_reader.h"
#include "core/runplan/names.h"
#include "core/runplan/run_plan.h"
#include "core/values/type.h"
#include "core/values/value.h"

namespace space::runplan {

inline void read_strings(JsonReader& in, std::vector<std::string>& into) {
  if (!in.begin_array()) return;
  while (in.next_element()) in.read(into.emplace_back());
}

template <class Item, class Read>
void read_list(JsonReader& in, std::vector<Item>& into, Read read) {
  if (!in.begin_array()) return;
  while (in.next_element()) read(in, into.emplace_back());
}

template <class Enum, std::size_t Size>
void read_word(JsonReader& in, const std::array<std::string_view, Size>& words, Enum& into) {
  std::string word;
  if (!in.read(word)) return;
  if (const auto found = from_word<Enum>(words, word)) {
    into = *found;
  } else {
    in.fail("`" + word + "` is not known to this version");
  }
}

void read_root(JsonReader& in, Root& root);  // read_root.cpp

values::Type read_type(JsonReader& in);    // cty's JSON form
values::Value read_value(JsonReader& in);  // strings, numbers, bools, null, tuples and objects

// Relative, no `..`, no empty part, no backslash, nothing that hides in a terminal.
bool is_inner_path(std::string_view path);
bool has_control(std::string_view text);

}  // namespace space::runplan
