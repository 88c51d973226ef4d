#include "compiler/emit/emit.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <span>
#include <string_view>
#include <unordered_map>

#include "compiler/emit/artefacts.h"
#include "compiler/emit/flight_files.h"
#include "core/base/check.h"
#include "core/base/hash.h"
#include "core/base/shares.h"
#include "core/runplan/run_plan_json.h"

namespace space::emit {

namespace {

constexpr std::size_t k_least_flights = 8;  // fewer are not worth a thread

class Emitter {
 public:
  Emitter(const lower::LoweredProgram& program, const source::SourceSet& sources,
          const EmitOptions& options)
      : program_(program),
        sources_(sources),
        options_(options),
        lock_(runplan::read_dependency_lock(options.lock_file)) {}

  EmittedTree run() {
    modules();
    std::map<std::string, std::vector<const lower::LoweredFlight*>> missions;
    flights();
    for (const lower::LoweredFlight& flight : program_.flights) {
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

  void modules() {
    for (const lower::ModuleCopy& module : program_.modules) {
      for (const auto& [path, file] : *module.files)
        put("modules/" + module.folder + "/" + path, file.bytes).mode = file.mode;
    }
  }

  void flights() {
    const FlightContext context{program_, sources_, options_, lock_};
    const std::span all(program_.flights);
    auto shares =
        base::in_shares(all.size(), k_least_flights, [&](std::size_t begin, std::size_t end) {
          return flight_files(context, all.subspan(begin, end - begin));
        });
    for (FlightFiles& share : shares) {
      for (auto& [path, file] : share.files)
        put(std::move(path), std::move(file.bytes)).mode = file.mode;
      std::ranges::move(share.roots, std::back_inserter(plan_.roots));
    }
    for (const lower::LoweredFlight& flight : all) plan_.flights.push_back(flight.plan);
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
  runplan::DependencyLock lock_;
  runplan::RunPlan plan_;
  EmittedTree tree_;
};

}  // namespace

EmittedTree emit(const lower::LoweredProgram& program, const source::SourceSet& sources,
                 const EmitOptions& options) {
  return Emitter(program, sources, options).run();
}

}  // namespace space::emit
