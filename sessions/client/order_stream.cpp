#include "sessions/client/order_stream.hpp"

#include <charconv>
#include <cstring>

#include <fmt/format.h>

#include "gateway/domain/check.hpp"
#include "gateway/domain/scan.hpp"
#include "sessions/client/fix_text.hpp"
#include "sessions/transport/framer.hpp"

namespace sluice::client {
namespace {

constexpr unsigned kNineDigits = 100'000'000;
constexpr std::size_t kInput = 256 * 1024;

void put_digits(char* at, std::uint64_t number, std::size_t digits) {
    for (; digits > 0; number /= 10) {
        at[--digits] = static_cast<char>('0' + number % 10);
    }
}

}  // namespace

OrderStream::OrderStream(FixClient& client, std::string_view prefix, std::string_view order)
    : client_(client),
      prefix_(prefix),
      next_out_(client.next_out()),
      next_in_(client.next_in()),
      in_(kInput) {
    const std::string body =
        fmt::format("11={}{}|60={}|{}", prefix, kNineDigits, utc_timestamp(0), order);
    order_ = client.message("D", body, kNineDigits);
    const auto value_at = [&](const char* key) {
        const auto at = order_.find(key);
        GW_CHECK(at != std::string::npos);
        return at + std::strlen(key);
    };
    seq_at_ = value_at(
        "\x01"
        "34=");
    sending_at_ = value_at(
        "\x01"
        "52=");
    index_at_ = value_at(
                    "\x01"
                    "11=") +
                prefix.size();
    transact_at_ = value_at(
        "\x01"
        "60=");
}

OrderStream::~OrderStream() {
    client_.set_next_out(next_out_);
    client_.set_next_in(next_in_);
}

// Formatting a time costs more than an order; once in a millisecond is as fine as it is written.
void OrderStream::set_time(std::int64_t utc_ns) {
    if (utc_ns / 1'000'000 != time_ms_) {
        time_ms_ = utc_ns / 1'000'000;
        const std::string time = utc_timestamp(utc_ns);
        std::memcpy(order_.data() + sending_at_, time.data(), time.size());
        std::memcpy(order_.data() + transact_at_, time.data(), time.size());
    }
}

void OrderStream::put(std::uint64_t index, std::int64_t utc_ns) {
    set_time(utc_ns);
    put_digits(order_.data() + seq_at_, next_out_++, kDigits);
    put_digits(order_.data() + index_at_, index, kDigits);
    const std::size_t trailer = order_.size() - 7;
    const std::uint32_t sum = scan::sum_of(std::string_view(order_).substr(0, trailer)) & 0xffU;
    put_digits(order_.data() + trailer + 3, sum, 3);
    out_ += order_;
}

bool OrderStream::flush() {
    const bool sent = out_.empty() || client_.send_raw(out_);
    out_.clear();
    return sent;
}

bool OrderStream::read() {
    if (in_begin_ == in_end_) {
        in_begin_ = in_end_ = 0;
    } else if (in_.size() - in_end_ < in_.size() / 2) {
        std::memmove(in_.data(), in_.data() + in_begin_, in_end_ - in_begin_);
        in_end_ -= in_begin_;
        in_begin_ = 0;
    }
    const std::size_t got = client_.read_raw(std::span(in_).subspan(in_end_));
    in_end_ += got;
    return got > 0;
}

bool OrderStream::next(LoadReply& reply) {
    while (problem_.empty() && in_begin_ != in_end_) {
        const std::string_view rest(in_.data() + in_begin_, in_end_ - in_begin_);
        const auto step = transport::find_frame(rest);
        if (step.outcome == transport::FrameStep::Outcome::NeedMore) {
            break;
        }
        if (step.outcome == transport::FrameStep::Outcome::Bad) {
            problem_ = "the gateway sent what is no FIX message";
            break;
        }
        in_begin_ += step.bytes;
        if (take(rest.substr(0, step.bytes), reply)) {
            return true;
        }
    }
    return false;
}

// True: it is a reply to an order.
bool OrderStream::take(std::string_view frame, LoadReply& reply) {
    std::string_view type;
    std::string_view name;
    char exec_type = 0;
    unsigned seq = 0;
    const char* const end = frame.data() + frame.size();
    for (const char* at = frame.data(); at < end;) {
        const char* const soh = scan::find_soh(at, end);
        const std::string_view text(at, static_cast<std::size_t>(soh - at));
        if (text.starts_with("34=")) {
            std::from_chars(at + 3, soh, seq);
        } else if (text.starts_with("35=")) {
            type = text.substr(3);
        } else if (text.starts_with("11=") || text.starts_with("379=")) {
            name = text.substr(text.find('=') + 1);
        } else if (text.starts_with("150=") && text.size() == 5) {
            exec_type = text[4];
        }
        at = soh + 1;
    }
    if (seq != next_in_) {
        problem_ = fmt::format("MsgSeqNum(34)={} where {} was expected", seq, next_in_);
        return false;
    }
    ++next_in_;
    if (type == "3" || type == "5") {
        problem_ = "the gateway said " + readable(frame);
        return false;
    }
    if (type == "1") {
        problem_ = "the gateway asked whether the generator lives";
        return false;
    }
    if (type != "8" && type != "j") {
        return false;
    }
    reply.kind = type == "j"        ? LoadReply::Kind::BusinessReject
                 : exec_type == '0' ? LoadReply::Kind::Accepted
                 : exec_type == '8' ? LoadReply::Kind::Rejected
                                    : LoadReply::Kind::Other;
    if (reply.kind == LoadReply::Kind::Other) {
        return false;
    }
    if (reply.kind != LoadReply::Kind::Accepted && refusal_.empty()) {
        refusal_ = readable(frame);
    }
    if (!name.starts_with(prefix_) || name.size() != prefix_.size() + kDigits) {
        problem_ = fmt::format("a reply names ClOrdID(11)={}, which was not sent", name);
        return false;
    }
    std::from_chars(name.data() + prefix_.size(), name.data() + name.size(), reply.index);
    return true;
}

}  // namespace sluice::client
