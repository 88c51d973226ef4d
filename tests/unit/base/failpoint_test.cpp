#include "core/base/failpoint.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include <catch2/catch.hpp>

namespace space::base {

#ifdef SPACE_FAILPOINTS

namespace {

class Setting {
 public:
  explicit Setting(const char* text) { ::setenv("SPACE_FAILPOINT", text, 1); }
  ~Setting() { ::unsetenv("SPACE_FAILPOINT"); }
  Setting(const Setting&) = delete;
  Setting& operator=(const Setting&) = delete;
};

}  // namespace

TEST_CASE("a failpoint does nothing where it is not named") {
  CHECK_FALSE(failpoint("file.rename", "a/b"));
  CHECK(failpoint_variable().empty());
  const Setting setting("file.rename@b:eio");
  CHECK_FALSE(failpoint("file.renamed", "a/b"));
  CHECK_FALSE(failpoint("file.rename", "a/c"));
  killpoint("file.renamed", "a/b");
}

TEST_CASE("a failpoint that is named refuses as the system would") {
  const Setting setting("one:eio,file.rename@b:enospc");
  errno = 0;
  CHECK(failpoint("file.rename", "a/b"));
  CHECK(errno == ENOSPC);
  CHECK(failpoint("one"));
  CHECK(errno == EIO);
  CHECK(failpoint_variable() == "SPACE_FAILPOINT=one:eio,file.rename@b:enospc");
}

TEST_CASE("a failpoint kills") {
  const Setting setting("here:kill");
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    killpoint("elsewhere");
    killpoint("here");
    ::_exit(0);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGKILL);
}

#else

static_assert(!failpoint("any", "thing"));

#endif

}  // namespace space::base
