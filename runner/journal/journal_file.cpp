#include "runner/journal/journal_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "core/base/failpoint.h"

namespace space::journal {

namespace {

base::Error failed(const char* what, const std::string& path) {
  return {"cannot " + std::string(what) + " the journal `" + path + "`: " + std::strerror(errno),
          "nothing is changed that cannot be noted"};
}

base::Error damaged(const std::string& path, const base::Error& reason) {
  return {"the journal `" + path + "` is damaged: " + reason.message,
          "it says what has been changed, and cannot be believed any more: look at what the "
          "procedures' states hold, then `space resolve` sets it aside"};
}

base::Status read_all(int file, const std::string& path, std::string& text) {
  char piece[65536];
  for (;;) {
    const ssize_t count = ::pread(file, piece, sizeof piece, static_cast<off_t>(text.size()));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed("read", path);
    if (count == 0) return base::Done{};
    text.append(piece, static_cast<std::size_t>(count));
  }
}

base::Status write_all(int file, const std::string& path, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed("write", path);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return base::Done{};
}

// A name that is new in its folder, or taken from another, lasts when the folder is on the disk.
base::Status sync_folder(const std::string& path) {
  const std::string folder = path.substr(0, path.find_last_of('/') + 1);
  const int file =
      ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return failed("sync", path);
  const bool good = ::fsync(file) == 0;
  ::close(file);
  if (!good) return failed("sync", path);
  return base::Done{};
}

constexpr int k_flags = O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW;

}  // namespace

JournalFile::JournalFile(JournalFile&& other) noexcept
    : path_(std::move(other.path_)),
      file_(std::exchange(other.file_, -1)),
      count_(other.count_),
      head_(std::move(other.head_)),
      standing_(std::move(other.standing_)),
      is_broken_(other.is_broken_) {}

JournalFile::~JournalFile() {
  if (file_ >= 0) ::close(file_);
}

base::Result<JournalFile> JournalFile::open(const std::string& path, std::size_t longest) {
  JournalFile journal(path);
  journal.file_ = ::open(path.c_str(), k_flags);
  if (journal.file_ < 0 && errno == ENOENT) {
    journal.file_ = ::open(path.c_str(), k_flags | O_CREAT | O_EXCL, 0600);
    base::killpoint("journal.made", path);
    if (journal.file_ >= 0) SPACE_TRY_STATUS(sync_folder(path));
  }
  if (journal.file_ < 0) return failed("open", path);
  std::string text;
  SPACE_TRY_STATUS(read_all(journal.file_, path, text));
  auto read = read_journal(text);
  if (!read) return damaged(path, read.error());
  if (read->whole_bytes < text.size() &&
      ::ftruncate(journal.file_, static_cast<off_t>(read->whole_bytes)) != 0)
    return failed("cut", path);
  journal.count_ = static_cast<std::int64_t>(read->records.size());
  journal.head_ = std::move(read->head);
  journal.standing_ = standing_of(read->records);
  if (read->whole_bytes > longest) SPACE_TRY_STATUS(journal.begin_anew());
  return journal;
}

// The old file keeps a name until the new one is whole; at no moment is there none.
base::Status JournalFile::begin_anew() {
  std::string text, head;
  std::int64_t count = 0;
  for (Record& record : carry(standing_)) {
    record.sequence = ++count;
    Line line = write_line(record, head);
    text += line.text;
    head = std::move(line.hash);
  }
  const std::string fresh = path_ + ".new", old = path_ + ".old";
  (void)::unlink(fresh.c_str());
  const int file = ::open(fresh.c_str(), k_flags | O_CREAT | O_EXCL, 0600);
  if (file < 0) return failed("make", fresh);
  base::Status written = write_all(file, fresh, text);
  if (written && ::fsync(file) != 0) written = failed("sync", fresh);
  if (written) {
    (void)::unlink(old.c_str());
    if (::link(path_.c_str(), old.c_str()) != 0 || base::failpoint("journal.rename", path_) ||
        ::rename(fresh.c_str(), path_.c_str()) != 0)
      written = failed("replace", path_);
  }
  if (written) written = sync_folder(path_);
  if (!written) {
    ::close(file);
    return written;
  }
  ::close(std::exchange(file_, file));
  count_ = count;
  head_ = std::move(head);
  return base::Done{};
}

base::Status JournalFile::append(Record record, Sync sync) {
  if (is_broken_)
    return base::Error{"the journal `" + path_ + "` could not be written before",
                       "nothing is changed that cannot be noted"};
  record.sequence = count_ + 1;
  Line line = write_line(record, head_);
  base::Status written = base::failpoint("journal.write", line.text)
                             ? failed("write", path_)
                             : write_all(file_, path_, line.text);
  base::killpoint("journal.written", line.text);
  const bool must_sync = written.has_value() && sync == Sync::Now;
  if (must_sync && (base::failpoint("journal.sync", line.text) || ::fdatasync(file_) != 0))
    written = failed("sync", path_);
  if (!written) {
    is_broken_ = true;
    return written;
  }
  ++count_;
  head_ = std::move(line.hash);
  take(standing_, record);
  return base::Done{};
}

base::Result<Standing> look_at_journal(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0 && errno == ENOENT) return Standing();
  if (file < 0) return failed("open", path);
  std::string text;
  const auto read_bytes = read_all(file, path, text);
  ::close(file);
  if (!read_bytes) return read_bytes.error();
  const auto read = read_journal(text);
  if (!read) return damaged(path, read.error());
  return standing_of(read->records);
}

base::Status set_aside(const std::string& path, const std::string& suffix) {
  const std::string away = path + ".damaged-" + suffix;
  if (::rename(path.c_str(), away.c_str()) != 0) return failed("move", path);
  return sync_folder(path);
}

}  // namespace space::journal
