#include "runner/tofu/release.h"

#include <catch2/catch.hpp>

#include "runner/tofu/download.h"
#include "runner/tofu/signature.h"

namespace space::tofu {

namespace {

const std::string k_digest(64, 'a');
const std::string k_other(64, 'b');
const std::string k_fingerprint(40, 'F');

std::string status(const std::string& lines) {
  std::string text;
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = lines.find('\n', at);
    text += "[GNUPG:] " + lines.substr(at, end - at) + "\n";
    at = end + 1;
  }
  return text;
}

std::string valid(const std::string& primary) {
  return "VALIDSIG " + std::string(40, 'E') + " 2026-01-01 1 0 4 0 1 10 00 " + primary + "\n";
}

base::Status judged(const std::string& lines, int exit_code = 0) {
  return judge_signature({exit_code, status(lines), ""}, k_fingerprint);
}

}  // namespace

TEST_CASE("the release key that is compiled in can be read") {
  const auto trust = official_trust();
  REQUIRE(trust.has_value());
  CHECK(trust->key.size() > 1000);
  CHECK(trust->fingerprint.size() == 40);
  for (const PinnedArchive& pin : trust->pins) {
    INFO(pin.name);
    CHECK(digest_in(pin.sha256 + "  " + pin.name + "\n", pin.name).value() == pin.sha256);
  }
}

TEST_CASE("an armored key is whole or none") {
  const std::string good =
      "-----BEGIN PGP PUBLIC KEY BLOCK-----\nComment: x\n\nYWJj\n=uh84\n"
      "-----END PGP PUBLIC KEY BLOCK-----\n";
  const std::size_t sum = good.find("=uh84");
  // CRC-24 of "abc" is BA1C7B.
  std::string text = good;
  text.replace(sum, 5, "=uhx7");
  CHECK(read_armor(text).value() == "abc");
  CHECK_FALSE(read_armor(good).has_value());
  CHECK_FALSE(read_armor(text.substr(0, text.size() - 10)).has_value());
  CHECK_FALSE(read_armor("").has_value());
  CHECK_FALSE(read_armor("abc").has_value());
}

TEST_CASE("a checksum file names an archive once") {
  const std::string line = k_digest + "  tofu.zip\n";
  CHECK(digest_in("x\n" + k_other + "  other.zip\n" + line, "tofu.zip").value() == k_digest);
  CHECK_FALSE(digest_in(line + k_other + "  tofu.zip\n", "tofu.zip").has_value());
  CHECK_FALSE(digest_in(line + line, "tofu.zip").has_value());
  CHECK_FALSE(digest_in("", "tofu.zip").has_value());
  CHECK_FALSE(digest_in(k_digest + "  a/tofu.zip\n", "tofu.zip").has_value());
  CHECK_FALSE(digest_in(k_digest.substr(1) + "g  tofu.zip\n", "tofu.zip").has_value());
  CHECK_FALSE(digest_in(k_digest.substr(1) + "  tofu.zip\n", "tofu.zip").has_value());
}

TEST_CASE("a version goes into addresses and paths") {
  CHECK(release_names("1.12.6", "linux_amd64").value().archive == "tofu_1.12.6_linux_amd64.zip");
  CHECK(release_names("1.13.0-rc1", "x").value().folder == "v1.13.0-rc1");
  for (const char* bad : {"", "../1", ".1", "1/2", "1 2", "1.12.6\n", "1%2e", "A"})
    CHECK_FALSE(release_names(bad, "x").has_value());
}

TEST_CASE("the setting names an address or a folder") {
  const auto page = [](const std::string& value) {
    return release_page({{k_releases_setting, value}});
  };
  CHECK(release_page({}).value().base.starts_with("https://github.com/opentofu/"));
  CHECK(page("").value().other_hosts.size() == 2);
  CHECK(page("https://mirror.example/tofu//").value().base == "https://mirror.example/tofu");
  CHECK(page("https://mirror.example/tofu").value().other_hosts.empty());
  CHECK(page("/srv/tofu").value().base == "/srv/tofu");
  for (const char* bad :
       {"mirror", "ftp://x", "file:///x", "https://u@x/", "https://x/?a", "https://x y"})
    CHECK_FALSE(page(bad).has_value());
}

TEST_CASE("a page sends us on to itself and to hosts it may name") {
  const ReleasePage page{"https://a.example/x", {"b.example"}};
  const std::string from = "https://a.example/x/f";
  CHECK(may_follow(page, from, "https://a.example/y"));
  CHECK(may_follow(page, from, "https://b.example/y?z"));
  for (const char* bad :
       {"https://c.example/y", "http://a.example/y", "http://b.example/y", "https://a.example:1/y",
        "https://a.example@c.example/y", "https://b.example.c.example/y", "ftp://a.example/y",
        "file:///etc/passwd", "/y", "", "https://c.example\\@b.example/"})
    CHECK_FALSE(may_follow(page, from, bad));
}

TEST_CASE("what gpgv reports is judged whole") {
  const std::string good = "NEWSIG\nGOODSIG X\n" + valid(k_fingerprint);
  CHECK(judged(good).has_value());
  CHECK_FALSE(judged(good, 1).has_value());
  CHECK_FALSE(judged("").has_value());
  CHECK_FALSE(judged("NEWSIG\nGOODSIG X\n").has_value());
  CHECK_FALSE(judged("NEWSIG\n" + valid(std::string(40, 'A'))).has_value());
  CHECK_FALSE(judged(good + good).has_value());
  CHECK_FALSE(judged(good + valid(k_fingerprint)).has_value());
  for (const char* word :
       {"BADSIG X", "ERRSIG X", "EXPSIG X", "EXPKEYSIG X", "REVKEYSIG X", "NODATA 4"})
    CHECK_FALSE(judged(good + word + "\n").has_value());
  // What a person is shown decides nothing.
  CHECK_FALSE(judge_signature({0, "Good signature", "Good signature"}, k_fingerprint).has_value());
}

}  // namespace space::tofu
