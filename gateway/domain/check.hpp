// GW_CHECK: an invariant of ours that stays on in every build. When it breaks, the process says
// where and aborts; the next start recovers from the journal. Never for bad input from outside.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace sluice::detail {
[[noreturn]] inline void check_failed(const char* what, const char* file, int line) {
    std::fprintf(stderr, "sluice: broken invariant: %s at %s:%d\n", what, file, line);
    std::abort();
}
}  // namespace sluice::detail

#define GW_CHECK(condition)       \
    (static_cast<bool>(condition) \
         ? static_cast<void>(0)   \
         : ::sluice::detail::check_failed(#condition, __FILE__, __LINE__))
