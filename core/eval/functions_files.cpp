// basename dirname file filebase64 filebase64sha256 filebase64sha512 fileexists filemd5 fileset
// filesha1 filesha256 filesha512 templatefile templatestring. Paths are relative to the folder of
// the `.space` file: what lies elsewhere on this machine would be another build on the next.
#include <algorithm>

#include "core/base/escapes.h"
#include "core/base/strings.h"
#include "core/eval/encoding.h"
#include "core/eval/function_families.h"
#include "core/eval/glob.h"
#include "core/values/render.h"

namespace space::eval {

using values::Type;
using values::TypeKind;
using values::Value;

namespace {

// Without files (typing looks at types alone) what a file holds is unknown.
FunctionResult unread(Type type) { return give(Value::unknown(std::move(type))); }

// Where the path leads, or why it may not.
std::optional<std::string> locate(const Value& path, const FunctionContext& context,
                                  std::string& why) {
  const std::string& written = path.as_string();
  if (written.starts_with('/') || written.starts_with('~')) {
    why = "`" + written +
          "` lies outside of the project; write a path relative to the folder of this file";
  } else if (written.find('\0') != std::string::npos) {
    why = "a path may not hold a NUL byte";
  } else {
    return base::join_path(context.folder, written);
  }
  return std::nullopt;
}

std::optional<std::string> read(const Value& path, const FunctionContext& context,
                                std::string& why) {
  const std::optional<std::string> place = locate(path, context, why);
  if (!place) return std::nullopt;
  base::Result<std::string> bytes = context.files->read(*place);
  if (!bytes) {
    why = "cannot read `" + path.as_string() + "`: " + bytes.error().message;
    return std::nullopt;
  }
  if (context.on_read) context.on_read(*place);
  return std::move(*bytes);
}

std::optional<std::string> read_text(const Value& path, const FunctionContext& context,
                                     std::string& why) {
  std::optional<std::string> bytes = read(path, context, why);
  if (bytes && base::find_invalid_utf8(*bytes)) {
    why = "`" + path.as_string() + "` is no UTF-8; `filebase64` reads it as base64";
    return std::nullopt;
  }
  return bytes;
}

FunctionResult file(Arguments arguments, const FunctionContext& context) {
  if (!context.files) return unread(Type::string());
  std::string why;
  std::optional<std::string> content = read_text(arguments[0], context, why);
  return content ? give(text(std::move(*content))) : refuse(0, why);
}

FunctionResult file_base64(Arguments arguments, const FunctionContext& context) {
  if (!context.files) return unread(Type::string());
  std::string why;
  const std::optional<std::string> bytes = read(arguments[0], context, why);
  return bytes ? give(text(to_base64(*bytes))) : refuse(0, why);
}

template <HashKind Kind, std::string (*Encode)(std::string_view)>
FunctionResult file_hash(Arguments arguments, const FunctionContext& context) {
  if (!context.files) return unread(Type::string());
  std::string why;
  const std::optional<std::string> bytes = read(arguments[0], context, why);
  return bytes ? give(text(Encode(hash(Kind, *bytes)))) : refuse(0, why);
}

FunctionResult file_exists(Arguments arguments, const FunctionContext& context) {
  if (!context.files) return unread(Type::boolean());
  std::string why;
  const std::optional<std::string> place = locate(arguments[0], context, why);
  if (!place) return refuse(0, why);
  switch (context.files->stat(*place).kind) {
    case base::FileKind::Missing:
      return give(Value::boolean(false));
    case base::FileKind::Regular:
      return give(Value::boolean(true));
    case base::FileKind::Symlink:
      return give(Value::boolean(context.files->read(*place).has_value()));
    case base::FileKind::Directory:
      return refuse(0, "`" + text_of(arguments[0]) + "` is a folder, and no file");
    case base::FileKind::Other:
      break;
  }
  return refuse(0, "`" + text_of(arguments[0]) + "` is no regular file");
}

FunctionResult file_set(Arguments arguments, const FunctionContext& context) {
  if (!context.files) return unread(Type::set(Type::string()));
  std::string why;
  const std::optional<std::string> folder = locate(arguments[0], context, why);
  if (!folder) return refuse(0, why);
  if (!is_glob(text_of(arguments[1])))
    return refuse(
        1,
        "the pattern is broken: a `[`, `{` or `\\` is never ended, or a `]` or `}` stands alone");
  values::ValueList paths;
  for (std::string& path : find_files(*context.files, *folder, text_of(arguments[1])))
    paths.push_back(text(std::move(path)));
  return give(Value::set(Type::string(), std::move(paths)));
}

FunctionResult base_name(Arguments arguments, const FunctionContext&) {
  std::string_view path = text_of(arguments[0]);
  if (path.empty()) return give(text("."));
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  const std::size_t slash = path.rfind('/');
  if (path != "/" && slash != std::string_view::npos) path.remove_prefix(slash + 1);
  return give(text(std::string(path)));
}

FunctionResult dir_name(Arguments arguments, const FunctionContext&) {
  const std::string_view path = text_of(arguments[0]);
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return give(text("."));
  return give(text(base::normalize_path(path.substr(0, slash + 1))));
}

FunctionResult render(const std::string& place, const std::string& content, const Value& variables,
                      const FunctionContext& context) {
  if (variables.kind() != TypeKind::Map && variables.kind() != TypeKind::Object) {
    return refuse(1, "a map is required, and this is " + values::describe(variables.type()));
  }
  for (const auto& [name, value] : variables.as_map()) {
    if (!values::is_identifier(name))
      return refuse(1, values::quote_hcl(name) + " is no name that a variable can have");
  }
  if (!context.render_template) return unread(Type::string());
  std::string error;
  Value rendered = context.render_template(place, content, variables, error);
  return error.empty() ? give(std::move(rendered)) : refuse(0, error);
}

FunctionResult template_file(Arguments arguments, const FunctionContext& context) {
  if (!context.files) return unread(Type::string());
  std::string why;
  const std::optional<std::string> content = read_text(arguments[0], context, why);
  if (!content) return refuse(0, why);
  return render(base::join_path(context.folder, text_of(arguments[0])), *content, arguments[1],
                context);
}

FunctionResult template_string(Arguments arguments, const FunctionContext& context) {
  // The result is as secret as what the text uses, not as all that it could.
  FunctionResult rendered =
      render("", text_of(arguments[0]), arguments[1].without_marks(), context);
  if (rendered.value) rendered.value = rendered.value->with_marks(arguments[1].marks());
  return rendered;
}

constexpr ParameterSet k_second = 2;

constexpr Behaviour k_functions[] = {
    {"basename", base_name},
    {"dirname", dir_name},
    {"file", file},
    {"filebase64", file_base64},
    {"filebase64sha256", file_hash<HashKind::Sha256, to_base64>},
    {"filebase64sha512", file_hash<HashKind::Sha512, to_base64>},
    {"fileexists", file_exists},
    {"filemd5", file_hash<HashKind::Md5, base::to_hex>},
    {"fileset", file_set},
    {"filesha1", file_hash<HashKind::Sha1, base::to_hex>},
    {"filesha256", file_hash<HashKind::Sha256, base::to_hex>},
    {"filesha512", file_hash<HashKind::Sha512, base::to_hex>},
    {"templatefile", template_file},
    {"templatestring", template_string, k_no_parameter, k_second},
};

}  // namespace

std::span<const Behaviour> file_functions() { return k_functions; }

}  // namespace space::eval
