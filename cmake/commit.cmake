# Writes OUT with the commit that is checked out, and only when it differs: a build without a new commit compiles
# nothing. Run at build time, so that a new commit needs no new configuration. Outside git it says "unknown".
execute_process(COMMAND git -C ${SOURCE} rev-parse --short=12 HEAD
                OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed OR commit STREQUAL "")
  set(commit "unknown")
else()
  execute_process(COMMAND git -C ${SOURCE} status --porcelain --untracked-files=no
                  OUTPUT_VARIABLE changed OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(NOT changed STREQUAL "")
    string(APPEND commit ", with changes")
  endif()
endif()
set(text "namespace space::cli {\nextern const char* const k_commit;\nconst char* const k_commit = \"${commit}\";\n}  // namespace space::cli\n")
set(old "")
if(EXISTS ${OUT})
  file(READ ${OUT} old)
endif()
if(NOT old STREQUAL text)
  file(WRITE ${OUT} "${text}")
endif()
