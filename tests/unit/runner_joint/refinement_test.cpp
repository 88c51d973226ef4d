// What tofu itself said of one mission, planned together (samples/reviewed_joint.json) and then,
// the first procedure applied, by itself (samples/reviewed_real.json): the real plan refines the
// reviewed one, and what is changed in it, leaf by leaf, is stopped wherever the review knew
// better.
#include <algorithm>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>
#include <variant>

#include <catch2/catch.hpp>

#include "core/base/hash.h"
#include "core/values/render.h"
#include "runner/joint/names.h"
#include "runner/joint/reviewed_parts.h"

namespace space::joint {

namespace {

using plans::Finding;
using plans::Severity;
using values::TypeKind;
using values::Value;

using Step = std::variant<std::string, std::size_t>;
using Path = std::vector<Step>;

std::string sample(const char* name) {
  std::ifstream file(std::string(SPACE_SAMPLES) + "/" + name);
  std::stringstream text;
  text << file.rdbuf();
  REQUIRE_FALSE(text.str().empty());
  return text.str();
}

Value parsed(const std::string& text) {
  std::string error;
  auto value = values::from_json(text, error);
  REQUIRE(value);
  return *value;
}

bool is_map(const Value& value) { return !value.is_null() && value.kind() == TypeKind::Object; }
bool is_list(const Value& value) { return !value.is_null() && value.kind() == TypeKind::Tuple; }

// Null where there is nothing.
Value at(const Value& value, const Path& path, std::size_t from = 0) {
  if (from == path.size()) return value;
  if (const auto* name = std::get_if<std::string>(&path[from])) {
    if (!is_map(value) || value.as_map().count(*name) == 0) return {};
    return at(value.as_map().at(*name), path, from + 1);
  }
  const std::size_t index = std::get<std::size_t>(path[from]);
  if (!is_list(value) || value.as_list().size() <= index) return {};
  return at(value.as_list()[index], path, from + 1);
}

// Nothing: it is taken away.
Value with(const Value& value, const Path& path, const std::optional<Value>& changed,
           std::size_t from = 0) {
  if (from == path.size()) return *changed;
  const bool is_last = from + 1 == path.size();
  if (const auto* name = std::get_if<std::string>(&path[from])) {
    values::ValueMap map = value.as_map();
    if (is_last && !changed) {
      map.erase(*name);
    } else {
      map[*name] = with(map[*name], path, changed, from + 1);
    }
    return Value::object(std::move(map));
  }
  const std::size_t index = std::get<std::size_t>(path[from]);
  values::ValueList list = value.as_list();
  if (is_last && !changed) {
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(index));
  } else {
    list[index] = with(list[index], path, changed, from + 1);
  }
  return Value::tuple(std::move(list));
}

Path operator+(Path path, const Step& step) {
  path.push_back(step);
  return path;
}

void each_leaf(const Value& value, const Path& path,
               const std::function<void(const Path&, const Value&)>& visit) {
  if (is_map(value) && !value.as_map().empty()) {
    for (const auto& [name, inner] : value.as_map()) each_leaf(inner, path + Step(name), visit);
  } else if (is_list(value) && !value.as_list().empty()) {
    for (std::size_t i = 0; i < value.as_list().size(); ++i)
      each_leaf(value.as_list()[i], path + Step(i), visit);
  } else {
    visit(path, value);
  }
}

bool is_true(const Value& value) {
  return !value.is_null() && value.kind() == TypeKind::Bool && value.as_bool();
}

Value otherwise(const Value& value) {
  if (value.is_null()) return Value::string("mutant");
  if (value.kind() == TypeKind::Bool) return Value::boolean(!value.as_bool());
  if (value.kind() == TypeKind::Number) return Value::number(4711);
  if (value.kind() == TypeKind::String) return Value::string(value.as_string() + " mutant");
  return Value::string("mutant");
}

// Procedure `a` and, taking in its output `id` and a secret, procedure `b`: of `b` is all that
// follows.
struct Mission {
  Value joint = parsed(sample("reviewed_joint.json"));
  Value real = parsed(sample("reviewed_real.json"));
  plans::Seal seal = [](std::string_view json) {
    return base::sha256_hex("a key " + std::string(json));
  };
  plans::ReviewedProcedure reviewed;
  std::map<std::string, Value> given;

