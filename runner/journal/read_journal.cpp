#include "runner/journal/read_journal.h"

namespace space::journal {

base::Result<Journal> read_journal(std::string_view text) {
  Journal journal;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos;
       end = text.find('\n', journal.whole_bytes)) {
    const std::string place = "line " + std::to_string(journal.records.size() + 1);
    auto parsed =
        parse_line(text.substr(journal.whole_bytes, end - journal.whole_bytes), journal.head);
    if (!parsed) return base::Error{place + ": " + parsed.error().message, ""};
    if (parsed->record.sequence != static_cast<std::int64_t>(journal.records.size()) + 1)
      return base::Error{place + ": it is not the next one", ""};
    journal.head = std::move(parsed->hash);
    journal.records.push_back(std::move(parsed->record));
    journal.whole_bytes = end + 1;
  }
  return journal;
}

}  // namespace space::journal
