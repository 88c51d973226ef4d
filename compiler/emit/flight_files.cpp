#include "compiler/emit/flight_files.h"

#include "compiler/emit/artefacts.h"
#include "compiler/emit/plan_root.h"
#include "compiler/emit/source_maps.h"

namespace space::emit {

namespace {

class Maker {
 public:
  explicit Maker(const FlightContext& context)
      : context_(context),
        formatter_(context.options.format),
        maps_(context.sources, context.options.project_folder) {}

  void flight(const lower::LoweredFlight& flight) {
    for (const lower::LoweredRoot& root : flight.roots) this->root(flight, root);
    put("maps/" + flight.file_stem + ".json", maps_.take());
    put(flight.file_stem + "/manage.sh", manage_sh(flight)).mode = base::FileMode::Executable;
  }

  FlightFiles take() { return std::move(made_); }

 private:
  EmittedFile& put(std::string path, std::string bytes) {
    made_.files.emplace_back(std::move(path),
                             EmittedFile{std::move(bytes), base::FileMode::Plain, ""});
    return made_.files.back().second;
  }

  void put(const std::string& folder, std::string_view name, FileText file) {
    if (file.empty()) return;
    std::string path = folder;
    path += '/';
    path += name;
    maps_.add(path, file.take_marks());
    put(std::move(path), file.take_text());
  }

  void root(const lower::LoweredFlight& flight, const lower::LoweredRoot& root) {
    const std::vector<Chunk> providers = formatted_blocks(root.providers, formatter_);
    const std::vector<Chunk> imports = formatted_blocks(root.imports, formatter_);
    put(root.id, "terraform.tf", terraform_tf(root, context_.program.project.tofu));
    put(root.id, "backend.tf", backend_tf(root, formatter_));
    put(root.id, "providers.tf", providers_tf(root, providers));
    put(root.id, "imports.tf", imports_tf(root, imports));
    put(root.id, "variables.tf", variables_tf(root, formatter_));
    put(root.id, "main.tf", main_tf(root, formatter_));
    put(root.id, "outputs.tf", outputs_tf(root, formatter_));
    put(root.id, "terraform.tfvars", terraform_tfvars(root, formatter_));
    if (std::string lock = lock_file_for(context_.lock, root); !lock.empty())
      put(root.id + "/.terraform.lock.hcl", std::move(lock));
    made_.roots.push_back(plan_root(root, flight.plan.id, providers, imports));
  }

  const FlightContext& context_;
  Formatter formatter_;
  SourceMapMaker maps_;
  FlightFiles made_;
};

}  // namespace

FlightFiles flight_files(const FlightContext& context,
                         std::span<const lower::LoweredFlight> flights) {
  Maker maker(context);
  for (const lower::LoweredFlight& flight : flights) maker.flight(flight);
  return maker.take();
}

}  // namespace space::emit
