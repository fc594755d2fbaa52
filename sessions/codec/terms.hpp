// Terms of an order that reports and requests write alike: the displayed quantity and the expiry.
// Inside the codec.
#pragma once

#include "gateway/domain/decimal.hpp"
#include "gateway/domain/fix_enums.hpp"
#include "gateway/domain/time.hpp"
#include "sessions/codec/message_writer.hpp"
#include "sessions/codec/tags.hpp"

namespace sluice::codec {

// FIX 5.0 has DisplayQty(1138) in the place of MaxFloor(111).
inline void write_max_floor(Quantity max_floor, FixVersion version, MessageWriter& writer) {
    if (version == FixVersion::Fix50Sp2) {
        writer.decimal<tag::DisplayQty>(max_floor.decimal);
    } else {
        writer.decimal<tag::MaxFloor>(max_floor.decimal);
    }
}

// With as many digits of the second as the time has.
inline void write_expire(UtcNanos expire, bool is_date, MessageWriter& writer) {
    if (is_date) {
        return writer.date<tag::ExpireDate>(expire);
    }
    const std::int64_t part = expire.value % kNanosPerSecond;
    writer.time<tag::ExpireTime>(expire, part == 0 ? 0 : part % 1'000'000 == 0 ? 3 : 9);
}

}  // namespace sluice::codec
