// Looking at many bytes of a FIX message at once, where the processor can (SSE2, which every x86-64
// has), and one by one elsewhere. Both ways are compiled and compared by a test. Pure.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sluice::scan {

inline constexpr char kSoh = '\x01';

inline bool is_digit(char c) {
    return static_cast<unsigned char>(c - '0') < 10;
}

namespace portable {

// The first SOH in [from, end), or end.
inline const char* find_soh(const char* from, const char* end) {
    return std::find(from, end, kSoh);
}

// "20261124-09:30:0": the first 16 characters of a UTCTimestamp have its form. At least 16 are
// there.
inline bool has_time_form(const char* text) {
    constexpr std::string_view kForm = "dddddddd-dd:dd:d";
    for (std::size_t i = 0; i < kForm.size(); ++i) {
        if (kForm[i] == 'd' ? !is_digit(text[i]) : text[i] != kForm[i]) {
            return false;
        }
    }
    return true;
}

// The sum of all bytes, modulo 2^32; modulo 256 it is a CheckSum(10).
inline std::uint32_t sum_of(std::string_view bytes) {
    std::uint32_t sum = 0;
    for (const char c : bytes) {
        sum += static_cast<unsigned char>(c);
    }
    return sum;
}

}  // namespace portable

#if defined(__SSE2__)

inline const char* find_soh(const char* from, const char* end) {
    const __m128i soh = _mm_set1_epi8(kSoh);
    for (; end - from >= 16; from += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
        const int hits = _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, soh));
        if (hits != 0) {
            return from + std::countr_zero(static_cast<unsigned>(hits));
        }
    }
    return portable::find_soh(from, end);
}

inline bool has_time_form(const char* text) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
    const __m128i from_zero = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
    const __m128i digits = _mm_cmpeq_epi8(_mm_min_epu8(from_zero, _mm_set1_epi8(9)), from_zero);
    const __m128i marks =
        _mm_cmpeq_epi8(bytes, _mm_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, '-', 0, 0, ':', 0, 0, ':', 0));
    constexpr int kMarks = 1 << 8 | 1 << 11 | 1 << 14;
    return ((_mm_movemask_epi8(digits) & ~kMarks) | (_mm_movemask_epi8(marks) & kMarks)) == 0xffff;
}

inline std::uint32_t sum_of(std::string_view bytes) {
    const char* at = bytes.data();
    std::size_t left = bytes.size();
    __m128i sums = _mm_setzero_si128();
    for (; left >= 16; left -= 16, at += 16) {
        const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
        sums = _mm_add_epi64(sums, _mm_sad_epu8(block, _mm_setzero_si128()));
    }
    sums = _mm_add_epi64(sums, _mm_srli_si128(sums, 8));
    return static_cast<std::uint32_t>(_mm_cvtsi128_si32(sums)) + portable::sum_of({at, left});
}

#else

using portable::find_soh;
using portable::has_time_form;
using portable::sum_of;

#endif

}  // namespace sluice::scan
