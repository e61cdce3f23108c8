# Run by CPack between installing into its own folders and packing them: what Debian has otherwise than others.
if(NOT CPACK_GENERATOR STREQUAL "DEB")
  return()
endif()

set(doc share/doc)
set(program ${CPACK_TEMPORARY_DIRECTORY}/program/usr)
set(development ${CPACK_TEMPORARY_DIRECTORY}/development/usr)
file(MAKE_DIRECTORY ${development}/${doc}/libtenfold-dev)
file(COPY_FILE ${program}/${doc}/tenfold/LICENSE ${development}/${doc}/libtenfold-dev/copyright)
file(RENAME ${program}/${doc}/tenfold/LICENSE ${program}/${doc}/tenfold/copyright)
file(RENAME ${program}/${doc}/tenfold/CHANGELOG.md ${program}/${doc}/tenfold/changelog)
file(COPY_FILE ${program}/${doc}/tenfold/changelog ${development}/${doc}/libtenfold-dev/changelog)
file(RENAME ${program}/share/zsh/site-functions ${program}/share/zsh/vendor-completions)

file(GLOB_RECURSE compressed ${program}/share/man/*.1 ${program}/share/man/*.5)
list(APPEND compressed ${program}/${doc}/tenfold/changelog ${development}/${doc}/libtenfold-dev/changelog)
execute_process(COMMAND gzip -9n ${compressed} COMMAND_ERROR_IS_FATAL ANY)
