// textdecodebase64 textencodebase64: UTF-8 and UTF-16. Other charsets tofu alone has.
#include <array>

#include "core/base/escapes.h"
#include "core/base/strings.h"
#include "core/eval/encoding.h"
#include "core/eval/function_families.h"
#include "core/values/text.h"

namespace space::eval {

namespace {

enum class ByteOrder { Big, Little };
enum class OrderMark { None, First };

struct Charset {
  bool utf16 = false;
  ByteOrder order = ByteOrder::Big;
  OrderMark mark = OrderMark::None;
};

// IANA's names, in any case.
std::optional<Charset> find_charset(std::string_view name) {
  struct Row {
    std::string_view name, alias;
    Charset charset;
  };
  constexpr std::array<Row, 4> k_rows{{
      {"utf-8", "csutf8", {}},
      {"utf-16", "csutf16", {true, ByteOrder::Big, OrderMark::First}},
      {"utf-16be", "csutf16be", {true, ByteOrder::Big, OrderMark::None}},
      {"utf-16le", "csutf16le", {true, ByteOrder::Little, OrderMark::None}},
  }};
  const std::string lower = values::to_lower(name);
  for (const Row& row : k_rows) {
    if (lower == row.name || lower == row.alias) return row.charset;
  }
  return std::nullopt;
}

void append_unit(std::string& out, std::uint32_t unit, ByteOrder order) {
  const char high = static_cast<char>(unit >> 8U & 0xFFU), low = static_cast<char>(unit & 0xFFU);
  out += order == ByteOrder::Big ? high : low;
  out += order == ByteOrder::Big ? low : high;
}

std::string to_utf16(std::string_view text, const Charset& charset) {
  std::string out;
  if (charset.mark == OrderMark::First) append_unit(out, 0xFEFF, charset.order);
  while (!text.empty()) {
    const values::CodePoint point = values::first_code_point(text);
    text.remove_prefix(point.size);
    const auto code = static_cast<std::uint32_t>(point.code);
    if (code < 0x10000) {
      append_unit(out, code, charset.order);
      continue;
    }
    append_unit(out, 0xD800 + ((code - 0x10000) >> 10U), charset.order);
    append_unit(out, 0xDC00 + ((code - 0x10000) & 0x3FFU), charset.order);
  }
  return out;
}

// Nothing: there is half a character in it.
std::optional<std::string> from_utf16(std::string_view bytes, Charset charset) {
  if (charset.mark == OrderMark::First) {
    const bool big = bytes.starts_with("\xFE\xFF"), little = bytes.starts_with("\xFF\xFE");
    if (little) charset.order = ByteOrder::Little;
    if (big || little) bytes.remove_prefix(2);
  }
  if (bytes.size() % 2 != 0) return std::nullopt;
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<std::uint32_t>(charset.order == ByteOrder::Big ? first << 8U | second
                                                                      : second << 8U | first);
  };
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    std::uint32_t code = unit(at);
    if (code >= 0xD800 && code < 0xE000) {
      const std::uint32_t low = at + 2 < bytes.size() ? unit(at + 2) : 0;
      if (code >= 0xDC00 || low < 0xDC00 || low >= 0xE000) return std::nullopt;
      code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
      at += 2;
    }
    if (code == 0xFFFD) return std::nullopt;  // tofu takes it for what could not be decoded
    base::append_utf8(out, code);
  }
  return out;
}

FunctionResult encode(Arguments arguments, const FunctionContext&) {
  const std::optional<Charset> charset = find_charset(text_of(arguments[1]));
  if (!charset) return leave_to_tofu();
  const std::string& in = text_of(arguments[0]);
  return give(text(to_base64(charset->utf16 ? to_utf16(in, *charset) : in)));
}

FunctionResult decode(Arguments arguments, const FunctionContext&) {
  const std::optional<Charset> charset = find_charset(text_of(arguments[1]));
  if (!charset) return leave_to_tofu();
  const std::optional<std::string> bytes = from_base64(text_of(arguments[0]));
  if (!bytes) return refuse(0, "this is no base64");
  std::optional<std::string> decoded = *bytes;
  if (charset->utf16) {
    decoded = from_utf16(*bytes, *charset);
  } else if (base::find_invalid_utf8(*bytes)) {
    decoded.reset();
  }
  if (!decoded) return refuse(0, "what it decodes to is no " + text_of(arguments[1]));
  return give(text(std::move(*decoded)));
}

constexpr Behaviour k_functions[] = {
    {"textdecodebase64", decode},
    {"textencodebase64", encode},
};

}  // namespace

std::span<const Behaviour> charset_functions() { return k_functions; }

}  // namespace space::eval
