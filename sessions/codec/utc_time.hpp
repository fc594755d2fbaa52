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

// Writes times and remembers the text of the last day. Times before 1970 are written as 1970.
class UtcWriter {
public:
    // `out` needs kUtcTextMax characters. Returns the end.
    char* write(char* out, UtcNanos time, int digits);

private:
    void set_day(std::int64_t day);

    std::int64_t day_ = -1;
    char date_[9] = {};  // "20261124-"
};

// Nothing when the text is not a timestamp. A leap second ("23:59:60") is the second after it.
std::optional<UtcNanos> parse_utc(std::string_view text);

}  // namespace sluice::codec
