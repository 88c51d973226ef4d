// What several subcommands take alike. In: a subcommand of CLI11 and where its values go. Out: its
// options added to it. A word that is none of a choice is told with all that there are.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "compiler/cli/commands.h"
#include "core/base/strings.h"

namespace space::cli {

template <class Enum>
std::function<std::string(std::string)> one_of(const std::map<std::string, Enum>& words,
                                               Enum& into) {
  return [&words, &into](std::string word) -> std::string {
    if (const auto at = words.find(word); at != words.end()) {
      into = at->second;
      return {};
    }
    std::vector<std::string> names;
    for (const auto& [name, value] : words) names.push_back(name);
    return "`" + word + "` is not one of " + base::list_names(names);
  };
}

template <class Enum>
void add_choice(CLI::App& app, const std::string& name, const std::map<std::string, Enum>& words,
                Enum& into, const std::string& help) {
  std::vector<std::string> names;
  for (const auto& [word, value] : words) names.push_back(word);
  // The text goes nowhere: the check has already set the value.
  app.add_option_function<std::string>(
         name, [](const std::string&) {}, help)
      ->check(CLI::Validator(one_of(words, into), base::join(names, "|")))
      ->type_name("");
}

void add_common(CLI::App& app, CommonOptions& options);
void add_paths(CLI::App& app, std::vector<std::string>& paths);

// --deny and --allow as they were given; what they mean is known when all are.
struct LevelTexts {
  std::vector<std::string> denied, allowed;
};

void add_check_options(CLI::App& app, CheckOptions& options, LevelTexts& levels);

}  // namespace space::cli
