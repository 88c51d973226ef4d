#include "compiler/driver/state_file.h"

#include <set>

#include "core/base/json_reader.h"

namespace space::driver {

namespace {

using base::JsonReader;

struct Resource {
  std::string mode, module, type, name;
};

bool read_resource(JsonReader& in, Resource& resource) {
  std::string key;
  if (!in.begin_object()) return false;
  while (in.next_member(key)) {
    const bool fine = key == "mode"     ? in.read(resource.mode)
                      : key == "module" ? in.read(resource.module)
                      : key == "type"   ? in.read(resource.type)
                      : key == "name"   ? in.read(resource.name)
                                        : in.skip();
    if (!fine) return false;
  }
  return !in.failed();
}

// The call at the root that leads there: `module.a` of `module.a["k"].module.b`.
std::string outermost(const std::string& module) {
  const std::size_t name = module.find('.') + 1;
  return module.substr(0, module.find_first_of(".[", name));
}

}  // namespace

base::Result<StateContents> read_state(std::string_view json) {
  JsonReader in(json);
  std::string key, lineage;
  std::int64_t version = 0;
  std::set<std::string> addresses;
  bool fine = in.begin_object();
  while (fine && in.next_member(key)) {
    if (key == "version") {
      fine = in.read(version);
    } else if (key == "lineage") {
      fine = in.read(lineage);
    } else if (key == "resources" && in.peek() == JsonReader::Kind::Array) {
      fine = in.begin_array();
      while (fine && in.next_element()) {
        Resource resource;
        fine = read_resource(in, resource);
        if (!fine) break;
        if (!resource.module.empty()) {
          addresses.insert(outermost(resource.module));
        } else if (resource.mode == "managed") {
          addresses.insert(resource.type + "." + resource.name);
        }
      }
      fine = fine && !in.failed();
    } else {
      fine = in.skip();
    }
  }
  if (!fine || in.failed() || !in.finish())
    return base::Error{"it is no state: " + in.error(), "`tofu state pull` prints one"};
  if (version != 4 || lineage.empty())
    return base::Error{version == 0 ? "it is no state, or an encrypted one"
                                    : "it is a state of version " + std::to_string(version),
                       "`tofu state pull` in the old root prints one of version 4, in clear"};
  return StateContents{{addresses.begin(), addresses.end()}};
}

}  // namespace space::driver
