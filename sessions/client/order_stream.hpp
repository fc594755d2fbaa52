// OrderStream: one session's part of a load: orders as bytes that are made once and of which only
// the number, the name and the time change, and replies read without taking them apart further than
// needed. Made to cost less than the gateway that it measures. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sessions/client/fix_client.hpp"

namespace sluice::client {

// What of a reply concerns a load.
struct LoadReply {
    enum class Kind : std::uint8_t { Accepted, Rejected, BusinessReject, Other };
    Kind kind = Kind::Other;
    std::uint64_t index = 0;  // of the order
};

class OrderStream {
public:
    // `prefix` begins each ClOrdID(11), `order` is the body behind it. The client is logged on.
    OrderStream(FixClient& client, std::string_view prefix, std::string_view order);
    ~OrderStream();  // leaves the client's numbers where they are now
    OrderStream(const OrderStream&) = delete;
    OrderStream& operator=(const OrderStream&) = delete;

    // Puts NewOrderSingle(D) number `index` behind what flush() will send in one write.
    void put(std::uint64_t index, std::int64_t utc_ns);
    bool flush();  // false: the connection is gone
    // Reads what is there; answers whether something came.
    bool read();
    // The next reply; false when no whole one is left.
    bool next(LoadReply& reply);

    int fd() const { return client_.fd(); }
    bool closed() const { return client_.closed(); }
    const std::string& problem() const { return problem_; }  // empty: none
    const std::string& refusal() const { return refusal_; }  // the first one, readable

private:
    static constexpr std::size_t kDigits = 9;
    void set_time(std::int64_t utc_ns);
    bool take(std::string_view frame, LoadReply& reply);

    FixClient& client_;
    std::string prefix_;
    std::string order_;  // the message as bytes
    std::size_t seq_at_ = 0;
    std::size_t index_at_ = 0;
    std::size_t sending_at_ = 0;
    std::size_t transact_at_ = 0;
    std::int64_t time_ms_ = 0;
    unsigned next_out_;
    unsigned next_in_;
    std::string out_;
    std::vector<char> in_;
    std::size_t in_begin_ = 0;
    std::size_t in_end_ = 0;
    std::string problem_;
    std::string refusal_;
};

}  // namespace sluice::client
