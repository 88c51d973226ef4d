#include "compiler/cli/arguments.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "compiler/cli/option_groups.h"
#include "compiler/cli/subcommands.h"
#include "compiler/cli/usage.h"
#include "compiler/cli/version.h"
#include "core/base/completion.h"

namespace space::cli {

namespace {

const std::map<std::string, base::Shell> k_shells{
    {"bash", base::Shell::Bash}, {"fish", base::Shell::Fish}, {"zsh", base::Shell::Zsh}};

// What CLI11 did not take, as one sentence with the nearest option.
std::string extras_message(const CLI::App& command) {
  const std::vector<std::string> rest = command.remaining(true);
  if (rest.empty()) return "there is an argument too many";
  const std::string word = rest.front().substr(0, rest.front().find('='));
  if (word.empty() || word.front() != '-') return "`" + word + "` is an argument too many";
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  const std::vector<std::string_view> known(names.begin(), names.end());
  return "there is no option `" + word + "`" + hint(word, known);
}

// CLI11 would say of an unknown command that it is an argument too many.
bool is_unknown_command(std::string_view word, const std::vector<std::string_view>& known) {
  return !word.empty() && word.front() != '-' && std::ranges::find(known, word) == known.end();
}

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

  if (argc > 1) {
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
      names.push_back(command->get_name());
    const std::vector<std::string_view> known(names.begin(), names.end());
    if (const std::string_view word = argv[1]; is_unknown_command(word, known)) {
      return usage_error(world,
                         "there is no command `" + std::string(word) + "`" + hint(word, known), "");
    }
  }
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
    CLI::App* command = chosen();
    return usage_error(world, extras_message(command == nullptr ? app : *command),
                       command == nullptr ? "" : command->get_name());
  } catch (const CLI::ParseError& error) {
    return usage_error(world, lower_first(error.what()),
                       chosen() == nullptr ? "" : chosen()->get_name());
  }

  if (completion_app) {
    world.out.write(base::completion_script(shell, base::completion_of(app)));
    return k_fine;
  }
  const auto used = std::ranges::find(subcommands, chosen(), &Subcommand::app);
  auto options = used->options();
  if (options) return *std::move(options);
  const std::string& help = options.error().help;
  return usage_error(world, options.error().message + (help.empty() ? "" : "; " + help),
                     used->app->get_name());
}

}  // namespace space::cli
