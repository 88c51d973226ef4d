#include <algorithm>

#include "compiler/names/context.h"
#include "core/base/filesystem.h"
#include "core/base/strings.h"

namespace space::names {

std::string suggest(std::string_view word, const std::vector<std::string>& names,
                    std::string_view plural) {
  std::vector<std::string_view> views(names.begin(), names.end());
  if (const auto near = base::closest(word, views)) return fmt::format("did you mean `{}`?", *near);
  if (names.empty()) return fmt::format("there are no {}", plural);
  return fmt::format("the {} are {}", plural, base::list_names(names));
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
