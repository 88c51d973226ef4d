// out/docs/MISSION.md: what a mission is to those who run it: where it flies, what it takes, its
// stages, what comes out, how to roll it out. Made from the lowered flights alone, so that it says
// what is, not what was meant.
#include <algorithm>
#include <map>
#include <set>
#include <variant>

#include "compiler/emit/artefacts.h"

namespace space::emit {

namespace {

using Flights = std::vector<const lower::LoweredFlight*>;

// Text of the user's in a cell of a table.
std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      escaped += ' ';
    } else {
      if (c == '|' || c == '\\' || c == '<' || c == '`') escaped += '\\';
      escaped += c;
    }
  }
  return escaped;
}

std::string code(std::string_view text) {
  std::string quoted = "`";
  for (const char c : text) quoted += c == '`' ? '\'' : (c == '|' ? '/' : c);
  return quoted + "`";
}

std::string codes(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + code(name);
  return text;
}

// Environments that nothing is promoted to come first, each chain in its order.
std::vector<std::string> in_order_of_promotion(const lower::LoweredProgram& program,
                                               const Flights& flights) {
  std::set<std::string> left;
  for (const auto* flight : flights) left.insert(flight->plan.environment);
  std::vector<std::string> order;
  while (!left.empty()) {
    std::string next;
    for (const runplan::Environment& environment : program.environments) {
      if (left.contains(environment.name) && !left.contains(environment.promote_from) &&
          next.empty()) {
        next = environment.name;
      }
    }
    if (next.empty()) next = *left.begin();
    left.erase(next);
    order.push_back(next);
  }
  return order;
}

struct Input {
  std::string type, description;
  std::set<std::string> procedures;
};

void write_flights(std::string& out, const Flights& flights) {
  out += "\n## Flights\n\n| flight | region | namespace | after |\n|---|---|---|---|\n";
  for (const auto* flight : flights) {
    const std::set<std::string> after(flight->plan.after.begin(), flight->plan.after.end());
    out += "| " + code(flight->plan.id) + " | " + cell(flight->plan.region) + " | " +
           code(flight->plan.namespace_name) + " | " + codes(after) + " |\n";
  }
}

void write_inputs(std::string& out, const Flights& flights) {
  std::map<std::string, Input> inputs;
  for (const auto* flight : flights) {
    for (const lower::LoweredRoot& root : flight->roots) {
      for (const lower::LoweredVariable& variable : root.variables) {
        if (!std::holds_alternative<runplan::FromValues>(variable.source)) continue;
        Input& input = inputs[variable.name];
        input.type = values::to_string(variable.type);
        if (input.description.empty()) input.description = variable.description;
        input.procedures.insert(root.procedure);
      }
    }
  }
  out += "\n## Interface\n\n";
  if (inputs.empty()) {
    out += "It takes no values.\n";
    return;
  }
  out += "| variable | type | what it is | used by |\n|---|---|---|---|\n";
  for (const auto& [name, input] : inputs) {
    out += "| " + code(name) + " | " + code(input.type) + " | " + cell(input.description) + " | " +
           codes(input.procedures) + " |\n";
  }
}

struct Procedure {
  std::set<std::string> reads, secrets, outputs;
};

void write_stages(std::string& out, const Flights& flights) {
  std::map<std::string, std::map<std::string, Procedure>> stages;
  for (const auto* flight : flights) {
    for (const lower::LoweredRoot& root : flight->roots) {
      Procedure& procedure = stages[root.stage][root.procedure];
      for (const lower::LoweredVariable& variable : root.variables) {
        if (const auto* read = std::get_if<runplan::FromOutput>(&variable.source)) {
          procedure.reads.insert(read->root.substr(read->root.rfind('/') + 1) + "." + read->output);
        } else if (const auto* secret = std::get_if<runplan::FromSecret>(&variable.source)) {
          procedure.secrets.insert(secret->secret);
        }
      }
      for (const lower::LoweredOutput& output : root.outputs) procedure.outputs.insert(output.name);
    }
  }
  out += "\n## Stages\n";
  for (const auto& [label, procedures] : stages) {
    out += "\n### " + label + "\n\n| procedure | reads | secrets | outputs |\n|---|---|---|---|\n";
    for (const auto& [name, procedure] : procedures) {
      out += "| " + code(name) + " | " + codes(procedure.reads) + " | " + codes(procedure.secrets) +
             " | " + codes(procedure.outputs) + " |\n";
    }
  }
}

void write_outputs(std::string& out, const Flights& flights) {
  std::map<std::string, const lower::LoweredOutput*> outputs;
  for (const auto* flight : flights) {
    for (const lower::LoweredRoot& root : flight->roots) {
      for (const lower::LoweredOutput& output : root.outputs)
        outputs.emplace(root.procedure + "." + output.name, &output);
    }
  }
  out += "\n## Outputs\n\n";
  if (outputs.empty()) {
    out += "It gives no outputs.\n";
    return;
  }
  out += "| output | type | sensitive | what it is |\n|---|---|---|---|\n";
  for (const auto& [name, output] : outputs) {
    out += "| " + code(name) + " | " + code(values::to_string(output->type)) + " | " +
           (output->sensitive ? "yes" : "no") + " | " + cell(output->description) + " |\n";
  }
}

void write_roll_out(std::string& out, const lower::LoweredProgram& program,
                    const Flights& flights) {
  out += "\n## Roll out\n\nStages run in series, procedures of a stage in parallel.\n";
  for (const std::string& environment : in_order_of_promotion(program, flights)) {
    out += "\n```sh\n";
    const auto known =
        std::ranges::find(program.environments, environment, &runplan::Environment::name);
    const bool declared = known != program.environments.end();
    if (declared && !known->promote_from.empty()) out += "# after " + known->promote_from + "\n";
    // Elsewhere an apply is refused until it can be approved: the page shows what works.
    const bool applies = declared && known->kind == runplan::EnvironmentKind::Sandbox;
    for (const auto* flight : flights) {
      if (flight->plan.environment != environment) continue;
      out += "space plan " + flight->plan.id + "\n";
      if (applies) out += "space apply " + flight->plan.id + "\n";
    }
    out += "```\n";
  }
}

}  // namespace

std::string docs_page(const lower::LoweredProgram& program, const Flights& flights) {
  const lower::LoweredFlight& first = *flights.front();
  std::string out = "<!-- ";
  out += first_line(first.roots.empty() ? std::string_view() : first.roots.front().origin);
  out += " -->\n\n# " + first.plan.mission + "\n";
  if (!first.documentation.empty()) {
    out += "\n" + first.documentation;
    if (first.documentation.back() != '\n') out += '\n';
  }
  write_flights(out, flights);
  write_inputs(out, flights);
  write_stages(out, flights);
  write_outputs(out, flights);
  write_roll_out(out, program, flights);
  return out;
}

}  // namespace space::emit
