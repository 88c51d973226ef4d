#include "runner/plans/refine_values.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "core/values/render.h"
#include "runner/plans/place.h"

namespace space::plans {

namespace {

using values::Value;

constexpr std::size_t k_most_shown = 120;

std::string shown(const Value& value) {
  if (value.is_null()) return "nothing";
  std::string text = values::to_json(value);
  if (text.size() <= k_most_shown) return text;
  std::size_t cut = k_most_shown;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
  return text.substr(0, cut) + "…";
}

// Without what is unknown by `unknown`, as tofu leaves it out.
Value known_part(const Value& value, const Value& unknown) {
  if (is_marked(unknown)) return {};
  if (!has_mark(unknown)) return value;
  if (is_object(value)) {
    values::ValueMap members;
    for (const auto& [name, inner] : value.as_map()) {
      const Value& mark = mark_of(unknown, name);
      if (!is_marked(mark)) members.emplace(name, known_part(inner, mark));
    }
    return Value::object(std::move(members));
  }
  if (!is_list(value)) return value;
  values::ValueList elements;
  for (std::size_t i = 0; i < value.as_list().size(); ++i)
    elements.push_back(known_part(value.as_list()[i], mark_of(unknown, i)));
  return Value::tuple(std::move(elements));
}

bool hides_a_part(const Place& at) {
  return has_mark(at.hidden_before) || has_mark(at.hidden_after) || has_seal(at.before) ||
         has_seal(at.after);
}

class Comparison {
 public:
  Comparison(const ValuesToCompare& values, const Seal& seal) : values_(values), seal_(seal) {}

  std::vector<Finding> run() {
    walk("", whole(values_.reviewed), whole(values_.real));
    return std::move(findings_);
  }

 private:
  void walk(const std::string& path, const Place& reviewed, const Place& real) {
    hold_secrecy(path, reviewed, real);
    if (reviewed.is_unknown()) return;  // whatever it has become
    if (reviewed.is_hidden() && has_mark(reviewed.unknown))
      return compare_known_part(path, reviewed, real);
    if (reviewed.is_hidden()) return compare(path, reviewed, real);
    if (real.is_unknown()) return tell(path, reviewed, real);
    if (as_members(path, reviewed, real) || as_elements(path, reviewed, real)) return;
    compare(path, reviewed, real);
  }

  // What is gone needs hiding no more.
  void hold_secrecy(const std::string& path, const Place& reviewed, const Place& real) {
    const bool is_gone = real.after.is_null() && !has_mark(real.unknown);
    const bool is_lost =
        is_marked(reviewed.hidden_after) && !is_marked(real.hidden_after) && !is_gone;
    const bool was_lost = is_marked(reviewed.hidden_before) && !is_marked(real.hidden_before) &&
                          !real.before.is_null();
    if (is_lost || was_lost) find(path, Rule::Sensitive, "sensitive", "not sensitive");
  }

  bool as_members(const std::string& path, const Place& reviewed, const Place& real) {
    if (!is_object(reviewed.after) || !is_object(real.after)) return false;
    const std::set<std::string> names =
        member_names({&reviewed.before, &reviewed.after, &reviewed.unknown, &real.before,
                      &real.after, &real.unknown});
    for (const std::string& name : names)
      walk(path_below(path, name), reviewed.below(name), real.below(name));
    return true;
  }

  // A plan does not tell a list from a set, whose elements may change places, and be fewer, once
  // they are known.
  bool as_elements(const std::string& path, const Place& reviewed, const Place& real) {
    if (!is_list(reviewed.after) || !is_list(real.after)) return false;
    const std::size_t size = size_of(reviewed);
    if (!has_mark(reviewed.unknown)) {
      if (size != size_of(real) || !had_as_many(reviewed, real)) return false;
      for (std::size_t i = 0; i < size; ++i)
        walk(path_below(path, i), reviewed.below(i), real.below(i));
      return true;
    }
    const bool was_another =
        values_.comparing == Comparing::Updated && !is_same(reviewed.before, real.before, seal_);
    if (was_another) {
      tell(path, reviewed, real, Rule::Collections);
      return true;
    }
    if (size == size_of(real)) {
      std::vector<Finding> kept = std::move(findings_);
      findings_.clear();
      for (std::size_t i = 0; i < size; ++i)
        walk(path_below(path, i), reviewed.below(i), real.below(i));
      const bool is_good = !has_stop(findings_);
      std::swap(kept, findings_);
      if (is_good) {
        findings_.insert(findings_.end(), kept.begin(), kept.end());
        return true;
      }
    }
    compare_in_any_order(path, reviewed, real);
    return true;
  }

  // Else what goes stands at no place behind.
  bool had_as_many(const Place& reviewed, const Place& real) const {
    if (values_.comparing == Comparing::Made) return true;
    return is_list(reviewed.before) && is_list(real.before) &&
           reviewed.before.as_list().size() == real.before.as_list().size();
  }

  static std::size_t size_of(const Place& place) {
    const std::size_t marks = is_list(place.unknown) ? place.unknown.as_list().size() : 0;
    return std::max(place.after.as_list().size(), marks);
  }

