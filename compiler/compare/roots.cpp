#include "compiler/compare/roots.h"

#include <fmt/core.h>

#include <algorithm>

namespace space::compare {

namespace {

using lower::Assignment;
using lower::LoweredBlock;
using lower::LoweredOutput;
using lower::LoweredRoot;
using lower::LoweredVariable;

using Found = std::optional<Difference>;

std::string text_of(const lower::Text& text) {
  std::string all;
  for (const lower::Piece& piece : text) all += piece.text;
  return all;
}

// backend.tf may hold other values, and no other names.
enum class Depth : std::uint8_t { Texts, Names };

struct File {
  std::string_view name;  // "main.tf"
  Depth depth = Depth::Texts;
};

// Where both sides came from as a whole.
struct Sides {
  source::Span here, there;
};

Difference difference(const File& file, const std::string& what, const Sides& at) {
  return {fmt::format("`{}`: {}", file.name, what), at.here, at.there};
}

// At the first piece that differs.
Found compare_texts(const File& file, const std::string& what, const lower::Text& here,
                    const lower::Text& there, const Sides& at) {
  if (file.depth == Depth::Names || text_of(here) == text_of(there)) return std::nullopt;
  Sides pieces = at;
  for (std::size_t i = 0; i < std::min(here.size(), there.size()); ++i) {
    if (here[i].text == there[i].text) continue;
    if (here[i].from.valid()) pieces.here = here[i].from;
    if (there[i].from.valid()) pieces.there = there[i].from;
    break;
  }
  return difference(file, what + " is not the same", pieces);
}

// Lists of things with names, in the order in which they are written.
template <class Item, class Name, class Same>
Found compare_lists(const File& file, std::string_view kind, const std::vector<Item>& here,
                    const std::vector<Item>& there, const Sides& at, const Name& name,
                    const Same& same) {
  for (std::size_t i = 0; i < std::max(here.size(), there.size()); ++i) {
    const bool both = i < here.size() && i < there.size();
    if (both && name(here[i]) == name(there[i])) {
      if (Found found = same(here[i], there[i])) return found;
      continue;
    }
    // The one that comes first by name is missing on the other side.
    const bool is_here = i < here.size() && (!both || name(here[i]) < name(there[i]));
    const Item& only = is_here ? here[i] : there[i];
    return difference(file, fmt::format("{} `{}` stands in one alone", kind, name(only)),
                      {is_here ? only.from : at.here, is_here ? at.there : only.from});
  }
  return std::nullopt;
}

Found compare_assignments(const File& file, std::string_view kind,
                          const std::vector<Assignment>& here, const std::vector<Assignment>& there,
                          const Sides& at) {
  return compare_lists(
      file, kind, here, there, at, [](const Assignment& one) { return one.name; },
      [&](const Assignment& a, const Assignment& b) {
        return compare_texts(file, fmt::format("{} `{}`", kind, a.name), a.text, b.text,
                             {a.from, b.from});
      });
}

std::string header_of(const LoweredBlock& block) {
  std::string header = block.type;
  for (const std::string& label : block.labels) header += " " + label;
  return header;
}

Found compare_blocks(const File& file, const std::vector<LoweredBlock>& here,
                     const std::vector<LoweredBlock>& there, const Sides& at) {
  return compare_lists(file, "block", here, there, at, header_of,
                       [&](const LoweredBlock& a, const LoweredBlock& b) -> Found {
                         const Sides inner{a.from, b.from};
                         if (Found found = compare_assignments(file, "argument", a.assignments,
                                                               b.assignments, inner))
                           return found;
                         return compare_blocks(file, a.blocks, b.blocks, inner);
                       });
}

Found compare_variable(const LoweredVariable& a, const LoweredVariable& b) {
  const File file{"variables.tf"};
  const bool same = a.type == b.type && a.description == b.description &&
                    a.sensitive == b.sensitive && a.ephemeral == b.ephemeral &&
                    a.nullable == b.nullable;
  if (!same)
    return difference(file, fmt::format("variable `{}` is not the same", a.name), {a.from, b.from});
  return compare_blocks(file, a.validations, b.validations, {a.from, b.from});
}

// The same keys, and other values only where that is declared.
Found compare_values(const LoweredVariable& a, const LoweredVariable& b) {
  const File file{"terraform.tfvars"};
  const auto* here = std::get_if<runplan::FromValues>(&a.source);
  const auto* there = std::get_if<runplan::FromValues>(&b.source);
  if ((here == nullptr) != (there == nullptr))
    return difference(file, fmt::format("`{}` stands in one alone", a.name), {a.from, b.from});
  if (here == nullptr || a.variance == lower::Variance::Varies || here->value == there->value)
    return std::nullopt;
  return difference(file, fmt::format("`{}` has another value", a.name), {a.from, b.from});
}

Found compare_variables(const LoweredRoot& here, const LoweredRoot& there, const Sides& at) {
  if (Found found = compare_lists(
          {"variables.tf"}, "variable", here.variables, there.variables, at,
          [](const LoweredVariable& one) { return one.name; }, compare_variable))
    return found;
  for (std::size_t i = 0; i < here.variables.size(); ++i) {
    if (Found found = compare_values(here.variables[i], there.variables[i])) return found;
  }
  return std::nullopt;
}

Found compare_outputs(const LoweredRoot& here, const LoweredRoot& there, const Sides& at) {
  const File file{"outputs.tf"};
  return compare_lists(
      file, "output", here.outputs, there.outputs, at,
      [](const LoweredOutput& one) { return one.name; },
      [&](const LoweredOutput& a, const LoweredOutput& b) -> Found {
        if (a.description != b.description || a.sensitive != b.sensitive)
          return difference(file, fmt::format("output `{}` is not the same", a.name),
                            {a.from, b.from});
        return compare_texts(file, fmt::format("output `{}`", a.name), a.value, b.value,
                             {a.from, b.from});
      });
}

Found compare_requirements(const LoweredRoot& here, const LoweredRoot& there, const Sides& at) {
  const bool same = std::ranges::equal(
      here.required_providers, there.required_providers, [](const auto& a, const auto& b) {
        return a.name == b.name && a.source == b.source && a.version == b.version;
      });
  if (same) return std::nullopt;
  return difference({"terraform.tf"}, "the required providers are not the same", at);
}

}  // namespace

Found first_difference(const LoweredRoot& here, const LoweredRoot& there) {
  const Sides at{here.from, there.from};
  const File main{"main.tf"}, backend{"backend.tf", Depth::Names};
  if (here.id.substr(here.id.find('/')) != there.id.substr(there.id.find('/')))
    return Difference{fmt::format("`{}` stands in one alone", here.id), at.here, at.there};
  if (here.origin != there.origin) return difference(main, "it comes from another file", at);
  if (Found found = compare_requirements(here, there, at)) return found;
  if (Found found = compare_blocks({"providers.tf"}, here.providers, there.providers, at))
    return found;
  if (Found found = compare_blocks({"imports.tf"}, here.imports, there.imports, at)) return found;
  if (Found found = compare_assignments(main, "local", here.locals, there.locals, at)) return found;
  if (Found found = compare_blocks(main, here.calls, there.calls, at)) return found;
  if (Found found = compare_texts(main, "the body", here.body, there.body, at)) return found;
  if (Found found = compare_outputs(here, there, at)) return found;
  if (Found found = compare_blocks(backend, {here.backend}, {there.backend}, at)) return found;
  if (Found found = compare_blocks(backend, here.encryption, there.encryption, at)) return found;
  return compare_variables(here, there, at);
}

}  // namespace space::compare
