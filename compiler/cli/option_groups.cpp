#include "compiler/cli/option_groups.h"

#include <algorithm>
#include <iterator>
#include <optional>

namespace space::cli {

namespace {

const std::map<std::string, ColorChoice> k_colors{
    {"auto", ColorChoice::Auto}, {"always", ColorChoice::Always}, {"never", ColorChoice::Never}};
const std::map<std::string, DiagnosticFormat> k_formats{{"text", DiagnosticFormat::Text},
                                                        {"json", DiagnosticFormat::Json},
                                                        {"sarif", DiagnosticFormat::Sarif}};

void add_print(CLI::App& app, std::optional<driver::Phase>& phase) {
  std::vector<std::string> names(std::begin(driver::k_phase_names),
                                 std::end(driver::k_phase_names));
  app.add_option_function<std::string>(
         "--print",
         [&phase, names](const std::string& word) {
           const auto at = std::find(names.begin(), names.end(), word);
           if (at == names.end()) {
             throw CLI::ValidationError(
                 "--print", "`" + word + "` is no phase; there are " + base::list_names(names));
           }
           phase = static_cast<driver::Phase>(at - names.begin());
         },
         "print one phase's value and stop after it: " + base::join(names, ", "))
      ->type_name("PHASE");
}

}  // namespace

void add_common(CLI::App& app, CommonOptions& options) {
  add_choice(app, "--color", k_colors, options.color,
             "colours: auto (a terminal, and NO_COLOR unset), always, never");
}

void add_paths(CLI::App& app, std::vector<std::string>& paths) {
  app.add_option("PATHS", paths,
                 "files and folders; all `.space` files in them are one program (default: spaces)")
      ->type_name("");
}

void add_check_options(CLI::App& app, CheckOptions& options, LevelTexts& levels) {
  add_common(app, options.common);
  add_paths(app, options.paths);
  add_choice(app, "--diagnostics", k_formats, options.format,
             "text to standard error, or json (one a line) or sarif to standard output");
  app.add_option("--deny", levels.denied,
                 "make a warning an error, by code or name, or all `warnings`; may be given again")
      ->type_name("CODE")
      ->allow_extra_args(false);
  app.add_option("--allow", levels.allowed,
                 "silence a lint everywhere, by code or name; may be given again")
      ->type_name("CODE")
      ->allow_extra_args(false);
  add_print(app, options.print);
}

}  // namespace space::cli
