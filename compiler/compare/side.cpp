#include "compiler/compare/side.h"

#include <utility>
#include <vector>

#include "core/base/hash.h"

namespace space::compare {

namespace {

constexpr std::string_view k_modules = "modules/";
constexpr std::string_view k_copy = "copy.";

bool is_local(std::string_view source) {
  return source.starts_with("./") || source.starts_with("../") || source == "." || source == "..";
}

// The copied folder at the beginning of a path below modules/.
std::string_view first_part(std::string_view path) {
  return path.substr(0, path.find_first_of("/\""));
}

}  // namespace

std::string SideCode::called(const std::string& folder, const CodeBlock& call) {
  if (!is_local(call.source)) return "";
  return base::normalize_path(base::join_path(folder, call.source));
}

std::string SideCode::origin_of(std::string_view path) const {
  if (!path.starts_with(k_modules)) return std::string(path);
  const std::string_view rest = path.substr(k_modules.size());
  const std::string_view copy = first_part(rest);
  const auto origin = side_.origins.find(copy);
  if (origin == side_.origins.end()) return std::string(path);
  return base::normalize_path(
      base::join_path(origin->second, "./" + std::string(rest.substr(copy.size()))));
}

// Every file there and below, with its mode: a digest.
std::string SideCode::contents(const std::string& prefix) const {
  std::string all;
  for (auto at = side_.files.lower_bound(prefix);
       at != side_.files.end() && at->first.starts_with(prefix); ++at) {
    const std::string_view rest = std::string_view(at->first).substr(prefix.size());
    if (!rest.empty() && rest.front() != '/' && !prefix.ends_with('/')) continue;
    all += rest;
    all += at->second.mode == base::FileMode::Executable ? " x " : " - ";
    all += base::sha256_hex(at->second.bytes);
    all += '\n';
  }
  return base::sha256_hex(all);
}

// A copy's name has its digest in it, comments and all: what is meant is the file.
void SideCode::name_copies(CodePart& part, Code& code) const {
  constexpr std::string_view k_mark = "/modules/";
  for (std::size_t at = part.meaning.find(k_mark); at != std::string::npos;
       at = part.meaning.find(k_mark, at + 1)) {
    const std::size_t begin = at + k_mark.size();
    const std::string_view rest = std::string_view(part.meaning).substr(begin);
    const std::string_view folder = first_part(rest);
    if (!side_.origins.contains(folder)) continue;
    const std::string path = std::string(k_modules) + std::string(rest.substr(0, rest.find('"')));
    const std::string address = std::string(k_copy) + origin_of(path);
    if (!code.blocks.contains(address)) {
      CodeBlock copy;
      copy.meaning = contents(path);
      copy.file = origin_of(path);
      code.blocks.emplace(address, std::move(copy));
    }
    part.reads.insert(address);
    part.meaning.replace(begin, path.size() - k_modules.size(), origin_of(path));
  }
}

void SideCode::add_copies(Code& code) const {
  std::vector<CodeBlock*> blocks;
  for (auto& [address, block] : code.blocks) blocks.push_back(&block);
  for (CodeBlock* block : blocks) {
    name_copies(*block, code);
    for (auto& [name, argument] : block->arguments) name_copies(argument, code);
  }
}

void SideCode::add_beside(const std::string& folder, Code& code) const {
  const std::string unit =
      std::string(k_modules) + std::string(first_part(folder.substr(k_modules.size())));
  std::set<std::string> wanted;
  if (code.insight == Insight::Opaque) wanted.insert(std::string(k_path));
  const auto collect = [&](const CodePart& part) {
    for (const std::string& read : part.reads) {
      if (read.starts_with(k_path)) wanted.insert(read);
    }
  };
  for (const auto& [address, block] : code.blocks) {
    collect(block);
    for (const auto& [name, argument] : block.arguments) collect(argument);
  }
  for (const std::string& read : wanted) {
    const std::string path = read.substr(k_path.size());
    CodeBlock beside;
    const std::string lies =
        path.empty() ? unit : base::normalize_path(base::join_path(folder, path));
    beside.meaning = contents(lies);
    beside.file = origin_of(lies);
    code.blocks.emplace(read, std::move(beside));
  }
}

void SideCode::add_pins(Code& code) const {
  std::vector<std::pair<std::string, CodeBlock>> packages;
  for (auto& [address, block] : code.blocks) {
    if (block.source.empty() || is_local(block.source)) continue;
    const auto pin = side_.pins.find(block.source + " " + block.version);
    CodeBlock package;
    package.meaning = pin == side_.pins.end() ? "" : pin->second;
    package.file = block.source;
    const std::string name = "package." + address;
    block.reads.insert(name);
    packages.emplace_back(name, std::move(package));
  }
  for (auto& [address, package] : packages) code.blocks.emplace(address, std::move(package));
}

const Code& SideCode::of(const std::string& folder) {
  const auto [at, is_new] = folders_.try_emplace(folder);
  if (!is_new) return at->second;
  std::vector<NamedBytes> files;
  const std::string prefix = folder + "/";
  for (auto file = side_.files.lower_bound(prefix);
       file != side_.files.end() && file->first.starts_with(prefix); ++file) {
    const std::string_view name = std::string_view(file->first).substr(prefix.size());
    if (name.find('/') == std::string_view::npos) files.push_back({name, file->second.bytes});
  }
  Code& code = at->second;
  code = read_(files);
  if (folder.starts_with(k_modules)) {
    add_beside(folder, code);
  } else {
    add_copies(code);
  }
  add_pins(code);
  return code;
}

}  // namespace space::compare
