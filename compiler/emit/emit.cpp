#include "compiler/emit/emit.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>

#include "compiler/emit/artefacts.h"
#include "compiler/emit/plan_root.h"
#include "compiler/emit/source_maps.h"
#include "core/base/check.h"
#include "core/base/hash.h"
#include "core/runplan/run_plan_json.h"

namespace space::emit {

namespace {

class Emitter {
 public:
  Emitter(const lower::LoweredProgram& program, const source::SourceSet& sources,
          const EmitOptions& options)
      : program_(program),
        sources_(sources),
        options_(options),
        formatter_(options.format),
        lock_(runplan::read_dependency_lock(options.lock_file)),
        maps_(sources, options.project_folder) {}

  EmittedTree run() {
    modules();
    std::map<std::string, std::vector<const lower::LoweredFlight*>> missions;
    for (const lower::LoweredFlight& flight : program_.flights) {
      this->flight(flight);
      if (!flight.plan.farewell) missions[flight.plan.mission].push_back(&flight);
    }
    for (const auto& [mission, flights] : missions)
      put("docs/" + mission + ".md", docs_page(program_, flights));
    put("isolation.json", isolation_json(program_, sources_, options_.project_folder));
    hash();
    run_plan();
    return std::move(tree_);
  }

 private:
  EmittedFile& put(std::string path, std::string bytes) {
    const auto [at, is_new] = tree_.try_emplace(std::move(path));
    SPACE_CHECK(is_new, "two generated files have the path " + at->first);
    at->second.bytes = std::move(bytes);
    return at->second;
  }

  void put(const std::string& folder, std::string_view name, FileText file) {
    if (file.empty()) return;
    std::string path = folder;
    path += '/';
    path += name;
    maps_.add(path, file.take_marks());
    put(std::move(path), file.take_text());
  }

  void modules() {
    for (const lower::ModuleCopy& module : program_.modules) {
      for (const auto& [path, file] : *module.files)
        put("modules/" + module.folder + "/" + path, file.bytes).mode = file.mode;
    }
  }

  void flight(const lower::LoweredFlight& flight) {
    for (const lower::LoweredRoot& root : flight.roots) this->root(flight, root);
    put("maps/" + flight.file_stem + ".json", maps_.take());
    put(flight.file_stem + "/manage.sh", manage_sh(flight)).mode = base::FileMode::Executable;
    plan_.flights.push_back(flight.plan);
  }

  void root(const lower::LoweredFlight& flight, const lower::LoweredRoot& root) {
    const std::vector<Chunk> providers = formatted_blocks(root.providers, formatter_);
    const std::vector<Chunk> imports = formatted_blocks(root.imports, formatter_);
    put(root.id, "terraform.tf", terraform_tf(root, program_.project.tofu));
    put(root.id, "backend.tf", backend_tf(root, formatter_));
    put(root.id, "providers.tf", providers_tf(root, providers));
    put(root.id, "imports.tf", imports_tf(root, imports));
    put(root.id, "variables.tf", variables_tf(root, formatter_));
    put(root.id, "main.tf", main_tf(root, formatter_));
    put(root.id, "outputs.tf", outputs_tf(root, formatter_));
    put(root.id, "terraform.tfvars", terraform_tfvars(root, formatter_));
    if (std::string lock = lock_file_for(lock_, root); !lock.empty())
      put(root.id + "/.terraform.lock.hcl", std::move(lock));
    plan_.roots.push_back(plan_root(root, flight.plan.id, providers, imports));
  }

  // Most contents occur in every environment: each is hashed once.
  void hash() {
    std::unordered_map<std::string_view, const std::string*> known;  // never iterated
    for (auto& [path, file] : tree_) {
      const auto [at, is_new] = known.try_emplace(file.bytes, &file.sha256);
      file.sha256 = is_new ? base::sha256_hex(file.bytes) : *at->second;
    }
  }

  void run_plan() {
    plan_.project = program_.project;
    plan_.environments = program_.environments;
    plan_.policies = program_.policies;
    plan_.expressions = program_.policy_expressions;
    plan_.inputs = program_.inputs;
    std::ranges::sort(plan_.roots, {}, &runplan::Root::id);
    plan_.files.reserve(tree_.size());
    for (const auto& [path, file] : tree_) {
      plan_.files.push_back(
          {path, file.mode == base::FileMode::Executable ? 0755U : 0644U, file.sha256});
    }
    EmittedFile& file = put("run-plan.json", runplan::write_run_plan(plan_));
    file.sha256 = base::sha256_hex(file.bytes);
  }

  const lower::LoweredProgram& program_;
  const source::SourceSet& sources_;
  const EmitOptions& options_;
  Formatter formatter_;
  runplan::DependencyLock lock_;
  SourceMapMaker maps_;
  runplan::RunPlan plan_;
  EmittedTree tree_;
};

}  // namespace

EmittedTree emit(const lower::LoweredProgram& program, const source::SourceSet& sources,
                 const EmitOptions& options) {
  return Emitter(program, sources, options).run();
}

}  // namespace space::emit
