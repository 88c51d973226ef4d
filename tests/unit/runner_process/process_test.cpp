#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <map>

#include <catch2/catch.hpp>

#include "core/base/filesystem.h"
#include "core/base/strings.h"
#include "runner/process/command_runner.h"
#include "runner/process/exit_file.h"
#include "runner/process/flight_lock.h"
#include "tests/temporary_folder.h"

namespace space::process {

namespace {

using test::TemporaryFolder;

Launch shell(const TemporaryFolder& folder, const std::string& script,
             const std::string& name = "x") {
  Launch launch;
  launch.argv = {"/bin/sh", "-c", script};
  launch.environment = {{"ONLY", "this"}};
  launch.folder = "/";
  launch.output_file = folder.path(name + ".out");
  launch.error_file = folder.path(name + ".err");
  return launch;
}

Exit run(CommandRunner& runner, const Launch& launch) {
  const auto job = runner.start(launch);
  REQUIRE(job.has_value());
  for (;;) {
    const Event event = runner.wait(1000);
    if (event.kind == Event::Kind::Exited && event.job == *job) return event.exit;
  }
}

}  // namespace

TEST_CASE("a thousand runners leave no descriptor and no zombie") {
  const TemporaryFolder folder;
  const auto descriptors = [] {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                         std::filesystem::directory_iterator());
  };
  const auto run_one = [&folder](int number) {
    const auto runner = make_process_runner();
    Launch launch = shell(folder, "", std::to_string(number));
    launch.argv = {number % 10 == 0 ? "/nowhere/true" : "/bin/true"};
    if (number % 10 == 0) {
      CHECK_FALSE(runner->start(launch).has_value());
    } else if (number % 10 != 1) {  // one is left while its child may run still
      CHECK(run(*runner, launch).is_clean());
    } else {
      CHECK(runner->start(launch).has_value());
    }
  };
  run_one(0);
  const auto before = descriptors();
  for (int number = 1; number <= 1000; ++number) run_one(number);
  CHECK(descriptors() == before);
  // Those that were left have ended by now or do so at once.
  int left = 0;
  while (::waitpid(-1, nullptr, 0) > 0) ++left;
  CHECK(left <= 100);
  CHECK(errno == ECHILD);
}

TEST_CASE("a child has files, a closed input, its own session and the given environment alone") {
  const TemporaryFolder folder;
  const auto runner = make_process_runner();
  const Exit exit = run(
      *runner,
      shell(folder,
            "env | sort; cat; pwd; echo bad >&2; cut -d' ' -f6 /proc/$$/stat; echo $$; exit 7"));
  CHECK(exit.recorded);
  CHECK(exit.code == 7);
  CHECK_FALSE(exit.is_clean());
  CHECK(folder.read("x.err") == "bad\n");
  const std::string out = folder.read("x.out");
  CHECK(out.find("ONLY=this") != std::string::npos);
  CHECK(out.find("HOME=") == std::string::npos);
  const auto lines = base::split(base::trim(out), '\n');
  REQUIRE(lines.size() >= 3);
  CHECK(lines[lines.size() - 3] == "/");
  CHECK(lines[lines.size() - 2] == lines.back());  // it leads its session
  CHECK(base::DiskFileSystem().stat(folder.path("x.out")).mode == 0600);
}

TEST_CASE("output files are made new") {
  const TemporaryFolder folder;
  const auto runner = make_process_runner();
  CHECK(run(*runner, shell(folder, "true")).is_clean());
  CHECK_FALSE(runner->start(shell(folder, "true")).has_value());
}

TEST_CASE("what cannot be started is an error, and the runner goes on") {
  const TemporaryFolder folder;
  const auto runner = make_process_runner();
  Launch launch = shell(folder, "true", "a");
  launch.argv[0] = "/nowhere/program";
  CHECK_FALSE(runner->start(launch).has_value());
  CHECK(run(*runner, shell(folder, "true", "b")).is_clean());
}

TEST_CASE("many children, each end told once") {
  const TemporaryFolder folder;
  const auto runner = make_process_runner();
  std::map<std::size_t, int> codes;
  for (int i = 0; i < 40; ++i)
    codes[*runner->start(shell(folder, "exit " + std::to_string(i), std::to_string(i)))] = i;
  while (!codes.empty()) {
    const Event event = runner->wait(1000);
    if (event.kind != Event::Kind::Exited) continue;
    REQUIRE(codes.count(event.job) == 1);
    CHECK(event.exit.code == codes[event.job]);
    codes.erase(event.job);
  }
}

