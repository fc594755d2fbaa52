#include "tests/system/venue_desk.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <poll.h>

#include "sessions/client/fix_text.hpp"

namespace sluice::system_test {

using client::field;

std::string exec_id() {
    static int count = 0;
    return fmt::format("X{}", ++count);
}

std::string says(const std::string& raw,
                 char exec_type,
                 char ord_status,
                 int qty,
                 int cum,
                 const std::string& more) {
    const bool over = std::string("48C").find(ord_status) != std::string::npos;
    const std::string orig(field(raw, 41));
    return fmt::format(
        "37=V|11={}|{}17={}|150={}|39={}|55=XYZ|54=1|38={}|14={}|151={}|6=10|60={}{}{}",
        field(raw, 11), orig.empty() ? "" : "41=" + orig + "|", exec_id(), exec_type, ord_status,
        qty, cum, over ? 0 : std::max(qty - cum, 0), now_text(), more.empty() ? "" : "|", more);
}

std::string trade(const std::string& raw,
                  char ord_status,
                  int qty,
                  int cum,
                  int last,
                  const std::string& px,
                  const std::string& exec) {
    return fmt::format(
        "37=V|11={}|17={}|150=F|39={}|55=XYZ|54=1|38={}|14={}|151={}|32={}|31={}|6={}|60={}",
        field(raw, 11), exec, ord_status, qty, cum, std::max(qty - cum, 0), last, px, px,
        now_text());
}

std::string refuses(const std::string& raw, char ord_status, char response_to, char why) {
    return fmt::format("37=V|11={}|41={}|39={}|434={}|102={}|60={}", field(raw, 11), field(raw, 41),
                       ord_status, response_to, why, now_text());
}

void wait_for_venue(const GatewayProcess& gateway, const std::string& state) {
    for (int i = 0; i < 5'000; ++i) {
        if (gateway.call("GET", "/venues")[0]["state"] == state) {
            return;
        }
        ::poll(nullptr, 0, 2);
    }
    REQUIRE(false);
}

void wait_for_order(const GatewayProcess& gateway,
                    const std::string& cl_ord_id,
                    const std::string& status) {
    std::string last;
    for (int i = 0; i < 5'000; ++i) {
        for (const auto& row : gateway.call("GET", "/orders?limit=1000")) {
            if (row["root_cl_ord_id"] == cl_ord_id) {
                last = row["status"];
                if (last == status) {
                    return;
                }
            }
        }
        ::poll(nullptr, 0, 2);
    }
    INFO(cl_ord_id << " is " << last << ", not " << status);
    REQUIRE(false);
}

std::string alerts(const GatewayProcess& gateway) {
    return run_sluice({"audit", "search", "--type", "ALERT", "--data-dir", gateway.data_dir()})
        .output;
}

Desk::Desk(const std::string& more_venue, const std::string& more_route)
    : venue("FIX.4.4",
            [](const std::string&, const std::string&) { return ScriptedVenue::Answers{}; }),
      gateway(dir,
              ConfigText{.sessions = session("T1", FixVersion::Fix44),
                         .venues = fmt::format(
                             "  - {{id: NYX, type: fix, begin_string: FIX.4.4, sender_comp_id: "
                             "GATE, target_comp_id: NYX, host: 127.0.0.1, port: {}, reconnect: "
                             "20ms{}}}\n",
                             venue.port(),
                             more_venue),
                         .routes = "  - {venues: [NYX]" + more_route + "}\n"}
                  .text()) {}

void Desk::start() {
    gateway.start();
    wait_for_venue(gateway, "up");
    log_on_again();
}

void Desk::log_on_again() {
    trader = log_on(gateway.client_config("T1", FixVersion::Fix44));
}

std::string Desk::order_at_venue(const std::string& id, int qty, char side) {
    trader->send("D", order(FixVersion::Fix44, id, side, std::to_string(qty), "10.00"));
    return venue.wait_for(fmt::format("35=D|38={}", qty));
}

std::string Desk::working(const std::string& id, int qty, char side) {
    const std::string raw = order_at_venue(id, qty, side);
    venue.say("8", says(raw, '0', '0', qty, 0));
    expect(*trader, "35=8|11=" + id + "|150=0|39=0");
    return raw;
}

void Desk::cancel(const std::string& id, const std::string& orig, int qty) {
    trader->send("F",
                 fmt::format("11={}|41={}|55=XYZ|54=1|38={}|60={}", id, orig, qty, now_text()));
}

void Desk::replace(const std::string& id, const std::string& orig, int qty) {
    trader->send("G", fmt::format("11={}|41={}|55=XYZ|54=1|38={}|40=2|44=10.00|60={}", id, orig,
                                  qty, now_text()));
}

}  // namespace sluice::system_test
