// The framer with hostile bytes in hostile pieces: every cut of the same stream must give the same
// frames, every step must move on, and nothing may be read outside the buffer (ASan sees to that:
// each buffer is exact).
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/domain/check.hpp"
#include "sessions/transport/framer.hpp"

namespace {

using sluice::transport::find_frame;
using sluice::transport::FrameStep;

constexpr std::size_t kFrameMax = 2048;

// The buffer is copied to a heap block of its exact size, so that reading one byte beyond is seen.
FrameStep step_on(std::string_view buffer) {
    const std::unique_ptr<char[]> exact(new char[buffer.size()]);
    buffer.copy(exact.get(), buffer.size());
    return find_frame({exact.get(), buffer.size()}, kFrameMax);
}

void take_frames(std::string& buffer, std::vector<std::string>& out) {
    while (!buffer.empty()) {
        const FrameStep step = step_on(buffer);
        GW_CHECK(step.bytes > 0);
        if (step.outcome == FrameStep::Outcome::NeedMore) {
            GW_CHECK(buffer.size() < kFrameMax);
            return;
        }
        GW_CHECK(step.bytes <= buffer.size());
        if (step.outcome == FrameStep::Outcome::Frame) {
            GW_CHECK(step.bytes <= kFrameMax);
            out.push_back(buffer.substr(0, step.bytes));
        }
        buffer.erase(0, step.bytes);
    }
}

}  // namespace

// The first byte chooses how the rest is cut: pieces of 1 to 64 bytes from a small generator.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::string_view stream(reinterpret_cast<const char*>(data) + 1, size - 1);
    std::vector<std::string> whole;
    std::string buffer(stream);
    take_frames(buffer, whole);

    std::vector<std::string> cut;
    std::string rest;
    std::uint32_t state = data[0];
    for (std::size_t at = 0; at < stream.size();) {
        state = state * 1'664'525U + 1'013'904'223U;
        const std::size_t piece = 1 + (state >> 26);
        rest += stream.substr(at, piece);
        at += piece;
        take_frames(rest, cut);
    }
    GW_CHECK(whole == cut);
    GW_CHECK(buffer == rest);
    return 0;
}
