// CRC-32C (Castagnoli), as in iSCSI and LevelDB. Any thread; never fails. Uses the processor's
// instruction where there is one, a table otherwise; both give the same sums.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace sluice::crypto {

// Continues a sum: crc32c_extend(crc32c(a), b) == crc32c(a followed by b). Start with 0.
std::uint32_t crc32c_extend(std::uint32_t crc, const void* data, std::size_t size);

inline std::uint32_t crc32c(std::span<const std::byte> bytes) {
    return crc32c_extend(0, bytes.data(), bytes.size());
}

// A sum that is stored beside the bytes it covers is masked first, as LevelDB does: a CRC over
// bytes that contain their own CRC is weak.
inline constexpr std::uint32_t crc32c_mask(std::uint32_t crc) {
    return ((crc >> 15) | (crc << 17)) + 0xa282ead8U;
}

// The table version, for tests and for processors without the instruction.
std::uint32_t crc32c_extend_portable(std::uint32_t crc, const void* data, std::size_t size);

}  // namespace sluice::crypto
