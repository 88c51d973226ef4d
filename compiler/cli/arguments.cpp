#include "compiler/cli/arguments.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "compiler/cli/option_groups.h"
#include "compiler/cli/subcommands.h"
#include "compiler/cli/version.h"
#include "core/base/completion.h"
#include "core/base/usage.h"

namespace space::cli {

namespace {

const std::map<std::string, base::Shell> k_shells{
    {"bash", base::Shell::Bash}, {"fish", base::Shell::Fish}, {"zsh", base::Shell::Zsh}};

}  // namespace

std::variant<Options, int> parse_arguments(int argc, const char* const* argv, World& world) {
  CLI::App app("spacec turns .space files into OpenTofu roots and a run plan", "spacec");
  app.set_version_flag("--version", version_text());
  app.require_subcommand(1);
  app.footer(
      "Exit codes: 0 fine, 1 errors in the program, 2 usage, 3 --check differs, 4 tofu failed, 70 "
      "a "
      "bug of ours.\n"
      "spacec sends nothing anywhere: no telemetry, and no network but for what `restore` lets "
      "tofu fetch.");
  const std::vector<Subcommand> subcommands = add_subcommands(app);

  CLI::App& completion_app =
      *app.add_subcommand("completion", "print what a shell completes, as a script for it");
  base::Shell shell = base::Shell::Bash;
  completion_app
      .add_option_function<std::string>(
          "SHELL", [](const std::string&) {}, "bash, zsh or fish")
      ->check(CLI::Validator(one_of(k_shells, shell), "bash|fish|zsh"))
      ->required()
      ->type_name("");

  const base::CommandTree commands = base::command_tree(app);
  const base::Words words(argv + 1, argv + std::max(argc, 1));
  const auto usage_error = [&world](const base::UsageMistake& mistake) {
    world.err.write(base::usage_text(mistake));
    return k_usage;
  };
  if (const auto mistake = base::command_mistake(commands, words)) return usage_error(*mistake);
  const auto chosen = [&]() -> CLI::App* {
    const auto used = app.get_subcommands();
    return used.empty() ? nullptr : used.front();
  };
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    world.out.write(chosen() != nullptr ? chosen()->help("spacec") : app.help());
    return k_fine;
  } catch (const CLI::CallForVersion&) {
    world.out.write(version_text() + "\n");
    return k_fine;
  } catch (const CLI::ExtrasError&) {
    return usage_error(base::unexpected(commands, words, app.remaining(true)));
  } catch (const CLI::ParseError& error) {
    return usage_error(base::refused(commands, words, error.what()));
  }

  if (completion_app) {
    world.out.write(base::completion_script(shell, commands));
    return k_fine;
  }
  const auto used = std::ranges::find(subcommands, chosen(), &Subcommand::app);
  auto options = used->options();
  if (options) return *std::move(options);
  const std::string& help = options.error().help;
  return usage_error({options.error().message + (help.empty() ? "" : "; " + help),
                      base::command_of(commands, words)});
}

}  // namespace space::cli
