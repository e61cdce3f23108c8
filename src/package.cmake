# Packages: scripts/package.sh makes them. Two for Debian, tenfold and libtenfold-dev; one archive with both, to
# be unpacked anywhere where the same libraries are.
set(CPACK_PACKAGE_NAME tenfold)
set(CPACK_PACKAGE_VENDOR "The tenfold authors")
set(CPACK_PACKAGE_CONTACT "The tenfold authors")
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_GENERATOR DEB TGZ)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_THREADS 0)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME tenfold)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION graphics)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION
  "It reads a recipe, counts the classes of a folder of images, plans how many
augmented copies each image needs, and writes them.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libtenfold-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libopencv-dev, libtbb-dev, libyaml-cpp-dev, \
nlohmann-json3-dev, libexpected-dev, libhwy-dev, libjpeg62-turbo-dev, libturbojpeg0-dev, libpng-dev, libpugixml-dev, \
libxxhash-dev, libarchive-dev, libzip-dev, libtiff-dev, libwebp-dev, libfreetype-dev, libfontconfig-dev, pkg-config")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "This package has the library, a static archive, and its headers.")

# As Debian has it: manual pages compressed, the licence as copyright, completions of zsh with those of other packages.
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_SOURCE_DIR}/debian_files.cmake)
include(CPack)
