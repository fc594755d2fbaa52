#include "gateway/app/version.hpp"

#include <fmt/format.h>

#include "sluice_build.hpp"  // made by build_id.cmake

namespace sluice::app {
namespace {

std::string compiler() {
#if defined(__clang__)
    return fmt::format("clang {}.{}.{}", __clang_major__, __clang_minor__, __clang_patchlevel__);
#else
    return fmt::format("gcc {}.{}.{}", __GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__);
#endif
}

}  // namespace

std::string version_number() {
    return build::kVersion;
}
std::string build_commit() {
    return build::kCommit;
}
std::string version_line() {
    return fmt::format("sluice {} ({}, {}, QuickFIX {})  FIX 4.2 4.4 5.0SP2", build::kVersion,
                       build::kCommit, compiler(), build::kEngineVersion);
}

}  // namespace sluice::app
