// out/isolation.json, `space.isolation/1`: the proof of law 2 as data: what each environment's
// states lie in, every read that leaves a flight, every provider configuration that reaches into
// common's account, what was allowed with a reason, and what could not be followed. Sorted; nothing
// of a machine.
#include <map>
#include <set>

#include "compiler/emit/artefacts.h"
#include "compiler/emit/unfollowed.h"
#include "compiler/model/remote_types.h"
#include "core/runplan/json_writer.h"
#include "core/runplan/names.h"
#include "core/values/render.h"

namespace space::emit {

namespace {

using runplan::JsonWriter;

std::string text_of(const lower::Text& text) {
  std::string all;
  for (const lower::Piece& piece : text) all += piece.text;
  return all;
}

// A plain string literal without its quotes; any other expression as it stands.
std::string literal(std::string text) {
  const bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  if (!quoted || text.find_first_of("\\$%") != std::string::npos) return text;
  return text.substr(1, text.size() - 2);
}

// The tail that the compiler put there, taken off: what is left is the place that all states share.
std::string without_address(std::string text, const std::string& address) {
  const std::size_t at = text.rfind(address);
  if (address.empty() || at == std::string::npos) return text;
  text.resize(at);
  while (!text.empty() && text.back() == '/') text.pop_back();
  return text;
}

using Identity = std::map<std::string, std::string>;

// What tells this root's backend from another environment's.
Identity identity_of(const lower::LoweredRoot& root) {
  Identity identity;
  const model::RemoteType* type = model::find_remote_type(root.state.type);
  for (const lower::Assignment& argument : root.backend.assignments) {
    const model::RemoteArgument* known =
        type ? model::find_argument(*type, argument.name) : nullptr;
    if (known == nullptr) continue;
    const std::string text = literal(text_of(argument.text));
    if (model::says_where(known->role)) {
      identity[argument.name] = text;
    } else if (root.state.type == "local" && argument.name == "path") {
      identity["folder"] =
          without_address(root.state.path.empty() ? text : root.state.path, root.state.address);
    } else if (root.state.type == "http" && argument.name == "address") {
      identity["base"] = without_address(text, root.state.address);
    }
  }
  return identity;
}

void write_identity(JsonWriter& out, const Identity& identity) {
  out.begin_object();
  for (const auto& [name, value] : identity) out.member(name, value);
  out.end_object();
}

struct Backend {
  std::string remote, type;
  Identity identity;
  friend auto operator<=>(const Backend&, const Backend&) = default;
};

void write_environments(JsonWriter& out, const lower::LoweredProgram& program) {
  std::map<std::string, std::map<Backend, std::set<std::string>>>
      backends;  // environment -> backend -> spaces
  for (const lower::LoweredFlight& flight : program.flights) {
    auto& of_environment = backends[flight.plan.environment];
    for (const lower::LoweredRoot& root : flight.roots) {
      of_environment[{root.state.remote, root.state.type, identity_of(root)}].insert(
          flight.plan.space);
    }
  }
  out.line();
  out.key("environments");
  out.begin_array();
  for (const runplan::Environment& environment : program.environments) {
    out.line();
    out.begin_object();
    out.member("name", environment.name);
    out.member("kind", runplan::word_of(runplan::k_environment_kinds, environment.kind));
    if (const auto facts = program.facts.find(environment.name); facts != program.facts.end()) {
      out.key("facts");
      out.begin_object();
      for (const auto& [name, value] : facts->second) {
        out.key(name);
        out.raw(values::to_json(value));
      }
      out.end_object();
    }
    out.key("backends");
    out.begin_array();
    for (const auto& [backend, spaces] : backends[environment.name]) {
      out.begin_object();
      out.member("remote", backend.remote);
      out.member("type", backend.type);
      out.key("identity");
      write_identity(out, backend.identity);
      out.strings("spaces", {spaces.begin(), spaces.end()});
      out.end_object();
    }
    out.end_array();
    out.end_object();
  }
  if (!program.environments.empty()) out.line();
  out.end_array();
}

class PlaceWriter {
 public:
  PlaceWriter(const source::SourceSet& sources, std::string_view project_folder)
      : sources_(sources), project_folder_(project_folder) {}

  void write(JsonWriter& out, source::Span span) const {
    if (!span.valid()) return;
    const source::SourceFile& file = sources_.file(span.file);
    out.member("file", path_in_project(file.path(), project_folder_));
    out.member("line", file.position(span.begin).line);
  }

