// What a shell completes for a program: a script for bash, zsh or fish. In: the program's commands
// and options, as its parser knows them (completion_of reads a CLI11 tree, which core does not see
// otherwise). Out: the script. It names no file of this machine and calls nothing: the words are in
// it. Must not decide what there is: the parser's tree does.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace space::base {

enum class Shell { Bash, Zsh, Fish };
std::optional<Shell> shell_of(std::string_view word);  // "bash", "zsh", "fish"

struct CompletedOption {
  enum class Value { None, Word, File };  // Word: one of `words`, any where there are none
  std::vector<std::string> names;         // with their dashes
  std::string help;
  Value value = Value::None;
  std::vector<std::string> words;
};

struct CompletedCommand {
  std::string name;
  std::string help;
  std::vector<CompletedOption> options;
  std::vector<CompletedCommand> commands;
};

std::string completion_script(Shell shell, const CompletedCommand& program);

// "always|auto|never", "{auto,always,never}", "TEXT:{a,b}": what a parser says of the words that an
// option takes; empty where it takes any.
std::vector<std::string> words_of(std::string_view described);

bool names_a_file(std::string_view type_name);  // FILE, DIR, PROGRAM

template <class App>
CompletedCommand completion_of(const App& app) {
  CompletedCommand command{app.get_name(), app.get_description(), {}, {}};
  for (const auto* option : app.get_options()) {
    CompletedOption one;
    for (const std::string& name : option->get_lnames()) one.names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) one.names.push_back("-" + name);
    if (one.names.empty()) continue;  // a positional one
    one.help = option->get_description();
    one.words = words_of(option->get_type_name());
    if (option->get_items_expected_max() > 0)
      one.value = names_a_file(option->get_type_name()) ? CompletedOption::Value::File
                                                        : CompletedOption::Value::Word;
    command.options.push_back(std::move(one));
  }
  for (const App* inner : app.get_subcommands([](const App*) { return true; }))
    command.commands.push_back(completion_of(*inner));
  return command;
}

}  // namespace space::base
