#include "runner/tofu/provider_root.h"

#include <utility>

#include "core/base/strings.h"
#include "core/runplan/json_writer.h"

namespace space::tofu {

namespace {

constexpr const char* k_lock_name = ".terraform.lock.hcl";

// JSON rather than HCL: no text of a run plan can be anything but a string in it.
std::string root_text(const std::vector<NeededProvider>& needed) {
  runplan::JsonWriter out;
  out.begin_object();
  out.key("terraform");
  out.begin_object();
  out.key("required_providers");
  out.begin_object();
  for (std::size_t i = 0; i < needed.size(); ++i) {
    out.key("p" + std::to_string(i));
    out.begin_object();
    out.member("source", needed[i].address);
    if (!needed[i].constraint.empty()) out.member("version", needed[i].constraint);
    out.end_object();
  }
  out.end_object();
  out.end_object();
  out.end_object();
  return out.take() + "\n";
}

}  // namespace

ProviderRoot::ProviderRoot(std::string folder, std::string program, const Environment& environment,
                           InstallTools& tools)
    : folder_(std::move(folder)),
      root_(base::join_path(folder_, "root")),
      config_(base::join_path(folder_, "tofu.rc")),
      program_(std::move(program)),
      environment_(environment),
      tools_(tools),
      steps_(tools, folder_) {}

std::string ProviderRoot::lock_file() const { return base::join_path(root_, k_lock_name); }

base::Status ProviderRoot::make(const std::vector<NeededProvider>& needed,
                                const std::string& lock) {
  const auto write = [this](const std::string& path, const std::string& text) {
    return tools_.files.write(path, text, base::FileMode::Private);
  };
  SPACE_TRY_STATUS(tools_.files.make_directories(root_));
  SPACE_TRY_STATUS(write(base::join_path(root_, "main.tf.json"), root_text(needed)));
  SPACE_TRY_STATUS(write(config_, "disable_checkpoint = true\n"));
  return lock.empty() ? base::Done{} : write(lock_file(), lock);
}

base::Status ProviderRoot::ask(const std::string& what, const std::vector<std::string>& words) {
  InstallStep step;
  step.what = what;
  step.argv = {program_, "providers", words.front(), "-no-color"};
  step.argv.insert(step.argv.end(), words.begin() + 1, words.end());
  step.environment =
      base_environment(environment_, {program_, config_, {}}, base::join_path(folder_, "data"));
  step.folder = root_;
  SPACE_TRY(const StepEnd end, steps_.run(step));
  if (end.exit.is_clean()) return base::Done{};
  std::string help;
  // tofu breaks its lines where they are long.
  const std::string said = base::replace_all(end.error, "\n", " ");
  if (said.find("init -upgrade") != std::string::npos)
    help = "`space lock --upgrade` takes the newest versions that fit";
  if (said.find("not available for") != std::string::npos)
    help = "`--platform`, or `" + std::string(k_platforms_setting) +
           "`, names the platforms that you use";
  return base::Error{
      "`tofu providers " + words.front() + "` failed:\n" + std::string(base::trim(end.error)),
      help};
}

base::Result<std::string> ProviderRoot::lock() const { return tools_.files.read(lock_file()); }

}  // namespace space::tofu
