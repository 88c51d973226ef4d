#include "runner/plans/refine_values.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/values/render.h"
#include "runner/plans/marks.h"

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

// One place of a change, on one side.
struct Place {
  const Value* before;
  const Value* after;
  const Value* unknown;
  const Value* hidden_before;
  const Value* hidden_after;

  bool is_unknown() const { return is_marked(*unknown); }
  bool is_hidden() const { return is_marked(*hidden_before) || is_marked(*hidden_after); }
  template <class Step>  // a name or an index
  Place below(const Step& step) const {
    return {&part(*before, step), &part(*after, step), &mark_of(*unknown, step),
            &mark_of(*hidden_before, step), &mark_of(*hidden_after, step)};
  }

 private:
  static const Value& part(const Value& of, const std::string& name) { return member(of, name); }
  static const Value& part(const Value& of, std::size_t index) { return element(of, index); }
};

Place place_of(const Values& values) {
  return {&values.before, &values.after, &values.after_unknown, &values.before_sensitive,
          &values.after_sensitive};
}

class Comparison {
 public:
  Comparison(const ValuesToCompare& values, const Seal& seal) : values_(values), seal_(seal) {}

  std::vector<Finding> run() {
    walk("", place_of(values_.reviewed), place_of(values_.real));
    return std::move(findings_);
  }

 private:
  void walk(const std::string& path, const Place& reviewed, const Place& real) {
    hold_secrecy(path, reviewed, real);
    if (reviewed.is_unknown()) return;  // whatever it has become
    if (reviewed.is_hidden()) {
      // Of a sensitive value that was known in part no part is sealed by itself.
      if (!has_mark(*reviewed.unknown)) compare(path, reviewed, real);
      return;
    }
    if (real.is_unknown())
      return find(path, values_.rule, shown(*reviewed.after), "known after apply");
    if (as_members(path, reviewed, real) || as_elements(path, reviewed, real)) return;
    compare(path, reviewed, real);
  }

  // What is gone needs hiding no more.
  void hold_secrecy(const std::string& path, const Place& reviewed, const Place& real) {
    const bool is_gone = real.after->is_null() && !has_mark(*real.unknown);
    if (is_marked(*reviewed.hidden_after) && !is_marked(*real.hidden_after) && !is_gone)
      find(path, Rule::Sensitive, "sensitive", "not sensitive");
  }

  bool as_members(const std::string& path, const Place& reviewed, const Place& real) {
    if (!is_object(*reviewed.after) || !is_object(*real.after)) return false;
    std::set<std::string> names;
    for (const Value* one : {reviewed.after, reviewed.unknown, real.after, real.unknown}) {
      if (!is_object(*one)) continue;
      for (const auto& [name, value] : one->as_map()) names.insert(name);
    }
    for (const std::string& name : names)
      walk(path_below(path, name), reviewed.below(name), real.below(name));
    return true;
  }

  // A plan does not tell a list from a set, whose elements may change places, and be fewer, once
  // they are known.
  bool as_elements(const std::string& path, const Place& reviewed, const Place& real) {
    if (!is_list(*reviewed.after) || !is_list(*real.after)) return false;
    const std::size_t size = size_of(reviewed);
    if (!has_mark(*reviewed.unknown)) {
      if (size != size_of(real)) return false;
      for (std::size_t i = 0; i < size; ++i)
        walk(path_below(path, i), reviewed.below(i), real.below(i));
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

  static std::size_t size_of(const Place& place) {
    const std::size_t marks = is_list(*place.unknown) ? place.unknown->as_list().size() : 0;
    return std::max(place.after->as_list().size(), marks);
  }

  // Each known element is there, and there are not more.
  void compare_in_any_order(const std::string& path, const Place& reviewed, const Place& real) {
    std::vector<bool> is_taken(size_of(real), false);
    const std::string all = "elements " + shown(*reviewed.after) + " and unknown ones";
    if (is_taken.size() > size_of(reviewed))
      return find(path, Rule::Collections, all, shown(*real.after));
    std::vector<std::size_t> order(size_of(reviewed));
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto freedom = [&](std::size_t i) {  // what fits one alone comes first
      const Place one = reviewed.below(i);
      return one.is_unknown() ? 2 : has_mark(*one.unknown) ? 1 : 0;
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
      if (!is_there) return find(path, Rule::Collections, all, shown(*real.after));
    }
  }

  // As a new one: what stood at another place before says nothing of it.
  bool fits(const Place& reviewed, const Place& real) const {
    static const Value k_none;
    const auto values_at = [](const Place& at) {
      return Values{k_none, *at.after, *at.unknown, k_none, *at.hidden_after};
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
    const Value before = reviewed_side(*reviewed.before, *reviewed.hidden_before);
    const Value after = reviewed_side(*reviewed.after, *reviewed.hidden_after);
    const Value real_before = real_side(*real.before), real_after = real_side(*real.after);
    const auto same = [this](const Value& wanted, const Value& got) {
      return is_same(wanted, got, seal_);
    };
    const bool is_secret = hides || real.is_hidden();
    const auto differ = [&](const Value& wanted, const Value& got, Severity severity) {
      find(path, values_.rule, is_secret ? "(sensitive)" : shown(wanted),
           is_secret ? "another (sensitive) value" : shown(got), severity);
    };
    if (real.is_unknown())
      return find(path, values_.rule, is_secret ? "(sensitive)" : shown(after),
                  "known after apply");
    if (values_.comparing == Comparing::Made) {
      if (!same(after, real_after)) differ(after, real_after, Severity::Stop);
      return;
    }
    if (before == after) {
      if (real_before != real_after) return differ(after, real_after, Severity::Stop);
      if (!same(after, real_after)) differ(after, real_after, Severity::Note);
      return;
    }
    if (!same(after, real_after)) return differ(after, real_after, Severity::Stop);
    if (!same(before, real_before))
      find(path, values_.rule, is_secret ? "(sensitive) before" : shown(before) + " before",
           is_secret ? "another (sensitive) value before" : shown(real_before) + " before");
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
