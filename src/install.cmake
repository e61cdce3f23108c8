# What `cmake --install` puts where. Two components: program, and development for those who use the library.
include(CMakePackageConfigHelpers)

set(docs ${PROJECT_SOURCE_DIR}/docs)
install(TARGETS tenfold RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
install(DIRECTORY ${docs}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program FILES_MATCHING PATTERN "*.1")
install(DIRECTORY ${docs}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man5 COMPONENT program FILES_MATCHING PATTERN "*.5")
install(FILES ${docs}/completions/tenfold.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
  RENAME tenfold COMPONENT program)
install(FILES ${docs}/completions/_tenfold DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions COMPONENT program)
install(FILES ${docs}/completions/tenfold.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d
  COMPONENT program)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/configs DESTINATION ${CMAKE_INSTALL_DATADIR}/tenfold COMPONENT program)
install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md ${PROJECT_SOURCE_DIR}/LICENSE
  DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
install(DIRECTORY ${docs} DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program FILES_MATCHING PATTERN "*.md" PATTERN "*.jpg"
  PATTERN man EXCLUDE PATTERN completions EXCLUDE)
# The pages name recipes as their neighbours.
file(RELATIVE_PATH configs ${CMAKE_INSTALL_FULL_DOCDIR} ${CMAKE_INSTALL_FULL_DATADIR}/tenfold/configs)
file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/link)
file(CREATE_LINK ${configs} ${CMAKE_CURRENT_BINARY_DIR}/link/configs SYMBOLIC)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/link/configs DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)

set_target_properties(tenfold_core PROPERTIES EXPORT_NAME core OUTPUT_NAME tenfold)
target_link_libraries(tenfold_core INTERFACE $<INSTALL_INTERFACE:nlohmann_json::nlohmann_json>)  # run.h names it
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/tenfold)
install(TARGETS tenfold_core EXPORT tenfold ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/tenfold DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
install(EXPORT tenfold NAMESPACE tenfold:: FILE tenfoldTargets.cmake DESTINATION ${package} COMPONENT development)
configure_package_config_file(tenfoldConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/tenfoldConfig.cmake
  INSTALL_DESTINATION ${package})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/tenfoldConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/tenfoldConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/tenfoldConfigVersion.cmake
  DESTINATION ${package} COMPONENT development)
