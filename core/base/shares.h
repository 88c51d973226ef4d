// in_shares: cuts `count` things into contiguous shares, none smaller than `least`, and calls
// `work(begin, end)` for each: the first here, the others on threads of their own where such can be
// had. Returns what they returned, in the order of the shares, once all are done. `work` must
// depend on no other share, so that how many there are shows in nothing but the time.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <future>
#include <thread>
#include <type_traits>
#include <vector>

namespace space::base {

inline constexpr unsigned k_most_shares = 4;  // beyond, a file system's own locks are the limit

template <class Work>
auto in_shares(std::size_t count, std::size_t least, const Work& work) {
  using Outcome = std::invoke_result_t<const Work&, std::size_t, std::size_t>;
  const std::size_t most = std::clamp(std::thread::hardware_concurrency(), 1U, k_most_shares);
  const std::size_t shares = std::clamp<std::size_t>(count / least, 1, most);
  std::vector<std::future<Outcome>> others;
  for (std::size_t i = 1; i < shares; ++i) {
    // Without a launch policy: work that gets no thread is done by get().
    others.push_back(std::async(std::cref(work), count * i / shares, count * (i + 1) / shares));
  }
  std::vector<Outcome> outcomes;
  outcomes.push_back(work(0, count / shares));
  for (std::future<Outcome>& other : others) outcomes.push_back(other.get());
  return outcomes;
}

}  // namespace space::base
