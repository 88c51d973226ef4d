#include <algorithm>
#include <cstdio>
#include <map>

#include <CLI/CLI.hpp>

#include "core/base/completion.h"
#include "core/base/usage.h"
#include "core/values/duration.h"
#include "runner/cli/options.h"
#include "runner/cli/session.h"
#include "runner/cli/version.h"

namespace space::runner {

namespace {

constexpr const char* k_target_help = "ENV[/SPACE[/MISSION[/STAGE|PROCEDURE]]]";

const std::map<std::string, ColorChoice> k_colors{
    {"auto", ColorChoice::Auto}, {"always", ColorChoice::Always}, {"never", ColorChoice::Never}};

constexpr const char* k_resume_help = "take over what a run that died had begun, and go on";

enum class Needed { Yes, No };

void add_switch(CLI::App& app, const std::string& name, Switch& into, const std::string& help) {
  app.add_flag_callback(
      name, [&into] { into = Switch::On; }, help);
}

void add_common(CLI::App& app, CommonOptions& options, Needed target) {
  auto* option = app.add_option("TARGET", options.target, k_target_help)->type_name("");
  if (target == Needed::Yes) option->required();
  app.add_option("--run-plan", options.run_plan,
                 "the run plan that spacec wrote (default: out/run-plan.json)")
      ->type_name("FILE");
  app.add_option_function<std::string>(
         "--color", [&options](const std::string& word) { options.color = k_colors.at(word); },
         "colours: auto (a terminal, and NO_COLOR unset), always, never")
      ->check(CLI::IsMember(std::vector<std::string>{"auto", "always", "never"}))
      ->type_name("WHEN");
}

void add_parallel(CLI::App& app, std::size_t& parallel) {
  app.add_option("--parallel", parallel,
                 "at most so many procedures at a time (default: twice the cores)")
      ->check(CLI::Range(1, 1024))
      ->type_name("N");
}

// "90s", "1h30m"; 0 is none.
void add_duration(CLI::App& app, const std::string& name, std::int64_t& milliseconds,
                  const std::string& help) {
  app.add_option_function<std::string>(
         name,
         [&milliseconds](const std::string& text) {
           milliseconds = values::parse_duration(text).nanoseconds / 1'000'000;
         },
         help)
      ->check([](const std::string& text) {
        const values::Duration duration = values::parse_duration(text);
        const bool is_good =
            duration.fault == values::Duration::Fault::None && duration.nanoseconds >= 0;
        return is_good ? std::string() : "`" + text + "` is no duration, as `90s` or `1h30m`";
      })
      ->type_name("DURATION");
}

void add_fly(CLI::App& app, FlyOptions& options) {
  add_common(app, options.common, Needed::Yes);
  add_parallel(app, options.parallel);
  add_switch(app, "--json", options.common.json,
             "events to standard output, one JSON object a line");
  app.add_option("--report", options.report,
                 "write a report: JUnit where FILE ends in .xml, else JSON")
      ->type_name("FILE");
  add_switch(app, "--why", options.why,
             "say more: why a procedure ran or did not, generated files of errors");
  add_duration(app, "--warn-after", options.warn_after_milliseconds,
               "say so where a step has told nothing new for so long (default: 10m)");
  add_duration(app, "--timeout", options.time_out_milliseconds,
               "interrupt a step that takes longer, once, and wait for its end (default: none)");
  add_switch(app, "--refresh", options.refresh, "look at every procedure, unchanged ones too");
}

void add_servers(CLI::App& app, SandboxOptions& options) {
  app.add_option("SERVER", options.servers, "s3, postgres (default: both)")
      ->check(CLI::IsMember(std::vector<std::string>{"postgres", "s3"}))
      ->type_name("");
}

void add_lock(CLI::App& app, LockOptions& options) {
  app.add_option("--run-plan", options.run_plan,
                 "the run plan that spacec wrote (default: out/run-plan.json)")
      ->type_name("FILE");
  app.add_option(
         "--platform", options.platforms,
         "for this platform, `linux_amd64` say; again for more (default: Linux and macOS on "
         "both usual processors, and this machine's)")
      ->type_name("OS_ARCH");
  app.add_option("--mirror", options.mirror,
                 "put the locked packages into this folder too, for machines without a network")
      ->type_name("FOLDER");
  add_switch(app, "--upgrade", options.upgrade,
             "the newest versions that fit, not the locked ones");
}

void add_install(CLI::App& app, TofuOptions& options) {
  auto* source = app.add_flag_callback(
      "--from-source", [&options] { options.from = TofuOptions::From::Source; },
      "build it from its Go module, which takes minutes");
  app.add_flag_callback(
         "--or-from-source", [&options] { options.from = TofuOptions::From::ReleaseElseSource; },
         "build it where the release page cannot be reached; never where it gives something wrong")
      ->excludes(source);
}

}  // namespace

std::variant<int, Options> parse_arguments(int argc, char** argv) {
  CLI::App app{"space flies the run plan that spacec wrote, with tofu.", "space"};
  app.require_subcommand(1);
  app.set_version_flag("--version", version_text());

  FlyOptions plan, apply, destroy;
  apply.command = Command::Apply;
  destroy.command = Command::Destroy;
  auto* plan_app = app.add_subcommand("plan", "show what would change");
  add_fly(*plan_app, plan);
  add_switch(*plan_app, "--auto-approve", plan.auto_approve,
             "has no meaning here: a plan changes nothing");
  auto* apply_app = app.add_subcommand("apply", "change it, stage by stage");
  add_fly(*apply_app, apply);
  add_switch(*apply_app, "--auto-approve", apply.auto_approve, "do not ask");
  add_switch(*apply_app, "--resume", apply.resume, k_resume_help);
  apply_app
      ->add_option("--reviewed", apply.reviewed,
                   "apply what `space preview --save FILE` has shown, and nothing else")
      ->type_name("FILE");
  auto* destroy_app = app.add_subcommand("destroy", "destroy all of it, in the reverse order");
  add_fly(*destroy_app, destroy);
  add_switch(*destroy_app, "--auto-approve", destroy.auto_approve, "do not ask");

  add_switch(*destroy_app, "--resume", destroy.resume, k_resume_help);

  PreviewOptions preview;
  auto* preview_app = app.add_subcommand(
      "preview", "show what all of it would change, over stages and missions, in one plan");
  add_common(*preview_app, preview.common, Needed::Yes);
  add_parallel(*preview_app, preview.parallel);
  add_switch(*preview_app, "--json", preview.common.json, "one JSON document");
  preview_app
      ->add_option("--html", preview.html, "write a page that a browser opens, without a network")
      ->type_name("FILE");
  preview_app
      ->add_option("--save", preview.save,
                   "keep it in a file that `space apply --reviewed FILE` is bound to")
      ->type_name("FILE");
  add_switch(*preview_app, "--why", preview.why, "say more: what new objects follow from");

  DriftOptions drift;
  auto* drift_app = app.add_subcommand("drift", "show what was changed elsewhere; changes nothing");
  add_common(*drift_app, drift.common, Needed::No);
  add_parallel(*drift_app, drift.parallel);
  add_switch(*drift_app, "--json", drift.common.json, "one JSON document");

  OutputOptions output;
  auto* output_app = app.add_subcommand("output", "print outputs of applied procedures");
  add_common(*output_app, output.common, Needed::Yes);
  add_parallel(*output_app, output.parallel);
  add_switch(*output_app, "--json", output.common.json, "one JSON object: procedure, then output");
  add_switch(*output_app, "--reveal", output.reveal, "sensitive values too");

  StatusOptions status;
  auto* status_app = app.add_subcommand("status", "what became of each procedure the last time");
  add_common(*status_app, status.common, Needed::No);
  add_switch(*status_app, "--json", status.common.json, "one JSON object a line");

  ResolveOptions resolve;
  auto* resolve_app = app.add_subcommand(
      "resolve", "say that you have looked at what an apply left, so that it may be flown again");
  add_common(*resolve_app, resolve.common, Needed::Yes);
  resolve_app->add_option("--reason", resolve.reason, "what you found and decided; it is recorded")
      ->required()
      ->type_name("TEXT");

  ExecOptions exec;
  auto* exec_app = app.add_subcommand(
      "exec", "run a read-only tofu command in one procedure: exec TARGET -- state list");
  add_common(*exec_app, exec.common, Needed::Yes);
  exec_app->add_option("ARGS", exec.arguments, "tofu's arguments, after `--`")
      ->required()
      ->type_name("");

  TofuOptions tofu;
  auto* tofu_app = app.add_subcommand("tofu", "the tofu that the run plan pins");
  tofu_app->require_subcommand(1);
  tofu_app
      ->add_option("--run-plan", tofu.run_plan,
                   "which run plan (default: out/run-plan.json, where it is)")
      ->type_name("FILE");
  auto* which_app = tofu_app->add_subcommand("which", "print where it is");
  auto* install_app =
      tofu_app->add_subcommand("install", "find it, or put the official release into the cache");
  add_install(*install_app, tofu);

  LockOptions lock;
  auto* lock_app = app.add_subcommand(
      "lock", "write the one .terraform.lock.hcl beside the project file, for all platforms");
  add_lock(*lock_app, lock);

  SandboxOptions sandbox;
  auto* sandbox_app = app.add_subcommand(
      "sandbox", "servers for states on this machine: an S3 emulator and PostgreSQL");
  sandbox_app->require_subcommand(1);
  auto* up_app =
      sandbox_app->add_subcommand("up", "start what is not up, and make what is not there");
  add_servers(*up_app, sandbox);
  up_app->add_option("--bucket", sandbox.buckets, "buckets to make (default: states)")
      ->type_name("NAME");
  up_app->add_option("--database", sandbox.databases, "databases to make (default: states)")
      ->type_name("NAME");
  up_app->add_option("--s3-port", sandbox.s3_port, "default: 4566")->type_name("PORT");
  up_app->add_option("--postgres-port", sandbox.postgres_port, "default: 54320")->type_name("PORT");
  auto* down_app = sandbox_app->add_subcommand("down", "end them");
  add_servers(*down_app, sandbox);
  add_switch(*down_app, "--purge", sandbox.purge, "remove PostgreSQL's data too");

  auto* completion_app =
      app.add_subcommand("completion", "print what a shell completes, as a script for it");
  std::string shell;
  completion_app->add_option("SHELL", shell, "bash, zsh or fish")
      ->check(CLI::IsMember(std::vector<std::string>{"bash", "fish", "zsh"}))
      ->required()
      ->type_name("");

  const base::CommandTree commands = base::command_tree(app);
  const base::Words words(argv + 1, argv + std::max(argc, 1));
  const auto usage_error = [](const base::UsageMistake& mistake) {
    std::fputs(base::usage_text(mistake).c_str(), stderr);
    return k_usage;
  };
  if (const auto mistake = base::command_mistake(commands, words)) return usage_error(*mistake);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {  // for help, or the version
    return app.exit(asked);
  } catch (const CLI::ExtrasError&) {
    return usage_error(base::unexpected(commands, words, app.remaining(true)));
  } catch (const CLI::ParseError& error) {
    return usage_error(base::refused(commands, words, error.what()));
  }
  if (completion_app->parsed()) {
    const std::string script = base::completion_script(*base::shell_of(shell), commands);
    std::fwrite(script.data(), 1, script.size(), stdout);
    return 0;
  }
  if (plan_app->parsed()) return Options(plan);
  if (apply_app->parsed()) return Options(apply);
  if (destroy_app->parsed()) return Options(destroy);
  if (preview_app->parsed()) return Options(preview);
  if (drift_app->parsed()) return Options(drift);
  if (output_app->parsed()) return Options(output);
  if (status_app->parsed()) return Options(status);
  if (resolve_app->parsed()) return Options(resolve);
  if (exec_app->parsed()) return Options(exec);
  if (sandbox_app->parsed()) {
    sandbox.what = down_app->parsed() ? SandboxOptions::What::Down : SandboxOptions::What::Up;
    return Options(sandbox);
  }
  if (lock_app->parsed()) return Options(lock);
  tofu.what = install_app->parsed() ? TofuOptions::What::Install : TofuOptions::What::Which;
  (void)which_app;
  return Options(tofu);
}

}  // namespace space::runner
