#include "compiler/driver/remote_modules.h"

#include <set>

#include "compiler/lower/index.h"
#include "compiler/model/queries.h"
#include "core/base/hash.h"

namespace space::driver {

namespace {

constexpr const char* k_restore = "`spacec restore` fetches it";

struct Reader {
  const base::FileSystem& files;
  const std::string& project_folder;
  PinnedCopies copies;
  Remembered& remembered;
  model::Modules& modules;
  diagnostics::DiagnosticSink& sink;
  const std::vector<modules::LockedModule>& lock;

  void read(const model::RemoteModule& module, source::Span span) {
    const std::string& address = module.address;
    const modules::LockedModule* locked = modules::find_locked(lock, address, module.version);
    if (locked == nullptr) {
      sink.report(diagnostics::unrestored_module, span, address)
          .help("`spacec restore` fetches it and writes its digest into `spaces.modules.lock`");
      return;
    }
    const std::string folder = package_folder(*locked);
    const std::string lies = base::join_path(project_folder, folder);
    if (files.stat(lies).kind != base::FileKind::Directory) {
      if (copies == PinnedCopies::MayBeGone) return;
      sink.report(diagnostics::changed_module, span, address,
                  "is pinned, and no copy of it lies beside the project")
          .help(k_restore);
      return;
    }
    const auto package = modules::read_package(files, lies);
    if (!package) {
      sink.report(diagnostics::changed_module, span, address,
                  "cannot be read: " + package.error().message)
          .help(k_restore);
      return;
    }
    if (modules::package_digest(*package) != locked->digest) {
      sink.report(diagnostics::changed_module, span, address,
                  "is not what `spaces.modules.lock` pins: somebody changed its copy")
          .note("the copy lies in `" + folder + "`")
          .help("`spacec restore` fetches it anew; to change a module, copy it into the project");
      return;
    }
    const std::string path = base::join_path(folder, locked->entry);
    if (auto interface = remembered.module(files, project_folder, path, span, sink))
      modules.emplace(model::remote_module_key(address, module.version), std::move(*interface));
  }
};

}  // namespace

std::string package_folder(const modules::LockedModule& module) {
  const std::string_view address = module.address;
  const std::string_view plain = address.substr(0, address.find('?'));
  const std::string id =
      base::sha256_hex(module.address + "\n" + module.version + "\n" + module.digest);
  return base::join_path(k_modules_folder, lower::copy_folder(plain, id));
}

base::Result<std::vector<modules::LockedModule>> pinned_modules(const base::FileSystem& files,
                                                                const std::string& project_folder) {
  const auto text = files.read(base::join_path(project_folder, k_modules_lock));
  if (!text) return std::vector<modules::LockedModule>{};
  return modules::read_modules_lock(*text);
}

void read_remote_modules(const RestoredModules& restored, const model::ResolvedProgram& program,
                         Remembered& remembered, model::Modules& modules,
                         diagnostics::DiagnosticSink& sink) {
  std::vector<model::RemoteModule> remote;
  for (const model::Procedure& procedure : program.procedures) {
    for (model::RemoteModule& module : model::remote_modules(program, procedure))
      remote.push_back(std::move(module));
  }
  if (remote.empty()) return;
  const auto lock = pinned_modules(restored.files, restored.project_folder);
  if (!lock) {
    sink.report(diagnostics::modules_lock,
                program.program->project ? program.program->project->header : source::Span(),
                lock.error().message)
        .help(lock.error().help);
    return;
  }
  Reader reader{restored.files, restored.project_folder, restored.copies, remembered, modules, sink,
                *lock};
  std::set<std::string> tried;
  for (const model::RemoteModule& module : remote) {
    if (tried.insert(model::remote_module_key(module.address, module.version)).second)
      reader.read(module, program.tree()[module.source].span);
  }
}

}  // namespace space::driver
