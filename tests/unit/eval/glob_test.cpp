#include "core/eval/glob.h"

#include <catch2/catch.hpp>

using space::eval::matches_path;

TEST_CASE("a part of a path is matched by a part of a glob, any number of them by `**`") {
  CHECK(matches_path("modules/*", "modules/net"));
  CHECK_FALSE(matches_path("modules/*", "modules"));
  CHECK_FALSE(matches_path("modules/*", "modules/net/deep"));
  CHECK_FALSE(matches_path("modules/*", "other/net"));
  CHECK(matches_path("modules/**", "modules/net"));
  CHECK(matches_path("modules/**", "modules/net/deep"));
  CHECK(matches_path("modules/**", "modules"));
  CHECK(matches_path("**", "modules/net/deep"));
  CHECK(matches_path("**/deep", "modules/net/deep"));
  CHECK(matches_path("**/deep", "deep"));
  CHECK_FALSE(matches_path("**/deep", "modules/net/deeper"));
  CHECK(matches_path("a/**/b/**/c", "a/b/b/x/c"));
  CHECK(matches_path("a/**/b/**/c", "a/x/b/c/y/c"));
  CHECK_FALSE(matches_path("a/**/b/**/c", "a/x/c/b"));
  CHECK_FALSE(matches_path("a/**/b", "a"));
}

TEST_CASE("alternatives stand in braces, also of several parts") {
  CHECK(matches_path("acme/{net,store}/null", "acme/store/null"));
  CHECK(matches_path("{acme/net,other}/null", "acme/net/null"));
  CHECK_FALSE(matches_path("acme/{net,store}/null", "acme/disk/null"));
}

TEST_CASE("an address is a path: its scheme and its folder inside have empty parts") {
  const char* address = "git::https://example.org/acme/infra.git//net";
  CHECK(matches_path("git::https://example.org/acme/**", address));
  CHECK(matches_path("git::https://example.org/acme/*.git//net", address));
  CHECK_FALSE(matches_path("git::https://example.org/acme/*", address));
  CHECK_FALSE(matches_path("git::https://example.org/else/**", address));
  CHECK_FALSE(matches_path("", address));
}
