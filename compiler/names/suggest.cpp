#include "compiler/names/context.h"
#include "core/base/filesystem.h"
#include "core/diagnostics/fixes.h"

namespace space::names {

void suggest(const Context& context, diagnostics::DiagnosticSink::Builder& report,
             std::string_view word, source::Span span, const std::vector<std::string>& names,
             std::string_view plural, const std::vector<std::string>& beside) {
  diagnostics::respell_listed(report, {word, span, context.sources.text(span), beside},
                              {names.begin(), names.end()}, fmt::format("the {} are", plural),
                              fmt::format("there are no {}", plural));
}

std::string project_path_of_file(const Context& context, source::FileId file) {
  const std::string& path = context.sources.file(file).path();
  if (path.starts_with("std/"))
    return path;  // the standard library lies in no folder of the project
  return base::relative_path(context.inputs.project_folder, path);
}

std::string project_path(const Context& context, source::Span span, std::string_view written) {
  const std::string folder = base::parent_path(project_path_of_file(context, span.file));
  return base::join_path(folder, written);
}

}  // namespace space::names
