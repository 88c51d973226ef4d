// DiagnosticSink: where phases report. Collecting keeps everything; finish() sorts by (file path,
// offset, code), drops repeats and all but the first of one offset, and bounds the number.
// Reporting is by kinds of the catalogue:
//
//   sink.report(stage_order, span, reader, producer).label("reads `{}`").note("…").help("…");
//
// The Builder hands the record to the sink when it goes out of scope. A function that reports for
// several checks takes `std::source_location origin = std::source_location::current()` last and
// reports at `{span, origin}`, so that each of its callers is known for the place that reports.
#pragma once

#include <fmt/core.h>

#include <cstdint>
#include <functional>
#include <source_location>
#include <string>
#include <utility>
#include <vector>

#include "core/diagnostics/catalogue.h"
#include "core/diagnostics/diagnostic.h"
#include "core/source/source_set.h"

namespace space::diagnostics {

// Where in the user's text, and which line of ours says so.
struct At {
  At(source::Span in = {}, std::source_location by = std::source_location::current())
      : span(in), origin(by) {}
  At(source::FileId file, std::uint32_t begin, std::uint32_t end,
     std::source_location by = std::source_location::current())
      : span{file, begin, end}, origin(by) {}
  source::Span span;
  std::source_location origin;
};

class DiagnosticSink {
 public:
  class Builder {
   public:
    Builder(DiagnosticSink& sink, Diagnostic diagnostic)
        : sink_(sink), diagnostic_(std::move(diagnostic)) {}
    ~Builder() { sink_.add(std::move(diagnostic_)); }
    Builder(const Builder&) = delete;
    Builder& operator=(const Builder&) = delete;

    Builder& label(std::string text) {
      diagnostic_.primary.text = std::move(text);
      return *this;
    }
    Builder& related(source::Span span, std::string text) {
      if (span.valid()) diagnostic_.related.push_back({span, std::move(text)});
      return *this;
    }
    Builder& note(std::string text) {
      diagnostic_.notes.push_back(std::move(text));
      return *this;
    }
    Builder& help(std::string text) {
      if (!text.empty()) diagnostic_.help.push_back(std::move(text));
      return *this;
    }
    Builder& fix(Fix fix) {
      diagnostic_.fixes.push_back(std::move(fix));
      return *this;
    }
    Builder& subject(Subject subject) {
      diagnostic_.subject = std::move(subject);
      return *this;
    }

   private:
    DiagnosticSink& sink_;
    Diagnostic diagnostic_;
  };

  virtual ~DiagnosticSink() = default;
  virtual void add(Diagnostic diagnostic) = 0;

  // `Kind` is a row of the catalogue; the arguments are checked against its pattern when this
  // compiles.
  template <class Kind, class... Args>
  Builder report(const Kind&, At at, const Args&... args) {
    Diagnostic diagnostic;
    diagnostic.descriptor = &Kind::descriptor;
    diagnostic.severity = Kind::descriptor.severity;
    diagnostic.message = fmt::format(fmt::format_string<const Args&...>(Kind::pattern), args...);
    diagnostic.primary.span = at.span;
    diagnostic.origin = at.origin;
    return Builder(*this, std::move(diagnostic));
  }
};

class CollectingSink final : public DiagnosticSink {
 public:
  void add(Diagnostic diagnostic) override { diagnostics_.push_back(std::move(diagnostic)); }
  const std::vector<Diagnostic>& all() const { return diagnostics_; }
  bool has_errors() const;
  // Marks and truncation, for a caller that tries something and takes it back.
  std::size_t mark() const { return diagnostics_.size(); }
  void truncate(std::size_t mark) { diagnostics_.resize(mark); }

  // Sorted, without repeats, at most one an offset (errors before warnings). What `keep` says no to
  // is left out first, as if its check were gone.
  using Keep = std::function<bool(const Diagnostic&)>;
  std::vector<Diagnostic> finish(const source::SourceSet& sources, const Keep& keep = {}) const;

 private:
  std::vector<Diagnostic> diagnostics_;
};

class NullSink final : public DiagnosticSink {
 public:
  void add(Diagnostic) override {}
};

}  // namespace space::diagnostics
