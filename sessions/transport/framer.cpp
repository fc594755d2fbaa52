#include "sessions/transport/framer.hpp"

#include <algorithm>

#include "gateway/domain/scan.hpp"

namespace sluice::transport {

namespace {

constexpr char kSoh = '\x01';
constexpr std::string_view kBegin = "8=FIX";
constexpr std::size_t kBeginFieldMax = 16;  // "8=FIXT.1.1" and SOH is 11
constexpr std::size_t kTrailer = 7;         // "10=ddd" and SOH
constexpr std::size_t kBodyMin = 5;         // "35=0" and SOH

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_version_char(char c) {
    return is_digit(c) || c == '.' || (c >= 'A' && c <= 'Z');
}

// Bytes up to the next place a frame may start, never 0. A tail that may be the first half of
// "8=FIX" stays.
std::size_t bytes_to_drop(std::string_view buffer) {
    const auto next = buffer.find(kBegin, 1);
    if (next != std::string_view::npos) {
        return next;
    }
    for (std::size_t keep = std::min(kBegin.size() - 1, buffer.size() - 1); keep > 0; --keep) {
        if (buffer.substr(buffer.size() - keep) == kBegin.substr(0, keep)) {
            return buffer.size() - keep;
        }
    }
    return buffer.size();
}

FrameStep need(std::size_t bytes) {
    return {FrameStep::Outcome::NeedMore, FrameFault::None, bytes};
}

FrameStep bad(FrameFault fault, std::string_view buffer) {
    return {FrameStep::Outcome::Bad, fault, bytes_to_drop(buffer)};
}

struct Header {
    FrameFault fault = FrameFault::None;
    bool complete = false;
    std::size_t length = 0;  // of "8=...|9=...|"
    std::size_t body_length = 0;
};

// Reads from `at` the digits of BodyLength(9) and the SOH behind them.
Header read_body_length(std::string_view buffer, std::size_t at) {
    Header header;
    std::size_t digits = 0;
    for (; at < buffer.size() && is_digit(buffer[at]); ++at, ++digits) {
        if (digits == kBodyLengthDigitsMax) {
            return {FrameFault::BadBodyLength, true, 0, 0};
        }
        header.body_length = header.body_length * 10 + static_cast<std::size_t>(buffer[at] - '0');
    }
    if (at == buffer.size()) {
        return header;
    }
    header.complete = true;
    header.length = at + 1;
    if (buffer[at] != kSoh || digits == 0 || header.body_length < kBodyMin) {
        header.fault = FrameFault::BadBodyLength;
    }
    return header;
}

Header read_header(std::string_view buffer) {
    const auto prefix = std::min(buffer.size(), kBegin.size());
    if (buffer.substr(0, prefix) != kBegin.substr(0, prefix)) {
        return {FrameFault::NotBeginString, true, 0, 0};
    }
    std::size_t at = kBegin.size();
    while (at < buffer.size() && at < kBeginFieldMax && is_version_char(buffer[at])) {
        ++at;
    }
    if (at >= buffer.size()) {
        return {};
    }
    if (buffer[at] != kSoh) {
        return {FrameFault::NotBeginString, true, 0, 0};
    }
    for (const char expected : {'9', '='}) {
        if (++at == buffer.size()) {
            return {};
        }
        if (buffer[at] != expected) {
            return {FrameFault::BadBodyLength, true, 0, 0};
        }
    }
    return read_body_length(buffer, at + 1);
}

bool has_check_sum_at(std::string_view buffer, std::size_t at) {
    return buffer[at - 1] == kSoh && buffer.substr(at, 3) == "10=" && is_digit(buffer[at + 3]) &&
           is_digit(buffer[at + 4]) && is_digit(buffer[at + 5]) && buffer[at + 6] == kSoh;
}

unsigned check_sum_value(std::string_view buffer, std::size_t at) {
    const auto digit = [&](std::size_t i) { return static_cast<unsigned>(buffer[at + i] - '0'); };
    return digit(3) * 100 + digit(4) * 10 + digit(5);
}

}  // namespace

unsigned check_sum(std::string_view bytes) {
    return scan::sum_of(bytes) & 0xffU;
}

FrameStep find_frame(std::string_view buffer, std::size_t frame_bytes_max) {
    const Header header = read_header(buffer);
    if (!header.complete) {
        return need(1);
    }
    if (header.fault != FrameFault::None) {
        return bad(header.fault, buffer);
    }
    const std::size_t trailer = header.length + header.body_length;
    const std::size_t length = trailer + kTrailer;
    if (length > frame_bytes_max) {
        return bad(FrameFault::TooLong, buffer);
    }
    if (buffer.size() < length) {
        return need(length - buffer.size());
    }
    if (!has_check_sum_at(buffer, trailer)) {
        return bad(FrameFault::NoCheckSumThere, buffer);
    }
    if (check_sum(buffer.substr(0, trailer)) != check_sum_value(buffer, trailer)) {
        return {FrameStep::Outcome::Bad, FrameFault::WrongCheckSum, length};
    }
    return {FrameStep::Outcome::Frame, FrameFault::None, length};
}

std::string_view text_of(FrameFault fault) {
    switch (fault) {
        case FrameFault::None:
            return "no fault";
        case FrameFault::NotBeginString:
            return "does not start with BeginString(8)";
        case FrameFault::BadBodyLength:
            return "BodyLength(9) is missing or not 1 to 6 digits";
        case FrameFault::TooLong:
            return "longer than the frame limit";
        case FrameFault::NoCheckSumThere:
            return "CheckSum(10) is not where BodyLength(9) says";
        case FrameFault::WrongCheckSum:
            return "CheckSum(10) is wrong";
    }
    return "unknown fault";
}

}  // namespace sluice::transport
