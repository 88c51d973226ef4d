#include "runner/joint/joint_root.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/base/filesystem.h"
#include "core/base/strings.h"
#include "core/runplan/dependency_lock.h"
#include "core/runplan/json_writer.h"
#include "runner/joint/names.h"

namespace space::joint {

namespace {

using runplan::JsonWriter;

// An object of the joint root alone, always new. Its id is unknown, and decoded it is of no type
// yet: the variable that takes it in gives it its own. And outputs depend on it: of those that
// depend on no object tofu says nothing where anything is left out.
constexpr const char* k_anchor = "terraform_data.anchor";
constexpr const char* k_unknown = "jsondecode(terraform_data.anchor.id)";

// Files of a root that mean something in a root alone: where its state lies, its values, its lock,
// and imports, which a called module may not have.
constexpr std::array<std::string_view, 4> k_of_roots_alone{
    "backend.tf", "imports.tf", "terraform.tfvars", ".terraform.lock.hcl"};

bool is_of_root_alone(std::string_view name) {
  return std::find(k_of_roots_alone.begin(), k_of_roots_alone.end(), name) !=
         k_of_roots_alone.end();
}

// A text in JSON is a template to tofu.
std::string plain_text(std::string_view text) {
  return base::replace_all(base::replace_all(text, "${", "$${"), "%{", "%%{");
}

std::string reference(const std::string& to) { return "${" + to + "}"; }

std::string argument(const Part& part, const Wire& wire) {
  switch (wire.kind) {
    case Wire::Kind::Given:
      return reference("var." + inner_name(part.root, wire.variable->name));
    case Wire::Kind::Joined:
      return reference(module_address(wire.root) + "." + wire.output);
    case Wire::Kind::Unknown: {
      return reference(wire.sensitive ? "sensitive(" + std::string(k_unknown) + ")" : k_unknown);
    }
  }
  return "";
}

class Writer {
 public:
  Writer(const runplan::RunPlan& plan, const std::vector<Part>& parts, const Lifting& lifting)
      : plan_(plan), parts_(parts), lifting_(lifting) {}

  JointRoot run() {
    out_.begin_object();
    variables();
    modules();
    outputs();
    required_providers();
    out_.line();
    out_.key("resource");
    out_.raw(R"({"terraform_data":{"anchor":{}}})");
    out_.line();
    out_.end_object();
    root_.files["main.tf.json"] = out_.take() + "\n";
    if (!imports_.empty()) root_.files["imports.tf"] = imports_;
    providers();
    copies();
    return std::move(root_);
  }

 private:
  const runplan::Root& root_of(const Part& part) const { return plan_.roots[part.root]; }

  // A section without members is none: tofu takes no `"variable":{}`.
  template <class Each>
  void section(std::string_view name, Each each) {
    JsonWriter members;
    members.begin_object();
    for (const Part& part : parts_) each(part, members);
    members.end_object();
    add_section(name, members);
  }

  void add_section(std::string_view name, JsonWriter& members) {
    if (members.text() == "{}") return;
    out_.line();
    out_.key(name);
    out_.raw(members.take());
  }

  // Untyped: a value goes through as it would come out of a tfvars file, to the variable inside,
  // which has the type.
  void variables() {
    JsonWriter members, values;
    members.begin_object();
    values.begin_object();
    for (const Part& part : parts_) {
      for (const Wire& wire : part.wires) {
        if (wire.kind == Wire::Kind::Given)
          variable(inner_name(part.root, wire.variable->name), "any", wire, members, values);
      }
    }
    std::set<std::string> declared;
    for (const LiftedBlock& block : lifting_.blocks) {
      for (const Wire& wire : block.wires) {
        const std::string& name = wire.variable->name;
        if (declared.insert(name).second)
          variable(name, values::to_string(wire.variable->type, values::Refinements::Drop), wire,
                   members, values);
      }
    }
    members.end_object();
    values.line();
    values.end_object();
    root_.values_json = values.take() + "\n";
    add_section("variable", members);
  }

  static void variable(const std::string& name, const std::string& type, const Wire& wire,
                       JsonWriter& members, JsonWriter& values) {
    members.line();
    members.key(name);
    members.begin_object();
    members.member("type", type);
    if (wire.sensitive) members.member_true("sensitive");
    if (wire.variable->ephemeral) members.member_true("ephemeral");
    members.end_object();
    values.line();
    values.key(name);
    values.raw(wire.json);
  }

  void modules() {
    section("module", [&](const Part& part, JsonWriter& out) {
      out.line();
      out.key(module_name(part.root));
      out.begin_object();
      out.member("source", "./" + plain_text(root_of(part).id));
      if (const auto passed = lifting_.passed.find(part.root); passed != lifting_.passed.end()) {
        out.key("providers");
        out.begin_object();
        for (const auto& [provider, alias] : passed->second)
          out.member(provider, provider + "." + alias);
        out.end_object();
      }
      for (const Wire& wire : part.wires) out.member(wire.variable->name, argument(part, wire));
      out.end_object();
      for (const runplan::ImportBlock& block : root_of(part).imports)
        imports_ += lifted(block, part.root);
    });
  }

