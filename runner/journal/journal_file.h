// JournalFile: a flight's journal on the disk, for its one writer, who holds the flight's lock. In:
// a path, then records. Out: where the flight stands. Each record is one write behind all others,
// and on the disk before append() returns where that is asked for: what is about to change the
// world must not begin before it is noted. After a write that failed nothing is written any more.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/result.h"
#include "runner/journal/read_journal.h"
#include "runner/journal/standing.h"

namespace space::journal {

enum class Sync : std::uint8_t {
  Now,    // it and all before it are on the disk when append() returns
  Later,  // with the next one that is
};

class JournalFile {
 public:
  // A journal of that many bytes is begun anew when it is opened; the last one lies beside it.
  static constexpr std::size_t k_longest = std::size_t{1} << 20U;

  // Makes the file where there is none; its folder must be there. A torn end is cut off. An Error
  // where it cannot be read or is damaged, with the place.
  static base::Result<JournalFile> open(const std::string& path, std::size_t longest = k_longest);
  ~JournalFile();
  JournalFile(JournalFile&& other) noexcept;
  JournalFile& operator=(JournalFile&&) = delete;
  JournalFile(const JournalFile&) = delete;
  JournalFile& operator=(const JournalFile&) = delete;

  base::Status append(Record record, Sync sync);  // numbered here
  const Standing& standing() const { return standing_; }
  const std::string& path() const { return path_; }

 private:
  explicit JournalFile(std::string path) : path_(std::move(path)) {}
  base::Status begin_anew();

  std::string path_;
  int file_ = -1;
  std::int64_t count_ = 0;
  std::string head_;
  Standing standing_;
  bool is_broken_ = false;
};

// For who only looks: no lock, nothing is changed. No file is an empty journal.
base::Result<Standing> look_at_journal(const std::string& path);

// A damaged one out of the way, so that a new one can be begun: to `PATH.damaged-SUFFIX`.
base::Status set_aside(const std::string& path, const std::string& suffix);

}  // namespace space::journal
