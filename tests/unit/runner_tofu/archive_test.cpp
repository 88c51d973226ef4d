#include "runner/tofu/archive.h"

#include <zlib.h>

#include <random>

#include <catch2/catch.hpp>

namespace space::tofu {

namespace {

void put(std::string& text, std::size_t value, int size) {
  for (int i = 0; i < size; ++i) text += static_cast<char>(value >> (8 * i) & 0xFFU);
}

struct Entry {
  std::string name, bytes;
  std::size_t mode = 0100755;
};

// What Go's archive/zip makes of stored members, without its extra fields.
std::string zip_of(const std::vector<Entry>& entries) {
  std::string body, directory;
  for (const Entry& entry : entries) {
    const std::size_t local = body.size();
    const auto crc = ::crc32(0, reinterpret_cast<const Bytef*>(entry.bytes.data()),
                             static_cast<uInt>(entry.bytes.size()));
    const auto common = [&](std::string& to) {
      put(to, 20, 2);  // version, flags, method, time, date
      put(to, 0, 8);
      put(to, crc, 4);
      put(to, entry.bytes.size(), 4);
      put(to, entry.bytes.size(), 4);
      put(to, entry.name.size(), 2);
      put(to, 0, 2);
    };
    put(body, 0x04034b50, 4);
    common(body);
    body += entry.name + entry.bytes;
    put(directory, 0x02014b50, 4);
    put(directory, 0x0314, 2);
    common(directory);
    put(directory, 0, 6);
    put(directory, entry.mode << 16U, 4);
    put(directory, local, 4);
    directory += entry.name;
  }
  std::string all = body + directory;
  put(all, 0x06054b50, 4);
  put(all, 0, 4);
  put(all, entries.size(), 2);
  put(all, entries.size(), 2);
  put(all, directory.size(), 4);
  put(all, body.size(), 4);
  put(all, 0, 2);
  return all;
}

const Entry k_tofu{"tofu", "program"};

}  // namespace

TEST_CASE("the program of an archive as a release has it") {
  const std::string plain = zip_of({{"CHANGELOG.md", "c", 0100644},
                                    {"LICENSE", "l", 0100644},
                                    {"README.md", "r", 0100644},
                                    k_tofu});
  CHECK(program_in(plain).value() == "program");
  CHECK(program_in(zip_of({k_tofu})).value() == "program");
}

TEST_CASE("an archive with anything else is refused") {
  const std::vector<std::vector<Entry>> bad{
      {},
      {{"LICENSE", "l"}},
      {{"tofu", ""}},
      {{"../tofu", "p"}},
      {{"/tofu", "p"}},
      {{"./tofu", "p"}},
      {{"bin/tofu", "p"}},
      {{"tofu.exe", "p"}},
      {{"TOFU", "p"}},
      {k_tofu, {"../evil", "p"}},
      {k_tofu, {"evil", "p"}},
      {k_tofu, k_tofu},
      {k_tofu, {"LICENSE", "a"}, {"LICENSE", "b"}},
      {{"tofu", "/bin/sh", 0120777}},
      {{"tofu", "p", 0040755}},
      {k_tofu, {"README.md", "/etc/passwd", 0120777}},
      {{std::string("tofu\0x", 6), "p"}},
  };
  for (const auto& entries : bad) {
    INFO((entries.empty() ? "empty" : entries.back().name));
    CHECK_FALSE(program_in(zip_of(entries)).has_value());
  }
}

TEST_CASE("no byte of an archive may be another, nor any missing or more") {
  const std::string good = zip_of({{"LICENSE", "text", 0100644}, k_tofu});
  REQUIRE(program_in(good).has_value());
  for (std::size_t size = 0; size < good.size(); ++size) {
    INFO(size);
    CHECK_FALSE(program_in(good.substr(0, size)).has_value());
  }
  CHECK_FALSE(program_in(good + "x").has_value());
  CHECK_FALSE(program_in("x" + good).has_value());
  std::mt19937 random(7);
  for (int i = 0; i < 20'000; ++i) {
    std::string changed = good;
    changed[random() % changed.size()] = static_cast<char>(random());
    const auto program = program_in(changed);
    if (program) CHECK(*program == "program");  // a date, or the licence's text
  }
}

}  // namespace space::tofu
