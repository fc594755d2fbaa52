// UTCTimestamp, "20261124-09:30:00.000": writing with 0, 3, 6 or 9 digits of the second, and
// reading with any number of them up to 9. Nothing here reads a clock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "gateway/domain/time.hpp"

namespace sluice::codec {

inline constexpr std::size_t kUtcTextMax = 27;

// Writes times and remembers the text of the last second. Times before 1970 are written as 1970.
class UtcWriter {
public:
    // `out` needs kUtcTextMax characters. Returns the end.
    char* write(char* out, UtcNanos time, int digits);

private:
    void set_second(std::int64_t second);

    std::int64_t second_ = -1;
    std::int64_t day_ = -1;
    char text_[17] = {};  // "20261124-09:30:00"
};

// Nothing when the text is not a timestamp. A leap second ("23:59:60") is the second after it.
std::optional<UtcNanos> parse_utc(std::string_view text);
// The last nanosecond of a date, "20261231". Nothing when the text is not a date.
std::optional<UtcNanos> parse_utc_date(std::string_view text);

}  // namespace sluice::codec
