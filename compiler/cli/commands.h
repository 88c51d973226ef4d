// The subcommands of `spacec`: what each was asked (filled by subcommands.cpp; none but that,
// arguments.cpp and option_groups.cpp sees CLI11) and the function that does it, one file a
// subcommand. In: options and a World. Out: an exit code (exit_codes below). A command prints
// through the World alone and reads no global.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/cli/world.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/restore.h"

namespace space::cli {

// 0 fine, 1 errors in the program, 2 usage, 3 `--check` differs, 4 tofu or another program failed,
// 70 ours.
inline constexpr int k_fine = 0, k_errors = 1, k_usage = 2, k_differs = 3, k_tofu = 4, k_ours = 70;

enum class DiagnosticFormat { Text, Json, Sarif };
enum class ColorChoice { Auto, Always, Never };

struct CommonOptions {
  ColorChoice color = ColorChoice::Auto;
};

struct CheckOptions {
  CommonOptions common;
  std::vector<std::string> paths;  // empty: the default folder
  DiagnosticFormat format = DiagnosticFormat::Text;
  std::optional<driver::Phase> print;
  driver::CommandLevels levels;
};

struct BuildOptions {
  enum class Mode { Write, Check };
  CheckOptions check;
  std::string out = "out";
  Mode mode = Mode::Write;
};

struct FmtOptions {
  enum class Mode { Write, Check, Diff, Filter };  // Filter: standard input to standard output
  CommonOptions common;
  std::vector<std::string> paths;
  Mode mode = Mode::Write;
};

struct FixOptions {
  enum class Mode { Write, Diff };
  CommonOptions common;
  std::vector<std::string> paths;
  Mode mode = Mode::Write;
};

struct DocsOptions {
  CommonOptions common;
  std::string mission;  // empty: all
  std::vector<std::string> paths;
};

struct RemapOptions {
  enum class Format { Text, Json };
  CommonOptions common;
  std::string root;  // below `out`
  std::string out = "out";
  Format format = Format::Text;
};

struct ExplainOptions {
  CommonOptions common;
  std::string code;  // empty: list all
};

struct GraphOptions {
  enum class Format { Dot, Mermaid, Json, Svg };  // Svg: by graphviz
  CommonOptions common;
  std::vector<std::string> paths;
  Format format = Format::Dot;
};

struct EvalOptions {
  CommonOptions common;
  std::string expression;
  std::vector<std::pair<std::string, std::string>> variables;  // name, JSON
};

struct SchemaOptions {
  enum class Verb { Add, List };
  CommonOptions common;
  Verb verb = Verb::List;
  std::string from;                // add: a JSON file, or an initialised root
  std::string version;             // add: of the one provider of a file
  std::string into;                // add: empty: beside the project
  std::vector<std::string> paths;  // of the program, to find the project
};

struct RestoreOptions {
  CommonOptions common;
  std::vector<std::string> paths;
  std::string tofu;        // empty: SPACE_TOFU, the cache's, PATH's
  std::string cli_config;  // empty: one that says nothing
  driver::Pins pins = driver::Pins::Hold;
};

struct AdoptOptions {
  CommonOptions common;
  std::string state;     // ENV/SPACE/MISSION/PROCEDURE
  std::string address;   // where it lies, in the backend
  std::string contents;  // a file that holds it, or "-"; empty: where a `local` remote keeps it
  std::vector<std::string> paths;
};

struct AffectedOptions {
  enum class Format { Text, Json, Targets };
  CommonOptions common;
  std::string base;  // a revision of git
  std::vector<std::string> paths;
  Format format = Format::Text;
};

using Options = std::variant<CheckOptions, BuildOptions, FmtOptions, ExplainOptions, GraphOptions,
                             EvalOptions, SchemaOptions, RestoreOptions, AdoptOptions, FixOptions,
                             RemapOptions, DocsOptions, AffectedOptions>;

int check(const CheckOptions& options, World& world);
int build(const BuildOptions& options, World& world);
int fmt(const FmtOptions& options, World& world);
int fix(const FixOptions& options, World& world);
int remap(const RemapOptions& options, World& world);
int docs(const DocsOptions& options, World& world);
int explain(const ExplainOptions& options, World& world);
int graph(const GraphOptions& options, World& world);
int eval(const EvalOptions& options, World& world);
int schema(const SchemaOptions& options, World& world);
int restore(const RestoreOptions& options, World& world);
int adopt(const AdoptOptions& options, World& world);
int affected(const AffectedOptions& options, World& world);

}  // namespace space::cli
