#include "compiler/cli/subcommands.h"

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "compiler/cli/option_groups.h"

namespace space::cli {

namespace {

const std::map<std::string, GraphOptions::Format> k_graphs{
    {"dot", GraphOptions::Format::Dot},
    {"mermaid", GraphOptions::Format::Mermaid},
    {"json", GraphOptions::Format::Json},
    {"svg", GraphOptions::Format::Svg}};
const std::map<std::string, RemapOptions::Format> k_remaps{{"json", RemapOptions::Format::Json},
                                                           {"text", RemapOptions::Format::Text}};

// The values of one subcommand live as long as what fills them and what tells them.
template <class Values>
Subcommand subcommand(CLI::App& app, const std::shared_ptr<Values>& values) {
  return {&app, [values]() -> base::Result<Options> { return Options(*values); }};
}

// --NAME, which chooses `value`.
template <class Values, class Enum>
CLI::Option* add_mode(CLI::App& app, const std::string& name, const std::shared_ptr<Values>& values,
                      Enum Values::*into, Enum value, const std::string& help) {
  return app.add_flag_callback(
      name, [values, into, value] { (*values).*into = value; }, help);
}

// The levels are told together: a later --allow may not contradict an earlier --deny.
base::Status set_levels(const LevelTexts& texts, CheckOptions& options) {
  auto levels = driver::command_levels(texts.denied, texts.allowed);
  if (!levels) return levels.error();
  options.levels = std::move(*levels);
  return base::Done{};
}

Subcommand add_check(CLI::App& program) {
  CLI::App& app = *program.add_subcommand("check", "report what is wrong; write nothing");
  const auto options = std::make_shared<CheckOptions>();
  const auto levels = std::make_shared<LevelTexts>();
  add_check_options(app, *options, *levels);
  return {&app, [options, levels]() -> base::Result<Options> {
            if (const auto set = set_levels(*levels, *options); !set) return set.error();
            return Options(*options);
          }};
}

Subcommand add_build(CLI::App& program) {
  CLI::App& app = *program.add_subcommand("build", "check, then write the roots and the run plan");
  const auto options = std::make_shared<BuildOptions>();
  const auto levels = std::make_shared<LevelTexts>();
  add_check_options(app, options->check, *levels);
  app.add_option("--out", options->out, "the folder to write (default: out)")->type_name("DIR");
  add_mode(app, "--check", options, &BuildOptions::mode, BuildOptions::Mode::Check,
           "write nothing; exit 3 where the folder or `spaces.lock` is stale");
  return {&app, [options, levels]() -> base::Result<Options> {
            if (const auto set = set_levels(*levels, options->check); !set) return set.error();
            return Options(*options);
          }};
}

Subcommand add_fmt(CLI::App& program) {
  CLI::App& app = *program.add_subcommand("fmt", "format files in place, as `tofu fmt` does");
  const auto options = std::make_shared<FmtOptions>();
  add_common(app, options->common);
  add_paths(app, options->paths);
  CLI::Option* check = add_mode(app, "--check", options, &FmtOptions::mode, FmtOptions::Mode::Check,
                                "write nothing; name what would change, and exit 3");
  add_mode(app, "--diff", options, &FmtOptions::mode, FmtOptions::Mode::Diff,
           "write nothing; print what would change")
      ->excludes(check);
  app.footer("`spacec fmt -` formats standard input to standard output.");
  return {&app, [options]() -> base::Result<Options> {
            if (options->paths == std::vector<std::string>{"-"})
              options->mode = FmtOptions::Mode::Filter;
            return Options(*options);
          }};
}

Subcommand add_fix(CLI::App& program) {
  CLI::App& app = *program.add_subcommand("fix", "apply the fixes that need no person");
  const auto options = std::make_shared<FixOptions>();
  add_common(app, options->common);
  add_paths(app, options->paths);
  add_mode(app, "--dry-run", options, &FixOptions::mode, FixOptions::Mode::Diff,
           "write nothing; print what would change, and exit 3 where something would");
  return subcommand(app, options);
}

Subcommand add_docs(CLI::App& program) {
  CLI::App& app =
      *program.add_subcommand("docs", "print the page of each mission: what it takes and gives");
  const auto options = std::make_shared<DocsOptions>();
  add_common(app, options->common);
  add_paths(app, options->paths);
  app.add_option("--mission", options->mission, "of this one alone")->type_name("NAME");
  return subcommand(app, options);
}

Subcommand add_remap(CLI::App& program) {
  CLI::App& app = *program.add_subcommand(
      "remap", "turn tofu's JSON diagnostics about a root, from standard input, into places here");
  const auto options = std::make_shared<RemapOptions>();
  add_common(app, options->common);
  app.add_option("ROOT", options->root, "the root's folder: out/ENV/SPACE/MISSION/STAGE/PROCEDURE")
      ->required()
      ->type_name("");
  app.add_option("--out", options->out, "the folder that was built (default: out)")
      ->type_name("DIR");
  add_choice(app, "--format", k_remaps, options->format, "text, or json: one object a line");
  app.footer("`tofu validate -json | spacec remap ROOT`, or the lines of `tofu plan -json`.");
  return subcommand(app, options);
}

Subcommand add_explain(CLI::App& program) {
  CLI::App& app =
      *program.add_subcommand("explain", "explain a diagnostic's code, or list all codes");
  const auto options = std::make_shared<ExplainOptions>();
  add_common(app, options->common);
  app.add_option("CODE", options->code, "SPC3001, 3001 or stage-order")->type_name("");
  return subcommand(app, options);
}

Subcommand add_graph(CLI::App& program) {
  CLI::App& app = *program.add_subcommand("graph", "print what reads what");
  const auto options = std::make_shared<GraphOptions>();
  add_common(app, options->common);
  add_paths(app, options->paths);
  add_choice(app, "--format", k_graphs, options->format,
             "dot, mermaid, json, or svg where graphviz is (default: dot)");
  return subcommand(app, options);
}

Subcommand add_affected(CLI::App& program) {
  CLI::App& app = *program.add_subcommand(
      "affected", "name what means something else than at a revision, and what reads it");
  const auto options = std::make_shared<AffectedOptions>();
  using Format = AffectedOptions::Format;
  add_common(app, options->common);
  app.add_option("--base", options->base,
                 "the revision of git to compare with; `REV...` is where HEAD left REV")
      ->required()
      ->type_name("REV");
  add_paths(app, options->paths);
  CLI::Option* json = add_mode(app, "--json", options, &AffectedOptions::format, Format::Json,
                               "print it as JSON, docs/affected.schema.json");
  add_mode(app, "--targets", options, &AffectedOptions::format, Format::Targets,
           "print a target a line, for `space plan`")
      ->excludes(json);
  app.footer(
      "Compares what the program means now, in the working tree, with what it meant at REV. "
      "Needs git.");
  return subcommand(app, options);
}

void add_variable(EvalOptions& options, const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw CLI::ValidationError("--var", "`" + text + "` is not NAME=JSON");
  }
  options.variables.emplace_back(text.substr(0, equals), text.substr(equals + 1));
}

Subcommand add_eval(CLI::App& program) {
  CLI::App& app =
      *program.add_subcommand("eval", "evaluate a static expression and print it as JSON");
  const auto options = std::make_shared<EvalOptions>();
  add_common(app, options->common);
  app.add_option("EXPR", options->expression, "the expression")->required()->type_name("");
  app.add_option_function<std::vector<std::string>>(
         "--var",
         [options](const std::vector<std::string>& texts) {
           for (const std::string& text : texts) add_variable(*options, text);
         },
         "a value for `var.NAME`, as JSON; may be given again")
      ->type_name("NAME=JSON")
      ->allow_extra_args(false);
  return subcommand(app, options);
}

Subcommand add_schema(CLI::App& program) {
  CLI::App& app =
      *program.add_subcommand("schema", "providers' schemas, with which bodies are checked");
  app.require_subcommand(1);
  CLI::App& add = *app.add_subcommand("add", "take one in beside the project");
  CLI::App& list = *app.add_subcommand("list", "name those that there are");
  const auto options = std::make_shared<SchemaOptions>();
  add.callback([options] { options->verb = SchemaOptions::Verb::Add; });
  list.callback([options] { options->verb = SchemaOptions::Verb::List; });
  add_common(add, options->common);
  add.add_option("FROM", options->from,
                 "what `tofu providers schema -json` printed, or a root that `tofu init` has seen")
      ->required()
      ->type_name("");
  add.add_option("--version", options->version, "the provider's version, where FROM is a file")
      ->type_name("VERSION");
  add.add_option("--into", options->into, "the folder to write (default: `.space/schemas`)")
      ->type_name("DIR");
  add.footer(
      "The default folder lies beside the project file. A root needs `tofu` in PATH, or "
      "SPACE_TOFU.");
  add_common(list, options->common);
  add_paths(list, options->paths);
  return subcommand(app, options);
}

Subcommand add_restore(CLI::App& program) {
  CLI::App& app =
      *program.add_subcommand("restore", "fetch the remote modules that are named, and pin them");
  const auto options = std::make_shared<RestoreOptions>();
  add_common(app, options->common);
  add_paths(app, options->paths);
  app.add_option("--tofu", options->tofu, "the tofu that fetches")->type_name("PROGRAM");
  app.add_option("--cli-config", options->cli_config,
                 "tofu's own configuration: hosts and credentials of registries")
      ->type_name("FILE");
  add_mode(app, "--renew", options, &RestoreOptions::pins, driver::Pins::Renew,
           "pin what is there now, also where it is not what was pinned");
  app.footer(
      "By default tofu is what SPACE_TOFU names, what `space tofu install` made, or what PATH has. "
      "It sees nothing of the environment but what git, ssh and TLS need.");
  return subcommand(app, options);
}

Subcommand add_adopt(CLI::App& program) {
  CLI::App& app = *program.add_subcommand("adopt", "take in a state that exists already");
  const auto options = std::make_shared<AdoptOptions>();
  add_common(app, options->common);
  app.add_option("PROCEDURE", options->state, "whose it is: ENV/SPACE/MISSION/PROCEDURE")
      ->required()
      ->type_name("");
  app.add_option("ADDRESS", options->address, "where it lies in the backend: a key, a path")
      ->required()
      ->type_name("");
  add_paths(app, options->paths);
  app.add_option("--state", options->contents,
                 "what `tofu state pull` printed in the old root; - is standard input")
      ->type_name("FILE");
  app.footer(
      "Writes the address into `spaces.lock` and, where the procedure calls a module, `moved`\n"
      "blocks into its body. A `local` remote's state is read where it lies, without --state.");
  return subcommand(app, options);
}

}  // namespace

std::vector<Subcommand> add_subcommands(CLI::App& program) {
  return {add_check(program),    add_build(program), add_fmt(program),     add_fix(program),
          add_docs(program),     add_remap(program), add_explain(program), add_graph(program),
          add_affected(program), add_eval(program),  add_schema(program),  add_restore(program),
          add_adopt(program)};
}

}  // namespace space::cli
