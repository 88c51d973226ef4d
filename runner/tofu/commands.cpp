#include "runner/tofu/commands.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/strings.h"
#include "core/runplan/json_reader.h"
#include "core/runplan/json_writer.h"

namespace space::tofu {

namespace {

// Nothing of a provider's own (HCLOUD_TOKEN …) and nothing that tofu obeys.
constexpr std::array<std::string_view, 21> k_allowed{
    "HOME",       "HTTPS_PROXY", "HTTP_PROXY", "LANG",  "LC_ALL",       "LC_CTYPE",
    "LOGNAME",    "NO_PROXY",    "PATH",       "SHELL", "SSL_CERT_DIR", "SSL_CERT_FILE",
    "TEMP",       "TERM",        "TMPDIR",     "TZ",    "USER",         "XDG_RUNTIME_DIR",
    "http_proxy", "https_proxy", "no_proxy"};

std::string quoted(std::string_view text) {
  std::string json;
  runplan::append_json_string(json, text);
  // HCL knows JSON's escapes, and two more things that begin a template.
  return base::replace_all(base::replace_all(json, "${", "$${"), "%{", "%%{");
}

}  // namespace

Environment passed_environment(const Environment& own) {
  Environment environment;
  for (const std::string_view name : k_allowed) {
    const auto found = own.find(std::string(name));
    if (found != own.end()) environment.insert(*found);
  }
  return environment;
}

Environment base_environment(const Environment& own, const Places& places,
                             const std::string& data_folder) {
  Environment environment = passed_environment(own);
  environment["CHECKPOINT_DISABLE"] = "1";
  environment["TF_CLI_CONFIG_FILE"] = places.cli_config;
  environment["TF_DATA_DIR"] = data_folder;
  environment["TF_INPUT"] = "0";
  environment["TF_IN_AUTOMATION"] = "1";
  return environment;
}

std::vector<std::string> init_command(const Places& places, LockFile lock_file) {
  std::vector<std::string> argv{places.program, "init", "-input=false", "-no-color", "-json"};
  if (lock_file == LockFile::Present) argv.emplace_back("-lockfile=readonly");
  return argv;
}

std::vector<std::string> plan_command(const Places& places, Purpose purpose,
                                      const std::string& variables_file,
                                      const std::string& plan_file,
                                      const std::string& stream_file) {
  std::vector<std::string> argv{places.program, "plan", "-input=false", "-no-color",
                                "-detailed-exitcode"};
  if (purpose == Purpose::Destroy) argv.emplace_back("-destroy");
  if (purpose == Purpose::Refresh) argv.emplace_back("-refresh-only");
  argv.push_back("-var-file=" + variables_file);
  argv.push_back("-out=" + plan_file);
  argv.push_back("-json-into=" + stream_file);
  return argv;
}

std::vector<std::string> apply_command(const Places& places, const std::string& plan_file) {
  return {places.program, "apply", "-input=false", "-no-color", "-json", plan_file};
}

std::vector<std::string> output_command(const Places& places) {
  return {places.program, "output", "-no-color", "-json"};
}

std::vector<std::string> pull_command(const Places& places) {
  return {places.program, "state", "pull", "-no-color"};
}

std::vector<std::string> show_command(const Places& places, const std::string& plan_file) {
  return {places.program, "show", "-no-color", "-json", plan_file};
}

std::vector<std::string> fetch_command(const Places& places, LockFile lock_file) {
  std::vector<std::string> argv = init_command(places, lock_file);
  argv.emplace_back("-backend=false");
  return argv;
}

std::string cli_config_text(const std::string& store, const std::string& mirror) {
  return "disable_checkpoint = true\n\nprovider_installation {\n  filesystem_mirror {\n    path "
         "= " +
         quoted(mirror) + "\n  }\n  filesystem_mirror {\n    path = " + quoted(store) +
         "\n  }\n}\n";
}

std::string fetch_config_text(const std::string& plugins, const std::string& mirror,
                              const std::vector<std::string>& mirrored) {
  std::string text = "disable_checkpoint = true\nplugin_cache_dir   = " + quoted(plugins) + "\n";
  if (mirrored.empty()) return text;
  std::string list;
  for (const std::string& provider : mirrored)
    list += (list.empty() ? "" : ", ") + quoted(provider);
  return text +
         "\nprovider_installation {\n  filesystem_mirror {\n    path    = " + quoted(mirror) +
         "\n    include = [" + list + "]\n  }\n  direct {\n    exclude = [" + list + "]\n  }\n}\n";
}

std::string variable_for_environment(const std::string& json, Written written) {
  runplan::JsonReader in(json);
  std::string text;
  if (written == Written::AsText) return in.read(text) ? text : json;
  // What JSON escapes and HCL does not know.
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] != '\\' || i + 1 == json.size()) {
      text += json[i];
      continue;
    }
    const char letter = json[++i];
    if (letter == 'b') {
      text += "\\u0008";
    } else if (letter == 'f') {
      text += "\\u000c";
    } else if (letter == '/') {
      text += '/';
    } else {
      text += '\\';
      text += letter;
    }
  }
  return base::replace_all(base::replace_all(text, "${", "$${"), "%{", "%%{");
}

}  // namespace space::tofu
