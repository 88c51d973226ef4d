#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "core/base/hash.h"
#include "core/base/strings.h"
#include "runner/sandbox/servers.h"

namespace space::sandbox {

namespace {

constexpr std::int64_t k_patience_milliseconds = 60'000;
constexpr const char* k_packages = "/usr/lib/postgresql";  // Debian's, one folder a version

// initdb reads the password from a file; it and the cluster are of one user.
constexpr const char* k_make =
    R"(umask 077; mkdir -p "$1" && printf %s "$2" >"$1/word" && )"
    R"("$3" -D "$1/data" -U "$2" --auth=scram-sha-256 --pwfile="$1/word" -E UTF8 --locale=C; )"
    R"(code=$?; rm -f "$1/word"; exit $code)";

int number_of(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

class Postgres {
 public:
  explicit Postgres(const Tools& tools)
      : tools_(tools), folder_(base::join_path(tools.folder, "postgres")) {}

  base::Result<Was> up(const Seeds& seeds) {
    SPACE_TRY_STATUS(find());
    const std::string port = std::to_string(seeds.port);
    if (!is_made()) {
      SPACE_TRY_STATUS(tools_.files.make_directories(tools_.folder));
      SPACE_TRY_STATUS(
          call({"/bin/sh", "-c", k_make, "sh", folder_, k_user, program("initdb")}, "be made"));
    }
    const Was was = is_up() ? Was::Up : Was::Down;
    if (was == Was::Down) {
      const std::string settings =
          "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c port=" + port;
      SPACE_TRY_STATUS(call({program("pg_ctl"), "-D", data(), "-l", log(), "-w", "-t", "50", "-s",
                             "-o", settings, "start"},
                            "be started"));
    } else if (const std::string known = port_of(); known != port) {
      return base::Error{"PostgreSQL is up at port " + known + ", not " + port,
                         "`space sandbox down` ends it"};
    }
    for (const std::string& name : seeds.names) SPACE_TRY_STATUS(make_database(port, name));
    return was;
  }

  base::Result<Was> down() {
    // Without its programs there is nothing that could run.
    if (!find() || !is_made() || !is_up()) return Was::Down;
    SPACE_TRY_STATUS(
        call({program("pg_ctl"), "-D", data(), "-w", "-m", "fast", "-s", "stop"}, "be stopped"));
    return Was::Up;
  }

  base::Status purge() {
    if (!find() || !is_made()) return base::Done{};
    if (is_up()) return base::Error{"PostgreSQL is up", "`space sandbox down` ends it"};
    return call({"/bin/rm", "-rf", "--", folder_}, "be removed");
  }

 private:
  std::string data() const { return base::join_path(folder_, "data"); }
  std::string log() const { return base::join_path(folder_, "log"); }
  std::string program(const char* name) const { return base::join_path(programs_, name); }

  // Where its programs are, and as whom they run: PostgreSQL refuses to be root.
  base::Status find() {
    int newest = 0;
    const auto versions = tools_.files.list(k_packages);
    for (const auto& entry : versions ? *versions : std::vector<base::DirectoryEntry>()) {
      const std::string bin = std::string(k_packages) + "/" + entry.name + "/bin";
      if (number_of(entry.name) <= newest || !tools_.files.is_executable(bin + "/initdb")) continue;
      newest = number_of(entry.name);
      programs_ = bin;
    }
    const auto path = tools_.environment.find("PATH");
    if (programs_.empty() && path != tools_.environment.end()) {
      // It may be a link: the others lie beside what it leads to.
      std::error_code problem;
      const auto found = base::find_in_path("initdb", path->second);
      const auto real = std::filesystem::canonical(found.value_or(""), problem);
      if (!problem) programs_ = real.parent_path().string();
    }
    if (programs_.empty())
      return base::Error{"PostgreSQL is not here", "this installs it: apt-get install postgresql"};
    if (::geteuid() != 0) return base::Done{};
    const passwd* user = ::getpwnam("postgres");
    if (user == nullptr)
      return base::Error{"PostgreSQL refuses to run as root, and there is no user `postgres`",
                         "run `space sandbox` as another user"};
    before_ = {"/usr/sbin/runuser", "-u", "postgres", "--"};
    // What is ours it could not reach: a folder of its own for each of ours.
    folder_ =
        base::join_path(user->pw_dir, "space-sandbox-" + base::sha256_hex(folder_).substr(0, 8));
    return base::Done{};
  }

  base::Result<base::CommandResult> ask(std::vector<std::string> words) const {
    base::Command command;
    command.argv = before_;
    command.argv.insert(command.argv.end(), words.begin(), words.end());
    command.environment = tools_.environment;
    command.environment["PGPASSWORD"] = k_user;
    command.environment["LC_ALL"] = "C";
    command.folder = "/";
    command.timeout_milliseconds = k_patience_milliseconds;
    return tools_.run(command);
  }

  base::Status call(std::vector<std::string> words, const std::string& what) const {
    SPACE_TRY(const base::CommandResult done, ask(std::move(words)));
    if (done.exit_code == 0) return base::Done{};
    const std::string said = last_words(log(), tools_.files);
    return base::Error{
        "PostgreSQL cannot " + what + ": " + std::string(base::trim(done.standard_error)),
        said.empty() ? "" : "it said last: " + said};
  }

  bool is_made() const {
    return tools_.files.stat(base::join_path(data(), "PG_VERSION")).kind == base::FileKind::Regular;
  }

  bool is_up() const {
    const auto done = ask({program("pg_ctl"), "-D", data(), "status"});
    return done && done->exit_code == 0;
  }

  // The fourth line of its own note.
  std::string port_of() const {
    const auto note = tools_.files.read(base::join_path(data(), "postmaster.pid"));
    if (!note) return "?";
    const auto lines = base::split(*note, '\n');
    return lines.size() < 4 ? "?" : std::string(lines[3]);
  }

  base::Result<std::string> query(const std::string& port, const std::string& text) const {
    SPACE_TRY(const base::CommandResult done,
              ask({program("psql"), "-h", "127.0.0.1", "-p", port, "-U", k_user, "-d", "postgres",
                   "-AtXqc", text}));
    if (done.exit_code != 0)
      return base::Error{
          "PostgreSQL does not answer: " + std::string(base::trim(done.standard_error)), ""};
    return std::string(base::trim(done.standard_output));
  }

  base::Status make_database(const std::string& port, const std::string& name) const {
    const std::string quoted = base::replace_all(name, "'", "''");
    const auto found = query(port, "select 1 from pg_database where datname = '" + quoted + "'");
    if (!found) return found.error();
    if (!found->empty()) return base::Done{};
    const auto made =
        query(port, "create database \"" + base::replace_all(name, "\"", "\"\"") + "\"");
    if (!made) return made.error();
    return base::Done{};
  }

  const Tools& tools_;
  std::string folder_;
  std::string programs_;
  std::vector<std::string> before_;
};

}  // namespace

base::Result<Was> postgres_up(const Seeds& seeds, const Tools& tools) {
  return Postgres(tools).up(seeds);
}
base::Result<Was> postgres_down(const Tools& tools) { return Postgres(tools).down(); }
base::Status postgres_purge(const Tools& tools) { return Postgres(tools).purge(); }

}  // namespace space::sandbox
