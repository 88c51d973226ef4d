#include "runner/plans/refine.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/values/render.h"
#include "runner/plans/known_changes.h"
#include "runner/plans/marks.h"
#include "runner/plans/refine_values.h"

namespace space::plans {

namespace {

using values::Value;
using Key = std::pair<std::string, std::string>;  // address, deposed

constexpr std::array<std::string_view, 7> k_actions{"no change", "create", "read",  "update",
                                                    "replace",   "delete", "forget"};

std::string word_of(Action action) {
  return std::string(k_actions[static_cast<std::size_t>(action)]);
}

std::string word_of(const Change& change) {
  return word_of(change.action) + (change.lets_be ? ", and let the old one be" : "");
}

// `place` is `path`, or lies in it.
bool is_in(const std::string& place, const std::string& path) {
  return place.starts_with(path) && (place.size() == path.size() || path.empty() ||
                                     place[path.size()] == '.' || place[path.size()] == '[');
}

class Refinement {
 public:
  Refinement(const Reviewed& reviewed, const PlanDocument& real, const Seal& seal)
      : reviewed_(reviewed), real_(real), seal_(seal) {}

  std::vector<Finding> run() {
    if (real_.is_errored) find(Rule::Set, "", "a whole plan", "a plan with errors");
    std::map<Key, const Change*> left;
    for (const Change& change : reviewed_.objects) left[{change.address, change.deposed}] = &change;
    for (const Change& change : real_.objects) {
      if (!has_meaning(change)) continue;
      const auto found = left.find({change.address, change.deposed});
      const Change* reviewed = found == left.end() ? nullptr : found->second;
      if (reviewed != nullptr) left.erase(found);
      object(reviewed, change);
    }
    for (const auto& [key, change] : left) gone(*change);
    outputs();
    drift();
    return std::move(findings_);
  }

 private:
  void object(const Change* reviewed, const Change& real) {
    if (is_deferred(real.address)) {
      if (real.action != Action::NoOp && real.mode == Mode::Managed)
        find(Rule::Deferred, real.address, "deferred", word_of(real.action));
      return;
    }
    if (reviewed == nullptr) {
      if (real.mode == Mode::Data)
        return find(Rule::Data, real.address, "nothing", "read", Severity::Note);
      const bool only_moves = real.action == Action::NoOp;
      return find(only_moves ? Rule::Origin : Rule::Set, real.address, "no change",
                  only_moves ? origin_of(real) : word_of(real.action));
    }
    if (real.mode == Mode::Data) return;  // its consequences count
    hold_origin(*reviewed, real);
    if (reviewed->reason != real.reason)
      find(Rule::Reasons, real.address, reviewed->reason, real.reason, Severity::Note);
    if (real.action == Action::NoOp && reviewed->action != Action::NoOp) return gone(*reviewed);
    const bool is_less = reviewed->action == Action::Replace && real.action == Action::Update;
    if (reviewed->action != real.action && !(is_less && may_update_instead(*reviewed)))
      return find(Rule::Set, real.address, word_of(*reviewed), word_of(real));
    if (!is_less && reviewed->lets_be != real.lets_be)
      return find(Rule::Set, real.address, word_of(*reviewed), word_of(real));
    if (is_less) find(Rule::Narrowing, real.address, "replace", "update", Severity::Note);
    if (real.action == Action::Replace) hold_reasons_to_replace(*reviewed, real);
    compare(*reviewed, real);
  }

  void compare(const Change& reviewed, const Change& real) {
    const bool is_update = real.action == Action::Update;
    if (!is_update && real.action != Action::Create && real.action != Action::Replace) return;
    add(compare_values(
            {reviewed.values, real.values, is_update ? Comparing::Updated : Comparing::Made,
             is_update ? Rule::Leaves : Rule::NewValues},
            seal_),
        real.address);
  }

  void add(std::vector<Finding> findings, const std::string& address) {
    for (Finding& finding : findings) {
      finding.address = address;
      findings_.push_back(std::move(finding));
    }
  }

  void hold_reasons_to_replace(const Change& reviewed, const Change& real) {
    for (const std::string& place : real.replaces) {
      const bool was_one =
          std::any_of(reviewed.replaces.begin(), reviewed.replaces.end(),
                      [&place](const std::string& path) { return is_in(place, path); });
      if (!was_one) {
        find(Rule::ReplacePaths, real.address, "does not force a replacement",
             "forces a replacement");
        findings_.back().path = place;
      }
    }
  }

  void hold_origin(const Change& reviewed, const Change& real) {
    const bool is_same_import = reviewed.is_importing == real.is_importing &&
                                (reviewed.importing == "?" || reviewed.importing == real.importing);
    if (!is_same_import || reviewed.previous_address != real.previous_address)
      find(Rule::Origin, real.address, origin_of(reviewed), origin_of(real));
  }

  // Everything that forced it was unknown.
  static bool may_update_instead(const Change& reviewed) {
    const auto known = known_changes(reviewed.values), unknown = unknown_places(reviewed.values);
    const auto& places = reviewed.replaces;
    return !places.empty() && std::all_of(places.begin(), places.end(), [&](const auto& place) {
      const auto meets = [&place](const std::string& path) {
        return is_in(place, path) || is_in(path, place);
      };
      return std::any_of(unknown.begin(), unknown.end(), meets) &&
             std::none_of(known.begin(), known.end(), meets);
    });
  }

