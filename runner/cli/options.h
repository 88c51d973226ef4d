// What was asked for on the command line, one struct a subcommand. arguments.cpp makes them (CLI11
// there alone).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace space::runner {

enum class ColorChoice : std::uint8_t { Auto, Always, Never };
enum class Command : std::uint8_t { Plan, Apply, Destroy };
enum class Switch : std::uint8_t { Off, On };

struct CommonOptions {
  std::string run_plan = "out/run-plan.json";
  std::string target;
  ColorChoice color = ColorChoice::Auto;
  Switch json = Switch::Off;
};

struct FlyOptions {
  CommonOptions common;
  Command command = Command::Plan;
  std::size_t parallel = 0;  // 0: twice the cores
  std::string report;
  std::string reviewed;  // apply: the file that it is bound to
  Switch why = Switch::Off;
  Switch auto_approve = Switch::Off;
  Switch refresh = Switch::Off;
  Switch resume = Switch::Off;
  std::int64_t warn_after_milliseconds = 600'000;
  std::int64_t time_out_milliseconds = 0;  // 0: none
};

struct PreviewOptions {
  CommonOptions common;
  std::size_t parallel = 0;
  std::string html;
  std::string save;  // what an apply may be bound to
  Switch why = Switch::Off;
};

struct DriftOptions {
  CommonOptions common;
  std::size_t parallel = 0;
};

struct OutputOptions {
  CommonOptions common;
  std::size_t parallel = 0;
  Switch reveal = Switch::Off;  // sensitive values too
};

struct StatusOptions {
  CommonOptions common;
};

struct ResolveOptions {
  CommonOptions common;
  std::string reason;
};

struct ExecOptions {
  CommonOptions common;
  std::vector<std::string> arguments;
};

struct TofuOptions {
  enum class What : std::uint8_t { Which, Install };
  enum class From : std::uint8_t { Release, Source, ReleaseElseSource };
  What what = What::Which;
  From from = From::Release;
  std::string run_plan = "out/run-plan.json";
};

struct LockOptions {
  std::string run_plan = "out/run-plan.json";
  std::vector<std::string> platforms;  // none: the setting's, or the usual ones
  Switch upgrade = Switch::Off;        // the newest versions that fit
  std::string mirror;                  // "": none, else a folder that gets all packages
};

// Servers for states on this machine.
struct SandboxOptions {
  enum class What : std::uint8_t { Up, Down };
  What what = What::Up;
  std::vector<std::string> servers;  // none: all
  std::uint16_t s3_port = 4566;
  std::uint16_t postgres_port = 54320;
  std::vector<std::string> buckets{"states"};
  std::vector<std::string> databases{"states"};
  Switch purge = Switch::Off;
};

using Options = std::variant<FlyOptions, PreviewOptions, DriftOptions, OutputOptions, StatusOptions,
                             ResolveOptions, ExecOptions, TofuOptions, LockOptions, SandboxOptions>;

// Options, or the exit code of what was answered at once (`--help`, a mistake).
std::variant<int, Options> parse_arguments(int argc, char** argv);

}  // namespace space::runner
