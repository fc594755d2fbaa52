// What a person types at `sluice client`, as FIX messages: "buy 100 AAPL @187.50 ioc" and the like.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/domain/fix_enums.hpp"
#include "gateway/domain/result.hpp"

namespace sluice::client {

struct OutgoingMessage {
    std::string msg_type;  // MsgType(35)
    std::string body;      // fields separated by |
    std::string echo;      // "NewOrderSingle C1  Buy 100 AAPL Limit 187.50 Day"
};

// Turns words into messages and remembers what was sent, since a cancel must repeat Symbol(55),
// Side(54) and so on.
class OrderWords {
public:
    OrderWords(FixVersion version, std::string account, std::string id_prefix)
        : version_(version), account_(std::move(account)), prefix_(std::move(id_prefix)) {}

    // `transact_time` is TransactTime(60). The error says what was expected.
    Result<OutgoingMessage, std::string> read(std::string_view line,
                                              std::string_view transact_time);

    static std::string_view help();

private:
    struct Sent {
        std::string id;
        std::string symbol;
        std::string account;
        char side = '1';
        std::string qty;
        std::string price;
        char tif = '0';
    };
    using Words = Result<OutgoingMessage, std::string>;
    Words new_order(char side, const std::vector<std::string>& words, std::string_view time);
    Words cancel(const std::vector<std::string>& words, std::string_view time);
    Words replace(const std::vector<std::string>& words, std::string_view time);
    Words status(const std::vector<std::string>& words);
    std::string next_id();
    const Sent* find(std::string_view id) const;
    std::string account_field(const std::string& account) const;

    FixVersion version_;
    std::string account_;
    std::string prefix_;
    unsigned count_ = 0;
    std::vector<Sent> sent_;
};

}  // namespace sluice::client
