#include "core/base/completion.h"

#include <utility>

#include "core/base/strings.h"

namespace space::base {

namespace {

using Value = CommandOption::Value;

// In single quotes, for all three shells: fish alone needs the backslash doubled.
std::string quoted(std::string_view text, Shell shell) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += shell == Shell::Fish ? "\\'" : "'\\''";
    } else if (c == '\\' && shell == Shell::Fish) {
      out += "\\\\";
    } else {
      out += c == '\n' ? ' ' : c;
    }
  }
  return out + "'";
}

// Each command with the words that lead to it, the program first.
using Paths = std::vector<std::pair<std::string, const CommandTree*>>;
void add_paths(const CommandTree& command, const std::string& before, Paths& paths) {
  const std::string path = before.empty() ? command.name : before + " " + command.name;
  paths.emplace_back(path, &command);
  for (const CommandTree& inner : command.commands) add_paths(inner, path, paths);
}

Paths paths_of(const CommandTree& program) {
  Paths paths;
  add_paths(program, "", paths);
  return paths;
}

std::string words_at(const CommandTree& command) {
  std::vector<std::string> words;
  for (const CommandTree& inner : command.commands) words.push_back(inner.name);
  for (const CommandOption& option : command.options)
    words.insert(words.end(), option.names.begin(), option.names.end());
  return join(words, " ");
}

// `"spacec check") at="spacec check" ;;` for each command but the program itself.
std::string steps(const Paths& paths, std::string_view indent) {
  std::string out;
  for (std::size_t i = 1; i < paths.size(); ++i)
    out += std::string(indent) + "\"" + paths[i].first + "\") at=\"" + paths[i].first + "\" ;;\n";
  return out;
}

// bash and zsh differ in where the words are and how they are offered.
std::string values(const Paths& paths, std::string_view words_before, std::string_view words_after,
                   std::string_view files) {
  std::string out;
  for (const auto& [path, command] : paths) {
    for (const CommandOption& option : command->options) {
      if (option.value == Value::None) continue;
      std::vector<std::string> patterns;
      for (const std::string& name : option.names)
        patterns.push_back("\"" + path + ":" + name + "\"");
      out += "    " + join(patterns, " | ") + ") ";
      out += option.value == Value::File
                 ? std::string(files)
                 : std::string(words_before) + join(option.words, " ") + std::string(words_after);
      out += "; return ;;\n";
    }
  }
  return out;
}

std::string bash(const CommandTree& program) {
  const Paths paths = paths_of(program);
  const std::string& name = program.name;
  std::string out =
      "# bash completion of " + name + ": source it, `source <(" + name + " completion bash)`\n_" +
      name + "() {\n" + "  local at=\"" + name + "\" i words\n" +
      "  local cur=\"${COMP_WORDS[COMP_CWORD]}\" prev=\"${COMP_WORDS[COMP_CWORD-1]}\"\n"
      "  COMPREPLY=()\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    case \"$at ${COMP_WORDS[i]}\" in\n" +
      steps(paths, "      ") + "    esac\n  done\n  case \"$at:$prev\" in\n" +
      values(paths, "COMPREPLY=($(compgen -W \"", "\" -- \"$cur\"))",
             "COMPREPLY=($(compgen -f -- \"$cur\"))") +
      "  esac\n  case \"$at\" in\n";
  for (const auto& [path, command] : paths)
    out += "    \"" + path + "\") words=\"" + words_at(*command) + "\" ;;\n";
  return out + "  esac\n  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n}\n" +
         "complete -o bashdefault -o default -F _" + name + " " + name + "\n";
}

std::string zsh(const CommandTree& program) {
  const Paths paths = paths_of(program);
  const std::string& name = program.name;
  std::string out = "#compdef " + name + "\n# zsh completion of " + name + ": `source <(" + name +
                    " completion zsh)`, or a file _" + name + " in $fpath\n_" + name + "() {\n" +
                    "  local at=\"" + name + "\" i\n" +
                    "  for ((i = 2; i < CURRENT; i++)); do\n    case \"$at ${words[i]}\" in\n" +
                    steps(paths, "      ") +
                    "    esac\n  done\n  case \"$at:${words[CURRENT-1]}\" in\n" +
                    values(paths, "compadd -- ", "", "_files") + "  esac\n  case \"$at\" in\n";
  for (const auto& [path, command] : paths)
    out += "    \"" + path + "\") compadd -- " + words_at(*command) + " ;;\n";
  return out + "  esac\n  _files\n}\ncompdef _" + name + " " + name + "\n";
}

std::string fish(const CommandTree& program) {
  const Paths paths = paths_of(program);
  const std::string& name = program.name;
  std::string out =
      "# fish completion of " + name + ": `" + name + " completion fish | source`\nfunction __" +
      name + "_at\n  set -l at " + name +
      "\n  for word in (commandline -opc)[2..-1]\n    switch \"$at $word\"\n      case";
  for (std::size_t i = 1; i < paths.size(); ++i) out += " '" + paths[i].first + "'";
  out += "\n        set at \"$at $word\"\n    end\n  end\n  test \"$at\" = \"$argv[1]\"\nend\n";
  for (const auto& [path, command] : paths) {
    const std::string head = "complete -c " + name + " -n \"__" + name + "_at '" + path + "'\"";
    for (const CommandTree& inner : command->commands)
      out += head + " -f -a " + inner.name + " -d " + quoted(inner.help, Shell::Fish) + "\n";
    for (const CommandOption& option : command->options) {
      out += head;
      for (const std::string& word : option.names)
        out += word.starts_with("--") ? " -l " + word.substr(2) : " -s " + word.substr(1);
      if (option.value == Value::File) out += " -r";
      if (option.value == Value::Word)
        out += " -x -a " + quoted(join(option.words, " "), Shell::Fish);
      out += " -d " + quoted(option.help, Shell::Fish) + "\n";
    }
  }
  return out;
}

}  // namespace

std::optional<Shell> shell_of(std::string_view word) {
  if (word == "bash") return Shell::Bash;
  if (word == "zsh") return Shell::Zsh;
  if (word == "fish") return Shell::Fish;
  return std::nullopt;
}

std::vector<std::string> words_of(std::string_view described) {
  const std::size_t open = described.find('{');
  const bool listed = open != described.npos && described.ends_with('}');
  const char between = listed ? ',' : '|';
  if (listed) described = described.substr(open + 1, described.size() - open - 2);
  if (!listed) described = described.substr(described.rfind(':') + 1);
  std::vector<std::string> words;
  if (described.find(between) == described.npos) return words;
  while (true) {
    const std::size_t end = described.find(between);
    words.emplace_back(described.substr(0, end));
    if (end == described.npos) return words;
    described = described.substr(end + 1);
  }
}

bool names_a_file(std::string_view type_name) {
  return type_name == "FILE" || type_name == "DIR" || type_name == "PROGRAM";
}

std::string completion_script(Shell shell, const CommandTree& program) {
  switch (shell) {
    case Shell::Bash:
      return bash(program);
    case Shell::Zsh:
      return zsh(program);
    case Shell::Fish:
      return fish(program);
  }
  return {};
}

}  // namespace space::base