 private:
  const source::SourceSet& sources_;
  std::string_view project_folder_;
};

std::string_view environment_of(std::string_view root) { return root.substr(0, root.find('/')); }

void write_reads(JsonWriter& out, const lower::LoweredProgram& program, const PlaceWriter& places) {
  out.line();
  out.key("reads");
  out.begin_array();
  for (const lower::CrossRead& read : program.cross_reads) {
    out.line();
    out.begin_object();
    out.member("reader", read.reader);
    out.member("producer", read.producer);
    out.member("output", read.output);
    const bool crosses = environment_of(read.reader) != environment_of(read.producer);
    out.member("scope", crosses ? "common" : "environment");
    places.write(out, read.from);
    out.end_object();
  }
  if (!program.cross_reads.empty()) out.line();
  out.end_array();
}

void write_reaches(JsonWriter& out, const lower::LoweredProgram& program,
                   const PlaceWriter& places) {
  out.line();
  out.key("provider_configurations");
  out.begin_array();
  for (const lower::ProviderReach& reach : program.reaches) {
    out.line();
    out.begin_object();
    out.member("root", reach.root);
    out.member("provider", reach.provider);
    if (!reach.alias.empty()) out.member("alias", reach.alias);
    out.member("producer", reach.producer);
    out.member("export", reach.export_name);
    places.write(out, reach.from);
    out.end_object();
  }
  if (!program.reaches.empty()) out.line();
  out.end_array();
}

void write_allowed(JsonWriter& out, const lower::LoweredProgram& program,
                   const PlaceWriter& places) {
  out.line();
  out.key("allowed");
  out.begin_array();
  for (const lower::AllowedFinding& finding : program.allowed) {
    out.line();
    out.begin_object();
    out.member("code", finding.code);
    out.member("reason", finding.reason);
    places.write(out, finding.from);
    out.end_object();
  }
  if (!program.allowed.empty()) out.line();
  out.end_array();
}

void write_found(JsonWriter& out, const Unfollowed& found) {
  out.strings_if_any("data_sources", {found.data.begin(), found.data.end()});
  out.strings_if_any("provisioners", {found.provisioners.begin(), found.provisioners.end()});
}

void write_scope(JsonWriter& out, const lower::LoweredProgram& program) {
  out.line();
  out.key("scope");
  out.begin_object();
  out.line();
  out.member("followed",
             "references, values, outputs, exports, secrets, backend settings and provider "
             "configurations of this program");
  out.line();
  out.member(
      "not_followed",
      "what a data source finds in the world (external programs, look-ups by name), what a "
      "provisioner does, and "
      "what a remote module does inside; the accounts' own access control is what stops those");
  out.line();
  out.key("modules");
  out.begin_array();
  for (const lower::ModuleCopy& module : program.modules) {
    Unfollowed found;
    for (const auto& [path, file] : *module.files) {
      if (path.ends_with(".tf") || path.ends_with(".tofu")) find_unfollowed(file.bytes, found);
      if (path.ends_with(".tf.json") || path.ends_with(".tofu.json"))
        find_unfollowed_json(file.bytes, found);
    }
    if (found.empty()) continue;
    out.line();
    out.begin_object();
    out.member("module", module.folder);
    write_found(out, found);
    out.end_object();
  }
  out.end_array();
  out.line();
  out.key("roots");
  out.begin_array();
  for (const lower::LoweredFlight& flight : program.flights) {
    for (const lower::LoweredRoot& root : flight.roots) {
      Unfollowed found;
      find_unfollowed(text_of(root.body), found);
      if (found.empty()) continue;
      out.line();
      out.begin_object();
      out.member("root", root.id);
      write_found(out, found);
      out.end_object();
    }
  }
  out.end_array();
  out.line();
  out.end_object();
}

}  // namespace

std::string isolation_json(const lower::LoweredProgram& program, const source::SourceSet& sources,
                           std::string_view project_folder) {
  const PlaceWriter places(sources, project_folder);
  JsonWriter out;
  out.begin_object();
  out.line();
  out.member("schema", "space.isolation/1");
  out.line();
  out.member("project", program.project.name);
  write_environments(out, program);
  write_reads(out, program, places);
  write_reaches(out, program, places);
  write_allowed(out, program, places);
  write_scope(out, program);
  out.line();
  out.end_object();
  std::string text = out.take();
  text += '\n';
  return text;
}

std::string_view path_in_project(std::string_view path, std::string_view project_folder) {
  if (project_folder.empty() || project_folder == "." || !path.starts_with(project_folder))
    return path;
  const std::string_view rest = path.substr(project_folder.size());
  if (project_folder.back() == '/') return rest;
  return rest.starts_with('/') ? rest.substr(1) : path;
}

}  // namespace space::emit
