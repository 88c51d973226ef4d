// Losslessness, over texts made by cutting and joining legal ones in every place.
#include <cstdint>

#include <catch2/catch.hpp>

#include "tests/unit/syntax/support.h"

namespace space::syntax::test {
namespace {

const std::string k_text =
    "/// doc\n"
    "mission \"a\" b {\r\n"
    "  x = [for k, v in m : \"${k ? 1 : -v}\" if !v] # c\n"
    "  y = { a = 1, \"b\" : f(1, 2...)[*].c, (d) = <<-E\n"
    "    t %{ if a ~}u%{ else }${v}%{ endif }\n"
    "    E\n"
    "  }\n"
    "  o { t = any } /* e */\n"
    "}\n"
    "z = { for k, v in p::q() : k => v... if a.b[0] >= 1.5e3 }\n";

void check(const std::string& text, Entry entry) {
  const Parsed parsed = parse_text(text, entry);
  if (parsed.leaves == text && parsed.well_formed)
    return;  // thousands of cases: assert what fails alone
  INFO(text << "\n" << parsed.tree);
  CHECK(parsed.leaves == text);
  CHECK(parsed.well_formed);
}

TEST_CASE("the text itself is legal") {
  CHECK(parse_text(k_text).faults == std::vector<std::string>{});
}

TEST_CASE("every beginning, every end, every hole") {
  for (std::size_t i = 0; i <= k_text.size(); ++i) {
    for (const Entry entry : {Entry::File, Entry::Expression, Entry::Template}) {
      check(k_text.substr(0, i), entry);
      check(k_text.substr(i), entry);
    }
    for (std::size_t size = 1; size < 8; ++size) {
      std::string hole = k_text;
      hole.erase(i, size);
      check(hole, Entry::File);
    }
  }
}

TEST_CASE("every byte and every bracket in every place") {
  for (std::size_t i = 0; i <= k_text.size(); ++i) {
    for (const std::string piece :
         {"{", "}",  "(",     ")", "[", "]", "\"", "${", "%{", "~}",  "\n",   "\r",  "\\",
          "#", "/*", "<<E\n", ",", ".", "=", "=>", "?",  ":",  "...", "for ", "\xFF"}) {
      std::string text = k_text;
      text.insert(i, piece);
      check(text, Entry::File);
    }
    std::string nul = k_text;
    nul.insert(i, 1, '\0');
    check(nul, Entry::File);
  }
}

TEST_CASE("shuffled pieces") {
  std::uint64_t state = 7;
  const auto next = [&state](std::uint64_t bound) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (state >> 33) % bound;
  };
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    while (text.size() < 200) {
      const std::size_t at = next(k_text.size());
      text += k_text.substr(at, 1 + next(12));
    }
    check(text, Entry::File);
  }
}

}  // namespace
}  // namespace space::syntax::test
