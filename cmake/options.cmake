# Flags that every target shares. Warnings are on always and errors where SPACE_DEV is set (CI sets it).
add_library(space_options INTERFACE)
target_include_directories(space_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(space_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor
  $<$<BOOL:${SPACE_DEV}>:-Werror>
  -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
if(SPACE_SANITIZE)
  target_compile_options(space_options INTERFACE -fsanitize=${SPACE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(space_options INTERFACE -fsanitize=${SPACE_SANITIZE})
endif()
if(SPACE_FUZZ)
  target_compile_options(space_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
