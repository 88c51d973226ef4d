// Programs that are compiled to be compared, and what differs between two of them as lines to look
// at. In: texts by path. Out: a line for each root that is affected.
#pragma once

#include <map>
#include <set>
#include <string>

#include "compiler/driver/affected.h"

namespace space::compare_test {

using Places = std::map<std::string, std::string>;  // path -> text
using Lines = std::set<std::string>;

// "changed prod/east/web/one: code acme_thing.this; id", by root.
Lines told(const compare::Affected& affected);

Lines difference(const Places& before, const Places& now);

std::string replaced(std::string text, const std::string& old, const std::string& with);

// One text of the program changed in one place.
Lines after(const Places& places, const std::string& path, const std::string& old,
            const std::string& with);

// A project with one space, `here`, and two providers; a mission goes beside it.
extern const char* const k_head;

}  // namespace space::compare_test
