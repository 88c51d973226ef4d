#include "compiler/driver/read_code.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "compiler/driver/code_reads.h"
#include "compiler/modules/config_files.h"
#include "compiler/program/expressions.h"
#include "compiler/syntax/parse.h"
#include "core/eval/expression_meaning.h"

namespace space::driver {

namespace {

using compare::Code;
using compare::CodeBlock;
using compare::CodePart;
using model::Attribute;
using model::Block;
using model::Body;

constexpr std::string_view k_lock_file = ".terraform.lock.hcl";

// Arguments of a module call that are not its module's variables.
constexpr std::string_view k_of_call[] = {"source",     "version",   "count",    "for_each",
                                          "depends_on", "providers", "lifecycle"};

bool is_local(std::string_view source) {
  return source.starts_with("./") || source.starts_with("../") || source == "." || source == "..";
}

class FileReader {
 public:
  FileReader(const eval::ExprTree& tree, std::string file, Code& into)
      : tree_(tree), file_(std::move(file)), into_(into) {}

  void read(const Block& block) {
    const std::string& type = block.type.text;
    if (type == "terraform") return read_settings(block);
    if (type == "locals") {
      for (const Attribute& one : block.body.attributes) read_local(one);
    } else if (type == "module") {
      read_call(block);
    } else {
      take(address_of(block), block);
    }
  }

  void read_lock(const Block& block) {
    CodeBlock& into = put("lock." + (block.labels.empty() ? "" : block.labels[0].text));
    std::vector<std::string> parts;
    for (const Attribute& one : block.body.attributes) {
      // Hashes are a set; constraints repeat what the code says.
      if (one.name.text == "constraints") continue;
      const eval::ExprId id = one.value;
      if (tree_[id].kind != eval::ExprKind::Tuple) {
        parts.push_back(one.name.text + "=" + eval::expression_meaning(tree_, id));
        continue;
      }
      for (const eval::ExprId item : tree_.children(id))
        parts.push_back(one.name.text + "+=" + eval::expression_meaning(tree_, item));
    }
    std::sort(parts.begin(), parts.end());
    for (const std::string& part : parts) into.meaning += part + "\n";
  }

 private:
  CodeBlock& put(const std::string& address) {
    CodeBlock& block = into_.blocks[address];
    if (block.file.empty()) block.file = file_;
    return block;
  }

  static std::string label(const Block& block, std::size_t nth) {
    return nth < block.labels.size() ? block.labels[nth].text : "";
  }

  std::string address_of(const Block& block) const {
    const std::string& type = block.type.text;
    const std::string first = label(block, 0);
    if (type == "variable") return "var." + first;
    if (type == "resource") return first + "." + label(block, 1);
    if (type == "data" || type == "ephemeral") return type + "." + first + "." + label(block, 1);
    if (type == "provider") {
      for (const Attribute& one : block.body.attributes) {
        if (one.name.text != "alias") continue;
        if (const auto alias = eval::literal_string(tree_, one.value))
          return "provider." + first + "." + *alias;
      }
    }
    std::string address = type;
    for (const model::Name& name : block.labels) address += "." + name.text;
    return address;
  }

  void argument(const Attribute& one, ReadAs as, CodePart& part) const {
    part.meaning += one.name.text + " = " + eval::expression_meaning(tree_, one.value) + "\n";
    add_reads(tree_, one.value, as, part.reads);
  }

  static std::string header_of(const Block& block) {
    std::string header = block.type.text;
    for (const model::Name& name : block.labels) header += " \"" + name.text + "\"";
    return header;
  }

  // Arguments by name; blocks by type, those of one type as they stand: a list may be made of them.
  void body(const Body& from, CodePart& part, std::string_view skipped = "") const {
    std::vector<const Attribute*> attributes;
    for (const Attribute& one : from.attributes) {
      if (one.name.text != skipped) attributes.push_back(&one);
    }
    std::sort(attributes.begin(), attributes.end(),
              [](const Attribute* a, const Attribute* b) { return a->name.text < b->name.text; });
    for (const Attribute* one : attributes) {
      const bool provider = one->name.text == "provider" || one->name.text == "providers";
      argument(*one, provider ? ReadAs::Provider : ReadAs::Value, part);
    }
    const auto kind = [](const Block& block) {
      return block.type.text == "dynamic" ? label(block, 0) : block.type.text;
    };
    std::vector<const Block*> blocks;
    for (const Block& block : from.blocks) blocks.push_back(&block);
    std::stable_sort(blocks.begin(), blocks.end(),
                     [&](const Block* a, const Block* b) { return kind(*a) < kind(*b); });
    for (const Block* block : blocks) {
      part.meaning += header_of(*block) + " {\n";
      body(block->body, part);
      part.meaning += "}\n";
    }
  }

  // Several of one address: what an override file says, or `moved` blocks, which have no name.
  void take(const std::string& address, const Block& block) {
    const std::string& type = block.type.text;
    CodeBlock& into = put(address);
    CodePart part;
    const bool described = type == "variable" || type == "output";
    body(block.body, part, described ? "description" : "");
    if (type == "moved" || type == "removed") part.reads.clear();
    if (type == "import") {
      CodePart without_target;
      body(block.body, without_target, "to");
      part.reads = std::move(without_target.reads);
    }
    if (type == "resource" || type == "data" || type == "ephemeral") add_provider(block, part);
    if (!into.meaning.empty()) into.meaning += "and\n";
    into.meaning += header_of(block) + " {\n" + part.meaning + "}\n";
    into.reads.merge(part.reads);
  }

  void take(const std::string& address, const std::vector<Attribute>& attributes) {
    CodeBlock& into = put(address);
    for (const Attribute& one : attributes) argument(one, ReadAs::Value, into);
  }

