// The run plan's roots: everything that the runner would otherwise have to parse HCL for.
#include <algorithm>

#include "compiler/emit/plan_root.h"

namespace space::emit {

namespace {

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

// Calls `found` with NAME for every `HEAD.NAME`. A string or comment that looks like one only makes
// the list longer.
template <class Found>
void for_each_name(std::string_view text, std::string_view head, Found found) {
  for (std::size_t at = text.find(head); at != std::string_view::npos;
       at = text.find(head, at + 1)) {
    if (at > 0 && (is_name_char(text[at - 1]) || text[at - 1] == '.')) continue;
    std::size_t end = at + head.size();
    while (end < text.size() && is_name_char(text[end])) ++end;
    found(text.substr(at + head.size(), end - at - head.size()));
  }
}

void collect(const lower::LoweredRoot& root, std::string_view text,
             std::set<std::string>& variables, std::set<std::string>& locals) {
  for_each_name(text, "var.", [&](std::string_view name) {
    const bool known = std::ranges::any_of(
        root.variables, [&](const auto& variable) { return variable.name == name; });
    if (known) variables.emplace(name);
  });
  for_each_name(text, "local.", [&](std::string_view name) {
    const auto local =
        std::ranges::find_if(root.locals, [&](const auto& item) { return item.name == name; });
    if (local == root.locals.end() || !locals.emplace(name).second) return;
    std::string value;
    for (const lower::Piece& piece : local->text) value += piece.text;
    collect(root, value, variables, locals);
  });
}

std::string text_of_argument(const lower::LoweredBlock& block, std::string_view name) {
  const auto found =
      std::ranges::find_if(block.assignments, [&](const auto& item) { return item.name == name; });
  std::string text;
  if (found == block.assignments.end()) return text;
  for (const lower::Piece& piece : found->text) text += piece.text;
  return text;
}

std::string unquoted(std::string text) {
  const bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return quoted ? text.substr(1, text.size() - 2) : text;
}

}  // namespace

std::vector<std::string> variables_in(const lower::LoweredRoot& root, std::string_view text) {
  std::set<std::string> variables, locals;
  collect(root, text, variables, locals);
  return {variables.begin(), variables.end()};
}

runplan::Root plan_root(const lower::LoweredRoot& root, const std::string& flight,
                        const std::vector<Chunk>& provider_blocks,
                        const std::vector<Chunk>& import_blocks) {
  runplan::Root plan;
  plan.id = root.id;
  plan.flight = flight;
  plan.stage = root.stage;
  plan.procedure = root.procedure;
  plan.state = root.state;
  plan.variables.reserve(root.variables.size());
  for (const lower::LoweredVariable& variable : root.variables) {
    plan.variables.push_back({variable.name, variable.type.without_refinements(),
                              variable.sensitive, variable.ephemeral, variable.nullable,
                              variable.source});
  }
  plan.outputs.reserve(root.outputs.size());
  for (const lower::LoweredOutput& output : root.outputs) {
    plan.outputs.push_back(
        {output.name, output.type.without_refinements(), output.sensitive, output.optional});
  }
  plan.reads = root.reads;
  plan.required_providers = root.required_providers;
  for (std::size_t i = 0; i < root.providers.size(); ++i) {
    const lower::LoweredBlock& block = root.providers[i];
    plan.provider_blocks.push_back({block.labels.empty() ? std::string() : block.labels.front(),
                                    unquoted(text_of_argument(block, "alias")),
                                    provider_blocks[i].text,
                                    variables_in(root, provider_blocks[i].text)});
  }
  for (std::size_t i = 0; i < root.imports.size(); ++i) {
    plan.imports.push_back({text_of_argument(root.imports[i], "to"), import_blocks[i].text});
  }
  plan.modules = root.modules;
  plan.never_skip = root.never_skip;
  return plan;
}

}  // namespace space::emit
