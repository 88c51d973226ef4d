// Workspace: one program that is analyzed again and again while its files change under an editor or
// a watch. In: a file system (an overlay holds what is not saved) and where to look. Out:
// analyze(), the Compilation that compile() would give for the files as they are now, without doing
// again what did not change: see remembered.h. A Compilation stays good while later ones are made,
// and may outlive the Workspace. Not for several threads.
#pragma once

#include "compiler/driver/compile.h"
#include "compiler/driver/remembered.h"

namespace space::driver {

class Workspace {
 public:
  // `files`, and the standard library of `options`, must outlive it.
  Workspace(const base::FileSystem& files, CompileOptions options)
      : files_(files), options_(std::move(options)) {}

  Compilation analyze() { return compile(files_, options_, remembered_); }

 private:
  const base::FileSystem& files_;
  CompileOptions options_;
  Remembered remembered_{Analyses::Many};
};

}  // namespace space::driver
