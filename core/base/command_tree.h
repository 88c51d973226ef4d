// The commands and options of a program, as its parser knows them. In: a CLI11 tree, which core
// does not see otherwise. Out: plain data, for completion scripts and for what is said of mistakes.
// Must not decide what there is: the parser's tree does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace space::base {

struct CommandOption {
  enum class Value { None, Word, File };  // Word: one of `words`, any where there are none
  std::vector<std::string> names;         // with their dashes
  std::string help;
  Value value = Value::None;
  std::vector<std::string> words;
};

struct CommandTree {
  std::string name;
  std::string help;
  std::vector<CommandOption> options;
  std::vector<CommandTree> commands;
};

// "always|auto|never", "{auto,always,never}", "TEXT:{a,b}": what a parser says of the words that an
// option takes; empty where it takes any.
std::vector<std::string> words_of(std::string_view described);

bool names_a_file(std::string_view type_name);  // FILE, DIR, PROGRAM

template <class App>
CommandTree command_tree(const App& app) {
  CommandTree command{app.get_name(), app.get_description(), {}, {}};
  for (const auto* option : app.get_options()) {
    CommandOption one;
    for (const std::string& name : option->get_lnames()) one.names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) one.names.push_back("-" + name);
    if (one.names.empty()) continue;  // a positional one
    one.help = option->get_description();
    one.words = words_of(option->get_type_name());
    if (option->get_items_expected_max() > 0)
      one.value = names_a_file(option->get_type_name()) ? CommandOption::Value::File
                                                        : CommandOption::Value::Word;
    command.options.push_back(std::move(one));
  }
  for (const App* inner : app.get_subcommands([](const App*) { return true; }))
    command.commands.push_back(command_tree(*inner));
  return command;
}

}  // namespace space::base