  // A reviewed change that is not there any more.
  void gone(const Change& reviewed) {
    if (reviewed.mode == Mode::Data) return;
    const bool may_go = reviewed.action == Action::Update || reviewed.action == Action::Replace;
    if (may_go) {
      const bool was_unknown =
          !unknown_places(reviewed.values).empty() && known_changes(reviewed.values).empty();
      if (was_unknown)
        return find(Rule::Narrowing, reviewed.address, word_of(reviewed.action), "no change",
                    Severity::Note);
      return find(Rule::Narrowing, reviewed.address, word_of(reviewed.action), "no change");
    }
    if (reviewed.action == Action::NoOp)
      return find(Rule::Origin, reviewed.address, origin_of(reviewed), "no change");
    find(Rule::Set, reviewed.address, word_of(reviewed.action), "no change");
  }

  static std::string origin_of(const Change& change) {
    std::string text =
        change.previous_address.empty() ? "" : "moved from " + change.previous_address;
    if (change.is_importing)
      text += (text.empty() ? "" : ", ") + ("imported as `" + change.importing + "`");
    return text.empty() ? "where it was" : text;
  }

  bool is_deferred(const std::string& address) const {
    const std::string plain = without_keys(address);
    return std::any_of(reviewed_.deferred.begin(), reviewed_.deferred.end(),
                       [&plain](const std::string& one) {
                         return one.empty() || plain == one || plain.starts_with(one + ".");
                       });
  }

  void outputs() {
    for (const auto& [name, real] : real_.outputs) {
      const std::string address = "output." + name;
      const auto reviewed = reviewed_.outputs.find(name);
      if (reviewed == reviewed_.outputs.end()) {
        // What is left out of a joint plan takes the outputs that depend on it along.
        if (real.action != Action::NoOp && reviewed_.deferred.empty())
          find(Rule::Outputs, address, "no change", word_of(real.action));
        continue;
      }
      add(compare_values({reviewed->second.values, real.values, Comparing::Updated, Rule::Outputs},
                         seal_),
          address);
    }
    for (const auto& [name, reviewed] : reviewed_.outputs) {
      const bool is_there = real_.outputs.count(name) > 0 || reviewed.action == Action::NoOp;
      if (!is_there && !known_changes(reviewed.values).empty())
        find(Rule::Outputs, "output." + name, word_of(reviewed.action), "no change");
    }
  }

  void drift() {
    for (const Change& change : real_.drift) {
      const bool was_seen =
          std::any_of(reviewed_.drift.begin(), reviewed_.drift.end(),
                      [&change](const Change& one) { return one.address == change.address; });
      if (!was_seen && change.action != Action::NoOp)
        find(Rule::Drift, change.address, "as its state says", "changed elsewhere", Severity::Note);
    }
  }

  void find(Rule rule, const std::string& address, std::string reviewed, std::string real,
            Severity severity = Severity::Stop) {
    findings_.push_back({rule, severity, address, "", std::move(reviewed), std::move(real)});
  }

  const Reviewed& reviewed_;
  const PlanDocument& real_;
  const Seal& seal_;
  std::vector<Finding> findings_;
};

// tofu keeps an input as it was given, or as its variable's type has it: with null for optional
// attributes, and numbers and texts converted.
bool covers(const Value& given, const Value& kept) {
  if (given == kept) return true;
  if (given.is_null() || kept.is_null()) return false;
  if (is_object(given) && is_object(kept)) {
    const auto& more = kept.as_map();
    return std::all_of(
               given.as_map().begin(), given.as_map().end(),
               [&kept](const auto& one) { return covers(one.second, member(kept, one.first)); }) &&
           std::all_of(more.begin(), more.end(), [&given](const auto& one) {
             return one.second.is_null() || given.as_map().count(one.first) > 0;
           });
  }
  if (is_list(given) && is_list(kept)) {
    const auto& left = given.as_list();
    const auto& right = kept.as_list();
    return left.size() == right.size() &&
           std::equal(left.begin(), left.end(), right.begin(), covers);
  }
  const auto plain = [](const Value& value) {
    return value.kind() == values::TypeKind::String ? value.as_string() : values::to_json(value);
  };
  return !is_object(given) && !is_list(given) && !is_object(kept) && !is_list(kept) &&
         plain(given) == plain(kept);
}

}  // namespace

bool Reviewed::changes_outputs() const {
  return std::any_of(outputs.begin(), outputs.end(),
                     [](const auto& one) { return one.second.action != Action::NoOp; });
}

std::vector<Finding> refine(const Reviewed& reviewed, const PlanDocument& real, const Seal& seal) {
  return Refinement(reviewed, real, seal).run();
}

std::vector<Finding> check_inputs(const std::map<std::string, Value>& given,
                                  const PlanDocument& real) {
  std::vector<Finding> findings;
  for (const auto& [name, value] : given) {
    const auto kept = real.variables.find(name);
    if (kept != real.variables.end() && covers(value, kept->second)) continue;
    findings.push_back({Rule::Inputs, Severity::Stop, "var." + name, "", "what this run has read",
                        kept == real.variables.end() ? "not in the plan" : "another value"});
  }
  return findings;
}

bool has_stop(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.severity == Severity::Stop; });
}

std::string text_of(const Finding& finding) {
  const std::string place = finding.path.empty() ? "" : " at `" + finding.path + "`";
  return "reviewed" + place + ": " + finding.reviewed + "; now: " + finding.real;
}

}  // namespace space::plans
