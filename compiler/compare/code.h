// Code: the blocks of one folder of tofu's code, each with what it means and what it reads, so that
// two of them can be held against each other. In: files of the folder, read by a function that
// driver hands in (no parser is seen here). Out: data. A block's meaning is equal where layout,
// comments, descriptions, and the order of blocks and arguments differ alone.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace space::compare {

struct CodePart {
  std::string meaning;
  std::set<std::string> reads;  // addresses
};

// Addresses are those of references, whole enough to find a block by: `var.x`, `local.x`,
// `aws_vpc.main`, `data.aws_ami.base`, `module.net`. What no reference names has one of its own:
// `provider.aws.west`, `output.id`, `terraform.backend`, `lock.SOURCE`, `file.NAME`. Besides,
// `module.net.id` is read for one output of a call, `path:x.tpl` for a file or folder beside the
// code, and `path:` for any file of the whole module.
struct CodeBlock : CodePart {
  std::string file;                           // that it stands in
  std::map<std::string, CodePart> arguments;  // of a module call, whose own part is the rest
  std::string source, version;                // of a module call, where they are written out
};

// Opaque: some file could not be taken apart, so anything in the folder may read anything.
enum class Insight : std::uint8_t { Whole, Opaque };

struct Code {
  std::map<std::string, CodeBlock> blocks;  // by address
  Insight insight = Insight::Whole;
};

struct NamedBytes {
  std::string_view name, bytes;
};
using ReadCode = std::function<Code(const std::vector<NamedBytes>& files)>;

// What an opaque folder's file, or one that is no code, is called.
inline constexpr std::string_view k_file = "file.", k_path = "path:";

}  // namespace space::compare
