#include "compiler/cli/arguments.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "compiler/cli/usage.h"
#include "compiler/cli/version.h"
#include "core/base/completion.h"
#include "core/base/strings.h"

namespace space::cli {

namespace {

const std::map<std::string, ColorChoice> k_colors{
    {"auto", ColorChoice::Auto}, {"always", ColorChoice::Always}, {"never", ColorChoice::Never}};
const std::map<std::string, DiagnosticFormat> k_formats{{"text", DiagnosticFormat::Text},
                                                        {"json", DiagnosticFormat::Json},
                                                        {"sarif", DiagnosticFormat::Sarif}};
const std::map<std::string, GraphOptions::Format> k_graphs{
    {"dot", GraphOptions::Format::Dot},
    {"mermaid", GraphOptions::Format::Mermaid},
    {"json", GraphOptions::Format::Json},
    {"svg", GraphOptions::Format::Svg}};
const std::map<std::string, base::Shell> k_shells{
    {"bash", base::Shell::Bash}, {"fish", base::Shell::Fish}, {"zsh", base::Shell::Zsh}};

const std::map<std::string, RemapOptions::Format> k_remaps{{"json", RemapOptions::Format::Json},
                                                           {"text", RemapOptions::Format::Text}};

template <class Enum>
std::function<std::string(std::string)> one_of(const std::map<std::string, Enum>& words,
                                               Enum& into) {
  return [&words, &into](std::string word) -> std::string {
    if (const auto at = words.find(word); at != words.end()) {
      into = at->second;
      return {};
    }
    std::vector<std::string> names;
    std::transform(words.begin(), words.end(), std::back_inserter(names),
                   [](const auto& row) { return row.first; });
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

void add_common(CLI::App& app, CommonOptions& options) {
  add_choice(app, "--color", k_colors, options.color,
             "colours: auto (a terminal, and NO_COLOR unset), always, never");
}

void add_paths(CLI::App& app, std::vector<std::string>& paths) {
  app.add_option("PATHS", paths,
                 "files and folders; all `.space` files in them are one program (default: spaces)")
      ->type_name("");
}

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

// --deny and --allow as they were given; what they mean is known when all are.
struct LevelTexts {
  std::vector<std::string> denied, allowed;
};

void add_check(CLI::App& app, CheckOptions& options, LevelTexts& levels) {
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

void add_schema(CLI::App& add, CLI::App& list, SchemaOptions& options) {
  add_common(add, options.common);
  add.add_option("FROM", options.from,
                 "what `tofu providers schema -json` printed, or a root that `tofu init` has seen")
      ->required()
      ->type_name("");
  add.add_option("--version", options.version, "the provider's version, where FROM is a file")
      ->type_name("VERSION");
  add.add_option("--into", options.into, "the folder to write (default: `.space/schemas`)")
      ->type_name("DIR");
  add.footer(
      "The default folder lies beside the project file. A root needs `tofu` in PATH, or "
      "SPACE_TOFU.");
  add_common(list, options.common);
  add_paths(list, options.paths);
}

void add_restore(CLI::App& app, RestoreOptions& options, bool& renew) {
  add_common(app, options.common);
  add_paths(app, options.paths);
  app.add_option("--tofu", options.tofu, "the tofu that fetches")->type_name("PROGRAM");
  app.add_option("--cli-config", options.cli_config,
                 "tofu's own configuration: hosts and credentials of registries")
      ->type_name("FILE");
  app.add_flag("--renew", renew, "pin what is there now, also where it is not what was pinned");
  app.footer(
      "By default tofu is what SPACE_TOFU names, what `space tofu install` made, or what PATH has. "
      "It sees nothing of the environment but what git, ssh and TLS need.");
}

void add_adopt(CLI::App& app, AdoptOptions& options) {
  add_common(app, options.common);
  app.add_option("PROCEDURE", options.state, "whose it is: ENV/SPACE/MISSION/PROCEDURE")
      ->required()
      ->type_name("");
  app.add_option("ADDRESS", options.address, "where it lies in the backend: a key, a path")
      ->required()
      ->type_name("");
  add_paths(app, options.paths);
  app.add_option("--state", options.contents,
                 "what `tofu state pull` printed in the old root; - is standard input")
      ->type_name("FILE");
  app.footer(
      "Writes the address into `spaces.lock` and, where the procedure calls a module, `moved`\n"
      "blocks into its body. A `local` remote's state is read where it lies, without --state.");
}

void add_remap(CLI::App& app, RemapOptions& options) {
  add_common(app, options.common);
  app.add_option("ROOT", options.root, "the root's folder: out/ENV/SPACE/MISSION/STAGE/PROCEDURE")
      ->required()
      ->type_name("");
  app.add_option("--out", options.out, "the folder that was built (default: out)")
      ->type_name("DIR");
  add_choice(app, "--format", k_remaps, options.format, "text, or json: one object a line");
  app.footer("`tofu validate -json | spacec remap ROOT`, or the lines of `tofu plan -json`.");
}

struct AffectedFlags {
  bool json = false, targets = false;
};

void add_affected(CLI::App& app, AffectedOptions& options, AffectedFlags& flags) {
  add_common(app, options.common);
  app.add_option("--base", options.base,
                 "the revision of git to compare with; `REV...` is where HEAD left REV")
      ->required()
      ->type_name("REV");
  add_paths(app, options.paths);
  CLI::Option* json =
      app.add_flag("--json", flags.json, "print it as JSON, docs/affected.schema.json");
  app.add_flag("--targets", flags.targets, "print a target a line, for `space plan`")
      ->excludes(json);
  app.footer(
      "Compares what the program means now, in the working tree, with what it meant at REV. "
      "Needs git.");
}

void add_variable(EvalOptions& options, const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw CLI::ValidationError("--var", "`" + text + "` is not NAME=JSON");
  }
  options.variables.emplace_back(text.substr(0, equals), text.substr(equals + 1));
}

std::vector<std::string> command_names(CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(command->get_name());
  return names;
}

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

  CheckOptions check_options;
  LevelTexts level_texts;
  BuildOptions build_options;
  FmtOptions fmt_options;
  FixOptions fix_options;
  RemapOptions remap_options;
  DocsOptions docs_options;
  ExplainOptions explain_options;
  GraphOptions graph_options;
  EvalOptions eval_options;
  SchemaOptions schema_options;
  RestoreOptions restore_options;
  AdoptOptions adopt_options;
  AffectedOptions affected_options;

  CLI::App& check_app = *app.add_subcommand("check", "report what is wrong; write nothing");
  add_check(check_app, check_options, level_texts);

  CLI::App& build_app =
      *app.add_subcommand("build", "check, then write the roots and the run plan");
  add_check(build_app, build_options.check, level_texts);
  build_app.add_option("--out", build_options.out, "the folder to write (default: out)")
      ->type_name("DIR");
  bool build_check = false;
  build_app.add_flag("--check", build_check,
                     "write nothing; exit 3 where the folder or `spaces.lock` is stale");

  CLI::App& fmt_app = *app.add_subcommand("fmt", "format files in place, as `tofu fmt` does");
  add_common(fmt_app, fmt_options.common);
  add_paths(fmt_app, fmt_options.paths);
  bool fmt_check = false, fmt_diff = false;
  CLI::Option* fmt_check_flag =
      fmt_app.add_flag("--check", fmt_check, "write nothing; name what would change, and exit 3");
  fmt_app.add_flag("--diff", fmt_diff, "write nothing; print what would change")
      ->excludes(fmt_check_flag);
  fmt_app.footer("`spacec fmt -` formats standard input to standard output.");

  CLI::App& fix_app = *app.add_subcommand("fix", "apply the fixes that need no person");
  add_common(fix_app, fix_options.common);
  add_paths(fix_app, fix_options.paths);
  bool fix_dry = false;
  fix_app.add_flag("--dry-run", fix_dry,
                   "write nothing; print what would change, and exit 3 where something would");

  CLI::App& docs_app =
      *app.add_subcommand("docs", "print the page of each mission: what it takes and gives");
  add_common(docs_app, docs_options.common);
  add_paths(docs_app, docs_options.paths);
  docs_app.add_option("--mission", docs_options.mission, "of this one alone")->type_name("NAME");

  CLI::App& remap_app = *app.add_subcommand(
      "remap", "turn tofu's JSON diagnostics about a root, from standard input, into places here");
  add_remap(remap_app, remap_options);

  CLI::App& explain_app =
      *app.add_subcommand("explain", "explain a diagnostic's code, or list all codes");
  add_common(explain_app, explain_options.common);
  explain_app.add_option("CODE", explain_options.code, "SPC3001, 3001 or stage-order")
      ->type_name("");

  CLI::App& graph_app = *app.add_subcommand("graph", "print what reads what");
  add_common(graph_app, graph_options.common);
  add_paths(graph_app, graph_options.paths);
  add_choice(graph_app, "--format", k_graphs, graph_options.format,
             "dot, mermaid, json, or svg where graphviz is (default: dot)");

  CLI::App& affected_app = *app.add_subcommand(
      "affected", "name what means something else than at a revision, and what reads it");
  AffectedFlags affected_flags;
  add_affected(affected_app, affected_options, affected_flags);

  CLI::App& eval_app =
      *app.add_subcommand("eval", "evaluate a static expression and print it as JSON");
  add_common(eval_app, eval_options.common);
  eval_app.add_option("EXPR", eval_options.expression, "the expression")->required()->type_name("");
  eval_app
      .add_option_function<std::vector<std::string>>(
          "--var",
          [&](const std::vector<std::string>& texts) {
            for (const std::string& text : texts) add_variable(eval_options, text);
          },
          "a value for `var.NAME`, as JSON; may be given again")
      ->type_name("NAME=JSON")
      ->allow_extra_args(false);

  CLI::App& schema_app =
      *app.add_subcommand("schema", "providers' schemas, with which bodies are checked");
  schema_app.require_subcommand(1);
  CLI::App& schema_add = *schema_app.add_subcommand("add", "take one in beside the project");
  CLI::App& schema_list = *schema_app.add_subcommand("list", "name those that there are");
  add_schema(schema_add, schema_list, schema_options);

  CLI::App& restore_app =
      *app.add_subcommand("restore", "fetch the remote modules that are named, and pin them");
  bool renew = false;
  add_restore(restore_app, restore_options, renew);

  CLI::App& adopt_app = *app.add_subcommand("adopt", "take in a state that exists already");
  add_adopt(adopt_app, adopt_options);

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
    const std::string_view word = argv[1];
    const std::vector<std::string> names = command_names(app);
    const std::vector<std::string_view> known(names.begin(), names.end());
    if (!word.empty() && word.front() != '-' && std::ranges::find(known, word) == known.end()) {
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
  if (check_app || build_app) {
    auto levels = driver::command_levels(level_texts.denied, level_texts.allowed);
    if (!levels) {
      const std::string& help = levels.error().help;
      return usage_error(world, levels.error().message + (help.empty() ? "" : "; " + help),
                         chosen()->get_name());
    }
    (check_app ? check_options : build_options.check).levels = std::move(*levels);
  }
  if (check_app) return check_options;
  if (build_app) {
    build_options.mode = build_check ? BuildOptions::Mode::Check : BuildOptions::Mode::Write;
    return build_options;
  }
  if (fmt_app) {
    if (fmt_options.paths == std::vector<std::string>{"-"}) {
      fmt_options.mode = FmtOptions::Mode::Filter;
    } else if (fmt_check) {
      fmt_options.mode = FmtOptions::Mode::Check;
    } else if (fmt_diff) {
      fmt_options.mode = FmtOptions::Mode::Diff;
    }
    return fmt_options;
  }
  if (fix_app) {
    fix_options.mode = fix_dry ? FixOptions::Mode::Diff : FixOptions::Mode::Write;
    return fix_options;
  }
  if (docs_app) return docs_options;
  if (remap_app) return remap_options;
  if (explain_app) return explain_options;
  if (graph_app) return graph_options;
  if (affected_app) {
    using Format = AffectedOptions::Format;
    if (affected_flags.json) affected_options.format = Format::Json;
    if (affected_flags.targets) affected_options.format = Format::Targets;
    return affected_options;
  }
  if (restore_app) {
    restore_options.pins = renew ? driver::Pins::Renew : driver::Pins::Hold;
    return restore_options;
  }
  if (adopt_app) return adopt_options;
  if (schema_app) {
    schema_options.verb = schema_add ? SchemaOptions::Verb::Add : SchemaOptions::Verb::List;
    return schema_options;
  }
  return eval_options;
}

}  // namespace space::cli
