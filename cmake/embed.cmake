# space_embed(TARGET SYMBOL FILES...) compiles files into a target as `const space::base::EmbeddedFile SYMBOL[]`.
# Paths are relative to the current source folder and sorted, so the bytes do not depend on the machine.
function(space_embed target symbol)
  set(files ${ARGN})
  list(SORT files)
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cpp)
  set(absolute)
  foreach(file IN LISTS files)
    list(APPEND absolute ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  string(REPLACE ";" "|" list_arg "${files}")
  add_custom_command(
    OUTPUT ${generated}
    COMMAND ${CMAKE_COMMAND} -DOUT=${generated} -DSYMBOL=${symbol} -DROOT=${CMAKE_CURRENT_SOURCE_DIR}
            "-DFILES=${list_arg}" -P ${CMAKE_SOURCE_DIR}/cmake/embed_script.cmake
    DEPENDS ${absolute} ${CMAKE_SOURCE_DIR}/cmake/embed_script.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${generated})
endfunction()
