// Reading a journal: what was written comes back, a torn end is dropped, and no other byte can be
// changed, left out or put in without being seen.
#include <cstdint>
#include <cstdlib>
#include <random>

#include <catch2/catch.hpp>

#include "core/base/hash.h"
#include "core/base/strings.h"
#include "runner/journal/read_journal.h"
#include "tests/unit/runner_journal/sample_journal.h"

namespace space::journal {

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
    lines.push_back(text.substr(begin, end + 1 - begin));
    begin = end + 1;
  }
  return lines;
}

// The records, as text again: equal texts are equal records.
std::string again(const Journal& journal) { return test::text_of(journal.records); }

std::size_t flips() { return std::getenv("SPACE_TEST_FULL") != nullptr ? 200'000 : 10'000; }

}  // namespace

TEST_CASE("a journal comes back as it was written") {
  const std::string text = test::text_of(test::sample_records());
  const auto journal = read_journal(text);
  REQUIRE(journal.has_value());
  CHECK(journal->whole_bytes == text.size());
  CHECK(again(*journal) == text);
  CHECK(journal->records[8].reason == "boom \"quoted\"\nand a line, \xe2\x80\xa8 and \x01");
  CHECK(read_journal("")->records.empty());
}

TEST_CASE("of every truncation the tail is dropped, and what is left is the beginning") {
  const std::string text = test::text_of(test::sample_records());
  const auto lines = lines_of(text);
  for (std::size_t length = 0; length <= text.size(); ++length) {
    const auto journal = read_journal(std::string_view(text).substr(0, length));
    REQUIRE(journal.has_value());
    std::string whole;
    for (const std::string& line : lines) {
      if (whole.size() + line.size() > length) break;
      whole += line;
    }
    REQUIRE(journal->whole_bytes == whole.size());
    REQUIRE(again(*journal) == whole);
  }
}

TEST_CASE("a changed byte is refused with its place, or was in the end that is dropped") {
  const std::string text = test::text_of(test::sample_records());
  const auto lines = lines_of(text);
  const std::string without_last = text.substr(0, text.size() - lines.back().size());
  std::mt19937 random(7);
  std::size_t dropped = 0;
  for (std::size_t i = 0; i < flips(); ++i) {
    std::string changed = text;
    const std::size_t at = random() % changed.size();
    changed[at] = static_cast<char>(changed[at] ^ (1U + random() % 255U));
    const auto journal = read_journal(changed);
    if (journal) {
      REQUIRE(at == text.size() - 1);  // its line has no end any more
      REQUIRE(again(*journal) == without_last);
      ++dropped;
      continue;
    }
    std::size_t line = 1, end = lines[0].size();
    while (at >= end) end += lines[line++].size();
    // Where an end of a line is gone or a new one has come, the mistake is in the line itself.
    REQUIRE(journal.error().message.starts_with("line " + std::to_string(line) + ":"));
  }
  CHECK(dropped < flips() / 100);
}

TEST_CASE("a line that is missing, doubled, moved or from another journal is refused") {
  const auto lines = lines_of(test::text_of(test::sample_records()));
  const auto refused = [](const std::vector<std::string>& given) {
    std::string text;
    for (const std::string& line : given) text += line;
    return !read_journal(text).has_value();
  };
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    auto missing = lines, doubled = lines, moved = lines, foreign = lines;
    missing.erase(missing.begin() + static_cast<std::ptrdiff_t>(i));
    CHECK(refused(missing));
    doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(i), lines[i]);
    CHECK(refused(doubled));
    std::swap(moved[i], moved[i + 1]);
    CHECK(refused(moved));
    if (i > 0) {
      foreign[i] = lines_of(test::text_of({test::begun("r9", "x")})).front();
      CHECK(refused(foreign));
    }
  }
}

TEST_CASE("what a newer space wrote is not guessed at") {
  const auto line_of = [](const std::string& body) {
    return "{\"hash\":\"" + base::sha256_hex("\n" + body) + "\"," + body + "\n";
  };
  const std::string known =
      "\"v\":1,\"seq\":1,\"time_ms\":0,\"kind\":\"run-begun\",\"operation\":\"apply\"}";
  REQUIRE(read_journal(line_of(known)).has_value());
  for (const auto& [from, to, words] :
       {std::array<std::string, 3>{"\"v\":1", "\"v\":2", "newer"},
        {"run-begun", "run-paused", "unknown word `run-paused`"},
        {"\"time_ms\"", "\"time_us\"", "unknown field `time_us`"}}) {
    const auto journal = read_journal(line_of(base::replace_all(known, from, to)));
    REQUIRE_FALSE(journal.has_value());
    CHECK(journal.error().message.find(words) != std::string::npos);
  }
}

}  // namespace space::journal
