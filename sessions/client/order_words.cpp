#include "sessions/client/order_words.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

namespace sluice::client {
namespace {

std::vector<std::string> split(std::string_view line) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : line) {
        if (c != ' ' && c != '\t') {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    if (!word.empty()) {
        words.push_back(std::move(word));
    }
    return words;
}

std::optional<char> time_in_force(std::string_view word) {
    constexpr std::array<std::pair<std::string_view, char>, 4> kWords = {
        {{"day", '0'}, {"gtc", '1'}, {"ioc", '3'}, {"fok", '4'}}};
    for (const auto& [text, code] : kWords) {
        if (text == word) {
            return code;
        }
    }
    return std::nullopt;
}

// Options behind the fixed words: "@187.50", "ioc", "account=ACC1", "id=X1", "to=XNYS".
struct Options {
    std::string price;
    char tif = '0';
    std::string account;
    std::string id;
    std::string destination;
};

Result<Options, std::string> read_options(const std::vector<std::string>& words, std::size_t from) {
    Options options;
    for (std::size_t i = from; i < words.size(); ++i) {
        const std::string_view word = words[i];
        if (word.front() == '@') {
            options.price = word.substr(1);
        } else if (const auto tif = time_in_force(word)) {
            options.tif = *tif;
        } else if (word.starts_with("account=")) {
            options.account = word.substr(8);
        } else if (word.starts_with("id=")) {
            options.id = word.substr(3);
        } else if (word.starts_with("to=")) {
            options.destination = word.substr(3);
        } else {
            return Result<Options, std::string>::failure(
                fmt::format("'{}' is not understood; expected @PRICE, day, ioc, fok, gtc, "
                            "account=A, id=CLORDID or to=DESTINATION",
                            word));
        }
    }
    return options;
}

std::string_view side_word(char side) {
    return to_text(static_cast<Side>(side));
}

}  // namespace

std::string_view OrderWords::help() {
    return "buy QTY SYMBOL [@PRICE] [day|ioc|fok|gtc] [account=A] [id=CLORDID] [to=DESTINATION]\n"
           "sell QTY SYMBOL ...      short QTY SYMBOL ...      without @PRICE: a market order\n"
           "cancel CLORDID           replace CLORDID QTY [@PRICE]           status CLORDID\n"
           "raw 35=D|11=X|55=AAPL|...    any message; header and trailer are added\n"
           "raw last                 the last message received, field by field\n"
           "wait [MS]                wait for the next message (default 1000)\n"
           "expect 35=8|39=2         wait up to 5 s for a message with these fields; fails the "
           "script otherwise\n"
           "logon   logout   quit   help\n";
}

OrderWords::Words OrderWords::read(std::string_view line, std::string_view time) {
    const auto words = split(line);
    const std::string verb = words.empty() ? "" : words.front();
    if (verb == "buy") {
        return new_order('1', words, time);
    }
    if (verb == "sell") {
        return new_order('2', words, time);
    }
    if (verb == "short") {
        return new_order('5', words, time);
    }
    if (verb == "cancel") {
        return cancel(words, time);
    }
    if (verb == "replace") {
        return replace(words, time);
    }
    if (verb == "status") {
        return status(words);
    }
    return Words::failure(fmt::format("'{}' is not understood; 'help' lists the words", verb));
}

OrderWords::Words OrderWords::new_order(char side,
                                        const std::vector<std::string>& words,
                                        std::string_view time) {
    if (words.size() < 3) {
        return Words::failure(
            fmt::format("expected: {} QTY SYMBOL [@PRICE] [day|ioc|fok|gtc]", words.front()));
    }
    const auto read = read_options(words, 3);
    if (!read.ok()) {
        return Words::failure(read.error());
    }
    const Options& options = read.value();
    Sent order;
    order.id = options.id.empty() ? next_id() : options.id;
    order.symbol = words[2];
    order.account = options.account.empty() ? account_ : options.account;
    order.side = side;
    order.qty = words[1];
    order.price = options.price;
    order.tif = options.tif;
    const bool limit = !order.price.empty();
    std::string body = fmt::format("11={}|", order.id) + account_field(order.account);
    body += version_ == FixVersion::Fix42 ? "21=1|" : "";
    body += fmt::format("55={}|54={}|60={}|38={}|40={}|", order.symbol, side, time, order.qty,
                        limit ? '2' : '1');
    body += limit ? fmt::format("44={}|", order.price) : "";
    body += fmt::format("59={}|", order.tif);
    body += options.destination.empty() ? "" : fmt::format("100={}|", options.destination);
    const std::string echo = fmt::format(
        "NewOrderSingle {}  {} {} {} {}{} {}", order.id, side_word(side), order.qty, order.symbol,
        limit ? "Limit " : "Market", order.price, to_text(static_cast<TimeInForce>(order.tif)));
    sent_.push_back(order);
    return OutgoingMessage{"D", body, echo};
}

OrderWords::Words OrderWords::cancel(const std::vector<std::string>& words, std::string_view time) {
    const Sent* order = words.size() == 2 ? find(words[1]) : nullptr;
    if (order == nullptr) {
        return Words::failure(words.size() == 2
                                  ? fmt::format("no order {} was sent from here; use raw", words[1])
                                  : "expected: cancel CLORDID");
    }
    Sent request = *order;
    request.id = next_id();
    const std::string body =
        fmt::format("11={}|41={}|", request.id, words[1]) + account_field(order->account) +
        fmt::format("55={}|54={}|60={}|38={}|", order->symbol, order->side, time, order->qty);
    return OutgoingMessage{"F", body,
                           fmt::format("OrderCancelRequest {} of {}", request.id, words[1])};
}

OrderWords::Words OrderWords::replace(const std::vector<std::string>& words,
                                      std::string_view time) {
    if (words.size() < 3) {
        return Words::failure("expected: replace CLORDID QTY [@PRICE]");
    }
    const Sent* order = find(words[1]);
    if (order == nullptr) {
        return Words::failure(fmt::format("no order {} was sent from here; use raw", words[1]));
    }
    const auto read = read_options(words, 3);
    if (!read.ok()) {
        return Words::failure(read.error());
    }
    Sent request = *order;
    request.id = read.value().id.empty() ? next_id() : read.value().id;
    request.qty = words[2];
    request.price = read.value().price.empty() ? order->price : read.value().price;
    const bool limit = !request.price.empty();
    std::string body =
        fmt::format("11={}|41={}|", request.id, words[1]) + account_field(order->account);
    body += version_ == FixVersion::Fix42 ? "21=1|" : "";
    body += fmt::format("55={}|54={}|60={}|38={}|40={}|", request.symbol, request.side, time,
                        request.qty, limit ? '2' : '1');
    body += limit ? fmt::format("44={}|", request.price) : "";
    body += fmt::format("59={}|", request.tif);
    const std::string echo = fmt::format("OrderCancelReplaceRequest {} of {}  {} @{}", request.id,
                                         words[1], request.qty, request.price);
    sent_.push_back(request);
    return OutgoingMessage{"G", body, echo};
}

OrderWords::Words OrderWords::status(const std::vector<std::string>& words) {
    const Sent* order = words.size() == 2 ? find(words[1]) : nullptr;
    if (order == nullptr) {
        return Words::failure(words.size() == 2
                                  ? fmt::format("no order {} was sent from here; use raw", words[1])
                                  : "expected: status CLORDID");
    }
    const std::string body = fmt::format("11={}|", words[1]) + account_field(order->account) +
                             fmt::format("55={}|54={}|", order->symbol, order->side);
    return OutgoingMessage{"H", body, fmt::format("OrderStatusRequest {}", words[1])};
}

std::string OrderWords::next_id() {
    return fmt::format("{}{}", prefix_, ++count_);
}

const OrderWords::Sent* OrderWords::find(std::string_view id) const {
    const auto found = std::find_if(sent_.rbegin(), sent_.rend(),
                                    [id](const Sent& sent) { return sent.id == id; });
    return found == sent_.rend() ? nullptr : &*found;
}

std::string OrderWords::account_field(const std::string& account) const {
    return account.empty() ? "" : fmt::format("1={}|", account);
}

}  // namespace sluice::client