  Mission() {
    const auto document = plans::read_plan(sample("reviewed_joint.json"));
    REQUIRE(document);
    runplan::RunPlan plan;
    for (const char* id : {"s/o/m/000/a", "s/o/m/010/b"}) plan.roots.emplace_back().id = id;
    runplan::Root& root = plan.roots[1];
    root.variables.push_back({"up", values::Type::string(), false, false, true,
                              runplan::FromOutput{plan.roots[0].id, "id"}});
    Part part;
    part.root = 1;
    part.wires.push_back({&root.variables[0], Wire::Kind::Joined, "", 0, "id", false});
    const std::vector<Part> parts{part};
    const std::vector<Exclusion> exclusions;
    const std::map<std::size_t, tofu::Outputs> recorded;
    const JointPlan whole{plan,      parts,
                          *document, exclusions,
                          recorded,  [](std::string_view text) { return std::string(text); }};
    runplan::PreviewRoot shown;
    shown.root = root.id;
    shown.verdict = runplan::PreviewVerdict::Changes;
    reviewed = reviewed_procedures(whole, {shown}, seal).front();
    given["up"] = at(real, {"variables", "up", "value"});
  }

  std::vector<Finding> held(const Value& plan) const {
    const auto document = plans::read_plan(values::to_json(plan));
    REQUIRE(document);
    std::vector<Finding> findings = plans::check_inputs(given, *document);
    for (Finding& one : plans::refine(reviewed.plan, *document, seal))
      findings.push_back(std::move(one));
    return findings;
  }

  // What the joint plan says of the object whose place in the real plan this is.
  Value reviewed_change(std::size_t index) const {
    const std::string address =
        module_address(1) + "." + at(real, {"resource_changes", index, "address"}).as_string();
    for (const Value& change : at(joint, {"resource_changes"}).as_list()) {
      if (at(change, {"address"}) == Value::string(address)) return at(change, {"change"});
    }
    FAIL("no such object in the joint plan: " << address);
    return {};
  }
};

// Is this place, or one around it, unknown in the review? In a collection none is by itself.
bool is_wholly_unknown(const Value& reviewed, const Path& path) {
  const Value unknown = at(reviewed, {"after_unknown"});
  for (std::size_t size = 0; size <= path.size(); ++size) {
    const Path around(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(size));
    if (is_true(at(unknown, around))) return true;
    if (size < path.size() && std::holds_alternative<std::size_t>(path[size])) return false;
  }
  return false;
}

// Is this place, or one around it, or an element that only an apply makes known, unknown in the
// review? A set's unknown element has another place in each plan.
bool is_unknown(const Value& reviewed, const Path& path, const Value& real_after) {
  const Value unknown = at(reviewed, {"after_unknown"});
  for (std::size_t size = 0; size <= path.size(); ++size) {
    const Path around(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(size));
    const Value here = at(unknown, around);
    if (is_true(here)) return true;
    if (!is_list(here) || size == path.size()) continue;
    const auto& marks = here.as_list();
    if (std::none_of(marks.begin(), marks.end(), is_true)) continue;
    const Value list = at(at(reviewed, {"after"}), around);
    const Value element = at(real_after, around + path[size]);
    const auto& known = list.as_list();
    return std::find(known.begin(), known.end(), element) == known.end();
  }
  return false;
}

struct Tally {
  std::size_t stopped = 0, narrowed = 0, unknown = 0, notes = 0;
  std::size_t all() const { return stopped + narrowed + unknown + notes; }
};

std::string told(const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& one : findings)
    text += std::to_string(static_cast<int>(one.rule)) +
            (one.severity == Severity::Stop ? "! " : "? ") + one.address + " " + one.path + ": " +
            one.reviewed + " | " + one.real + "\n";
  return text;
}

}  // namespace

TEST_CASE("a real plan refines the joint plan that it came of") {
  const Mission mission;
  const auto findings = mission.held(mission.real);
  INFO(told(findings));
  CHECK(findings.empty());
  CHECK(mission.reviewed.plan.objects.size() == 13);
  CHECK(mission.reviewed.plan.outputs.size() == 4);
  CHECK(mission.reviewed.inputs.empty());  // the one that it takes in was not known
}

TEST_CASE("what is sensitive stands in no review") {
  const Mission mission;
  for (const plans::Change& change : mission.reviewed.plan.objects) {
    if (change.address != "terraform_data.secret") continue;
    CHECK(values::to_json(at(change.values.after, {"input"})).find("canary") == std::string::npos);
    CHECK(plans::has_seal(change.values.after));
  }
  CHECK(plans::has_seal(mission.reviewed.plan.outputs.at("hidden").values.after));
}

