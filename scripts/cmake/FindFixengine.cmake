# Finds Debian's libquickfix-dev as Fixengine::Fixengine. The package's own .pc file names a wrong
# version and a dependency it does not have, so it is not asked. Only sessions/engine/quickfix.hpp may include its headers.
find_path(FIXENGINE_INCLUDE_DIR quickfix/Session.h)
find_library(FIXENGINE_LIBRARY quickfix)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Fixengine REQUIRED_VARS FIXENGINE_LIBRARY FIXENGINE_INCLUDE_DIR)
if(Fixengine_FOUND AND NOT TARGET Fixengine::Fixengine)
  add_library(Fixengine::Fixengine UNKNOWN IMPORTED)
  set_target_properties(Fixengine::Fixengine PROPERTIES
    IMPORTED_LOCATION ${FIXENGINE_LIBRARY}
    INTERFACE_SYSTEM_INCLUDE_DIRECTORIES ${FIXENGINE_INCLUDE_DIR}
    # Its inline functions cast a field to a class that it is not, and the library calls our
    # instrumented copies of them: UndefinedBehaviorSanitizer's vptr check cannot be used with it.
    INTERFACE_COMPILE_OPTIONS -fno-sanitize=vptr)
endif()
