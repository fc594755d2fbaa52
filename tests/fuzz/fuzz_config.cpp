// Any text as a configuration: the loader reports or accepts, and what it accepts comes back equal
// from the journaled document.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "gateway/config/loader.hpp"
#include "gateway/domain/check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t kSizeMax = 16 * 1024;
    if (size > kSizeMax) {
        return 0;
    }
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const sluice::config::Loaded loaded = sluice::config::load_text(text, "fuzz", "/nowhere");
    GW_CHECK(loaded.config || !loaded.report.empty());
    if (loaded.config) {
        const std::string document = sluice::config::effective_document(*loaded.config);
        const auto back = sluice::config::parse_core_document(document);
        GW_CHECK(back.ok());
        GW_CHECK(sluice::config::effective_document(back.value()) == document);
    }
    (void)sluice::config::parse_core_document(text);
    return 0;
}
