#include "core/diagnostics/sink.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>
#include <tuple>

#include "core/diagnostics/words.h"

namespace space::diagnostics {

namespace {

// More than a person reads or an editor shows; a broken generator's output must not fill the disk.
constexpr std::size_t k_most = 10'000;

// The rank of each file by its path: one sort of the files in place of a comparison of paths per
// pair of diagnostics.
std::vector<std::uint32_t> ranks_by_path(const source::SourceSet& sources) {
  std::vector<std::uint32_t> order(sources.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const auto& left = sources.file(source::FileId(a)).path();
    const auto& right = sources.file(source::FileId(b)).path();
    return std::tie(left, a) < std::tie(right, b);
  });
  std::vector<std::uint32_t> ranks(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) ranks[order[i]] = i + 1;  // 0: about no place
  return ranks;
}

struct Key {
  std::uint32_t file;
  std::uint32_t begin;
  std::size_t index;
};

}  // namespace

bool CollectingSink::has_errors() const {
  return std::any_of(diagnostics_.begin(), diagnostics_.end(),
                     [](const Diagnostic& one) { return one.severity == Severity::Error; });
}

std::vector<Diagnostic> CollectingSink::finish(const source::SourceSet& sources,
                                               const Keep& keep) const {
  const auto ranks = ranks_by_path(sources);
  std::vector<Key> keys;
  keys.reserve(diagnostics_.size());
  for (std::size_t i = 0; i < diagnostics_.size(); ++i) {
    if (keep && !keep(diagnostics_[i])) continue;
    const source::Span span = diagnostics_[i].primary.span;
    keys.push_back({span.valid() ? ranks[span.file.index()] : 0, span.begin, i});
  }
  // Among those of one offset the worst comes first, then the earliest thousand: a syntax error
  // explains the others. The message makes the order whole, so that it does not depend on the order
  // of reporting.
  std::sort(keys.begin(), keys.end(), [&](const Key& a, const Key& b) {
    const Diagnostic& left = diagnostics_[a.index];
    const Diagnostic& right = diagnostics_[b.index];
    const auto row = [](const Key& key, const Diagnostic& one) {
      return std::make_tuple(key.file, key.begin, one.severity, code_of(one),
                             std::string_view(one.message), key.index);
    };
    return row(a, left) < row(b, right);
  });
  const auto same_place = [&](const Key& a, const Key& b) {
    if (a.file != b.file) return false;
    if (a.file != 0) return a.begin == b.begin;
    const Diagnostic& left = diagnostics_[a.index];  // about no place: only a repeat is the same
    const Diagnostic& right = diagnostics_[b.index];
    return left.message == right.message && code_of(left) == code_of(right);
  };
  keys.erase(std::unique(keys.begin(), keys.end(), same_place), keys.end());

  const std::size_t total = keys.size();
  if (total > k_most) {
    // Errors stay before warnings do; the order of those that stay is kept.
    std::stable_partition(keys.begin(), keys.end(), [&](const Key& key) {
      return diagnostics_[key.index].severity == Severity::Error;
    });
    keys.resize(k_most);
    std::stable_sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) {
      return std::tie(a.file, a.begin) < std::tie(b.file, b.begin);
    });
  }
  std::vector<Diagnostic> finished;
  finished.reserve(keys.size());
  for (const Key& key : keys) finished.push_back(diagnostics_[key.index]);
  if (total > k_most) {
    finished.back().notes.push_back(std::to_string(total - k_most) +
                                    " more diagnostics are not shown");
  }
  return finished;
}

}  // namespace space::diagnostics
