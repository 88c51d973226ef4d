// Id<Tag>: an index into one vector, typed so that ids of two kinds do not mix. Ids order like
// their indexes.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>

namespace space::base {

template <class Tag>
struct Id {
  static constexpr std::uint32_t k_none = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t value = k_none;

  constexpr Id() = default;
  constexpr explicit Id(std::size_t index) : value(static_cast<std::uint32_t>(index)) {}
  constexpr bool valid() const { return value != k_none; }
  constexpr std::size_t index() const { return value; }
  friend constexpr auto operator<=>(Id, Id) = default;
};

}  // namespace space::base

template <class Tag>
struct std::hash<space::base::Id<Tag>> {
  std::size_t operator()(space::base::Id<Tag> id) const noexcept { return id.value; }
};
