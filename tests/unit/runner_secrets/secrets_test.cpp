#include <catch2/catch.hpp>

#include "runner/secrets/secret_store.h"

namespace space::secrets {

TEST_CASE("a secret is scrubbed in every form that it is printed in") {
  Scrubber scrubber;
  scrubber.add("p\"w<d> &/x");
  CHECK(scrubber.scrub("say p\"w<d> &/x!") == "say (secret)!");
  const std::string clean = "{\"a\":\"(secret)\"}";
  CHECK(scrubber.scrub("{\"a\":\"p\\\"w<d> &/x\"}") == clean);
  CHECK(scrubber.scrub("{\"a\":\"p\\\"w\\u003cd\\u003e \\u0026/x\"}") == clean);
  CHECK(scrubber.scrub("?q=p%22w%3Cd%3E%20%26%2Fx&") == "?q=(secret)&");
  CHECK(scrubber.scrub("Basic cCJ3PGQ+ICYveA==") != "Basic cCJ3PGQ+ICYveA==");
  CHECK(scrubber.scrub("nothing here") == "nothing here");
}

TEST_CASE(
    "the longest form goes first, short values are left, lines of a key are found one by one") {
  Scrubber scrubber;
  scrubber.add("abcdef");
  scrubber.add("abcdefgh");
  scrubber.add("on");
  scrubber.add("-----BEGIN-----\nMIIEvQIBADANBg\n-----END-----");
  CHECK(scrubber.scrub("abcdefgh abcdef on") == "(secret) (secret) on");
  CHECK(scrubber.scrub("| MIIEvQIBADANBg |") == "| (secret) |");
}

TEST_CASE("a large value is known whole and by its first lines, as text and as JSON") {
  Scrubber scrubber;
  std::string large;
  for (int i = 0; i < 5000; ++i) large += "line \"number\" " + std::to_string(10'000 + i) + "\n";
  scrubber.add(large);
  CHECK(scrubber.scrub("<" + large + ">") == "<(secret)>");
  CHECK(scrubber.scrub("> line \"number\" 10007 <") == "> (secret) <");
  CHECK(scrubber.scrub("{\"a\":\"line \\\"number\\\" 10007\"}") == "{\"a\":\"(secret)\"}");
  CHECK(scrubber.scrub("other text") == "other text");
}

TEST_CASE("a secret is fetched once, from where the run plan says") {
  base::MemoryFileSystem files;
  files.add("/p/keys/a", "from-file\n");
  int calls = 0;
  Scrubber scrubber;
  SecretStore store({{{"TOKEN", "from-env"}},
                     "/p",
                     &files,
                     [&](const base::Command& command) -> base::Result<base::CommandResult> {
                       ++calls;
                       CHECK(command.argv == std::vector<std::string>{"pass", "x"});
                       return base::CommandResult{0, "from-command\r\n", ""};
                     }},
                    scrubber);
  runplan::Flight flight;
  flight.id = "e/s/m";
  flight.secrets = {{"c", runplan::Secret::Method::Command, {"pass", "x"}, false},
                    {"e", runplan::Secret::Method::Env, {"TOKEN"}, false},
                    {"f", runplan::Secret::Method::File, {"keys/a"}, false},
                    {"gone", runplan::Secret::Method::File, {"keys/b"}, false}};
  CHECK(store.get(flight, "c").value() == "from-command");
  CHECK(store.get(flight, "c").value() == "from-command");
  CHECK(calls == 1);
  CHECK(store.get(flight, "e").value() == "from-env");
  CHECK(store.get(flight, "f").value() == "from-file");
  CHECK_FALSE(store.get(flight, "gone").has_value());
  CHECK_FALSE(store.get(flight, "other").has_value());
  CHECK(scrubber.scrub("from-env from-file from-command") == "(secret) (secret) (secret)");
}

TEST_CASE("a command that fails gives no secret") {
  Scrubber scrubber;
  SecretStore store({{},
                     "/p",
                     nullptr,
                     [](const base::Command&) -> base::Result<base::CommandResult> {
                       return base::CommandResult{3, "half", ""};
                     }},
                    scrubber);
  runplan::Flight flight;
  flight.secrets = {{"c", runplan::Secret::Method::Command, {"pass"}, false}};
  const auto value = store.get(flight, "c");
  REQUIRE_FALSE(value.has_value());
  CHECK(value.error().message.find("exit code 3") != std::string::npos);
}

TEST_CASE("HMAC-SHA-256 as RFC 4231 has it") {
  CHECK(hmac_sha256_hex("Jefe", "what do ya want for nothing?") ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(random_hex(32).size() == 64);
  CHECK(random_hex(32) != random_hex(32));
}

}  // namespace space::secrets
