// Fingerprint: all that goes into a plan of a root, part by part, each by its digest: files and
// modules, inputs, what is passed of the environment, tofu, its CLI configuration, where the state
// lies. In: the parts of now and those of its last good end. Out: which differ, in words. What no
// digest can hold (the world, time, a module that floats) is not in it. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/filesystem.h"
#include "core/runplan/run_plan.h"

namespace space::flight {

using Parts = std::map<std::string, std::string>;  // "file `main.tf`" -> digest

std::string digest_of(const Parts& parts);

// Short enough to keep hundreds of, long enough to tell two apart.
std::string part_digest(std::string_view bytes);

// Names of parts that are in one alone, or differ; and such names as a text, the first few of many.
std::vector<std::string> differing_parts(const Parts& before, const Parts& now);
std::string parts_in_words(const std::vector<std::string>& names);

struct LastEnd;
enum class Looking : std::uint8_t;

// Why a root must be looked at, as far as it is known without its state; "" where nothing says so.
std::string why_to_look(const std::optional<LastEnd>& last, const Parts& now,
                        const runplan::Root& root, Looking looking);

}  // namespace space::flight
