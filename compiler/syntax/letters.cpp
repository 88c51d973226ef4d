#include "compiler/syntax/letters.h"

#include <utf8proc.h>

namespace space::syntax {
namespace {

bool belongs(utf8proc_int32_t point) {
  switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_PC:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::optional<Piece> find_no_letter(std::string_view name) {
  for (std::size_t at = 0; at < name.size();) {
    if (static_cast<unsigned char>(name[at]) < 0x80) {
      ++at;
      continue;
    }
    utf8proc_int32_t point = 0;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(name.data() + at),
                                       static_cast<utf8proc_ssize_t>(name.size() - at), &point);
    if (size <= 0) return std::nullopt;  // not UTF-8: that has its own report
    if (!belongs(point)) return Piece{at, static_cast<std::size_t>(size)};
    at += static_cast<std::size_t>(size);
  }
  return std::nullopt;
}

}  // namespace space::syntax
