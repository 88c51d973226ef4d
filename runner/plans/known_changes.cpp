#include "runner/plans/known_changes.h"

#include <algorithm>

#include "runner/plans/place.h"

namespace space::plans {

namespace {

using values::Value;

std::size_t size_of(const Value& list) { return is_list(list) ? list.as_list().size() : 0; }

void add_known(const std::string& path, const Place& at, std::vector<std::string>& paths);

// Could this element have been one of those before?
bool was_there(const Place& at, std::size_t index) {
  for (std::size_t other = 0; other < size_of(at.before); ++other) {
    std::vector<std::string> changes;
    add_known("", at.beside(element(at.before, other), element(at.after, index), index), changes);
    if (changes.empty()) return true;
  }
  return false;
}

void add_known(const std::string& path, const Place& at, std::vector<std::string>& paths) {
  if (at.is_unknown()) return;
  if (is_marked(at.hidden_before) != is_marked(at.hidden_after)) return paths.push_back(path);
  if (is_object(at.before) && is_object(at.after)) {
    for (const std::string& name : member_names({&at.before, &at.after, &at.unknown}))
      add_known(path_below(path, name), at.below(name), paths);
    return;
  }
  if (!has_mark(at.unknown)) {
    if (at.before != at.after) paths.push_back(path);
    return;
  }
  // What is sealed as a whole, or was of another kind, cannot be told apart.
  if (!is_list(at.after) || !is_list(at.before)) return paths.push_back(path);
  for (std::size_t i = 0; i < size_of(at.after); ++i) {
    if (!is_marked(mark_of(at.unknown, i)) && !was_there(at, i))
      paths.push_back(path_below(path, i));
  }
}

// Has a list become longer or shorter, whatever its elements are?
bool is_resized(const Place& at) {
  if (at.is_unknown()) return false;
  const std::size_t size = std::max(size_of(at.after), size_of(at.unknown));
  if (size != size_of(at.before)) return true;
  for (std::size_t i = 0; i < size; ++i) {
    if (is_resized(at.below(i))) return true;
  }
  return std::ranges::any_of(member_names({&at.before, &at.after}),
                             [&at](const std::string& name) { return is_resized(at.below(name)); });
}

void add_unknown(const std::string& path, const Value& unknown, std::vector<std::string>& paths) {
  if (is_marked(unknown)) return paths.push_back(path);
  if (is_object(unknown)) {
    for (const auto& [name, inner] : unknown.as_map())
      add_unknown(path_below(path, name), inner, paths);
  }
  for (std::size_t i = 0; i < size_of(unknown); ++i)
    add_unknown(path_below(path, i), element(unknown, i), paths);
}

}  // namespace

std::vector<std::string> known_changes(const Values& values) {
  std::vector<std::string> paths;
  add_known("", whole(values), paths);
  return paths;
}

bool changes_what_is_known(const Values& values) {
  return !known_changes(values).empty() || is_resized(whole(values));
}

std::vector<std::string> unknown_places(const Values& values) {
  std::vector<std::string> paths;
  add_unknown("", values.after_unknown, paths);
  return paths;
}

}  // namespace space::plans