  // Each known element is there, and there are not more.
  void compare_in_any_order(const std::string& path, const Place& reviewed, const Place& real) {
    std::vector<bool> is_taken(size_of(real), false);
    if (is_taken.size() > size_of(reviewed)) return tell(path, reviewed, real, Rule::Collections);
    std::vector<std::size_t> order(size_of(reviewed));
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto freedom = [&](std::size_t i) {  // what fits one alone comes first
      const Place one = reviewed.below(i);
      return one.is_unknown() ? 2 : has_mark(one.unknown) ? 1 : 0;
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return freedom(a) < freedom(b); });
    for (const std::size_t i : order) {
      const Place one = reviewed.below(i);
      if (one.is_unknown()) continue;
      bool is_there = false;
      for (std::size_t other = 0; other < is_taken.size() && !is_there; ++other) {
        if (is_taken[other] || !fits(one, real.below(other))) continue;
        is_taken[other] = is_there = true;
      }
      if (!is_there) return tell(path, reviewed, real, Rule::Collections);
    }
  }

  // As a new one: what stood at another place before says nothing of it.
  bool fits(const Place& reviewed, const Place& real) const {
    static const Value k_none;
    const auto values_at = [](const Place& at) {
      return Values{k_none, at.after, at.unknown, k_none, at.hidden_after};
    };
    const Values one = values_at(reviewed), other = values_at(real);
    return !has_stop(compare_values({one, other, Comparing::Made, values_.rule}, seal_));
  }

  void compare(const std::string& path, const Place& reviewed, const Place& real) {
    const bool hides = reviewed.is_hidden();
    const auto reviewed_side = [&](const Value& value, const Value& hidden) {
      return hides && !is_marked(hidden) ? seal_of(value, seal_) : value;
    };
    const auto real_side = [&](const Value& value) {
      return hides ? seal_of(value, seal_) : value;
    };
    const Value before = reviewed_side(reviewed.before, reviewed.hidden_before);
    const Value after = reviewed_side(reviewed.after, reviewed.hidden_after);
    const Value real_before = real_side(real.before), real_after = real_side(real.after);
    const auto same = [this](const Value& wanted, const Value& got) {
      return is_same(wanted, got, seal_);
    };
    if (has_mark(real.unknown)) return tell(path, reviewed, real);
    if (values_.comparing == Comparing::Made) {
      if (!same(after, real_after)) tell(path, reviewed, real);
      return;
    }
    if (before == after) {
      if (real_before != real_after) return tell_change(path, reviewed, real);
      if (!same(after, real_after)) tell(path, reviewed, real, values_.rule, Severity::Note);
      return;
    }
    if (!same(after, real_after)) return tell(path, reviewed, real);
    if (same(before, real_before)) return;
    const bool is_secret = hides_a_part(reviewed) || hides_a_part(real);
    find(path, values_.rule, is_secret ? "(sensitive) before" : shown(before) + " before",
         is_secret ? "another (sensitive) value before" : shown(real_before) + " before");
  }

  // A sensitive value that was known in part is sealed as what was known of it. What it was before
  // is sealed as a whole, and must be that.
  void compare_known_part(const std::string& path, const Place& reviewed, const Place& real) {
    const bool is_same_part =
        is_same(reviewed.after, known_part(real.after, reviewed.unknown), seal_);
    const bool was_same =
        values_.comparing == Comparing::Made || is_same(reviewed.before, real.before, seal_);
    if (!is_same_part || !was_same) tell(path, reviewed, real);
  }

  // Where one side hides anything, neither is shown.
  void tell(const std::string& path, const Place& reviewed, const Place& real,
            std::optional<Rule> rule = std::nullopt, Severity severity = Severity::Stop) {
    const bool is_secret = hides_a_part(reviewed) || hides_a_part(real);
    const auto text = [](const Place& place) {
      if (place.is_unknown()) return std::string("known after apply");
      return (is_list(place.after) && has_mark(place.unknown) ? "elements " : "") +
             shown(place.after) + (has_mark(place.unknown) ? " and unknown ones" : "");
    };
    std::string now = real.is_unknown() ? text(real) : "another (sensitive) value";
    find(path, rule.value_or(values_.rule), is_secret ? "(sensitive)" : text(reviewed),
         is_secret ? std::move(now) : text(real), severity);
  }

  // Of what was to stay: what it is made of matters as much.
  void tell_change(const std::string& path, const Place& reviewed, const Place& real) {
    const bool is_told_by_after =
        hides_a_part(reviewed) || hides_a_part(real) || reviewed.after != real.after;
    if (is_told_by_after) return tell(path, reviewed, real);
    find(path, values_.rule, "stays " + shown(reviewed.after),
         shown(real.before) + " becomes " + shown(real.after));
  }

  void find(const std::string& path, Rule rule, std::string reviewed, std::string real,
            Severity severity = Severity::Stop) {
    findings_.push_back({rule, severity, "", path, std::move(reviewed), std::move(real)});
  }

  const ValuesToCompare& values_;
  const Seal& seal_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> compare_values(const ValuesToCompare& values, const Seal& seal) {
  return Comparison(values, seal).run();
}

}  // namespace space::plans
