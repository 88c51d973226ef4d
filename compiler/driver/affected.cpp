#include "compiler/driver/affected.h"

#include "compiler/driver/read_code.h"
#include "compiler/driver/remote_modules.h"
#include "compiler/lower/index.h"
#include "core/base/hash.h"

namespace space::driver {

namespace {

compare::Side side_of(const Compiled& compiled) {
  compare::Side side;
  if (compiled.compilation == nullptr) return side;
  const Compilation& compilation = *compiled.compilation;
  side.program = compilation.lowered.get();
  for (const auto& [path, file] : compilation.emitted) side.files[path] = {file.bytes, file.mode};
  for (const auto& [path, interface] : compilation.checked->modules())
    side.origins[lower::copy_folder(path, interface.digest)] = interface.unit;
  for (const auto& [path, bytes] : compilation.resolved->files)
    side.origins[lower::copy_folder(path, base::sha256_hex(bytes))] = base::parent_path(path);
  // One that cannot be read was reported when the program was compiled.
  const auto pinned = pinned_modules(*compiled.files, compilation.project_folder);
  if (!pinned) return side;
  for (const modules::LockedModule& module : *pinned)
    side.pins[module.address + " " + module.version] = module.digest;
  return side;
}

}  // namespace

compare::Affected find_affected(const Compiled& before, const Compiled& now) {
  const compare::Side old_side = side_of(before), new_side = side_of(now);
  const compare::ReadCode read = read_code;
  return compare::find_affected(old_side, new_side, read);
}

}  // namespace space::driver
