// sandbox up, sandbox down: servers for states on this machine, with credentials that mean nothing
// elsewhere.
#include <algorithm>

#include "core/base/strings.h"
#include "runner/cli/session.h"
#include "runner/process/command_runner.h"
#include "runner/sandbox/servers.h"

namespace space::runner {

namespace {

constexpr const char* k_s3 = "s3";
constexpr const char* k_postgres = "postgres";

bool is_wanted(const SandboxOptions& options, const char* server) {
  const auto& named = options.servers;
  return named.empty() || std::find(named.begin(), named.end(), server) != named.end();
}

std::string padded(std::string text) {
  text.resize(std::max<std::size_t>(text.size(), 10), ' ');
  return text;
}

// Says what became of one; true where it went well.
bool tell(const char* server, const base::Result<sandbox::Was>& result, const char* now,
          const char* already, sandbox::Was unchanged, const std::string& where) {
  if (!result) {
    print_error(result.error());
    return false;
  }
  const std::string words = *result == unchanged ? already : now;
  print_out(padded(server) + words + (where.empty() ? "" : "  " + where) + "\n");
  return true;
}

int up(const SandboxOptions& options, const sandbox::Tools& tools) {
  bool is_good = true;
  std::vector<std::string> exports;
  const auto show = [&](const char* server, const base::Result<sandbox::Was>& result,
                        const std::string& where, std::vector<std::string> variables) {
    if (!tell(server, result, "is up now", "was up", sandbox::Was::Up, where)) {
      is_good = false;
      return;
    }
    for (std::string& variable : variables)
      exports.push_back(std::move(variable) + "=" + sandbox::k_user);
  };
  if (is_wanted(options, k_s3)) {
    const auto result = sandbox::s3_up({options.s3_port, options.buckets}, tools);
    show(k_s3, result,
         "http://127.0.0.1:" + std::to_string(options.s3_port) + "  with bucket " +
             base::list_names(options.buckets) + " and table `" + sandbox::k_lock_table +
             "`, in memory",
         {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"});
  }
  if (is_wanted(options, k_postgres)) {
    const auto result = sandbox::postgres_up({options.postgres_port, options.databases}, tools);
    show(k_postgres, result,
         std::string("postgres://") + sandbox::k_user +
             "@127.0.0.1:" + std::to_string(options.postgres_port) + "  with database " +
             base::list_names(options.databases),
         {"PGPASSWORD"});
  }
  if (!exports.empty()) print_out("\nexport " + base::join(exports, " ") + "\n");
  return is_good ? k_fine : k_no_tofu;
}

int down(const SandboxOptions& options, const sandbox::Tools& tools) {
  bool is_good = true;
  const auto show = [&](const char* server, const base::Result<sandbox::Was>& result) {
    is_good = tell(server, result, "is down now", "was down", sandbox::Was::Down, "") && is_good;
  };
  if (is_wanted(options, k_s3)) show(k_s3, sandbox::s3_down(tools));
  if (is_wanted(options, k_postgres)) {
    show(k_postgres, sandbox::postgres_down(tools));
    if (is_good && options.purge == Switch::On) {
      const auto purged = sandbox::postgres_purge(tools);
      if (!purged) print_error(purged.error());
      is_good = purged.has_value();
    }
  }
  return is_good ? k_fine : k_failed;
}

}  // namespace

int sandbox_command(const SandboxOptions& options, const Setting& setting) {
  const auto cache = tofu::cache_folder(setting.environment);
  if (!cache) {
    print_error(cache.error());
    return k_failed;
  }
  const auto processes = process::make_process_runner();
  const sandbox::Tools tools{setting.files, *processes, base::run_command, setting.environment,
                             base::join_path(*cache, "sandbox")};
  return options.what == SandboxOptions::What::Up ? up(options, tools) : down(options, tools);
}

}  // namespace space::runner
