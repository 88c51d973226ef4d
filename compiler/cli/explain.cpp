// `spacec explain CODE`: the page of a code, compiled in from docs/diagnostics. Without a code: all
// of them, one a line.
#include <algorithm>
#include <span>
#include <string>

#include "compiler/cli/commands.h"
#include "compiler/cli/output.h"
#include "core/base/embedded.h"
#include "core/base/strings.h"
#include "core/diagnostics/catalogue.h"
#include "core/diagnostics/words.h"

namespace space::base {
extern const EmbeddedFile diagnostic_pages[];
extern const std::size_t diagnostic_pages_count;
}  // namespace space::base

namespace space::cli {

namespace {

std::string_view page_of(std::string_view code) {
  for (const base::EmbeddedFile& file :
       std::span(base::diagnostic_pages, base::diagnostic_pages_count)) {
    if (base::file_name(file.path) == std::string(code) + ".md") return file.bytes;
  }
  return {};
}

std::string list_codes() {
  std::string text;
  for (const diagnostics::Descriptor* row : diagnostics::catalogue()) {
    const std::string name(row->name);
    text += std::string(row->code) + "  " + name +
            std::string(name.size() < 28 ? 28 - name.size() : 1, ' ') +
            std::string(diagnostics::severity_word(row->severity)) + "\n";
  }
  return text;
}

// `spc3001`, `3001` and `stage-order` too.
std::string spelled(const std::string& word) {
  std::string upper = word;
  std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  if (upper.starts_with("SPC")) return upper;
  const bool digits = !word.empty() && word.find_first_not_of("0123456789") == std::string::npos;
  return digits ? "SPC" + std::string(word.size() < 4 ? 4 - word.size() : 0, '0') + word : word;
}

}  // namespace

int explain(const ExplainOptions& options, World& world) {
  if (options.code.empty()) {
    world.out.write(list_codes());
    return k_fine;
  }
  const diagnostics::Descriptor* row = diagnostics::find_descriptor(spelled(options.code));
  if (row == nullptr) {
    std::vector<std::string_view> names;
    for (const diagnostics::Descriptor* one : diagnostics::catalogue()) {
      names.push_back(one->code);
      names.push_back(one->name);
    }
    const auto near = base::closest(spelled(options.code), names);
    print_error(world, "there is no diagnostic `" + options.code + "`",
                near ? "did you mean `" + std::string(*near) + "`?" : "`spacec explain` lists all");
    return k_usage;
  }
  const std::string_view page = page_of(row->code);
  if (page.empty()) {
    world.out.write(std::string(row->code) + " " + std::string(row->name) + "\n\n" +
                    std::string(row->title) + "\n");
    return k_fine;
  }
  world.out.write(page);
  return k_fine;
}

}  // namespace space::cli
