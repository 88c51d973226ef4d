// What is wrong with a command line, in words; both programs say it alike. In: the commands that
// there are, and the words behind the program's name. Out: a sentence, and the command whose
// `--help` lists what there is. Knows nothing of the library that parses.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/command_tree.h"

namespace space::base {

struct UsageMistake {
  std::string message;
  std::string command;  // "space tofu install"
};

using Words = std::span<const char* const>;

// The command that the words lead to: "space", "space tofu install".
std::string command_of(const CommandTree& program, Words words);

// A word that is no command where one must stand, or that none stands there. An option that is one
// ends the search: only the parser knows how many words it takes.
std::optional<UsageMistake> command_mistake(const CommandTree& program, Words words);

// Of what the parser did not take: an option that is none, or an argument too many.
UsageMistake unexpected(const CommandTree& program, Words words,
                        const std::vector<std::string>& rest);

// Of what the parser says itself: its messages begin with a capital; names of ours keep theirs.
UsageMistake refused(const CommandTree& program, Words words, std::string message);

std::string usage_text(const UsageMistake& mistake);  // two lines: the error, and where help is

}  // namespace space::base
