// The servers of a laptop's sandbox: an S3 emulator with DynamoDB (moto, in Python) and PostgreSQL,
// both on 127.0.0.1 alone, one of each a user. In: the folder that is theirs, ports, what to make
// in them. Out: where they answer. Up is idempotent: what runs is left as it is, what is there is
// not made again. Nothing is installed: what is missing is an Error whose help is the command that
// installs it. A server is known to run by the lock that it keeps open, so no process is ever
// mistaken for another.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/base/filesystem.h"
#include "core/base/process.h"
#include "core/base/result.h"
#include "runner/process/command_runner.h"

namespace space::sandbox {

struct Tools {
  base::FileSystem& files;
  process::CommandRunner& processes;
  std::function<base::Result<base::CommandResult>(const base::Command&)> run;
  std::map<std::string, std::string> environment;
  std::string folder;  // absolute; made where it is not there
};

struct Seeds {
  std::uint16_t port = 0;
  std::vector<std::string> names;  // buckets, databases
};

// Credentials that mean nothing elsewhere.
inline constexpr const char* k_user = "space";
inline constexpr const char* k_lock_table = "locks";

enum class Was : std::uint8_t { Up, Down };

base::Result<Was> s3_up(const Seeds& seeds, const Tools& tools);
base::Result<Was> s3_down(const Tools& tools);

base::Result<Was> postgres_up(const Seeds& seeds, const Tools& tools);
base::Result<Was> postgres_down(const Tools& tools);

// What a server keeps on the disk; it must be down.
base::Status postgres_purge(const Tools& tools);

// The last lines of a server's own log, for people.
std::string last_words(const std::string& log, const base::FileSystem& files);

}  // namespace space::sandbox
