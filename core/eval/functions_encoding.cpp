// base64decode base64encode base64sha256 base64sha512 csvdecode jsondecode jsonencode md5 sha1
// sha256 sha512 urldecode urlencode uuidv5.
#include "core/base/escapes.h"
#include "core/base/strings.h"
#include "core/eval/encoding.h"
#include "core/eval/function_families.h"
#include "core/values/render.h"

namespace space::eval {

using values::Type;
using values::Value;

namespace {

FunctionResult base64_encode(Arguments arguments, const FunctionContext&) {
  return give(text(to_base64(text_of(arguments[0]))));
}

FunctionResult base64_decode(Arguments arguments, const FunctionContext&) {
  std::optional<std::string> bytes = from_base64(text_of(arguments[0]));
  if (!bytes) return refuse(0, "this is no base64");
  if (base::find_invalid_utf8(*bytes)) return refuse(0, "what it decodes to is no UTF-8");
  return give(text(std::move(*bytes)));
}

template <HashKind Kind>
FunctionResult hash_hex(Arguments arguments, const FunctionContext&) {
  return give(text(base::to_hex(hash(Kind, text_of(arguments[0])))));
}

template <HashKind Kind>
FunctionResult hash_base64(Arguments arguments, const FunctionContext&) {
  return give(text(to_base64(hash(Kind, text_of(arguments[0])))));
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.' || c == '~';
}

FunctionResult url_encode(Arguments arguments, const FunctionContext&) {
  constexpr std::string_view k_hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text_of(arguments[0])) {
    if (is_unreserved(c)) {
      out += c;
    } else if (c == ' ') {
      out += '+';
    } else {
      out += '%';
      out += k_hex[static_cast<unsigned char>(c) >> 4];
      out += k_hex[static_cast<unsigned char>(c) & 15];
    }
  }
  return give(text(std::move(out)));
}

FunctionResult url_decode(Arguments arguments, const FunctionContext&) {
  const std::string_view in = text_of(arguments[0]);
  std::string out;
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (in[i] == '+') {
      out += ' ';
    } else if (in[i] != '%') {
      out += in[i];
    } else {
      const auto high = base::hex_digit(i + 1 < in.size() ? in[i + 1] : '?');
      const auto low = base::hex_digit(i + 2 < in.size() ? in[i + 2] : '?');
      if (!high || !low)
        return refuse(0, "`" + std::string(in.substr(i, 3)) + "` is no escape of a URL");
      out += static_cast<char>(*high << 4 | *low);
      i += 2;
    }
  }
  if (base::find_invalid_utf8(out)) return refuse(0, "what it decodes to is no UTF-8");
  return give(text(std::move(out)));
}

FunctionResult json_encode(Arguments arguments, const FunctionContext&) {
  if (!arguments[0].is_wholly_known()) return give(Value::unknown(Type::string()));
  return give(text(values::to_json(arguments[0])));
}

FunctionResult json_decode(Arguments arguments, const FunctionContext&) {
  std::string error;
  std::optional<Value> value = values::from_json(text_of(arguments[0]), error);
  if (!value) return refuse(0, error);
  return give(std::move(*value));
}

// The cells of one record, as RFC 4180 and Go's encoding/csv read them; false at the end or on a
// mistake.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : rest_(text) {}

  std::optional<std::string> problem;

  bool next(std::vector<std::string>& cells) {
    // Empty lines count for nothing.
    while (rest_.starts_with('\n') || rest_.starts_with("\r\n"))
      rest_.remove_prefix(rest_.front() == '\r' ? 2 : 1);
    if (rest_.empty()) return false;
    ++record_;
    cells.clear();
    for (;;) {
      std::string cell;
      if (!(rest_.starts_with('"') ? quoted(cell) : bare(cell))) return false;
      cells.push_back(std::move(cell));
      if (rest_.starts_with(',')) {
        rest_.remove_prefix(1);
        continue;
      }
      if (rest_.starts_with("\r\n")) rest_.remove_prefix(1);
      if (rest_.starts_with('\n')) rest_.remove_prefix(1);
      return true;
    }
  }

 private:
  bool fail(std::string why) {
    problem = "record " + std::to_string(record_) + ": " + why;
    return false;
  }

  bool bare(std::string& cell) {
    std::size_t size = rest_.find_first_of(",\n");
    if (size == std::string_view::npos) size = rest_.size();
    std::string_view taken = rest_.substr(0, size);
    if (size < rest_.size() && rest_[size] == '\n' && taken.ends_with('\r')) taken.remove_suffix(1);
    if (size == rest_.size() && taken.ends_with('\r')) taken.remove_suffix(1);
    if (taken.find('"') != std::string_view::npos)
      return fail("a `\"` in a cell that is not quoted");
    cell = taken;
    rest_.remove_prefix(size);
    return true;
  }

  bool quoted(std::string& cell) {
    rest_.remove_prefix(1);
    for (;;) {
      const std::size_t quote = rest_.find('"');
      if (quote == std::string_view::npos) return fail("a quoted cell is never closed");
      cell += rest_.substr(0, quote);
      rest_.remove_prefix(quote + 1);
      if (!rest_.starts_with('"')) break;
      cell += '"';
      rest_.remove_prefix(1);
    }
    cell = base::replace_all(cell, "\r\n", "\n");
    const bool ends = rest_.empty() || rest_.starts_with(',') || rest_.starts_with('\n') ||
                      rest_.starts_with("\r\n");
    return ends || fail("text behind a quoted cell");
  }

  std::string_view rest_;
  std::size_t record_ = 0;
};

