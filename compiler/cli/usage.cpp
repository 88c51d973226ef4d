#include "compiler/cli/usage.h"

#include "compiler/cli/commands.h"
#include "core/base/strings.h"

namespace space::cli {

std::string hint(std::string_view word, const std::vector<std::string_view>& known) {
  const auto near = base::closest(word, known);
  return near ? "; did you mean `" + std::string(*near) + "`?" : "";
}

int usage_error(World& world, const std::string& message, const std::string& command) {
  const std::string help = command.empty() ? "spacec --help" : "spacec " + command + " --help";
  world.err.write("error: " + message + "\n  = help: `" + help + "` lists what there is\n");
  return k_usage;
}

std::string lower_first(std::string text) {
  const auto is_upper = [&](std::size_t at) {
    return at < text.size() && text[at] >= 'A' && text[at] <= 'Z';
  };
  if (is_upper(0) && !is_upper(1)) text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

}  // namespace space::cli
