// Speaks for who holds orders: the venue behind a gateway, or the gateway in front of a client that
// is certified. Hears requests, keeps what their orders are by now, and makes whole reports of the
// few fields that a scenario lists; what is listed wins over what was worked out. Names in
// scenarios (X, Y, KILL1) stand for the ClOrdID(11)s that the other side gave.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gateway/domain/decimal.hpp"
#include "gateway/domain/fix_enums.hpp"
#include "sessions/client/scenario.hpp"

namespace sluice::client {

class OrderVoice {
public:
    explicit OrderVoice(FixVersion version) : version_(version) {}

    // Takes a request that the line describes. Empty, or the first difference.
    std::string hear(const Words& listed, std::string_view raw);
    // MsgType(35) and body of what the line says.
    std::pair<std::string, std::string> say(const Words& listed);
    // The ClOrdID(11) that a name stands for; the name itself when it was not heard.
    std::string id_of(const std::string& name) const;

private:
    struct Fill {
        Quantity qty;
        Quantity px;
    };
    struct Held {
        std::string order_id;
        std::string symbol, side, price;
        Quantity qty, cum, busted;
        double value = 0;                   // of the fills, for AvgPx(6)
        std::map<std::string, Fill> fills;  // by ExecID(17)
        char closed = 0;                    // OrdStatus(39) once it is over
        char halted = 0;                    // 7 or 9
    };
    struct Request {
        std::string id;       // ClOrdID(11)
        std::string orig_id;  // OrigClOrdID(41)
        std::string type;
        Quantity qty;
        std::string price;
        std::size_t order = 0;
    };

    Held& held_by(const Words& listed);
    void apply(Held& order, const Words& listed, const std::string& exec_id);
    void take_out(Held& order, const std::string& exec_id);
    void add(Held& order, const Words& listed, const std::string& exec_id);
    std::string execution(const Words& listed);
    std::string refusal(const Words& listed);
    static Quantity leaves(const Held& order);
    static char status(const Held& order);

    FixVersion version_;
    std::map<std::string, Request> requests_;  // by name
    std::vector<Held> orders_;
    unsigned next_exec_ = 1;
};

}  // namespace sluice::client
