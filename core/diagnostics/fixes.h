// Fixes that many checks offer. In: the text that is wrong and what would stand there. Out: a Fix
// for Builder::fix. It says nothing that the help beside it does not say: a title that is one of
// the helps is not printed again for people. Must not be offered where more than one thing may have
// been meant.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics/diagnostic.h"
#include "core/diagnostics/sink.h"
#include "core/source/source_set.h"

namespace space::diagnostics {

// The known word that a written one is nearest to; nothing where several are as near.
std::optional<std::string_view> only_near(std::string_view word,
                                          std::vector<std::string_view> known);

Fix replacement(std::string title, source::Span span, std::string_view text);

// A block with one more argument, `sensitive = true` say, on a line of its own at its end; a block
// on one line gets lines. Nothing where the block is not the user's own.
std::optional<Fix> with_argument(std::string title, const source::SourceSet& sources,
                                 source::Span block, source::Span header,
                                 std::string_view argument);
// A text taken out, with its line where nothing else stands there.
Fix without_line(std::string title, const source::SourceSet& sources, source::Span span);

// A name that nothing has: as it was understood, where it stands, and the text there, which holds
// it once where nothing is escaped: `name`, `.name`, `"name"`, `["name"]`. What stands `beside` it
// is there already: a second one would be wrong too.
struct Misspelt {
  std::string_view word;
  source::Span span;
  std::string_view written;
  std::vector<std::string> beside = {};
};

// Asks for the known name that was meant, with the edit that writes it where no other is as near;
// where none is near it says `otherwise`. Out: the name that was meant, one of `known`.
std::optional<std::string_view> respell(DiagnosticSink::Builder& report, const Misspelt& at,
                                        const std::vector<std::string_view>& known,
                                        std::string otherwise = {});

// Likewise; where none is near it lists what there is behind `has`, "it takes" say, or says `none`.
std::optional<std::string_view> respell_listed(DiagnosticSink::Builder& report, const Misspelt& at,
                                               const std::vector<std::string_view>& known,
                                               std::string_view has, std::string none);

}  // namespace space::diagnostics
