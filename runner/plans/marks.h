// Marks: tofu says beside a value which of its parts are unknown, or sensitive: `true` for a whole,
// else an object or list of the same shape. In: a mark, a name or an index. Out: the mark below,
// and what it says. For this room's files alone.
#pragma once

#include <cstddef>
#include <string>

#include "core/values/value.h"

namespace space::plans {

bool is_marked(const values::Value& mark);  // as a whole
bool has_mark(const values::Value& mark);   // something in it
bool is_object(const values::Value& value);
bool is_list(const values::Value& value);

// Null where there is none. What a whole is, its parts are.
const values::Value& member(const values::Value& of, const std::string& name);
const values::Value& element(const values::Value& of, std::size_t index);
const values::Value& mark_of(const values::Value& mark, const std::string& name);
const values::Value& mark_of(const values::Value& mark, std::size_t index);

// "input" and "tags" -> "input.tags"; names that are none stand in brackets.
std::string path_below(const std::string& path, const std::string& name);
std::string path_below(const std::string& path, std::size_t index);

}  // namespace space::plans