  // An object that is written out is read attribute by attribute.
  void read_local(const Attribute& one) {
    const std::string address = "local." + one.name.text;
    take(address, {one});
    if (!one.value.valid()) return;
    const eval::ExprId id = eval::without_parens(tree_, one.value);
    if (tree_[id].kind != eval::ExprKind::Object) return;
    const auto children = tree_.children(id);
    for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
      if (!eval::literal_string(tree_, children[i])) return;
    }
    for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
      CodeBlock& into = put(address + "." + *eval::literal_string(tree_, children[i]));
      into.meaning += eval::expression_meaning(tree_, children[i + 1]) + "\n";
      add_reads(tree_, children[i + 1], ReadAs::Value, into.reads);
    }
  }

  // Where a block does not say it: `aws` of `aws_vpc`.
  static void add_provider(const Block& block, CodePart& part) {
    for (const Attribute& one : block.body.attributes) {
      if (one.name.text == "provider") return;
    }
    const std::string type = label(block, 0);
    const std::string name = type.substr(0, type.find('_'));
    part.reads.insert("provider." + name);
    part.reads.insert("terraform.required_providers." + name);
  }

  void read_settings(const Block& block) {
    for (const Attribute& one : block.body.attributes) take("terraform." + one.name.text, {one});
    for (const Block& inner : block.body.blocks) {
      const std::string address = "terraform." + inner.type.text;
      if (inner.type.text == "required_providers") {
        for (const Attribute& one : inner.body.attributes)
          take(address + "." + one.name.text, {one});
      } else {
        CodeBlock& into = put(address);
        into.meaning += header_of(inner) + "\n";
        body(inner.body, into);
      }
    }
  }

  void read_call(const Block& block) {
    CodeBlock& into = put("module." + label(block, 0));
    into.meaning += header_of(block) + "\n";
    for (const Attribute& one : block.body.attributes) {
      const std::string& name = one.name.text;
      const bool own = std::ranges::find(k_of_call, name) != std::end(k_of_call);
      if (name == "source") {
        const auto source = eval::literal_string(tree_, one.value);
        into.source = source.value_or("");
        if (!source) into_.insight = compare::Insight::Opaque;  // it leads anywhere
      }
      if (name == "version") into.version = eval::literal_string(tree_, one.value).value_or("");
      if (!own) {
        argument(one, ReadAs::Value, into.arguments[name]);
      } else if (name == "source" && is_local(into.source)) {
        into.meaning += "source = here\n";  // what lies there is compared, not where
      } else {
        argument(one, name == "providers" ? ReadAs::Provider : ReadAs::Value, into);
      }
    }
    Body rest;
    rest.blocks = block.body.blocks;
    body(rest, into);
  }

  const eval::ExprTree& tree_;
  std::string file_;
  Code& into_;
};

// `local.x.y` is one attribute where `x` is an object that is written out, and else all of `x`.
void settle_locals(const Code& code, CodePart& part) {
  std::set<std::string> settled;
  for (const std::string& read : part.reads) {
    constexpr std::size_t k_head = std::string_view("local.").size();
    const std::size_t dot = read.starts_with("local.") ? read.find('.', k_head) : std::string::npos;
    settled.insert(dot == std::string::npos || code.blocks.contains(read) ? read
                                                                          : read.substr(0, dot));
  }
  part.reads = std::move(settled);
}

void take_opaque(const std::string& name, std::string_view bytes, Code& into) {
  CodeBlock block;
  block.file = name;
  block.meaning = bytes;
  into.blocks.insert_or_assign(std::string(compare::k_file) + name, std::move(block));
}

// Nothing where the text does not parse.
std::optional<Body> read_blocks(const std::string& name, std::string_view bytes,
                                eval::ExprTree& tree) {
  source::SourceSet sources;
  diagnostics::CollectingSink sink;
  const source::FileId file = sources.add(name, std::string(bytes));
  const syntax::SyntaxTree syntax = syntax::parse(sources, file, syntax::Dialect::Tofu, sink);
  Body body = program::build_body(syntax.root(), tree, sink);
  if (sink.has_errors()) return std::nullopt;
  return body;
}

}  // namespace

Code read_code(const std::vector<compare::NamedBytes>& files) {
  Code code;
  std::vector<base::DirectoryEntry> entries;
  for (const compare::NamedBytes& file : files)
    entries.push_back({std::string(file.name), base::FileKind::Regular});
  const auto bytes_of = [&](std::string_view name) {
    return std::ranges::find_if(files, [&](const auto& file) { return file.name == name; })->bytes;
  };
  for (const modules::ConfigFile& config : modules::config_files(entries)) {
    const std::string_view bytes = bytes_of(config.name);
    eval::ExprTree tree;
    std::optional<Body> body;
    if (config.form == modules::FileForm::Native) body = read_blocks(config.name, bytes, tree);
    if (!body) {
      code.insight = compare::Insight::Opaque;
      take_opaque(config.name, bytes, code);
      continue;
    }
    FileReader reader(tree, config.name, code);
    for (const Block& block : body->blocks) reader.read(block);
  }
  for (const compare::NamedBytes& file : files) {
    if (file.name != k_lock_file) continue;
    eval::ExprTree tree;
    const std::optional<Body> body = read_blocks(std::string(file.name), file.bytes, tree);
    if (!body) {
      take_opaque(std::string(file.name), file.bytes, code);
      continue;
    }
    FileReader reader(tree, std::string(file.name), code);
    for (const Block& block : body->blocks) reader.read_lock(block);
  }
  for (auto& [address, block] : code.blocks) {
    settle_locals(code, block);
    for (auto& [name, argument] : block.arguments) settle_locals(code, argument);
  }
  return code;
}

}  // namespace space::driver
