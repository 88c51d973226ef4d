#include "compiler/driver/git.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/process.h"
#include "core/base/strings.h"

namespace space::driver {

namespace {

// And all that begins with GIT_CONFIG: a CI says there that a folder is safe.
constexpr std::array<std::string_view, 7> k_passed_on = {"PATH",
                                                         "HOME",
                                                         "USER",
                                                         "XDG_CONFIG_HOME",
                                                         "GIT_CEILING_DIRECTORIES",
                                                         "TMPDIR",
                                                         "GIT_DISCOVERY_ACROSS_FILESYSTEM"};

std::map<std::string, std::string> environment_of_git(
    const std::map<std::string, std::string>& from) {
  std::map<std::string, std::string> to;
  for (const auto& [name, value] : from) {
    if (name.starts_with("GIT_CONFIG") || std::ranges::find(k_passed_on, name) != k_passed_on.end())
      to.emplace(name, value);
  }
  to["LC_ALL"] = "C";
  to["GIT_OPTIONAL_LOCKS"] = "0";
  to["GIT_TERMINAL_PROMPT"] = "0";
  to["GIT_NO_LAZY_FETCH"] = "1";
  return to;
}

std::string first_line(std::string_view text) {
  std::string line(base::trim(text.substr(0, text.find('\n'))));
  for (const std::string_view head : {"fatal: ", "error: "}) {
    if (line.starts_with(head)) line.erase(0, head.size());
  }
  return line;
}

base::Result<std::string> commit_of(const Repository& repository, const std::string& revision) {
  auto found =
      run_git(repository,
              {"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"}, "");
  if (found) return std::string(base::trim(*found));
  base::Error error{fmt::format("git knows no revision `{}`", revision), ""};
  const auto shallow = run_git(repository, {"rev-parse", "--is-shallow-repository"}, "");
  if (shallow && base::trim(*shallow) == "true") {
    error.help = "this clone is shallow: `git fetch --unshallow` brings the rest of the history";
    return error;
  }
  const auto names = run_git(
      repository,
      {"for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags"}, "");
  if (names) {
    const auto known = base::split(*names, '\n');
    if (const auto near = base::closest(revision, known); near && !near->empty())
      error.help = fmt::format("did you mean `{}`?", *near);
  }
  if (error.help.empty())
    error.help = "a branch, a tag or a commit of this clone; `git fetch` brings those of others";
  return error;
}

}  // namespace

base::Result<std::string> run_git(const Repository& repository,
                                  const std::vector<std::string>& words,
                                  const std::string& standard_input) {
  base::Command command;
  command.argv = {repository.git, "--no-pager",          "-c", "core.hooksPath=/dev/null",
                  "-c",           "core.fsmonitor=false"};
  command.argv.insert(command.argv.end(), words.begin(), words.end());
  command.environment = repository.environment;
  command.standard_input = standard_input;
  auto ran = base::run_command(command);
  if (!ran) return base::Error{"git cannot be run: " + ran.error().message, ran.error().help};
  if (ran->exit_code != 0) {
    const std::string said = first_line(ran->standard_error);
    return base::Error{
        fmt::format("`git {}` failed{}{}", words.front(), said.empty() ? "" : ": ", said), ""};
  }
  return std::move(ran->standard_output);
}

base::Result<Repository> find_repository(const std::map<std::string, std::string>& environment) {
  Repository repository;
  repository.environment = environment_of_git(environment);
  const auto path = environment.find("PATH");
  const auto git = base::find_in_path("git", path == environment.end() ? "" : path->second);
  if (!git) return base::Error{"there is no `git` in PATH to read the base from", "install git"};
  repository.git = *git;
  const auto found = run_git(repository, {"rev-parse", "--show-toplevel", "--show-prefix"}, "");
  if (!found) {
    return base::Error{found.error().message,
                       "the base is a revision of the git repository around this folder"};
  }
  const auto lines = base::split(*found, '\n');
  if (lines.size() < 2)
    return base::Error{"`git rev-parse` did not say where the repository is", ""};
  repository.top = lines[0];
  repository.prefix = lines[1].empty() ? "." : base::normalize_path(lines[1]);
  return repository;
}

base::Result<std::string> resolve_commit(const Repository& repository,
                                         const std::string& revision) {
  constexpr std::string_view k_fork = "...";
  if (!revision.ends_with(k_fork)) return commit_of(repository, revision);
  const std::string other = revision.substr(0, revision.size() - k_fork.size());
  SPACE_TRY(const std::string there, commit_of(repository, other));
  SPACE_TRY(const std::string here, commit_of(repository, "HEAD"));
  const auto fork = run_git(repository, {"merge-base", there, here}, "");
  if (fork) return std::string(base::trim(*fork));
  return base::Error{fmt::format("`{}` and HEAD have no commit in common", other),
                     "in a shallow clone `git fetch --unshallow` brings the history; without the "
                     "dots the revision itself is the base"};
}

}  // namespace space::driver
