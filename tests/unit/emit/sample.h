// A lowered program built by hand: one mission, `fleet`, flown in nonprod and prod: a module called
// in stage 000, blocks in place in stage 010 that read its output, and a mission `dns` whose root
// has a provider, an import and a lock file. The source text stands beside it, so that spans are
// real.
#pragma once

#include <memory>
#include <string>

#include "compiler/lower/lowered_roots.h"
#include "core/source/source_set.h"

namespace space::emit::test {

struct Sample {
  source::SourceSet sources;
  source::FileId file;
  std::string text;
  lower::LoweredProgram program;
  model::ModuleFiles module_files;

  // The first place of `words` in the source at or behind `after`.
  source::Span span(std::string_view words, std::string_view after = {}) const;
  lower::Piece verbatim(std::string_view words) const;
};

std::unique_ptr<Sample> make_sample();

lower::Text text_of(std::string text, runplan::MappingKind kind = runplan::MappingKind::Derived);

}  // namespace space::emit::test
