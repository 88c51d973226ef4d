// Side: one of two compilations that are compared: what was lowered and what was emitted of it. And
// SideCode, its folders' code, each read when it is first asked for. In: a Side, and the function
// that reads code. Out: Code. What no block holds stands in it as blocks too: the files that code
// reads beside itself (`path:…`), those that were copied for a root (`copy.…`), and which bytes a
// remote module is pinned to (`package.…`).
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "compiler/compare/code.h"
#include "compiler/lower/lowered_roots.h"
#include "core/base/filesystem.h"

namespace space::compare {

struct SideFile {
  std::string_view bytes;
  base::FileMode mode = base::FileMode::Plain;
};

struct Side {
  const lower::LoweredProgram* program = nullptr;      // null: there was none
  std::map<std::string, SideFile, std::less<>> files;  // of out/
  std::map<std::string, std::string, std::less<>>
      origins;                              // NAME-DIGEST under modules/: where in the project
  std::map<std::string, std::string> pins;  // of a remote module, "ADDRESS VERSION": its digest
};

class SideCode {
 public:
  SideCode(const Side& side, const ReadCode& read) : side_(side), read_(read) {}

  const Side& side() const { return side_; }
  // `folder` lies in out/. Of one that holds nothing there is no code.
  const Code& of(const std::string& folder);
  // Where a call in `folder` leads to, in out/; "" where its module comes from elsewhere.
  static std::string called(const std::string& folder, const CodeBlock& call);
  // "modules/net-0123456789ab/sub" as the project has it: "modules/net/sub".
  std::string origin_of(std::string_view path) const;

 private:
  void name_copies(CodePart& part, Code& code) const;
  void add_copies(Code& code) const;
  void add_beside(const std::string& folder, Code& code) const;
  void add_pins(Code& code) const;
  std::string contents(const std::string& prefix) const;

  const Side& side_;
  const ReadCode& read_;
  std::map<std::string, Code> folders_;
};

}  // namespace space::compare
