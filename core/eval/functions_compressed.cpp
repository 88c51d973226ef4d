// base64gunzip. (What base64gzip writes follows from the version of a compressor that tofu alone
// has.)
#include <zlib.h>

#include <array>
#include <limits>

#include "core/base/strings.h"
#include "core/eval/encoding.h"
#include "core/eval/function_families.h"

namespace space::eval {

namespace {

// What is larger is left to tofu: a few thousand bytes can hold a gigabyte.
constexpr std::size_t k_most = std::size_t{16} << 20;

enum class Unpacked { Whole, TooLarge, Broken };

// One member of gzip after another, as `gunzip` reads them; its sums are checked.
Unpacked unpack(std::string_view packed, std::string& out) {
  if (packed.empty() || packed.size() > std::numeric_limits<uInt>::max()) return Unpacked::Broken;
  constexpr int k_gzip = 16;
  z_stream stream{};
  if (inflateInit2(&stream, MAX_WBITS + k_gzip) != Z_OK) return Unpacked::Broken;
  std::string input(packed);
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  std::array<char, 1 << 14> buffer;
  Unpacked result = Unpacked::Broken;
  for (;;) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = buffer.size();
    const int status = inflate(&stream, Z_NO_FLUSH);
    if (status != Z_OK && status != Z_STREAM_END) break;
    out.append(buffer.data(), buffer.size() - stream.avail_out);
    if (out.size() > k_most) {
      result = Unpacked::TooLarge;
      break;
    }
    if (status == Z_STREAM_END) {
      if (stream.avail_in == 0) {
        result = Unpacked::Whole;
        break;
      }
      if (inflateReset(&stream) != Z_OK) break;
    }
  }
  inflateEnd(&stream);
  return result;
}

FunctionResult base64_gunzip(Arguments arguments, const FunctionContext&) {
  const std::optional<std::string> packed = from_base64(text_of(arguments[0]));
  if (!packed) return refuse(0, "this is no base64");
  std::string out;
  switch (unpack(*packed, out)) {
    case Unpacked::TooLarge:
      return leave_to_tofu();
    case Unpacked::Broken:
      return refuse(0, "what it decodes to is no gzip");
    case Unpacked::Whole:
      break;
  }
  if (base::find_invalid_utf8(out)) return refuse(0, "what it unpacks to is no UTF-8");
  return give(text(std::move(out)));
}

constexpr Behaviour k_functions[] = {
    {"base64gunzip", base64_gunzip},
};

}  // namespace

std::span<const Behaviour> compressed_functions() { return k_functions; }

}  // namespace space::eval
