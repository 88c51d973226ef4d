// `spacec graph`: what reads what, as dot, mermaid or JSON, or as SVG where graphviz draws it. One
// node a root, one cluster a flight, one edge a read.
#include <map>
#include <set>
#include <string>

#include "compiler/cli/commands.h"
#include "compiler/cli/compile_step.h"
#include "compiler/cli/output.h"
#include "core/base/process.h"
#include "core/runplan/json_writer.h"

namespace space::cli {

namespace {

using lower::LoweredFlight;
using lower::LoweredProgram;
using lower::LoweredRoot;

std::string quoted(std::string_view text) {
  std::string out;
  runplan::append_json_string(out, text);
  return out;
}

std::string dot(const LoweredProgram& program) {
  std::string out = "digraph space {\n  rankdir = LR;\n  compound = true;\n  node [shape = box];\n";
  std::size_t number = 0;
  for (const LoweredFlight& flight : program.flights) {
    out += "  subgraph cluster_" + std::to_string(number++) +
           " {\n    label = " + quoted(flight.plan.id) + ";\n";
    for (const LoweredRoot& root : flight.roots) {
      out += "    " + quoted(root.id) + " [label = " + quoted(root.stage + " " + root.procedure) +
             "];\n";
    }
    out += "  }\n";
  }
  for (const LoweredFlight& flight : program.flights) {
    for (const LoweredRoot& root : flight.roots) {
      for (const std::string& read : root.reads)
        out += "  " + quoted(read) + " -> " + quoted(root.id) + ";\n";
    }
  }
  return out + "}\n";
}

std::string mermaid(const LoweredProgram& program) {
  std::string out = "flowchart LR\n";
  std::map<std::string, std::string> names;  // mermaid's ids take no slash
  std::size_t number = 0;
  for (const LoweredFlight& flight : program.flights) {
    out += "  subgraph f" + std::to_string(number++) + "[\"" + flight.plan.id + "\"]\n";
    for (const LoweredRoot& root : flight.roots) {
      const std::string name = "r" + std::to_string(names.size());
      names[root.id] = name;
      out += "    " + name + "[\"" + root.stage + " " + root.procedure + "\"]\n";
    }
    out += "  end\n";
  }
  for (const LoweredFlight& flight : program.flights) {
    for (const LoweredRoot& root : flight.roots) {
      for (const std::string& read : root.reads)
        out += "  " + names[read] + " --> " + names[root.id] + "\n";
    }
  }
  return out;
}

std::string json(const LoweredProgram& program) {
  runplan::JsonWriter writer;
  writer.begin_object();
  writer.member("schema", "spacec.graph/1");
  writer.key("flights");
  writer.begin_array();
  for (const LoweredFlight& flight : program.flights) {
    writer.line();
    writer.begin_object();
    writer.member("id", flight.plan.id);
    writer.strings("after", flight.plan.after);
    writer.key("roots");
    writer.begin_array();
    for (const LoweredRoot& root : flight.roots) {
      writer.line();
      writer.begin_object();
      writer.member("id", root.id);
      writer.member("stage", root.stage);
      writer.member("procedure", root.procedure);
      writer.strings("reads", root.reads);
      writer.end_object();
    }
    writer.end_array();
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
  return writer.take() + "\n";
}

int draw(const std::string& text, World& world) {
  const auto path = world.environment.find("PATH");
  const auto program =
      base::find_in_path("dot", path == world.environment.end() ? "" : path->second);
  if (!program) {
    print_error(world, "there is no `dot` in PATH to draw with",
                "install graphviz, or take `--format dot`, or `--format mermaid`");
    return k_tofu;
  }
  base::Command command;
  command.argv = {*program, "-Tsvg"};
  command.environment = world.environment;
  command.standard_input = text;
  const auto drawn = base::run_command(command);
  if (!drawn || drawn->exit_code != 0) {
    print_error(world, "`dot` failed: " + (drawn ? drawn->standard_error : drawn.error().message),
                "`--format dot` prints what it was given");
    return k_tofu;
  }
  world.out.write(drawn->standard_output);
  return k_fine;
}

}  // namespace

int graph(const GraphOptions& options, World& world) {
  CheckOptions check;
  check.common = options.common;
  check.paths = options.paths;
  const auto compiled = compile_step(check, "graph", driver::Phase::Lowered, "", world);
  if (!compiled) return k_usage;
  if (compiled->has_errors() || !compiled->lowered) {
    world.err.write(tally(compiled->diagnostics) + "\n");
    return k_errors;
  }
  switch (options.format) {
    case GraphOptions::Format::Dot:
      world.out.write(dot(*compiled->lowered));
      break;
    case GraphOptions::Format::Mermaid:
      world.out.write(mermaid(*compiled->lowered));
      break;
    case GraphOptions::Format::Svg:
      return draw(dot(*compiled->lowered), world);
    case GraphOptions::Format::Json:
      world.out.write(json(*compiled->lowered));
      break;
  }
  return k_fine;
}

}  // namespace space::cli
