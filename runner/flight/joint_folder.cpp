#include "runner/flight/joint_folder.h"

#include <algorithm>

#include "core/base/strings.h"
#include "runner/flight/lock_file.h"
#include "runner/flight/old_runs.h"

namespace space::flight {

namespace {

constexpr std::int64_t k_tick_milliseconds = 100;
constexpr std::size_t k_last_words = 2000;
constexpr int k_plan_with_changes = 2;

}  // namespace

bool JointFolder::Said::is_good() const {
  const bool has_error =
      std::any_of(diagnostics.begin(), diagnostics.end(),
                  [](const runplan::TofuDiagnostic& one) { return one.is_error; });
  const bool ended_well =
      exit.recorded && exit.signal == 0 && (exit.code == 0 || exit.code == k_plan_with_changes);
  return ended_well && !has_error;
}

JointFolder::~JointFolder() {
  remove_all(folder_, world_.files);
  (void)world_.files.remove(
      base::parent_path(folder_));  // the run's, where nothing else lies there
}

std::string JointFolder::in(const std::string& name) const {
  return base::join_path(folder_, name);
}

base::Status JointFolder::write(const joint::JointRoot& root, const std::string& out_folder,
                                const std::string& state, const std::string& lock) {
  std::map<std::string, std::string> texts;
  for (const std::string& path : root.copies) {
    auto text = world_.files.read(base::join_path(out_folder, path));
    if (!text) return base::cannot("read", base::join_path(out_folder, path), text.error());
    texts[path] = std::move(*text);
  }
  for (const auto& [path, text] : root.files) texts[path] = text;
  texts["values.tfvars.json"] = root.values_json;
  // Before init: it installs what the state needs too.
  texts["terraform.tfstate"] = state;
  if (!lock.empty()) texts[k_dependency_lock] = lock;
  std::vector<base::TreeFile> files;
  for (const auto& [path, text] : texts) files.push_back({path, text, base::FileMode::Private});
  return world_.files.write_tree(folder_, files);
}

std::string JointFolder::lock() const {
  auto text = world_.files.read(in(k_dependency_lock));
  return text ? std::move(*text) : "";
}

base::Result<process::Exit> JointFolder::run(const std::string& step, std::vector<std::string> argv,
                                             const tofu::Environment& more) {
  if (was_interrupted_) return base::Error{"interrupted", ""};
  process::Launch launch;
  launch.argv = std::move(argv);
  launch.folder = folder_;
  launch.environment = tofu::base_environment(world_.environment, places_, in(".terraform"));
  for (const auto& [name, value] : more) launch.environment[name] = value;
  launch.output_file = in(step + ".out");
  launch.error_file = in(step + ".err");
  SPACE_TRY(const std::size_t job, world_.processes.start(launch));
  for (;;) {
    const process::Event event = world_.processes.wait(k_tick_milliseconds);
    if (event.kind == process::Event::Kind::Exited && event.job == job) return event.exit;
    if (event.kind != process::Event::Kind::Interrupt) continue;
    was_interrupted_ = true;
    world_.processes.interrupt(job);
  }
}

base::Result<JointFolder::Said> JointFolder::said(const process::Exit& exit,
                                                  const std::string& stream,
                                                  const std::string& step) const {
  Said said;
  said.exit = exit;
  tofu::StreamReader reader;
  if (const auto text = world_.files.read(in(stream))) reader.feed(*text, nullptr);
  said.diagnostics = reader.finish().diagnostics;
  if (const auto text = world_.files.read(in(step + ".err"))) {
    const std::string_view words = base::trim(*text);
    said.last_words = words.substr(words.size() > k_last_words ? words.size() - k_last_words : 0);
  }
  return said;
}

base::Result<JointFolder::Said> JointFolder::fetch(const std::string& provider_set,
                                                   const tofu::PluginStore& store,
                                                   const std::vector<std::string>& mirrored,
                                                   tofu::LockFile lock_file) {
  const std::string step = next("fetch"), plugins = in("fetched");
  SPACE_TRY_STATUS(world_.files.make_directories(plugins));
  SPACE_TRY_STATUS(world_.files.write(in("fetch.rc"),
                                      tofu::fetch_config_text(plugins, store.mirror(), mirrored),
                                      base::FileMode::Private));
  SPACE_TRY(const process::Exit exit,
            run(step, tofu::fetch_command(places_, lock_file),
                {{"TF_DATA_DIR", in("fetch-data")}, {"TF_CLI_CONFIG_FILE", in("fetch.rc")}}));
  SPACE_TRY(const Said outcome, said(exit, step + ".out", step));
  if (!outcome.is_good()) return outcome;
  SPACE_TRY_STATUS(tofu::add_plugins(plugins, store.folder(), world_.files));
  const std::string mark = store.mark(provider_set);
  SPACE_TRY_STATUS(world_.files.make_directories(base::parent_path(mark)));
  SPACE_TRY_STATUS(world_.files.write(mark, provider_set, base::FileMode::Plain));
  return outcome;
}

base::Result<JointFolder::Said> JointFolder::init(const std::string& provider_set,
                                                  const tofu::PluginStore& store,
                                                  const std::vector<std::string>& mirrored,
                                                  tofu::LockFile lock_file) {
  const bool is_there = provider_set.empty() ||
                        world_.files.stat(store.mark(provider_set)).kind == base::FileKind::Regular;
  if (!is_there) {
    SPACE_TRY(Said fetched, fetch(provider_set, store, mirrored, lock_file));
    if (!fetched.is_good()) return fetched;
  }
  const std::string step = next("init");
  SPACE_TRY(const process::Exit exit, run(step, tofu::init_command(places_, lock_file), {}));
  return said(exit, step + ".out", step);
}

base::Result<JointFolder::Said> JointFolder::plan(const std::vector<joint::Exclusion>& left_out) {
  const std::string step = next("plan");
  std::vector<std::string> argv =
      tofu::plan_command(places_, tofu::Purpose::Change, in("values.tfvars.json"),
                         in("joint.tfplan"), in(step + ".jsonl"));
  if (!left_out.empty()) {
    std::string list;
    for (const joint::Exclusion& one : left_out) list += one.address + "\n";
    const std::string path = in(step + ".exclude");
    SPACE_TRY_STATUS(world_.files.write(path, list, base::FileMode::Private));
    argv.push_back("-exclude-file=" + path);
  }
  SPACE_TRY(const process::Exit exit, run(step, std::move(argv), {}));
  return said(exit, step + ".jsonl", step);
}

base::Result<std::string> JointFolder::show() {
  const std::string step = next("show");
  SPACE_TRY(const process::Exit exit,
            run(step, tofu::show_command(places_, in("joint.tfplan")), {}));
  if (!exit.is_clean()) return base::Error{"`tofu show` cannot read the joint plan", ""};
  return world_.files.read(in(step + ".out"));
}

}  // namespace space::flight