  // Those that are lifted, in the joint root; those that are not, in the copies.
  void providers() {
    std::string text;
    for (const LiftedBlock& block : lifting_.blocks) {
      const std::size_t open = block.text.find('{') + 1;
      text += block.text.substr(0, open) + "\n  alias = \"" + block.alias + "\"\n" +
              block.text.substr(open) + "\n";
    }
    if (!text.empty()) root_.files["providers.tf"] = std::move(text);
    for (const auto& [root, passed] : lifting_.passed) {
      std::string rest;
      for (const runplan::ProviderBlock& block : plan_.roots[root].provider_blocks) {
        if (passed.count(block.provider) == 0) rest += block.text + "\n";
      }
      if (!rest.empty()) root_.files[plan_.roots[root].id + "/providers.tf"] = std::move(rest);
    }
  }

  void outputs() {
    section("output", [&](const Part& part, JsonWriter& out) {
      for (const runplan::Output& output : root_of(part).outputs) {
        out.line();
        out.key(inner_name(part.root, output.name));
        out.begin_object();
        out.member("value", reference(module_address(part.root) + "." + output.name));
        if (output.sensitive) out.member_true("sensitive");
        out.strings("depends_on", {k_anchor});
        out.end_object();
      }
    });
  }

  // Of lifted blocks, and for imports, which look for their provider in the root. Where two
  // procedures mean two providers by one name, it is the one of a lifted block, or none.
  void required_providers() {
    std::map<std::string, std::set<std::string>> sources;
    for (const Part& part : parts_) {
      if (root_of(part).imports.empty()) continue;
      for (const auto& provider : root_of(part).required_providers)
        sources[provider.name].insert(runplan::provider_address(provider.source));
    }
    for (const LiftedBlock& block : lifting_.blocks) sources[block.provider] = {block.source};
    JsonWriter list;
    list.begin_object();
    std::size_t count = 0;
    for (const auto& [name, of] : sources) {
      if (of.size() != 1) continue;
      list.key(name);
      list.begin_object();
      list.member("source", *of.begin());
      list.end_object();
      ++count;
    }
    list.end_object();
    if (count == 0) return;
    out_.line();
    out_.key("terraform");
    out_.begin_object();
    out_.key("required_providers");
    out_.raw(list.take());
    out_.end_object();
  }

  static std::string lifted(const runplan::ImportBlock& block, std::size_t root) {
    std::string text;
    for (const std::string_view line : base::split(block.text, '\n')) {
      const std::string_view bare = base::trim(line);
      const std::size_t at = bare.starts_with("to ") ? line.find(block.to) : std::string::npos;
      text += at == std::string::npos ? std::string(line)
                                      : std::string(line.substr(0, at)) + module_address(root) +
                                            "." + std::string(line.substr(at));
      text += '\n';
    }
    return text;
  }

  void copies() {
    std::set<std::string> folders;
    for (const Part& part : parts_) {
      for (const std::string& module : root_of(part).modules) folders.insert("modules/" + module);
    }
    for (const Part& part : parts_) folders.insert(root_of(part).id);
    for (const runplan::File& file : plan_.files) {
      std::string folder = base::parent_path(file.path);
      const std::string_view name = base::file_name(file.path);
      const bool is_of_module = folder.starts_with("modules/");
      const bool is_left_out = !is_of_module && (is_of_root_alone(name) ||
                                                 (name == "providers.tf" && is_lifted(folder)));
      // A module's file may lie in folders below it.
      while (is_of_module && folders.count(folder) == 0 && folder != "modules")
        folder = base::parent_path(folder);
      if (folders.count(folder) > 0 && !is_left_out) root_.copies.push_back(file.path);
    }
  }

  bool is_lifted(const std::string& id) const {
    const auto& all = lifting_.passed;
    return std::any_of(all.begin(), all.end(),
                       [&](const auto& one) { return plan_.roots[one.first].id == id; });
  }

  const runplan::RunPlan& plan_;
  const std::vector<Part>& parts_;
  const Lifting& lifting_;
  JsonWriter out_;
  std::string imports_;
  JointRoot root_;
};

}  // namespace

std::string unliftable_import(const runplan::Root& root) {
  for (const runplan::ImportBlock& block : root.imports) {
    for (const char* word :
         {"var.", "local.", "module.", "data.", "each.", "for_each", "provider "}) {
      // The address itself may well stand in a module.
      const std::string rest = base::replace_all(block.text, block.to, "");
      if (rest.find(word) != std::string::npos)
        return "its import of `" + block.to + "` says `" + std::string(base::trim(word)) +
               "`, which only its own root knows";
    }
  }
  return "";
}

JointRoot write_joint_root(const runplan::RunPlan& plan, const std::vector<Part>& parts,
                           const Lifting& lifting) {
  return Writer(plan, parts, lifting).run();
}

}  // namespace space::joint
