#include "compiler/modules/config_files.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace space::modules {

namespace {

bool is_ignored(std::string_view name) {
  return name.starts_with('.') || name.ends_with('~') ||
         (name.starts_with('#') && name.ends_with('#'));
}

struct Extension {
  std::string_view text;
  std::string_view shadowed_by;  // another file with this one instead; "": nothing
  FileForm form;
};
constexpr Extension k_extensions[] = {{".tf.json", ".tofu.json", FileForm::Json},
                                      {".tofu.json", "", FileForm::Json},
                                      {".tf", ".tofu", FileForm::Native},
                                      {".tofu", "", FileForm::Native}};

const Extension* extension_of(std::string_view name) {
  for (const Extension& extension : k_extensions) {
    if (name.ends_with(extension.text)) return &extension;
  }
  return nullptr;
}

}  // namespace

std::vector<ConfigFile> config_files(const std::vector<base::DirectoryEntry>& entries) {
  std::set<std::string, std::less<>> names;
  for (const base::DirectoryEntry& entry : entries) {
    if (entry.kind != base::FileKind::Directory && !is_ignored(entry.name))
      names.insert(entry.name);
  }
  std::vector<ConfigFile> files;
  for (const std::string& name : names) {
    const Extension* extension = extension_of(name);
    if (extension == nullptr) continue;
    const std::string stem = name.substr(0, name.size() - extension->text.size());
    if (!extension->shadowed_by.empty() &&
        names.contains(stem + std::string(extension->shadowed_by))) {
      continue;
    }
    const bool override = stem == "override" || stem.ends_with("_override");
    files.push_back({name, override ? Layer::Override : Layer::Primary, extension->form});
  }
  std::stable_sort(files.begin(), files.end(),
                   [](const ConfigFile& a, const ConfigFile& b) { return a.layer < b.layer; });
  return files;
}

}  // namespace space::modules
