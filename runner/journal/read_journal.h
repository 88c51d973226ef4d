// read_journal: the whole text of a journal. In: bytes. Out: its records, and how many bytes of
// them are whole; a last line without its end was being written when the machine or the runner
// died, and is dropped. Anything else that is wrong is an Error with its place: a journal that
// cannot be believed is not read in part. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "runner/journal/record.h"

namespace space::journal {

struct Journal {
  std::vector<Record> records;
  std::string head;             // the hash of the last one, "" where there is none
  std::size_t whole_bytes = 0;  // what comes behind is torn
};

base::Result<Journal> read_journal(std::string_view text);

}  // namespace space::journal
