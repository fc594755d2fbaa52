# Run at every build: writes OUT/sluice_build.hpp when the commit has changed, so that only version.cpp is compiled again.
execute_process(COMMAND git -C ${SOURCE} rev-parse --short HEAD OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE
                RESULT_VARIABLE failed ERROR_QUIET)
if(failed)
  set(commit unknown)
endif()
set(text "#pragma once
namespace sluice::build {
inline constexpr const char* kVersion = \"${VERSION}\";
inline constexpr const char* kCommit = \"${commit}\";
inline constexpr const char* kEngineVersion = \"${ENGINE_VERSION}\";
}  // namespace sluice::build
")
set(file ${OUT}/sluice_build.hpp)
if(EXISTS ${file})
  file(READ ${file} present)
endif()
if(NOT "${present}" STREQUAL "${text}")
  file(WRITE ${file} "${text}")
endif()
