#include "sessions/client/fix_text.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "sessions/transport/framer.hpp"

namespace sluice::client {

constexpr char kSoh = '\x01';

std::string wire_message(const WireHeader& header,
                         std::string_view msg_type,
                         std::string_view body) {
    std::string rest = fmt::format(
        "35={}\x01"
        "49={}\x01"
        "56={}\x01"
        "34={}\x01",
        msg_type, header.sender_comp_id, header.target_comp_id, header.msg_seq_num);
    if (header.poss_dup) {
        rest += fmt::format(
            "43=Y\x01"
            "122={}\x01",
            header.sending_time);
    }
    rest += fmt::format("52={}\x01", header.sending_time);
    const std::size_t body_at = rest.size();
    rest += body;
    std::replace(rest.begin() + static_cast<std::ptrdiff_t>(body_at), rest.end(), '|', kSoh);
    if (rest.back() != kSoh) {
        rest += kSoh;
    }
    std::string message = fmt::format(
        "8={}\x01"
        "9={}\x01",
        header.begin_string, rest.size());
    message += rest;
    message += fmt::format("10={:03}\x01", transport::check_sum(message));
    return message;
}

std::string utc_timestamp(std::int64_t utc_ns) {
    using namespace std::chrono;
    const sys_time<milliseconds> time{milliseconds(utc_ns / 1'000'000)};
    const auto day = floor<days>(time);
    const year_month_day date{day};
    const hh_mm_ss clock{time - day};
    return fmt::format("{:04}{:02}{:02}-{:02}:{:02}:{:02}.{:03}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                       clock.subseconds().count());
}

std::string_view field(std::string_view message, int tag) {
    const std::string wanted = fmt::format("{}=", tag);
    std::size_t at = 0;
    while (at < message.size()) {
        const std::size_t end = std::min(message.find(kSoh, at), message.size());
        const std::string_view text = message.substr(at, end - at);
        if (text.starts_with(wanted)) {
            return text.substr(wanted.size());
        }
        at = end + 1;
    }
    return {};
}

std::string readable(std::string_view message) {
    std::string text(message);
    std::replace(text.begin(), text.end(), kSoh, '|');
    return text;
}

}  // namespace sluice::client
