// The files of one root and of one flight, one function and one .cpp an artefact. In: a lowered
// root and the formatter. Out: a FileText; an empty one is not written. Pure: the same root gives
// the same bytes, whatever came before it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/emit/file_text.h"
#include "compiler/emit/formatter.h"
#include "compiler/lower/lowered_roots.h"
#include "core/runplan/dependency_lock.h"
#include "core/source/source_set.h"

namespace space::emit {

FileText terraform_tf(const lower::LoweredRoot& root, const std::string& tofu_version);
FileText backend_tf(const lower::LoweredRoot& root, Formatter& formatter);
FileText providers_tf(const lower::LoweredRoot& root, const std::vector<Chunk>& blocks);
FileText imports_tf(const lower::LoweredRoot& root, const std::vector<Chunk>& blocks);
FileText variables_tf(const lower::LoweredRoot& root, Formatter& formatter);
FileText main_tf(const lower::LoweredRoot& root, Formatter& formatter);
FileText outputs_tf(const lower::LoweredRoot& root, Formatter& formatter);
FileText terraform_tfvars(const lower::LoweredRoot& root, Formatter& formatter);

// Blocks as they will stand in a file, each formatted by itself: those of providers.tf and
// imports.tf stand as text in the run plan too.
Chunk formatted_block(const lower::LoweredBlock& block, Formatter& formatter);
std::vector<Chunk> formatted_blocks(const std::vector<lower::LoweredBlock>& blocks,
                                    Formatter& formatter);

// The committed lock file, of which a root gets the providers that it requires; "" where none of
// them is locked.
std::string lock_file_for(const runplan::DependencyLock& lock, const lower::LoweredRoot& root);

std::string manage_sh(const lower::LoweredFlight& flight);

// A page a mission: all its flights, which follow each other in no order that counts.
std::string docs_page(const lower::LoweredProgram& program,
                      const std::vector<const lower::LoweredFlight*>& flights);

std::string isolation_json(const lower::LoweredProgram& program, const source::SourceSet& sources,
                           std::string_view project_folder);

// `path` of a source file without the project's folder in front of it.
std::string_view path_in_project(std::string_view path, std::string_view project_folder);

}  // namespace space::emit
