// terraform.tf: which tofu, which providers.
#include "compiler/emit/artefacts.h"
#include "core/values/render.h"

namespace space::emit {

FileText terraform_tf(const lower::LoweredRoot& root, const std::string& tofu_version) {
  FileText file(root.origin, root.from);
  const std::string exactly = values::quote_hcl("= " + tofu_version);
  ChunkWriter versions;
  versions.raw("terraform {\n  required_version = ");
  versions.raw(exactly);
  versions.raw("\n");
  if (!root.required_providers.empty()) {
    versions.raw("\n  required_providers {\n");
    for (const runplan::RequiredProvider& provider : root.required_providers) {
      versions.raw("    ");
      versions.raw(provider.name);
      versions.raw(" = {\n");
      std::vector<lower::Assignment> lines;
      lines.push_back(assignment("source", values::quote_hcl(provider.source)));
      if (!provider.version.empty())
        lines.push_back(assignment("version", values::quote_hcl(provider.version)));
      versions.assignments(lines, 6);
      versions.raw("    }\n");
    }
    versions.raw("  }\n");
  }
  versions.raw("}\n");
  file.add(versions.take());

  // tofu 1.12 takes no notice of required_version in a `.tf` file: this is what it obeys.
  ChunkWriter language;
  language.raw("language {\n  compatible_with {\n    opentofu = ");
  language.raw(exactly);
  language.raw("\n  }\n}\n");
  file.add(language.take());
  return file;
}

}  // namespace space::emit
