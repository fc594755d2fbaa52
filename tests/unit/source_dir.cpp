// The only place that is compiled with the path, so that the other objects do not depend on it.
#include "tests/unit/source_dir.hpp"

namespace sluice {

std::string source_dir() {
    return SLUICE_SOURCE_DIR;
}

}  // namespace sluice
