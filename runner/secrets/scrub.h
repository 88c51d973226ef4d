// Scrubber: takes the exact values of secrets out of text before anybody sees it: as they are, and
// as JSON, URL and base64 write them. In: secrets, then texts. Out: the text with `(secret)` in
// their place. Values under six bytes are left alone, and lines under twelve of a value of several:
// they would eat ordinary words. Of values past
// 64 KiB, which no message holds whole, the form as they are, as JSON, and their first lines are
// known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace space::secrets {

class Scrubber {
 public:
  static constexpr std::size_t k_shortest = 6;
  static constexpr std::size_t k_large = std::size_t{1} << 16U;
  static constexpr std::size_t k_most_lines = 1000;

  void add(std::string_view value);
  std::string scrub(std::string_view text) const;
  bool is_empty() const { return forms_.empty(); }

 private:
  void add_form(std::string form);
  std::vector<std::string> forms_;  // longest first, each once
};

}  // namespace space::secrets
