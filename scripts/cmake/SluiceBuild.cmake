# How every target of the house is built: language level, warnings, sanitizers, and the three words
# add_room, add_room_test and add_fuzz_target that the rooms' CMakeLists speak.
option(SLUICE_TESTS "Build the tests" ON)
option(SLUICE_WERROR "Warnings are errors (CI)" OFF)
option(SLUICE_FUZZ "Build libFuzzer targets (clang)" OFF)
set(SLUICE_SANITIZE "" CACHE STRING "-fsanitize= list, for instance address,undefined")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_FLAGS_DEV "-O1 -g1")
set(CMAKE_C_FLAGS_DEV "-O1 -g1")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")
set(CMAKE_C_FLAGS_RELEASE "-O2 -g1")

find_program(SLUICE_CCACHE ccache)
if(SLUICE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${SLUICE_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${SLUICE_CCACHE})
endif()

add_library(sluice_flags INTERFACE)
target_include_directories(sluice_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(sluice_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough)
if(SLUICE_WERROR)
  target_compile_options(sluice_flags INTERFACE -Werror)
endif()
if(SLUICE_SANITIZE)
  add_compile_options(-fsanitize=${SLUICE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${SLUICE_SANITIZE})
endif()
if(SLUICE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# add_room(risk SOURCES ... USES domain orders LINKS fmt::fmt)
# Makes the static library sluice_risk. USES names rooms, LINKS names outside libraries.
function(add_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES;LINKS" ${ARGN})
  if(ROOM_SOURCES)
    add_library(sluice_${name} STATIC ${ROOM_SOURCES})
    set(scope PUBLIC)
  else()
    add_library(sluice_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  list(TRANSFORM ROOM_USES PREPEND sluice_ OUTPUT_VARIABLE neighbours)
  target_link_libraries(sluice_${name} ${scope} sluice_flags ${neighbours} ${ROOM_LINKS})
endfunction()

# add_room_test(risk SOURCES ... USES ... LINKS ...): one Catch2 program per room, unit_risk. ONE_THREAD names a tag of
# long cases without a second thread, which ThreadSanitizer's build leaves out.
function(add_room_test name)
  cmake_parse_arguments(TEST "" "ONE_THREAD" "SOURCES;USES;LINKS" ${ARGN})
  add_executable(unit_${name} ${TEST_SOURCES})
  list(TRANSFORM TEST_USES PREPEND sluice_ OUTPUT_VARIABLE neighbours)
  target_link_libraries(unit_${name} PRIVATE sluice_flags sluice_test_main ${neighbours} ${TEST_LINKS})
  set(cases)
  if(TEST_ONE_THREAD AND SLUICE_SANITIZE MATCHES "thread")
    set(cases "~${TEST_ONE_THREAD}~[.]") # a filter would take hidden cases in
  endif()
  add_test(NAME unit_${name} COMMAND unit_${name} ${cases})
endfunction()

# add_fuzz_target(frame SOURCES fuzz_frame.cpp USES ...): with SLUICE_FUZZ a libFuzzer program fuzz_<name>;
# without it a program that replays the corpus directory it is given, so that the corpus is a plain test.
function(add_fuzz_target name)
  cmake_parse_arguments(FUZZ "" "" "SOURCES;USES;LINKS" ${ARGN})
  list(TRANSFORM FUZZ_USES PREPEND sluice_ OUTPUT_VARIABLE neighbours)
  if(SLUICE_FUZZ)
    add_executable(fuzz_${name} ${FUZZ_SOURCES})
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    target_link_libraries(fuzz_${name} PRIVATE sluice_flags ${neighbours} ${FUZZ_LINKS})
  else()
    add_executable(fuzz_${name} ${FUZZ_SOURCES} ${CMAKE_SOURCE_DIR}/tests/fuzz/replay_main.cpp)
    target_link_libraries(fuzz_${name} PRIVATE sluice_flags ${neighbours} ${FUZZ_LINKS})
    add_test(NAME fuzz_${name}_corpus COMMAND fuzz_${name} ${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${name})
  endif()
endfunction()
