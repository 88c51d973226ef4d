#include "core/base/usage.h"

#include <algorithm>
#include <utility>

#include "core/base/strings.h"

namespace space::base {

namespace {

struct Place {
  const CommandTree* command;
  std::string path;
  Words rest;  // behind the words that are commands
};

Place place_of(const CommandTree& program, Words words) {
  Place at{&program, program.name, words};
  while (!at.rest.empty()) {
    const auto inner =
        std::ranges::find(at.command->commands, std::string_view(at.rest[0]), &CommandTree::name);
    if (inner == at.command->commands.end()) break;
    at = {&*inner, at.path + " " + inner->name, at.rest.subspan(1)};
  }
  return at;
}

bool is_option(std::string_view word) { return word.starts_with('-'); }

// "; did you mean `build`?", or nothing.
std::string hint(std::string_view word, const std::vector<std::string>& known) {
  const auto near = closest(word, std::vector<std::string_view>(known.begin(), known.end()));
  return near ? "; did you mean `" + std::string(*near) + "`?" : "";
}

std::string option_name(const std::string& word) { return word.substr(0, word.find('=')); }

std::vector<std::string> option_names(const CommandTree& command) {
  std::vector<std::string> names;
  for (const CommandOption& option : command.options)
    names.insert(names.end(), option.names.begin(), option.names.end());
  return names;
}

UsageMistake unknown_option(const Place& at, const std::string& name) {
  return {"there is no option `" + name + "`" + hint(name, option_names(*at.command)), at.path};
}

}  // namespace

std::string command_of(const CommandTree& program, Words words) {
  return place_of(program, words).path;
}

std::optional<UsageMistake> command_mistake(const CommandTree& program, Words words) {
  const Place at = place_of(program, words);
  std::vector<std::string> names;
  for (const CommandTree& command : at.command->commands) names.push_back(command.name);
  if (names.empty()) return std::nullopt;
  if (at.rest.empty())
    return UsageMistake{
        "`" + at.path + "` needs one of the commands " + list_names(names, names.size()), at.path};
  const std::string word = at.rest[0];
  if (is_option(word)) {
    const std::vector<std::string> options = option_names(*at.command);
    const bool is_known = std::ranges::find(options, option_name(word)) != options.end();
    return is_known ? std::nullopt : std::optional(unknown_option(at, option_name(word)));
  }
  return UsageMistake{"there is no command `" + word + "`" + hint(word, names), at.path};
}

UsageMistake unexpected(const CommandTree& program, Words words,
                        const std::vector<std::string>& rest) {
  const Place at = place_of(program, words);
  if (rest.empty()) return {"there is an argument too many", at.path};
  const std::string& word = rest.front();
  if (is_option(word)) return unknown_option(at, option_name(word));
  return {"`" + word + "` is an argument too many", at.path};
}

UsageMistake refused(const CommandTree& program, Words words, std::string message) {
  const auto is_upper = [&](std::size_t at) {
    return at < message.size() && message[at] >= 'A' && message[at] <= 'Z';
  };
  if (is_upper(0) && !is_upper(1)) message[0] = static_cast<char>(message[0] - 'A' + 'a');
  return {std::move(message), command_of(program, words)};
}

std::string usage_text(const UsageMistake& mistake) {
  return "error: " + mistake.message + "\n  = help: `" + mistake.command +
         " --help` lists what there is\n";
}

}  // namespace space::base
