#include <fmt/core.h>

#include "compiler/schemas/index.h"

namespace space::schemas {

namespace {

using model::Nesting;
using values::Type;
using values::TypeKind;

char letter(Nesting nesting) { return "sgltm"[static_cast<int>(nesting)]; }
char letter(model::SchemaKind kind) { return "prde"[static_cast<int>(kind)]; }

void write_text(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      out += c;
    }
  }
  out += '"';
}

void write_type(std::string& out, const Type& type) {
  switch (type.kind()) {
    case TypeKind::Any:
      out += 'A';
      return;
    case TypeKind::String:
      out += 'S';
      return;
    case TypeKind::Number:
      out += 'N';
      return;
    case TypeKind::Bool:
      out += 'B';
      return;
    case TypeKind::List:
    case TypeKind::Set:
    case TypeKind::Map:
      out += type.kind() == TypeKind::List ? 'L' : type.kind() == TypeKind::Set ? 'T' : 'M';
      return write_type(out, type.element());
    case TypeKind::Object:
      out += '(';
      for (const auto& [name, attribute] : type.attributes()) {
        out += name;
        out += attribute.optional ? '?' : ':';
        write_type(out, attribute.type);
        out += ',';
      }
      out += ')';
      return;
    case TypeKind::Tuple:
      out += '<';
      for (const Type& element : type.elements()) write_type(out, element);
      out += '>';
      return;
  }
}

void write_block(std::string& out, const model::BlockSchema& block) {
  out += '{';
  if (block.deprecated) {
    out += '!';
    write_text(out, block.deprecation);
  }
  bool first = true;
  for (const model::AttributeSchema& attribute : block.attributes) {
    if (!first) out += ' ';
    first = false;
    out += attribute.name + '=';
    if (attribute.required) out += 'r';
    if (attribute.optional) out += 'o';
    if (attribute.computed) out += 'c';
    if (attribute.sensitive) out += 'x';
    if (attribute.write_only) out += 'w';
    if (attribute.deprecated) out += 'd';
    if (attribute.nested != nullptr) {
      out += '@';
      out += letter(attribute.nesting);
      write_block(out, *attribute.nested);
    } else {
      write_type(out, attribute.type);
    }
    if (attribute.deprecated) write_text(out, attribute.deprecation);
  }
  for (const model::NestedBlockSchema& nested : block.blocks) {
    if (!first) out += ' ';
    first = false;
    out += fmt::format("{}*{}{},{}", nested.name, letter(nested.nesting), nested.min, nested.max);
    write_block(out, *nested.block);
  }
  out += '}';
}

}  // namespace

std::string write_index(const Provider& provider, std::string_view source,
                        std::string_view version) {
  std::string out = fmt::format("{} {} {}\n", k_index_format, source, version);
  for (const auto& [key, block] : provider.blocks) {
    out += fmt::format("{} {} ", letter(key.first), key.second);
    write_block(out, block);
    out += '\n';
  }
  return out;
}

}  // namespace space::schemas
