// Renderers of finished diagnostics. Text is for people (stderr): rustc's layout, several labelled
// spans, colour only when told. JSON lines is `spacec.diagnostic/1` (docs/diagnostics/schema.json):
// one record a line and a last `summary` line, always. Positions: 1-based line and column in code
// points, 0-based byte, end exclusive, plus `utf16` for LSP. Same diagnostics and sources in, same
// bytes out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics/diagnostic.h"
#include "core/source/source_set.h"

namespace space::diagnostics {

enum class Color { Off, On };

struct Summary {
  std::size_t errors = 0;
  std::size_t warnings = 0;
};

// A finding that the user silenced, and how: SARIF tells of it, the other forms do not.
struct Silenced {
  enum class By : std::uint8_t { Comment, Level };  // `# spacec:allow`; the project's or --allow
  Diagnostic diagnostic;
  By by = By::Comment;
  std::string reason;  // Comment
  source::Span place;  // of the comment
};

Summary summarize(const std::vector<Diagnostic>& diagnostics);
std::string render_text(const std::vector<Diagnostic>& diagnostics,
                        const source::SourceSet& sources, Color color);
std::string render_json_lines(const std::vector<Diagnostic>& diagnostics,
                              const source::SourceSet& sources);
std::string render_sarif(const std::vector<Diagnostic>& diagnostics,
                         const std::vector<Silenced>& silenced, const source::SourceSet& sources,
                         std::string_view tool_version);  // SARIF 2.1.0

// sha256 over code and message without positions: the same finding keeps it when lines move.
std::string fingerprint(const Diagnostic& diagnostic, const source::SourceSet& sources);

}  // namespace space::diagnostics
