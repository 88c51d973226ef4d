// The tofu commands of a run: their arguments and their environment. In: where things lie. Out:
// argv and variables for process::Launch. Pure. No value of a variable ever stands in an argument;
// children start from an empty environment and an allow-list, for tofu obeys TF_CLI_ARGS,
// TF_WORKSPACE and friends.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace space::tofu {

using Environment = std::map<std::string, std::string>;

struct Places {
  std::string program;     // tofu, absolute
  std::string cli_config;  // ours, absolute
  std::string identity;    // of that very file: another build of the same version is another tofu
};

enum class LockFile : std::uint8_t { Absent, Present };
enum class Purpose : std::uint8_t { Change, Destroy, Refresh };

// What of our own environment a child may see; and that with what each of them needs.
Environment passed_environment(const Environment& own);
Environment base_environment(const Environment& own, const Places& places,
                             const std::string& data_folder);

std::vector<std::string> init_command(const Places& places, LockFile lock_file);
std::vector<std::string> plan_command(const Places& places, Purpose purpose,
                                      const std::string& variables_file,
                                      const std::string& plan_file, const std::string& stream_file);
std::vector<std::string> apply_command(const Places& places, const std::string& plan_file);
std::vector<std::string> output_command(const Places& places);
std::vector<std::string> pull_command(const Places& places);  // the state, in clear
// Of a plan file, as JSON.
std::vector<std::string> show_command(const Places& places, const std::string& plan_file);

// `init` of a set of providers into an own folder, without a backend.
std::vector<std::string> fetch_command(const Places& places, LockFile lock_file);

// Our CLI configurations. For every command: no upgrade check, and providers from local folders
// alone. For a fetch: into `plugins`, from the network but for those that people have put into
// their mirror.
std::string cli_config_text(const std::string& store, const std::string& mirror);
std::string fetch_config_text(const std::string& plugins, const std::string& mirror,
                              const std::vector<std::string>& mirrored);

// How a value stands in a TF_VAR_ variable, where all but strings are read as HCL.
enum class Written : std::uint8_t { AsText, AsHcl };
std::string variable_for_environment(const std::string& json, Written written);

}  // namespace space::tofu
