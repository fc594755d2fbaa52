#include "gateway/crypto/crc32c.hpp"

#include <array>
#include <atomic>
#include <cstring>

#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

namespace sluice::crypto {
namespace {

constexpr std::uint32_t kPolynomial = 0x82f63b78U;  // 0x1EDC6F41, bit-reversed

constexpr std::array<std::uint32_t, 256> make_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t sum = i;
        for (int bit = 0; bit < 8; ++bit) {
            sum = (sum >> 1) ^ ((sum & 1U) != 0 ? kPolynomial : 0U);
        }
        table[i] = sum;
    }
    return table;
}
constexpr auto kTable = make_table();

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) std::uint32_t extend_sse42(std::uint32_t crc,
                                                             const void* data,
                                                             std::size_t size) {
    const auto* at = static_cast<const unsigned char*>(data);
    std::uint64_t sum = ~crc;
    for (; size >= 32; size -= 32, at += 32) {
        std::uint64_t words[4];
        std::memcpy(words, at, sizeof words);
        sum = _mm_crc32_u64(sum, words[0]);
        sum = _mm_crc32_u64(sum, words[1]);
        sum = _mm_crc32_u64(sum, words[2]);
        sum = _mm_crc32_u64(sum, words[3]);
    }
    for (; size >= 8; size -= 8, at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, sizeof word);
        sum = _mm_crc32_u64(sum, word);
    }
    auto low = static_cast<std::uint32_t>(sum);
    if (size >= 4) {
        std::uint32_t word = 0;
        std::memcpy(&word, at, sizeof word);
        low = _mm_crc32_u32(low, word);
        size -= 4;
        at += 4;
    }
    for (; size > 0; --size, ++at) {
        low = _mm_crc32_u8(low, *at);
    }
    return ~low;
}
#endif

using Extend = std::uint32_t (*)(std::uint32_t, const void*, std::size_t);

Extend choose() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("sse4.2")) {
        return extend_sse42;
    }
#endif
    return crc32c_extend_portable;
}

// The first call chooses; two threads that do so at once choose the same.
std::uint32_t choose_and_extend(std::uint32_t crc, const void* data, std::size_t size);
std::atomic<Extend> chosen{choose_and_extend};

std::uint32_t choose_and_extend(std::uint32_t crc, const void* data, std::size_t size) {
    const Extend extend = choose();
    chosen.store(extend, std::memory_order_relaxed);
    return extend(crc, data, size);
}

}  // namespace

std::uint32_t crc32c_extend_portable(std::uint32_t crc, const void* data, std::size_t size) {
    const auto* at = static_cast<const unsigned char*>(data);
    std::uint32_t sum = ~crc;
    for (; size > 0; --size, ++at) {
        sum = (sum >> 8) ^ kTable[(sum ^ *at) & 0xffU];
    }
    return ~sum;
}

std::uint32_t crc32c_extend(std::uint32_t crc, const void* data, std::size_t size) {
    return chosen.load(std::memory_order_relaxed)(crc, data, size);
}

}  // namespace sluice::crypto
