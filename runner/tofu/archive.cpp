#include "runner/tofu/archive.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <set>

namespace space::tofu {

namespace {

constexpr std::string_view k_program = "tofu";
constexpr std::array<std::string_view, 3> k_beside{"CHANGELOG.md", "LICENSE", "README.md"};
constexpr std::size_t k_end_size = 22, k_central_size = 46, k_local_size = 30;
constexpr std::uint32_t k_end_mark = 0x06054b50, k_central_mark = 0x02014b50,
                        k_local_mark = 0x04034b50;
constexpr std::uint32_t k_stored = 0, k_deflated = 8;
// Encrypted in one of three ways, or a patch.
constexpr std::uint32_t k_refused_flags = 0x0001 | 0x0020 | 0x0040 | 0x2000;
constexpr std::uint32_t k_kind_mask = 0170000, k_plain_file = 0100000;

base::Error broken(const std::string& why) {
  return {"the archive is not what a release holds: " + why, ""};
}

// Little endian, at most 32 bits; 0 behind the end, where sizes were checked before.
std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = size; i > 0; --i) {
    const std::size_t place = at + i - 1;
    value = value << 8U | (place < bytes.size() ? static_cast<unsigned char>(bytes[place]) : 0U);
  }
  return value;
}

struct Member {
  std::string name;
  std::uint32_t method = 0, crc = 0;
  std::size_t packed = 0, size = 0, local = 0;
};

// The end record, which must be the last bytes: [begin, begin + size) of the directory.
struct Directory {
  std::size_t count = 0, begin = 0, size = 0;
};

base::Result<Directory> find_directory(std::string_view archive) {
  if (archive.size() < k_end_size) return broken("it is too short");
  const std::size_t end = archive.size() - k_end_size;
  if (number(archive, end, 4) != k_end_mark || number(archive, end + 20, 2) != 0)
    return broken("it does not end as a zip file without a comment does");
  Directory directory{number(archive, end + 10, 2), number(archive, end + 16, 4),
                      number(archive, end + 12, 4)};
  if (number(archive, end + 4, 2) != 0 || number(archive, end + 6, 2) != 0 ||
      number(archive, end + 8, 2) != directory.count)
    return broken("it is one part of several");
  if (directory.begin > end || end - directory.begin != directory.size)
    return broken("its directory is not where it says");
  return directory;
}

// For a message: what an archive calls its members steers no terminal.
std::string shown(std::string_view name) {
  std::string text;
  for (const char c : name.substr(0, 80)) text += c < ' ' || c == '\x7f' ? '?' : c;
  return text;
}

base::Result<Member> read_member(std::string_view archive, std::size_t at, std::size_t& next) {
  if (at + k_central_size > archive.size() || number(archive, at, 4) != k_central_mark)
    return broken("its directory is damaged");
  const std::size_t name_size = number(archive, at + 28, 2);
  next =
      at + k_central_size + name_size + number(archive, at + 30, 2) + number(archive, at + 32, 2);
  if (next > archive.size()) return broken("its directory is damaged");
  Member member;
  member.name = archive.substr(at + k_central_size, name_size);
  member.method = number(archive, at + 10, 2);
  member.crc = number(archive, at + 16, 4);
  member.packed = number(archive, at + 20, 4);
  member.size = number(archive, at + 24, 4);
  member.local = number(archive, at + 42, 4);
  const bool is_known = member.name == k_program ||
                        std::find(k_beside.begin(), k_beside.end(), member.name) != k_beside.end();
  if (!is_known) return broken("it holds `" + shown(member.name) + "`");
  if ((number(archive, at + 8, 2) & k_refused_flags) != 0)
    return broken("`" + member.name + "` is encrypted");
  const std::uint32_t kind = number(archive, at + 38, 4) >> 16U & k_kind_mask;
  if (kind != 0 && kind != k_plain_file)
    return broken("`" + member.name + "` is a link or no file");
  return member;
}

// The packed bytes, which lie before the directory and behind a head that says the same.
base::Result<std::string_view> packed_bytes(std::string_view archive, const Member& member,
                                            std::size_t directory) {
  const std::size_t head = member.local;
  if (head + k_local_size > directory || number(archive, head, 4) != k_local_mark)
    return broken("`" + member.name + "` is not where its directory says");
  const std::size_t name_size = number(archive, head + 26, 2);
  const std::size_t begin = head + k_local_size + name_size + number(archive, head + 28, 2);
  if (begin > directory || directory - begin < member.packed)
    return broken("`" + member.name + "` is cut off");
  if (archive.substr(head + k_local_size, name_size) != member.name ||
      number(archive, head + 8, 2) != member.method)
    return broken("two places say different things of `" + member.name + "`");
  return archive.substr(begin, member.packed);
}

// Never more than `size` bytes, whatever the packed ones would give.
std::optional<std::string> inflate_exactly(std::string_view packed, std::size_t size) {
  z_stream stream{};
  if (::inflateInit2(&stream, -MAX_WBITS) != Z_OK) return std::nullopt;
  std::string bytes(size, '\0');
  // zlib's type says that it writes there; it does not.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(size);
  const int result = ::inflate(&stream, Z_FINISH);
  const bool is_exact = result == Z_STREAM_END && stream.avail_in == 0 && stream.avail_out == 0;
  ::inflateEnd(&stream);
  if (!is_exact) return std::nullopt;
  return bytes;
}

base::Result<std::string> unpack(std::string_view archive, const Member& member,
                                 std::size_t directory) {
  if (member.size == 0 || member.size > k_largest_program)
    return broken("`" + member.name + "` would be " + std::to_string(member.size) + " bytes");
  SPACE_TRY(const std::string_view packed, packed_bytes(archive, member, directory));
  std::optional<std::string> bytes;
  if (member.method == k_stored && member.packed == member.size) bytes = std::string(packed);
  if (member.method == k_deflated) bytes = inflate_exactly(packed, member.size);
  if (!bytes) return broken("`" + member.name + "` cannot be unpacked to the size that it says");
  const auto* data = reinterpret_cast<const Bytef*>(bytes->data());
  if (::crc32(0, data, static_cast<uInt>(bytes->size())) != member.crc)
    return broken("`" + member.name + "` is damaged");
  return std::move(*bytes);
}

}  // namespace

base::Result<std::string> program_in(std::string_view archive) {
  if (archive.size() > k_largest_archive) return broken("it is too large");
  SPACE_TRY(const Directory directory, find_directory(archive));
  std::set<std::string> names;
  std::optional<Member> program;
  std::size_t at = directory.begin;
  for (std::size_t i = 0; i < directory.count; ++i) {
    std::size_t next = at;
    SPACE_TRY(Member member, read_member(archive, at, next));
    if (!names.insert(member.name).second) return broken("it holds `" + member.name + "` twice");
    if (member.name == k_program) program = std::move(member);
    at = next;
  }
  if (at != directory.begin + directory.size) return broken("its directory is damaged");
  if (!program) return broken("there is no `tofu` in it");
  return unpack(archive, *program, directory.begin);
}

}  // namespace space::tofu