FunctionResult csv_decode(Arguments arguments, const FunctionContext&) {
  CsvReader reader(text_of(arguments[0]));
  std::vector<std::string> header, cells;
  if (!reader.next(header)) return refuse(0, reader.problem.value_or("it has no header line"));
  std::map<std::string, values::ObjectAttribute> attributes;
  for (const std::string& name : header) {
    if (!attributes.emplace(name, values::ObjectAttribute{Type::string(), false, nullptr}).second) {
      return refuse(0, "the header names the column " + values::quote_hcl(name) + " twice");
    }
  }
  values::ValueList rows;
  while (reader.next(cells)) {
    if (cells.size() != header.size()) {
      return refuse(0, "a record has " + std::to_string(cells.size()) + " cells, and the header " +
                           std::to_string(header.size()));
    }
    values::ValueMap row;
    for (std::size_t i = 0; i < cells.size(); ++i)
      row.emplace(header[i], text(std::move(cells[i])));
    rows.push_back(Value::object(std::move(row)));
  }
  if (reader.problem) return refuse(0, *reader.problem);
  return give(Value::list(Type::object(std::move(attributes)), std::move(rows)));
}

std::optional<std::string> uuid_bytes(std::string_view name) {
  constexpr std::string_view k_tail = "-9dad-11d1-80b4-00c04fd430c8";
  std::string written(name);
  if (name == "dns") written = "6ba7b810" + std::string(k_tail);
  if (name == "url") written = "6ba7b811" + std::string(k_tail);
  if (name == "oid") written = "6ba7b812" + std::string(k_tail);
  if (name == "x500") written = "6ba7b814" + std::string(k_tail);
  // As tofu's library reads one: in braces or any other pair, or as a URN.
  if (written.size() == 38) written = written.substr(1, 36);
  if (written.size() == 45 && base::to_lower_ascii(written.substr(0, 9)) == "urn:uuid:")
    written = written.substr(9);
  if (written.size() == 36) {
    for (const std::size_t dash : {8U, 13U, 18U, 23U}) {
      if (written[dash] != '-') return std::nullopt;
    }
    std::erase(written, '-');
  }
  if (written.size() != 32) return std::nullopt;
  std::string bytes;
  for (std::size_t i = 0; i < written.size(); i += 2) {
    const auto high = base::hex_digit(written[i]), low = base::hex_digit(written[i + 1]);
    if (!high || !low) return std::nullopt;
    bytes += static_cast<char>(*high << 4 | *low);
  }
  return bytes;
}

FunctionResult uuid_v5(Arguments arguments, const FunctionContext&) {
  const std::optional<std::string> space = uuid_bytes(text_of(arguments[0]));
  if (!space) return refuse(0, "a namespace is `dns`, `url`, `oid`, `x500` or a UUID");
  std::string bytes = hash(HashKind::Sha1, *space + text_of(arguments[1])).substr(0, 16);
  bytes[6] = static_cast<char>((bytes[6] & 0x0F) | 0x50);
  bytes[8] = static_cast<char>((bytes[8] & 0x3F) | 0x80);
  std::string hex = base::to_hex(bytes);
  for (const std::size_t dash : {8U, 13U, 18U, 23U}) hex.insert(dash, 1, '-');
  return give(text(std::move(hex)));
}

constexpr Behaviour k_functions[] = {
    {"base64decode", base64_decode},
    {"base64encode", base64_encode},
    {"base64sha256", hash_base64<HashKind::Sha256>},
    {"base64sha512", hash_base64<HashKind::Sha512>},
    {"csvdecode", csv_decode},
    {"jsondecode", json_decode},
    {"jsonencode", json_encode, k_every_parameter},
    {"md5", hash_hex<HashKind::Md5>},
    {"sha1", hash_hex<HashKind::Sha1>},
    {"sha256", hash_hex<HashKind::Sha256>},
    {"sha512", hash_hex<HashKind::Sha512>},
    {"urldecode", url_decode},
    {"urlencode", url_encode},
    {"uuidv5", uuid_v5},
};

}  // namespace

std::span<const Behaviour> encoding_functions() { return k_functions; }

}  // namespace space::eval
