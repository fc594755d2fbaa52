// Looking at many characters of a message at once, where the processor can (SSE2), and one by one
// elsewhere. Both ways are compiled and compared by a test.
#pragma once

#include <algorithm>
#include <bit>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sluice::engine {

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

#else

using portable::find_soh;
using portable::has_time_form;

#endif

}  // namespace sluice::engine
