#include "sessions/malformed.hpp"

#include <algorithm>
#include <string>

namespace sluice {
namespace {

// The tag as it stands in the frame, for RefTagID(371): "0", "-1"; "0" when it is no number.
std::string_view tag_text(std::string_view frame, std::size_t offset) {
    const std::string_view rest = frame.substr(std::min(offset, frame.size()));
    const std::string_view tag = rest.substr(0, rest.find('='));
    const std::string_view digits = tag.substr(tag.starts_with('-') ? 1 : 0);
    const bool is_number =
        !digits.empty() && digits.size() <= 9 &&
        std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    return is_number ? tag : "0";
}

}  // namespace

void answer_malformed(engine::SessionHost& host,
                      std::string_view frame,
                      const transport::ScreenResult& result) {
    if (result.fault == transport::ScreenFault::HeaderOrder) {
        return;
    }
    const std::string text =
        result.fault == transport::ScreenFault::BadTag ? "Invalid tag number" : result.text();
    host.refuse_unscreened(frame, tag_text(frame, result.offset), text);
}

}  // namespace sluice
