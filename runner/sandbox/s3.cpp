#include <signal.h>
#include <unistd.h>

#include <charconv>
#include <optional>

#include "core/base/strings.h"
#include "runner/process/flight_lock.h"
#include "runner/sandbox/servers.h"

namespace space::sandbox {

namespace {

constexpr std::int64_t k_patience_milliseconds = 60'000;
constexpr std::int64_t k_look_again_milliseconds = 20;
constexpr int k_looks_before_kill = 500;

// It notes its own process: whoever holds the lock has written it.
constexpr const char* k_serve = R"(import os, sys
with open(sys.argv[1], "w") as file:
    file.write(str(os.getpid()))
from moto.server import main
main(["-H", "127.0.0.1", "-p", sys.argv[2]])
)";

constexpr const char* k_seed = R"(import sys, time, urllib.request
import boto3, botocore.exceptions
url, table, buckets = sys.argv[1], sys.argv[2], sys.argv[3:]
for attempt in range(400):
    try:
        urllib.request.urlopen(url + "/moto-api/", timeout=5).close()
        break
    except OSError:
        time.sleep(0.1)
else:
    sys.exit("it does not answer")
more = dict(endpoint_url=url, region_name="us-east-1", aws_access_key_id="space", aws_secret_access_key="space")
s3, dynamodb = boto3.client("s3", **more), boto3.client("dynamodb", **more)
there = {it["Name"] for it in s3.list_buckets()["Buckets"]}
for name in buckets:
    if name not in there:
        s3.create_bucket(Bucket=name)
if table not in dynamodb.list_tables()["TableNames"]:
    dynamodb.create_table(TableName=table, BillingMode="PAY_PER_REQUEST",
                          KeySchema=[{"AttributeName": "LockID", "KeyType": "HASH"}],
                          AttributeDefinitions=[{"AttributeName": "LockID", "AttributeType": "S"}])
)";

class S3 {
 public:
  explicit S3(const Tools& tools)
      : tools_(tools),
        folder_(base::join_path(tools.folder, "s3")),
        lock_(base::join_path(folder_, "lock")) {}

  base::Result<Was> up(const Seeds& seeds) {
    SPACE_TRY(const std::string python, find_python());
    SPACE_TRY_STATUS(tools_.files.make_directories(folder_));
    SPACE_TRY(const Was was, look());
    const std::string port = std::to_string(seeds.port);
    if (was == Was::Down) {
      SPACE_TRY_STATUS(start(python, port));
    } else if (const auto known = tools_.files.read(in("port")); !known || *known != port) {
      return base::Error{
          "the S3 emulator is up at port " + (known ? *known : "?") + ", not " + port,
          "`space sandbox down` ends it"};
    }
    SPACE_TRY_STATUS(seed(python, port, seeds.names));
    lock_.release();  // the server alone holds it now
    SPACE_TRY(const Was is, look());
    if (is == Was::Down) return failed("it has ended by itself");
    return was;
  }

  base::Result<Was> down() {
    if (tools_.files.stat(folder_).kind == base::FileKind::Missing) return Was::Down;
    SPACE_TRY(const Was was, look());
    if (was == Was::Down) return was;
    int process = 0;
    const auto text = tools_.files.read(in("process"));
    const bool is_number =
        text &&
        std::from_chars(text->data(), text->data() + text->size(), process).ec == std::errc();
    if (!is_number || process <= 1)
      return base::Error{"`" + in("process") + "` does not say which process the S3 emulator is",
                         ""};
    ::kill(process, SIGTERM);
    for (int looks = 0; was_up(); ++looks) {
      if (looks == k_looks_before_kill) ::kill(process, SIGKILL);
      if (looks == 2 * k_looks_before_kill) return base::Error{"the S3 emulator does not end", ""};
      tools_.processes.wait(k_look_again_milliseconds);
    }
    return was;
  }

 private:
  std::string in(const char* name) const { return base::join_path(folder_, name); }

