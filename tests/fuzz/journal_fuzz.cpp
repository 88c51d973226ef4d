// Any bytes into the reader of journals: no crash, no hang. Since no bytes at random have the right
// hashes, the input is cut into lines and each is given its own, so that what stands in a record is
// reached too; what is taken must come back the same, and stand the same when it is carried over.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/check.h"
#include "core/base/hash.h"
#include "runner/journal/read_journal.h"
#include "runner/journal/standing.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace space::journal;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)read_journal(bytes);
  std::string text, head;
  std::size_t begin = 0;
  for (std::size_t end = bytes.find('\n'); end != std::string_view::npos;
       end = bytes.find('\n', begin)) {
    const std::string body(bytes.substr(begin, end - begin));
    begin = end + 1;
    head = space::base::sha256_hex(head + "\n" + body);
    text += "{\"hash\":\"" + head + "\"," + body + "\n";
  }
  const auto journal = read_journal(text);
  if (!journal) return 0;
  std::string again, last;
  for (const Record& record : journal->records) {
    Line line = write_line(record, last);
    again += line.text;
    last = line.hash;
  }
  const auto twice = read_journal(again);
  SPACE_CHECK(twice.has_value() && twice->records.size() == journal->records.size(),
              "what was written is not read");
  const Standing standing = standing_of(journal->records);
  const Standing carried = standing_of(carry(standing));
  SPACE_CHECK(standing.run.empty() || carried.roots.size() == standing.roots.size(),
              "a root is lost where a journal is begun anew");
  return 0;
}
