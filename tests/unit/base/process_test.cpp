#include "core/base/process.h"

#include <signal.h>
#include <sys/stat.h>

#include <string>

#include <catch2/catch.hpp>

#include "core/base/filesystem.h"
#include "tests/temporary_folder.h"

using namespace space::base;
using space::test::TemporaryFolder;
using space::test::WorkingFolder;

namespace {

Command shell(const std::string& script) {
  Command command;
  command.argv = {"sh", "-c", script};
  command.environment = {{"PATH", "/usr/bin:/bin"}};
  return command;
}

}  // namespace

TEST_CASE("run_command gives output, error output and exit code") {
  const auto result = run_command(shell("printf out; printf err >&2; exit 7"));
  REQUIRE(result);
  CHECK(result->standard_output == "out");
  CHECK(result->standard_error == "err");
  CHECK(result->exit_code == 7);
}

TEST_CASE("run_command hands over exactly the environment it is given") {
  Command command;
  command.argv = {"/usr/bin/env"};
  command.environment = {{"A", "1"}, {"B", "x=y\nz"}};
  const auto result = run_command(command);
  REQUIRE(result);
  CHECK(result->standard_output == "A=1\nB=x=y\nz\n");
}

TEST_CASE("run_command does not stall on megabytes both ways") {
  Command command = shell("tee /dev/stderr");
  for (int i = 0; i < 500'000; ++i) command.standard_input += "line\n";
  const auto result = run_command(command);
  REQUIRE(result);
  CHECK(result->exit_code == 0);
  CHECK(result->standard_output == command.standard_input);
  CHECK(result->standard_error == command.standard_input);
}

TEST_CASE("run_command outlives a child that does not read its input") {
  Command command = shell("exec 0<&-; exit 3");
  command.standard_input = std::string(1'000'000, 'x');
  const auto result = run_command(command);
  REQUIRE(result);
  CHECK(result->exit_code == 3);
  sigset_t blocked;
  pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
  CHECK(sigismember(&blocked, SIGPIPE) == 0);  // ours is as before
}

TEST_CASE("run_command runs in its folder") {
  const TemporaryFolder folder;
  Command command = shell("touch here");
  command.folder = folder.path();
  REQUIRE(run_command(command));
  CHECK(DiskFileSystem().stat(folder / "here").kind == FileKind::Regular);
  command.folder = folder / "no";
  CHECK(run_command(command).error().message ==
        "cannot run `sh` in `" + folder.path() + "/no`: it is no directory");
}

TEST_CASE("a child past its time is killed and that is an error") {
  Command command = shell("exec tail -f /dev/null");
  command.timeout_milliseconds = 50;
  const auto result = run_command(command);
  REQUIRE(!result);
  CHECK(result.error().message == "`sh` did not end within 50 ms and was killed");
}

TEST_CASE("an endless writer cannot outrun its time") {
  Command command = shell("exec yes");
  command.timeout_milliseconds = 50;
  CHECK(!run_command(command));
}

TEST_CASE("closed outputs do not end the time") {
  Command command = shell("exec tail -f /dev/null >/dev/null 2>&1");
  command.timeout_milliseconds = 50;
  CHECK(!run_command(command));
}

TEST_CASE("what a child leaves in the background does not hold us") {
  Command command = shell("tail -f /dev/null & echo $!");
  const auto result = run_command(command);
  REQUIRE(result);
  CHECK(result->exit_code == 0);
  ::kill(static_cast<pid_t>(std::stol(result->standard_output)), SIGKILL);
}

TEST_CASE("a signal is told as 128 and its number") {
  const auto result = run_command(shell("kill -TERM $$"));
  REQUIRE(result);
  CHECK(result->exit_code == 128 + SIGTERM);
}

TEST_CASE("what cannot be started is an error in words") {
  Command command = shell("");
  command.argv = {};
  CHECK(run_command(command).error().message == "the command is empty");
  command.argv = {"no-such-program"};
  CHECK(run_command(command).error().message == "there is no program `no-such-program` in PATH");
  command.argv = {"/no/such/program"};
  CHECK(run_command(command).error().message ==
        "cannot run `/no/such/program`: No such file or directory");
  command.argv = {"sh"};
  command.environment = {};
  CHECK(run_command(command).error().message ==
        "cannot look for `sh`: its environment has no PATH");
}

TEST_CASE("find_in_path takes programs of absolute folders alone") {
  const TemporaryFolder folder;
  DiskFileSystem disk;
  REQUIRE(disk.write(folder / "tool", "#!/bin/sh\n", FileMode::Executable));
  REQUIRE(disk.write(folder / "text", "", FileMode::Plain));
  REQUIRE(disk.make_directories(folder / "folder"));
  CHECK(find_in_path("tool", "/no:" + folder.path()) == folder / "tool");
  CHECK(find_in_path("text", folder.path()) == std::nullopt);
  CHECK(find_in_path("folder", folder.path()) == std::nullopt);
  CHECK(find_in_path("a/tool", folder.path()) == std::nullopt);
  CHECK(find_in_path("", folder.path()) == std::nullopt);
  const WorkingFolder here(folder.path());
  CHECK(find_in_path("tool", ":.:") == std::nullopt);
}

TEST_CASE("process_environment is what env sees") {
  ::setenv("SPACE_BASE_TEST", "a=b", 1);
  CHECK(process_environment().at("SPACE_BASE_TEST") == "a=b");
  ::unsetenv("SPACE_BASE_TEST");
}