TEST_CASE("a wait ends in time, however long ago the last one was") {
  const TemporaryFolder folder;
  const auto runner = make_process_runner();
  const auto job = runner->start(
      shell(folder, "while [ ! -e " + folder.path("go") + " ]; do sleep 0.05; done; exit 0"));
  REQUIRE(job.has_value());
  ::usleep(20'000);  // the loop's own time is now older than the patience of the next wait
  for (int i = 0; i < 20; ++i) CHECK(runner->wait(5).kind == Event::Kind::Tick);
  REQUIRE(base::DiskFileSystem().write(folder.path("go"), "", base::FileMode::Plain));
  while (runner->wait(1000).kind != Event::Kind::Exited) {
  }
}

TEST_CASE("an interrupt is sent once") {
  const TemporaryFolder folder;
  const auto runner = make_process_runner();
  // It goes on until it is told to: no end of its own may come before the interrupts.
  const auto job = runner->start(
      shell(folder, "trap 'n=$((n+1)); echo caught $n' INT; echo ready; while [ ! -e " +
                        folder.path("go") + " ]; do sleep 0.05; done; exit 0"));
  REQUIRE(job.has_value());
  const auto wait_for = [&](const std::string& word) {
    while (folder.read("x.out").find(word) == std::string::npos)
      REQUIRE(runner->wait(5).kind != Event::Kind::Exited);
  };
  wait_for("ready");
  for (int i = 0; i < 3; ++i) runner->interrupt(*job);
  wait_for("caught 1");
  REQUIRE(base::DiskFileSystem().write(folder.path("go"), "", base::FileMode::Plain));
  while (runner->wait(1000).kind != Event::Kind::Exited) {
  }
  const std::string out = folder.read("x.out");
  CHECK(out.find("caught 1") != std::string::npos);
  CHECK(out.find("caught 2") == std::string::npos);
  runner->interrupt(*job);  // it is gone: nothing happens
}

TEST_CASE("an interrupt is an event while the runner lives, and nothing behind it") {
  {
    const auto runner = make_process_runner();
    REQUIRE(::raise(SIGINT) == 0);
    CHECK(runner->wait(1000).kind == Event::Kind::Interrupt);
  }
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    CHECK(::raise(number) == 0);  // would end this program
    std::signal(number, SIG_DFL);
  }
}

TEST_CASE("a lock is held by one, told to others, and kept by children") {
  const TemporaryFolder folder;
  const auto runner = make_process_runner();
  FlightLock first(folder.path("lock"));
  REQUIRE(first.try_lock("run-1").value() == LockState::Held);
  CHECK(first.try_lock("run-1").value() == LockState::Held);
  FlightLock second(folder.path("lock"));
  REQUIRE(second.try_lock("run-2").value() == LockState::Busy);
  CHECK(second.holder().pid == getpid());
  CHECK(second.holder().run == "run-1");

  Launch launch = shell(folder, "while [ ! -e " + folder.path("go") + " ]; do sleep 0.02; done");
  launch.held_lock = first.descriptor();
  const auto job = runner->start(launch);
  REQUIRE(job.has_value());
  first.release();
  CHECK(second.try_lock("run-2").value() != LockState::Held);
  REQUIRE(base::DiskFileSystem().write(folder.path("go"), "", base::FileMode::Plain).has_value());
  while (runner->wait(1000).kind != Event::Kind::Exited) {
  }
  CHECK(second.try_lock("run-2").value() == LockState::Held);
}

TEST_CASE("a lock whose taker is gone is orphaned, not busy") {
  const TemporaryFolder folder;
  FlightLock first(folder.path("lock"));
  REQUIRE(first.try_lock("run-1").value() == LockState::Held);
  for (const char* text : {"", "garbage", R"({"pid":999999999,"started":"1","run":"x"})",
                           R"({"pid":1,"started":"not it","run":"x"})"}) {
    REQUIRE(base::DiskFileSystem().stat(folder.path("lock")).kind == base::FileKind::Regular);
    const int file = ::open(folder.path("lock").c_str(), O_WRONLY | O_TRUNC);
    REQUIRE(::write(file, text, std::string(text).size()) >= 0);
    ::close(file);
    FlightLock second(folder.path("lock"));
    CHECK(second.try_lock("run-2").value() == LockState::Orphaned);
  }
}

TEST_CASE("an exit record is whole or nothing") {
  const TemporaryFolder folder;
  base::DiskFileSystem files;
  const auto read = [&](const std::string& text) {
    REQUIRE(files.write(folder.path("exit.json"), text, base::FileMode::Private).has_value());
    return read_exit_file(folder.path("exit.json"));
  };
  CHECK(read("{\"exit_code\":0,\"ended_ms\":1}\n").is_clean());
  CHECK(read("{\"exit_code\":3}\n").code == 3);
  CHECK(read("{\"signal\":9}\n").signal == 9);
  CHECK_FALSE(read("{\"signal\":9}\n").is_clean());
  for (const char* bad :
       {"", "{}", "{\"exit_code\":", "{\"exit_code\":\"0\"}", "null", "{\"exit_code\":0} x"})
    CHECK_FALSE(read(bad).recorded);
  CHECK_FALSE(read_exit_file(folder.path("none.json")).recorded);
}

}  // namespace space::process
