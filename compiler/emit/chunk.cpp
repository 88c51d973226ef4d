#include "compiler/emit/chunk.h"

#include <algorithm>

#include "core/values/render.h"

namespace space::emit {

namespace {

bool is_one_line(const lower::Text& text) {
  return std::ranges::all_of(
      text, [](const lower::Piece& piece) { return piece.text.find('\n') == std::string::npos; });
}

bool has_text_of_user(const lower::Text& text) {
  return text.size() > 1 || std::ranges::any_of(text, [](const lower::Piece& piece) {
           return piece.kind == runplan::MappingKind::Verbatim;
         });
}

}  // namespace

std::size_t ChunkWriter::begin_mark(source::Span from, runplan::MappingKind kind) {
  const auto at = static_cast<std::uint32_t>(chunk_.text.size());
  chunk_.marks.push_back({at, at, from, kind});
  return chunk_.marks.size() - 1;
}

void ChunkWriter::piece(const lower::Piece& piece) {
  const std::size_t mark = begin_mark(piece.from, piece.kind);
  chunk_.text += piece.text;
  end_mark(mark);
}

void ChunkWriter::text(const lower::Text& text, std::size_t indent) {
  if (has_text_of_user(text)) {
    const std::size_t begin = chunk_.text.size();
    for (const lower::Piece& part : text) piece(part);
    if (!is_plainly_formatted(std::string_view(chunk_.text).substr(begin))) {
      chunk_.needs_format = true;
    }
    return;
  }
  // One literal, laid out at indent 0: its further lines move to where it stands. Only what the
  // compiler made up itself is known to be laid out as the formatter would.
  for (const lower::Piece& part : text) {
    const std::size_t mark = begin_mark(part.from, part.kind);
    std::string_view rest = part.text;
    for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
      chunk_.text += rest.substr(0, end + 1);
      rest.remove_prefix(end + 1);
      if (!rest.empty() && rest.front() != '\n') chunk_.text.append(indent, ' ');
      if (part.kind != runplan::MappingKind::Synthetic) chunk_.needs_format = true;
    }
    chunk_.text += rest;
    end_mark(mark);
  }
}

void ChunkWriter::body(const lower::Text& text) {
  for (const lower::Piece& part : text) piece(part);
  chunk_.needs_format = true;
}

void ChunkWriter::assignments(const std::vector<lower::Assignment>& list, std::size_t indent) {
  for (std::size_t begin = 0; begin < list.size();) {
    // A run of one-line assignments is aligned; one of many lines stands for itself.
    std::size_t end = begin, widest = 0;
    while (end < list.size() && is_one_line(list[end].text)) {
      widest = std::max(widest, list[end++].name.size());
    }
    if (end == begin) widest = list[end++].name.size();
    for (; begin < end; ++begin) {
      const lower::Assignment& item = list[begin];
      chunk_.text.append(indent, ' ');
      const std::size_t mark = begin_mark(item.from, runplan::MappingKind::Derived);
      chunk_.text += item.name;
      chunk_.text.append(widest - item.name.size(), ' ');
      chunk_.text += " = ";
      text(item.text, indent);
      end_mark(mark);
      chunk_.text += '\n';
    }
  }
}

void ChunkWriter::header(std::string_view type, const std::vector<std::string>& labels,
                         std::size_t indent) {
  chunk_.text.append(indent, ' ');
  chunk_.text += type;
  for (const std::string& label : labels) {
    chunk_.text += ' ';
    chunk_.text += values::quote_hcl(label);
  }
  chunk_.text += " {";
}

void ChunkWriter::block(const lower::LoweredBlock& block, std::size_t indent) {
  const std::size_t mark = begin_mark(block.from, runplan::MappingKind::Synthetic);
  header(block.type, block.labels, indent);
  if (!block.assignments.empty() || !block.blocks.empty()) {
    chunk_.text += '\n';
    assignments(block.assignments, indent + 2);
    for (std::size_t i = 0; i < block.blocks.size(); ++i) {
      if (i > 0 || !block.assignments.empty()) chunk_.text += '\n';
      this->block(block.blocks[i], indent + 2);
    }
    chunk_.text.append(indent, ' ');
  }
  chunk_.text += '}';
  end_mark(mark);
  chunk_.text += '\n';
}

lower::Assignment assignment(std::string name, std::string text, source::Span from) {
  lower::Assignment item;
  item.name = std::move(name);
  item.text.push_back({std::move(text), from, runplan::MappingKind::Derived});
  item.from = from;
  return item;
}

}  // namespace space::emit
