#include "sessions/utc_text.hpp"

#include <ctime>

namespace sluice {

std::string utc_text(UtcNanos time) {
    const auto seconds = static_cast<std::time_t>(time.value / kNanosPerSecond);
    const auto millis = static_cast<unsigned>(time.value % kNanosPerSecond / kNanosPerMilli);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[32];
    const std::size_t size = std::strftime(text, sizeof text, "%Y%m%d-%H:%M:%S.", &parts);
    std::string out(text, size);
    out.push_back(static_cast<char>('0' + millis / 100));
    out.push_back(static_cast<char>('0' + millis / 10 % 10));
    out.push_back(static_cast<char>('0' + millis % 10));
    return out;
}

}  // namespace sluice
