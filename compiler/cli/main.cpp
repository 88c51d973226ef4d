// spacec: makes the real World and calls one subcommand. Nothing else is decided here.
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "compiler/cli/arguments.h"
#include "compiler/cli/commands.h"
#include "core/base/process.h"

namespace space::cli {

namespace {

class FileStream final : public Stream {
 public:
  explicit FileStream(std::FILE* file) : file_(file) {}
  void write(std::string_view text) override {
    if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) failed_ = true;
    if (is_terminal()) std::fflush(file_);
  }
  bool is_terminal() const override { return isatty(fileno(file_)) != 0; }
  bool flush() { return std::fflush(file_) == 0 && !failed_; }

 private:
  std::FILE* file_;
  bool failed_ = false;
};

std::string read_standard_input() {
  std::string text;
  char buffer[65536];
  for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, stdin)) > 0;)
    text.append(buffer, got);
  return text;
}

struct Run {
  World& world;
  int operator()(int code) const { return code; }
  int operator()(const CheckOptions& options) const { return check(options, world); }
  int operator()(const BuildOptions& options) const { return build(options, world); }
  int operator()(const FmtOptions& options) const { return fmt(options, world); }
  int operator()(const FixOptions& options) const { return fix(options, world); }
  int operator()(const RemapOptions& options) const { return remap(options, world); }
  int operator()(const DocsOptions& options) const { return docs(options, world); }
  int operator()(const ExplainOptions& options) const { return explain(options, world); }
  int operator()(const GraphOptions& options) const { return graph(options, world); }
  int operator()(const EvalOptions& options) const { return eval(options, world); }
  int operator()(const SchemaOptions& options) const { return schema(options, world); }
  int operator()(const RestoreOptions& options) const { return restore(options, world); }
  int operator()(const AdoptOptions& options) const { return adopt(options, world); }
  int operator()(const AffectedOptions& options) const { return affected(options, world); }
};

int run(int argc, const char* const* argv) {
  base::DiskFileSystem files;
  base::SystemClock clock;
  const auto environment = base::process_environment();
  FileStream out(stdout), err(stderr);
  static auto* const kept = new std::vector<std::shared_ptr<const void>>;  // never freed
  World world{files, clock, environment, out, err, &read_standard_input, *kept};
  auto parsed = parse_arguments(argc, argv, world);
  const int code = std::holds_alternative<int>(parsed)
                       ? std::get<int>(parsed)
                       : std::visit(Run{world}, std::get<Options>(parsed));
  // A full disk or a closed pipe must not look like success.
  if (!out.flush() && code == k_fine) {
    std::fputs("error: cannot write to standard output\n", stderr);
    return k_errors;
  }
  return code;
}

}  // namespace

}  // namespace space::cli

int main(int argc, char** argv) {
  try {
    return space::cli::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(
        stderr,
        "internal error: %s\n  = help: this is a bug of spacec; please report it with the input\n",
        error.what());
    return space::cli::k_ours;
  }
}
