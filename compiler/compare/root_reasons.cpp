#include "compiler/compare/root_reasons.h"

#include <algorithm>

#include "core/eval/expression_meaning.h"

namespace space::compare {

namespace {

using lower::LoweredRoot;
using lower::LoweredVariable;
using runplan::FromOutput;
using runplan::FromSecret;
using runplan::FromValues;

// Without what it is called: where it is fetched.
std::string secret_meaning(const lower::LoweredFlight& flight, const std::string& name) {
  const auto& secrets = flight.plan.secrets;
  const auto found =
      std::ranges::find_if(secrets, [&](const runplan::Secret& one) { return one.name == name; });
  if (found == secrets.end()) return "";
  std::string meaning = std::to_string(static_cast<int>(found->method));
  meaning += found->as_file ? " file" : "";
  for (const std::string& argument : found->arguments) {
    meaning += '\0';
    meaning += argument;
  }
  return meaning;
}

const LoweredVariable* find_variable(const LoweredRoot& root, const std::string& name) {
  const auto found = std::ranges::find_if(
      root.variables, [&](const LoweredVariable& one) { return one.name == name; });
  return found == root.variables.end() ? nullptr : &*found;
}

class RootComparison {
 public:
  RootComparison(const Pair& pair, const NewNames& names) : pair_(pair), names_(names) {}

  RootReasons run() {
    for (const LoweredVariable& variable : pair_.now.root->variables) {
      const LoweredVariable* before = find_variable(*pair_.before.root, variable.name);
      // One that is new stands in the code, too.
      if (before == nullptr) {
        found_.variables.insert(variable.name);
      } else if (const auto cause = source_differs(*before, variable)) {
        const auto* secret = std::get_if<FromSecret>(&variable.source);
        add(*cause, secret != nullptr && *cause == Cause::Secret ? secret->secret : variable.name);
        found_.variables.insert(variable.name);
      }
    }
    const runplan::State &before = pair_.before.root->state, &now = pair_.now.root->state;
    if (before.type != now.type || before.address != now.address || before.path != now.path) {
      add(Cause::State, now.address);
      found_.extent = Extent::All;
    }
    credentials(before, now);
    return std::move(found_);
  }

 private:
  void add(Cause cause, const std::string& name) {
    const auto& reasons = found_.reasons;
    const Reason reason{cause, Change::Changed, name, "", ""};
    if (std::ranges::find(reasons, reason) == reasons.end()) found_.reasons.push_back(reason);
  }

  std::optional<Cause> source_differs(const LoweredVariable& a, const LoweredVariable& b) const {
    if (a.source.index() != b.source.index()) return Cause::Wiring;
    if (const auto* value = std::get_if<FromValues>(&b.source)) {
      if (!(std::get<FromValues>(a.source).value == value->value)) return Cause::Value;
    } else if (const auto* output = std::get_if<FromOutput>(&b.source)) {
      const auto& before = std::get<FromOutput>(a.source);
      const auto moved = names_.find(before.root);
      const std::string& root = moved == names_.end() ? before.root : moved->second;
      if (root != output->root || before.output != output->output) return Cause::Wiring;
    } else {
      const std::string& here = std::get<FromSecret>(b.source).secret;
      const std::string& there = std::get<FromSecret>(a.source).secret;
      if (secret_meaning(*pair_.before.flight, there) != secret_meaning(*pair_.now.flight, here))
        return Cause::Secret;
    }
    return std::nullopt;
  }

  // Who reads the state is not what stands in it: no output is another.
  void credentials(const runplan::State& before, const runplan::State& now) {
    for (const auto& [variable, secret] : now.environment) {
      const auto was = before.environment.find(variable);
      if (was == before.environment.end() || secret_meaning(*pair_.before.flight, was->second) !=
                                                 secret_meaning(*pair_.now.flight, secret))
        add(Cause::Secret, secret);
    }
    for (const auto& [variable, secret] : before.environment) {
      if (!now.environment.contains(variable)) add(Cause::State, variable);
    }
  }

  const Pair& pair_;
  const NewNames& names_;
  RootReasons found_;
};

struct Rule {
  std::string meaning;
  std::vector<std::string> environments;
};

std::map<std::string, Rule> rules_of(const lower::LoweredProgram* program) {
  std::map<std::string, Rule> rules;
  if (program == nullptr) return rules;
  for (const runplan::PolicyRule& rule : program->policies) {
    Rule& here = rules[rule.policy + "." + rule.name];
    here.environments = rule.environments;
    here.meaning = std::to_string(static_cast<int>(rule.effect)) + "\n" +
                   eval::expression_meaning(program->policy_expressions, rule.when) + "\n" +
                   eval::expression_meaning(program->policy_expressions, rule.message);
  }
  return rules;
}

}  // namespace

RootReasons root_reasons(const Pair& pair, const NewNames& names) {
  return RootComparison(pair, names).run();
}

std::map<std::string, std::vector<Reason>> policy_reasons(const lower::LoweredProgram* before,
                                                          const lower::LoweredProgram* now) {
  std::map<std::string, std::vector<Reason>> found;
  const auto old_rules = rules_of(before), new_rules = rules_of(now);
  const auto add = [&](const std::string& name, const Rule& rule, Change change) {
    const std::vector<std::string> all = {""};
    for (const std::string& environment : rule.environments.empty() ? all : rule.environments)
      found[environment].push_back({Cause::Policy, change, name, "", ""});
  };
  for (const auto& [name, rule] : new_rules) {
    const auto was = old_rules.find(name);
    if (was == old_rules.end()) {
      add(name, rule, Change::Added);
    } else if (was->second.meaning != rule.meaning) {
      add(name, rule, Change::Changed);
    } else if (was->second.environments != rule.environments) {
      // Of an environment that it held before or holds now, and not both.
      Rule difference;
      std::ranges::set_symmetric_difference(was->second.environments, rule.environments,
                                            std::back_inserter(difference.environments));
      const bool either_all = was->second.environments.empty() || rule.environments.empty();
      add(name, either_all ? Rule{} : difference, Change::Changed);
    }
  }
  for (const auto& [name, rule] : old_rules) {
    if (!new_rules.contains(name)) add(name, rule, Change::Removed);
  }
  return found;
}

}  // namespace space::compare