// One place of the real plan changed at a time: each is stopped, but where the review says unknown
// (rule 5) or less may be done (rule 3), and what no rule stops (a note, or a mark more).
TEST_CASE("mutants of a real plan") {
  const Mission mission;
  Tally tally;
  enum class Expected { Stop, Unknown, Narrowed, Note };
  const auto hold = [&](const Value& mutant, Expected expected, const std::string& what) {
    if (mutant == mission.real) return;
    const auto findings = mission.held(mutant);
    INFO(what << "\n" << told(findings));
    CHECK(plans::has_stop(findings) == (expected == Expected::Stop));
    if (expected == Expected::Stop) ++tally.stopped;
    if (expected == Expected::Unknown) ++tally.unknown;
    if (expected == Expected::Narrowed) ++tally.narrowed;
    if (expected == Expected::Note) ++tally.notes;
  };
  const auto name = [](const Path& path) {
    std::string text;
    for (const Step& step : path)
      text += "/" + (std::holds_alternative<std::string>(step)
                         ? std::get<std::string>(step)
                         : std::to_string(std::get<std::size_t>(step)));
    return text;
  };
  // Objects of which all that changes was unknown, and what was to force the other.
  const std::set<std::string> may_stay{"terraform_data.only", "terraform_data.set",
                                       "terraform_data.steady", "terraform_data.follows"};
  const auto& changes = at(mission.real, {"resource_changes"}).as_list();
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const Path here{"resource_changes", i};
    const std::string address = at(changes[i], {"address"}).as_string();
    const Value reviewed = mission.reviewed_change(i);
    const std::string word = at(reviewed, {"actions", std::size_t{0}}).as_string();
    const bool is_replaced = at(reviewed, {"actions"}).as_list().size() > 1;
    const bool is_moved = word == "no-op";
    const auto change = [&](const char* part, const Path& inner) {
      Path path = here;
      path.insert(path.end(), {"change", part});
      path.insert(path.end(), inner.begin(), inner.end());
      return path;
    };
    hold(with(mission.real, here, std::nullopt),
         may_stay.count(address) > 0 ? Expected::Narrowed : Expected::Stop, address + " gone");
    for (const char* field : {"address", "previous_address", "deposed"}) {
      hold(with(mission.real, here + Step(field), Value::string("terraform_data.other")),
           Expected::Stop, address + " " + field);
    }
    hold(with(mission.real, here + Step("action_reason"), Value::string("other")), Expected::Note,
         address + " reason");
    hold(with(mission.real, change("importing", {}), parsed(R"({"id":"another"})")), Expected::Stop,
         address + " importing");
    if (is_map(at(changes[i], {"change", "importing"})))
      hold(with(mission.real, change("importing", {}), std::nullopt), Expected::Stop,
           address + " not importing");
    for (const char* words : {R"(["no-op"])", R"(["create"])", R"(["update"])", R"(["delete"])",
                              R"(["delete","create"])", R"(["create","delete"])", R"(["forget"])",
                              R"(["forget","create"])"}) {
      const Value actions = parsed(words);
      Expected expected = Expected::Stop;
      const bool is_order = is_replaced && actions.as_list().size() > 1 &&
                            actions.as_list()[0] != Value::string("forget");
      if (is_order) expected = Expected::Note;
      if (words == std::string(R"(["no-op"])") && may_stay.count(address) > 0)
        expected = Expected::Narrowed;
      if (words == std::string(R"(["update"])") && address == "terraform_data.follows")
        expected = Expected::Narrowed;  // it keeps its values here: only what was unknown differs
      hold(with(mission.real, change("actions", {}), actions), expected, address + " " + words);
    }
    if (is_replaced)
      hold(with(mission.real, change("replace_paths", {}),
                parsed(R"([["triggers_replace"],["input"]])")),
           Expected::Stop, address + " forced by more");
    if (is_moved) continue;  // its values do not change: only from where it moves is held
    const bool goes = word == "delete" || word == "forget";
    const Value real_after = at(changes[i], {"change", "after"});
    each_leaf(real_after, {}, [&](const Path& path, const Value& value) {
      if (goes) return;
      const bool is_open = is_unknown(reviewed, path, real_after);
      hold(with(mission.real, change("after", path), otherwise(value)),
           is_open ? Expected::Unknown : Expected::Stop, address + " after" + name(path));
      if (!path.empty() && !value.is_null() && !is_open)
        hold(with(mission.real, change("after", path), std::nullopt), Expected::Stop,
             address + " after without" + name(path));
      // A value that was known is not any more.
      Value unknown = parsed("true");
      for (std::size_t depth = path.size(); depth-- > 0;) {
        if (std::holds_alternative<std::size_t>(path[depth])) return;
        unknown = Value::object({{std::get<std::string>(path[depth]), unknown}});
      }
      Value both = with(mission.real, change("after_unknown", {}), unknown);
      hold(both, is_open ? Expected::Unknown : Expected::Stop, address + " unknown" + name(path));
    });
    each_leaf(at(changes[i], {"change", "before"}), {}, [&](const Path& path, const Value& value) {
      // Of what is made anew or goes, what it was before is a note.
      Expected expected = is_wholly_unknown(reviewed, path) ? Expected::Unknown : Expected::Stop;
      if (word != "update") expected = Expected::Note;
      hold(with(mission.real, change("before", path), otherwise(value)), expected,
           address + " before" + name(path));
    });
    for (const char* part : {"before_sensitive", "after_sensitive"}) {
      each_leaf(at(changes[i], {"change", part}), {}, [&](const Path& path, const Value& mark) {
        if (mark.is_null() || mark.kind() != TypeKind::Bool) return;
        hold(with(mission.real, change(part, path), Value::boolean(!mark.as_bool())),
             mark.as_bool() ? Expected::Stop : Expected::Note, address + " " + part + name(path));
      });
    }
  }
  // An object more.
  values::ValueList more = changes;
  more.push_back(with(changes[7], {"address"}, Value::string("terraform_data.new[2]")));
  hold(with(mission.real, {"resource_changes"}, Value::tuple(more)), Expected::Stop, "more");
  for (const auto& [output, changed] : at(mission.real, {"output_changes"}).as_map()) {
    const Path here{"output_changes", output};
    const Value reviewed = at(mission.joint, {"output_changes", inner_name(1, output)});
    const Value after = at(changed, {"after"});
    each_leaf(after, {}, [&](const Path& path, const Value& value) {
      Path whole = here + Step("after");
      whole.insert(whole.end(), path.begin(), path.end());
      Value mutant = with(mission.real, whole, otherwise(value));
      mutant = with(mutant, here + Step("actions"), parsed(R"(["update"])"));
      hold(mutant, is_unknown(reviewed, path, after) ? Expected::Unknown : Expected::Stop,
           "output " + output + name(path));
    });
    each_leaf(at(changed, {"before"}), {}, [&](const Path& path, const Value& value) {
      Path whole = here + Step("before");
      whole.insert(whole.end(), path.begin(), path.end());
      hold(with(mission.real, whole, otherwise(value)),
           is_unknown(reviewed, path, after) ? Expected::Unknown : Expected::Stop,
           "output " + output + " before" + name(path));
    });
    const bool is_hidden = is_true(at(changed, {"after_sensitive"}));
    hold(with(mission.real, here + Step("after_sensitive"), Value::boolean(!is_hidden)),
         is_hidden ? Expected::Stop : Expected::Note, "output " + output + " mark");
    if (!is_true(at(reviewed, {"after_unknown"})))
      hold(with(mission.real, here + Step("after_unknown"), Value::boolean(true)), Expected::Stop,
           "output " + output + " unknown");
    const bool changes_nothing = at(changed, {"actions"}) == parsed(R"(["no-op"])");
    if (!changes_nothing)
      hold(with(mission.real, here, std::nullopt),
           output == "both" ? Expected::Narrowed : Expected::Stop, "output " + output + " gone");
  }
  // A plan made with another output than that of this run.
  hold(with(mission.real, {"variables", "up", "value"}, Value::string("other")), Expected::Stop,
       "another input");
  hold(with(mission.real, {"variables", "up"}, std::nullopt), Expected::Stop, "no input");
  hold(with(mission.real, {"errored"}, Value::boolean(true)), Expected::Stop, "errored");
  INFO(tally.all() << " mutants: " << tally.stopped << " stopped, " << tally.unknown
                   << " only in what the review left unknown, " << tally.narrowed
                   << " that do less because of it, " << tally.notes << " told");
  CHECK(tally.stopped == 273);
  CHECK(tally.unknown == 34);
  CHECK(tally.narrowed == 10);
  CHECK(tally.notes == 67);
}

}  // namespace space::joint
