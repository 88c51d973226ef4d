#include "compiler/lower/lower.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "compiler/lower/root_builder.h"
#include "core/base/filesystem.h"
#include "core/diagnostics/catalogue.h"

namespace space::lower {

namespace {

using model::ResolvedProgram;

runplan::EnvironmentKind kind_of(model::EnvironmentKind kind) {
  switch (kind) {
    case model::EnvironmentKind::Prod:
      return runplan::EnvironmentKind::Prod;
    case model::EnvironmentKind::Nonprod:
      return runplan::EnvironmentKind::Nonprod;
    case model::EnvironmentKind::Common:
      return runplan::EnvironmentKind::Common;
    case model::EnvironmentKind::Sandbox:
      return runplan::EnvironmentKind::Sandbox;
  }
  return runplan::EnvironmentKind::Sandbox;
}

LoweredFlight lower_flight(const Environment& env, const model::Flight& flight) {
  const ResolvedProgram& program = env.program();
  const model::Mission& mission = program[flight.mission];
  LoweredFlight out;
  runplan::Flight& plan = out.plan;
  plan.id = flight.id;
  plan.environment = program[flight.environment].name;
  plan.space = program[flight.space].name;
  plan.region = program[flight.space].region;
  plan.mission = mission.name;
  plan.key = program[flight.instance].key;
  plan.namespace_name = flight.namespace_name;
  plan.foundation = mission.foundation;
  out.file_stem = flight.id;
  out.documentation = mission.decl->documentation;
  std::set<std::uint32_t> secrets;
  for (const model::ProcedureId id : mission.procedures) {
    const model::Procedure& procedure = program[id];
    for (const std::string& key : procedure.keys)
      out.roots.push_back(lower_root(env, flight, procedure, key, secrets));
  }
  std::sort(out.roots.begin(), out.roots.end(),
            [](const LoweredRoot& a, const LoweredRoot& b) { return a.id < b.id; });
  for (const LoweredRoot& root : out.roots) {
    if (plan.stages.empty() || plan.stages.back().label != root.stage)
      plan.stages.push_back({root.stage, {}});
    plan.stages.back().roots.push_back(root.id);
  }
  for (const std::uint32_t secret : secrets) plan.secrets.push_back(secret_of(env, flight, secret));
  return out;
}

void sort_reads(LoweredProgram& out) {
  std::sort(
      out.cross_reads.begin(), out.cross_reads.end(), [](const CrossRead& a, const CrossRead& b) {
        return std::tie(a.reader, a.producer, a.output) < std::tie(b.reader, b.producer, b.output);
      });
}

// Flights that fly before: foundations, `after`, and whoever's outputs are read.
void order_flights(const ResolvedProgram& program, LoweredProgram& out) {
  std::unordered_map<std::string_view, std::size_t> flight_of_root;
  for (std::size_t i = 0; i < out.flights.size(); ++i) {
    for (const LoweredRoot& root : out.flights[i].roots) flight_of_root.emplace(root.id, i);
  }
  std::map<model::EnvironmentId, std::vector<model::FlightId>> foundations;
  for (std::size_t i = 0; i < program.flights.size(); ++i) {
    const model::Flight& flight = program.flights[i];
    if (program[flight.mission].foundation)
      foundations[flight.environment].push_back(model::FlightId(i));
  }
  for (std::size_t i = 0; i < program.flights.size(); ++i) {
    const model::Flight& flight = program.flights[i];
    LoweredFlight& lowered = out.flights[i];
    std::set<std::string> after;
    const model::Mission& mission = program[flight.mission];
    if (!mission.foundation) {
      for (const model::FlightId id : foundations[flight.environment]) after.insert(program[id].id);
    }
    for (const model::MissionId before : mission.after) {
      for (const model::FlightId id : program[before].flights) {
        if (program[id].environment == flight.environment) after.insert(program[id].id);
      }
    }
    for (const LoweredRoot& root : lowered.roots) {
      for (const std::string& read : root.reads) {
        const auto found = flight_of_root.find(read);
        if (found == flight_of_root.end() || found->second == i) continue;
        const runplan::Flight& producer = out.flights[found->second].plan;
        after.insert(producer.id);
      }
      for (const LoweredVariable& variable : root.variables) {
        const auto* output = std::get_if<runplan::FromOutput>(&variable.source);
        if (output == nullptr) continue;
        const auto found = flight_of_root.find(output->root);
        if (found == flight_of_root.end() || found->second == i) continue;
        const bool common = out.flights[found->second].plan.environment != lowered.plan.environment;
        out.cross_reads.push_back({root.id, output->root, output->output, common, variable.from});
      }
    }
    lowered.plan.after.assign(after.begin(), after.end());
  }
  sort_reads(out);
}

eval::ExprId copy_expression(const eval::ExprTree& from, eval::ExprId id, eval::ExprTree& into) {
  std::vector<eval::ExprId> children;
  for (const eval::ExprId child : from.children(id))
    children.push_back(copy_expression(from, child, into));
  eval::Expr node = from[id];
  return into.add(std::move(node), children);
}

void lower_policies(const Environment& env, LoweredProgram& out) {
  const ResolvedProgram& program = env.program();
  for (const model::PolicyDecl& decl : program.program->policies) {
    std::vector<std::string> environments;
    if (decl.environments.valid()) {
      for (const eval::Traversal& traversal :
           eval::free_references(program.tree(), decl.environments)) {
        const model::Reference* reference = program.reference(traversal.head);
        if (reference != nullptr && reference->kind == model::RefKind::Environment)
          environments.push_back(program.environments[reference->entity].name);
      }
      std::sort(environments.begin(), environments.end());
    }
    for (const model::PolicyRuleDecl& rule : decl.rules) {
      runplan::PolicyRule lowered;
      lowered.policy = decl.name.text;
      lowered.name = rule.name.text;
      lowered.effect = static_cast<runplan::PolicyRule::Effect>(rule.effect);
      lowered.environments = environments;
      if (rule.when.valid())
        lowered.when = copy_expression(program.tree(), rule.when, out.policy_expressions);
      if (rule.message.valid())
        lowered.message = copy_expression(program.tree(), rule.message, out.policy_expressions);
      out.policies.push_back(std::move(lowered));
    }
  }
}

void copy_modules(const model::CheckedProgram& checked, LoweredProgram& out) {
  std::set<std::string> used;
  for (const LoweredFlight& flight : out.flights) {
    for (const LoweredRoot& root : flight.roots)
      used.insert(root.modules.begin(), root.modules.end());
  }
  for (const auto& [path, interface] : checked.modules()) {
    out.modules.push_back({copy_folder(path, interface.digest), &interface.files});
  }
  std::sort(out.modules.begin(), out.modules.end(),
            [](const ModuleCopy& a, const ModuleCopy& b) { return a.folder < b.folder; });
  const auto same = [](const ModuleCopy& a, const ModuleCopy& b) { return a.folder == b.folder; };
  out.modules.erase(std::unique(out.modules.begin(), out.modules.end(), same), out.modules.end());
  std::erase_if(out.modules, [&](const ModuleCopy& copy) { return !used.contains(copy.folder); });
}

// Farewells come last, also where one reads what another environment's flight gives.
void add_farewells(const Environment& env, LoweredProgram& out) {
  std::vector<LoweredFlight> farewells = lower_farewells(env);
  if (farewells.empty()) return;
  std::unordered_map<std::string_view, std::string_view> flight_of_root;
  for (const LoweredFlight& flight : out.flights) {
    for (const LoweredRoot& root : flight.roots) flight_of_root.emplace(root.id, flight.plan.id);
  }
  for (LoweredFlight& farewell : farewells) {
    std::set<std::string> after;
    for (const LoweredFlight& flight : out.flights) {
      if (flight.plan.environment == farewell.plan.environment) after.insert(flight.plan.id);
    }
    for (const LoweredRoot& root : farewell.roots) {
      for (const std::string& read : root.reads) after.emplace(flight_of_root.at(read));
      for (const LoweredVariable& variable : root.variables) {
        const auto* output = std::get_if<runplan::FromOutput>(&variable.source);
        if (output == nullptr) continue;
        const bool common = !output->root.starts_with(farewell.plan.environment + "/");
        out.cross_reads.push_back({root.id, output->root, output->output, common, variable.from});
      }
    }
    farewell.plan.after.assign(after.begin(), after.end());
  }
  for (LoweredFlight& farewell : farewells) out.flights.push_back(std::move(farewell));
  std::sort(out.flights.begin(), out.flights.end(),
            [](const auto& a, const auto& b) { return a.plan.id < b.plan.id; });
  sort_reads(out);
}

}  // namespace

runplan::Secret secret_of(const Environment& env, const model::Flight& flight,
                          std::uint32_t index) {
  const model::Secret& secret = env.program().secrets[index];
  runplan::Secret out;
  out.name = secret.name;
  out.as_file = secret.as_file;
  out.arguments = flight.secrets[index].arguments;
  switch (secret.method) {
    case model::Secret::Method::Env:
      out.method = runplan::Secret::Method::Env;
      break;
    case model::Secret::Method::File: {
      out.method = runplan::Secret::Method::File;
      const std::string file = base::relative_path(env.layout.project_folder,
                                                   env.sources.file(secret.decl->span.file).path());
      for (std::string& path : out.arguments) path = base::join_path(base::parent_path(file), path);
      break;
    }
    case model::Secret::Method::Command:
      out.method = runplan::Secret::Method::Command;
      break;
  }
  return out;
}

LoweredProgram lower(const model::CheckedProgram& checked, const source::SourceSet& sources,
                     const Layout& layout) {
  LoweredProgram out;
  const ResolvedProgram& program = checked.resolved();
  const Index index = make_index(checked, sources, out);
  const Environment env{checked, sources, layout, index, out};
  out.project = {program.project.name, program.project.edition, program.project.contract,
                 program.project.tofu, layout.project_from_out};
  for (const model::Environment& environment : program.environments) {
    out.environments.push_back(
        {environment.name, kind_of(environment.kind),
         environment.promote_from.valid() ? program[environment.promote_from].name : "",
         environment.approvals});
    out.facts.emplace(environment.name, environment.facts);
  }
  for (const model::Flight& flight : program.flights)
    out.flights.push_back(lower_flight(env, flight));
  order_flights(program, out);
  add_farewells(env, out);
  std::sort(out.reaches.begin(), out.reaches.end());
  lower_policies(env, out);
  copy_modules(checked, out);
  for (const model::AllowDirective& allow : program.program->allows) {
    const diagnostics::Descriptor* row = diagnostics::find_descriptor(allow.code);
    if (row != nullptr && row->allow == diagnostics::Allow::WithReason)
      out.allowed.push_back({allow.code, allow.reason, allow.span});
  }
  std::sort(
      out.allowed.begin(), out.allowed.end(), [](const AllowedFinding& a, const AllowedFinding& b) {
        return std::tie(a.code, a.reason, a.from.begin) < std::tie(b.code, b.reason, b.from.begin);
      });
  out.inputs = program.inputs;
  return out;
}

}  // namespace space::lower
