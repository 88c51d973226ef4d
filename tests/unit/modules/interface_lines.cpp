// interface_lines PROJECT MODULE…: the interface of each module as spacec reads it, one JSON object
// a line, in the words of `tofu show -json -module`, and more that tofu does not tell.
// tests/gates/module_interface.py holds it against tofu's.
#include <cstdio>
#include <string>

#include <nlohmann/json.hpp>

#include "compiler/modules/read_module.h"
#include "core/values/render.h"

namespace {

using nlohmann::json;
using namespace space;

std::string place(const source::SourceSet& sources, source::Span span) {
  if (!span.valid()) return "";
  const source::SourceFile& file = sources.file(span.file);
  const source::Position begin = file.position(span.begin);
  return std::string(base::file_name(file.path())) + ":" + std::to_string(begin.line) + ":" +
         std::to_string(begin.column) + ":" + std::string(file.text(span));
}

json shown(const model::ModuleVariable& variable, const source::SourceSet& sources) {
  json out = {{"type", json::parse(values::to_json(variable.type))},
              {"required", !variable.has_default},
              {"sensitive", variable.sensitive},
              {"ephemeral", variable.ephemeral},
              {"nullable", variable.nullable},
              {"const", variable.is_const},
              {"validation", variable.has_validation},
              {"description", variable.description},
              {"deprecated", variable.deprecated},
              {"place", place(sources, variable.span)}};
  // As text: numbers keep their digits.
  if (variable.default_value) out["default"] = values::to_json(*variable.default_value);
  return out;
}

json shown(const model::ModuleOutput& output, const source::SourceSet& sources) {
  const values::Marks marks = output.value.marks_deep();
  return {{"sensitive", output.sensitive},
          {"ephemeral", output.ephemeral},
          {"description", output.description},
          {"deprecated", output.deprecated},
          {"type", json::parse(values::to_json(output.value.type()))},
          {"marks", {marks.sensitive, marks.ephemeral}},
          {"place", place(sources, output.span)}};
}

json shown(const model::ModuleInterface& module, const source::SourceSet& sources) {
  json out = {{"variables", json::object()},
              {"outputs", json::object()},
              {"calls", json::object()},
              {"providers", json::object()},
              {"tofu", module.tofu_versions}};
  for (const auto& variable : module.variables)
    out["variables"][variable.name] = shown(variable, sources);
  for (const auto& output : module.outputs) out["outputs"][output.name] = shown(output, sources);
  for (const auto& call : module.calls) {
    out["calls"][call.name] = {
        {"source", call.source}, {"version", call.version}, {"place", place(sources, call.span)}};
  }
  for (const auto& provider : module.providers) {
    out["providers"][provider.name] = {
        {"source", provider.source}, {"version", provider.version}, {"aliases", provider.aliases}};
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  const base::DiskFileSystem files;
  for (int i = 2; i < argc; ++i) {
    source::SourceSet sources;
    diagnostics::CollectingSink sink;
    const auto module = modules::read_module(files, argv[1], argv[i], {}, sources, sink);
    json line = module ? shown(*module, sources) : json::object();
    line["errors"] = json::array();
    for (const diagnostics::Diagnostic& diagnostic : sink.finish(sources))
      line["errors"].push_back(place(sources, diagnostic.primary.span) + " " + diagnostic.message);
    std::puts(line.dump().c_str());
  }
}
