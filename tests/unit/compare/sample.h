// A program that has something of everything, and every way in which one root of it can be changed
// in one place. In: a root. Out: changes to make to a copy of it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "compiler/driver/compile.h"
#include "core/base/filesystem.h"

namespace space::compare_test {

base::MemoryFileSystem sample_files();
driver::Compilation compile_sample(const base::FileSystem& files);

// Does it change what tofu does, or what people read alone?
enum class Weight : std::uint8_t { Meaning, Words };

// Everything in a root that is code, one change each: the change, and what is to be said of it.
struct Change {
  std::string file;
  std::function<void(lower::LoweredRoot&)> make;
  Weight weight = Weight::Meaning;
};
std::vector<Change> changes_of(const lower::LoweredRoot& root);

}  // namespace space::compare_test
