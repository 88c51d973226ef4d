// ModuleSink: what a module's own files are reported to. Every diagnostic is handed on with the
// place that uses the module as a related span; that there was one is remembered, since a module
// with a mistake gives no interface.
#pragma once

#include <utility>

#include "core/diagnostics/sink.h"

namespace space::modules {

class ModuleSink final : public diagnostics::DiagnosticSink {
 public:
  ModuleSink(diagnostics::DiagnosticSink& into, source::Span used_at)
      : into_(into), used_at_(used_at) {}

  void add(diagnostics::Diagnostic diagnostic) override {
    failed_ = failed_ || diagnostic.severity == diagnostics::Severity::Error;
    const bool elsewhere = diagnostic.primary.span != used_at_;
    if (elsewhere && used_at_.valid())
      diagnostic.related.push_back({used_at_, "the module is used here"});
    if (elsewhere) diagnostic.fixes.clear();  // its files are not ours to mend
    into_.add(std::move(diagnostic));
  }
  bool failed() const { return failed_; }

 private:
  diagnostics::DiagnosticSink& into_;
  source::Span used_at_;
  bool failed_ = false;
};

}  // namespace space::modules
