// Index: where in the sources something stands that emission rewrites: references, literal file
// paths, local sources of `module` blocks, and calls that cannot be repeated (time, random). Sorted
// by place, asked by span.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "compiler/lower/lower.h"
#include "compiler/model/queries.h"
#include "core/source/source_set.h"

namespace space::lower {

struct Spot {
  enum class Kind : std::uint8_t {
    Reference,
    FilePath,
    ModuleSource,
    DeferredCall
  } kind = Kind::Reference;
  source::Span span;
  const model::Reference* reference = nullptr;
  std::string
      text;  // FilePath, ModuleSource: the path relative to the project; DeferredCall: the function
};

struct Index {
  std::vector<Spot> spots;  // by span
  std::map<std::string, std::string>
      file_copies;  // path -> "cloud-init.yaml-0123456789ab/cloud-init.yaml" under modules/
};

Index make_index(const model::CheckedProgram& program, const source::SourceSet& sources,
                 LoweredProgram& out);
std::span<const Spot> spots_in(const Index& index, source::Span span);

// "NAME-DIGEST" for a module folder or a file of this name and digest.
std::string copy_folder(std::string_view path, std::string_view digest);

}  // namespace space::lower
