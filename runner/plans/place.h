// One place of a change, as a plan's JSON has it: what stands there before and after, what is
// unknown and what is hidden of it. Whoever compares or shows changes goes from place to place.
// Views of the Values that it was made of, which must outlive it.
#pragma once

#include <initializer_list>
#include <set>
#include <string>

#include "runner/plans/marks.h"
#include "runner/plans/plan_document.h"

namespace space::plans {

struct Place {
  const values::Value& before;
  const values::Value& after;
  const values::Value& unknown;  // true where the value is, or what of it is
  const values::Value& hidden_before;
  const values::Value& hidden_after;

  bool is_unknown() const { return is_marked(unknown); }
  bool is_hidden() const { return is_marked(hidden_before) || is_marked(hidden_after); }

  // At a member's name or an element's index. Nulls where there is none.
  Place below(const std::string& name) const {
    return beside(member(before, name), member(after, name), name);
  }
  Place below(std::size_t index) const {
    return beside(element(before, index), element(after, index), index);
  }
  // Of other values, with what is unknown and hidden at that step.
  template <class Step>
  Place beside(const values::Value& other_before, const values::Value& other_after,
               const Step& step) const {
    return {other_before, other_after, mark_of(unknown, step), mark_of(hidden_before, step),
            mark_of(hidden_after, step)};
  }
};

inline Place whole(const Values& values) {
  return {values.before, values.after, values.after_unknown, values.before_sensitive,
          values.after_sensitive};
}

// The names of all that are objects.
std::set<std::string> member_names(std::initializer_list<const values::Value*> values);

}  // namespace space::plans