  // Up: another process, which is the server, holds the lock. Down: we do, now.
  base::Result<Was> look() {
    SPACE_TRY(const process::LockState state, lock_.try_lock("sandbox"));
    if (state == process::LockState::Held) return Was::Down;
    // What we have started and let go of: the lock still names us.
    const bool is_of_us = lock_.holder().pid == ::getpid();
    if (state == process::LockState::Orphaned || is_of_us) return Was::Up;
    return base::Error{
        "another `space sandbox` is at work, process " + std::to_string(lock_.holder().pid),
        "wait until it has ended"};
  }

  bool was_up() {
    const auto state = lock_.try_lock("sandbox");
    return state && *state != process::LockState::Held;
  }

  base::Result<std::string> find_python() const {
    const std::string own = base::join_path(tools_.folder, "moto");
    std::vector<std::string> candidates{base::join_path(own, "bin/python")};
    const auto path = tools_.environment.find("PATH");
    if (path != tools_.environment.end()) {
      if (auto found = base::find_in_path("python3", path->second)) candidates.push_back(*found);
    }
    for (const std::string& python : candidates) {
      if (!tools_.files.is_executable(python)) continue;
      const auto asked = ask(python, {"-c", "import moto.server, boto3"});
      if (asked && asked->exit_code == 0) return python;
    }
    return base::Error{"the S3 emulator, moto, is not here",
                       "this installs it: python3 -m venv " + own + " && " + own +
                           "/bin/pip install 'moto[server,s3,dynamodb]'"};
  }

  base::Result<base::CommandResult> ask(const std::string& python,
                                        const std::vector<std::string>& words) const {
    base::Command command;
    command.argv = {python};
    command.argv.insert(command.argv.end(), words.begin(), words.end());
    command.environment = tools_.environment;
    command.folder = "/";
    command.timeout_milliseconds = k_patience_milliseconds;
    return tools_.run(command);
  }

  base::Status start(const std::string& python, const std::string& port) {
    for (const char* name : {"out", "log", "process"}) (void)tools_.files.remove(in(name));
    SPACE_TRY_STATUS(tools_.files.write(in("port"), port, base::FileMode::Private));
    process::Launch launch;
    launch.argv = {python, "-c", k_serve, in("process"), port};
    launch.environment = tools_.environment;
    launch.folder = "/";
    launch.output_file = in("out");
    launch.error_file = in("log");
    launch.held_lock = lock_.descriptor();
    const auto started = tools_.processes.start(launch);
    if (!started) return started.error();
    return base::Done{};
  }

  base::Status seed(const std::string& python, const std::string& port,
                    const std::vector<std::string>& buckets) const {
    std::vector<std::string> words{"-c", k_seed, "http://127.0.0.1:" + port, k_lock_table};
    words.insert(words.end(), buckets.begin(), buckets.end());
    SPACE_TRY(const base::CommandResult done, ask(python, words));
    if (done.exit_code != 0) return failed(std::string(base::trim(done.standard_error)));
    return base::Done{};
  }

  base::Error failed(const std::string& why) const {
    const std::string said = last_words(in("log"), tools_.files);
    return {"the S3 emulator cannot be used: " + why, said.empty() ? "" : "it said last: " + said};
  }

  const Tools& tools_;
  std::string folder_;
  process::FlightLock lock_;
};

}  // namespace

base::Result<Was> s3_up(const Seeds& seeds, const Tools& tools) { return S3(tools).up(seeds); }
base::Result<Was> s3_down(const Tools& tools) { return S3(tools).down(); }

std::string last_words(const std::string& log, const base::FileSystem& files) {
  constexpr std::size_t k_most = 500;
  const auto text = files.read(log);
  if (!text) return "";
  const std::string_view words = base::trim(*text);
  return std::string(words.substr(words.size() > k_most ? words.size() - k_most : 0));
}

}  // namespace space::sandbox
