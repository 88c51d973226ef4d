#include "runner/flight/project_key.h"

#include "runner/secrets/secret_store.h"

namespace space::flight {

std::string project_key(const Workspace& workspace, base::FileSystem& files) {
  constexpr std::size_t k_bytes = 32;
  if (auto present = files.read(workspace.key_file()); present && present->size() >= 2 * k_bytes)
    return std::move(*present);
  std::string key = secrets::random_hex(k_bytes);
  (void)files.make_directories(base::parent_path(workspace.key_file()));
  (void)files.write(workspace.key_file(), key, base::FileMode::Private);
  return key;
}

}  // namespace space::flight
