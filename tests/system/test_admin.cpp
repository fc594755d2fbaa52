// What an operator changes while clients trade.
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "tests/system/gateway_process.hpp"
#include "tests/system/scripted_venue.hpp"

namespace sluice::system_test {

TEST_CASE(
    "a limit that is set takes effect with the next order, survives kill -9 and stands in the "
    "journal with who and why") {
    const TempDir dir;
    GatewayProcess gateway(dir, ConfigText{.sessions = session("T1", FixVersion::Fix44)}.text());
    gateway.start();
    auto trader = log_on(gateway.client_config("T1", FixVersion::Fix44));
    const Ran dry = run_sluice(
        {"risk", "set", "ACC", "max_order_qty=5", "--dry-run", "--socket", gateway.socket()});
    INFO(dry.output);
    CHECK(dry.exit_code == 0);
    trader->send("D", order(FixVersion::Fix44, "A1", '1', "6", "9.00"));
    expect(*trader, "35=8|11=A1|39=0");
    const Ran set = run_sluice({"risk", "set", "ACC", "max_order_qty=5", "--reason",
                                "smaller clips", "--socket", gateway.socket()});
    INFO(set.output);
    REQUIRE(set.exit_code == 0);
    trader->send("D", order(FixVersion::Fix44, "A2", '1', "6", "9.00"));
    expect(*trader, "35=8|11=A2|39=8|103=3");
    gateway.kill9();
    gateway.start();
    trader = log_on(gateway.client_config("T1", FixVersion::Fix44));
    trader->send("D", order(FixVersion::Fix44, "A3", '1', "6", "9.00"));
    expect(*trader, "35=8|11=A3|39=8|103=3");
    const Ran found =
        run_sluice({"audit", "search", "--type", "LIMIT_CHANGE", "--data-dir", gateway.data_dir()});
    INFO(found.output);
    CHECK(found.output.find("smaller clips") != std::string::npos);
    CHECK(found.output.find(::getuid() == 0 ? "root" : "by ") != std::string::npos);
    CHECK(run_sluice({"risk", "set", "ACC", "max_order_qtty=5", "--reason", "x", "--socket",
                      gateway.socket()})
              .exit_code == 2);
}

TEST_CASE(
    "the kill switch cancels what is open, refuses what is new, lets cancels pass, and is lifted "
    "by resume") {
    const TempDir dir;
    GatewayProcess gateway(dir, ConfigText{.sessions = session("T1", FixVersion::Fix44)}.text());
    gateway.start();
    auto trader = log_on(gateway.client_config("T1", FixVersion::Fix44));
    trader->send("D", order(FixVersion::Fix44, "A1", '1', "6", "9.00"));
    expect(*trader, "35=8|11=A1|39=0");
    const Ran killed = run_sluice({"kill", "--account", "ACC", "--cancel-open", "--yes", "--reason",
                                   "drill", "--socket", gateway.socket()});
    INFO(killed.output);
    REQUIRE(killed.exit_code == 0);
    expect(*trader, "35=8|11=A1|39=4|150=4");
    trader->send("D", order(FixVersion::Fix44, "A2", '1', "1", "9.00"));
    expect(*trader, "35=8|11=A2|39=8");
    CHECK(run_sluice({"check", "--socket", gateway.socket()}).exit_code == 10);
    CHECK(
        run_sluice({"resume", "--account", "ACC", "--reason", "over", "--socket", gateway.socket()})
            .exit_code == 0);
    trader->send("D", order(FixVersion::Fix44, "A3", '1', "1", "9.00"));
    expect(*trader, "35=8|11=A3|39=0");
}

TEST_CASE(
    "a session can be logged out, disabled, enabled and have its numbers reset, but not while it "
    "is logged on") {
    const TempDir dir;
    GatewayProcess gateway(dir, ConfigText{.sessions = session("T1", FixVersion::Fix44)}.text());
    gateway.start();
    auto config = gateway.client_config("T1", FixVersion::Fix44);
    config.sequence_file.clear();
    auto trader = log_on(config);
    const auto session_verb = [&gateway](std::vector<std::string> words) {
        words.insert(words.begin(), "session");
        words.insert(words.end(), {"--reason", "test", "--socket", gateway.socket()});
        return run_sluice(words);
    };
    CHECK(session_verb({"reset", "T1", "--in", "1", "--out", "1"}).exit_code == 9);
    CHECK(session_verb({"logout", "T1"}).exit_code == 0);
    expect(*trader, "35=5");
    trader->cut();
    CHECK(session_verb({"disable", "T1"}).exit_code == 0);
    auto refused = client::FixClient::connect(config);
    REQUIRE(refused.ok());
    CHECK_FALSE(refused.value()->logon().ok());
    CHECK(session_verb({"enable", "T1"}).exit_code == 0);
    CHECK(session_verb({"reset", "T1", "--in", "1", "--out", "1"}).exit_code == 0);
    auto again = log_on(config);
    CHECK(again->next_in() == 2);
    CHECK(session_verb({"logout", "NOBODY"}).exit_code == 6);
}

TEST_CASE("a gateway that does not run is unreachable, and the command says what to do") {
    const TempDir dir;
    const Ran ran = run_sluice({"status", "--socket", dir.path() + "/admin.sock"});
    CHECK(ran.exit_code == 4);
    CHECK(ran.output.find("sluice demo") != std::string::npos);
}

TEST_CASE("a manual venue is silent until an operator speaks for it, also after kill -9") {
    const TempDir dir;
    GatewayProcess gateway(dir, ConfigText{.sessions = session("T1", FixVersion::Fix44),
                                           .venues = "  - {id: SIM, type: sim, manual: true}\n"}
                                    .text());
    gateway.start();
    const auto say = [&gateway](const std::string& text) {
        return run_sluice({"venue", "say", "SIM", text, "--socket", gateway.socket()});
    };
    // The request that is answered may still be on its way.
    const auto say_when_asked = [&say](const std::string& text) {
        Ran ran = say(text);
        for (int i = 0; i < 1'000 && ran.exit_code != 0; ++i) {
            ran = say(text);
        }
        INFO(ran.output);
        REQUIRE(ran.exit_code == 0);
    };
    auto trader = log_on(gateway.client_config("T1", FixVersion::Fix44));
    trader->send("D", order(FixVersion::Fix44, "A1", '1', "6", "9.00"));
    say_when_asked("35=8|150=0|11=A1");
    expect(*trader, "35=8|11=A1|150=0|39=0");
    trader->send("F", "41=A1|11=A2|55=XYZ|54=1|60=" + now_text());
    say_when_asked("35=9|11=A2|434=1|102=0|58=too late");
    expect(*trader, "35=9|11=A2|41=A1|102=0");
    gateway.kill9();
    gateway.start();
    trader = log_on(gateway.client_config("T1", FixVersion::Fix44));
    const Ran filled = say("35=8|150=F|11=A1|32=6|31=8.75|30=XNYS");
    INFO(filled.output);
    REQUIRE(filled.exit_code == 0);
    expect(*trader, "35=8|11=A1|150=F|39=2|32=6|31=8.75|30=XNYS");
    CHECK(say("35=8|150=F|11=GHOST|32=6|31=8").exit_code == 6);
    CHECK(say("35=8|150=F|11=A1").exit_code == 2);
}

TEST_CASE("an operator cancels a client's order and may not speak for a venue that is connected") {
    const TempDir dir;
    GatewayProcess gateway(dir, ConfigText{.sessions = session("T1", FixVersion::Fix44)}.text());
    gateway.start();
    auto trader = log_on(gateway.client_config("T1", FixVersion::Fix44));
    trader->send("D", order(FixVersion::Fix44, "A1", '1', "6", "9.00"));
    expect(*trader, "35=8|11=A1|39=0");
    const auto act = [&gateway](std::vector<std::string> words) {
        words.insert(words.begin(), "order");
        words.insert(words.end(), {"--reason", "by hand", "--socket", gateway.socket()});
        return run_sluice(words);
    };
    CHECK(act({"resolve", "A1", "--as", "canceled", "--yes"}).exit_code == 9);
    CHECK(act({"cancel", "GHOST"}).exit_code == 6);
    const Ran canceled = act({"cancel", "A1"});
    INFO(canceled.output);
    CHECK(canceled.exit_code == 0);
    expect(*trader, "35=8|11=A1|150=4|39=4|378=4");
    CHECK(act({"cancel", "A1"}).exit_code == 9);
    trader->logout();
    CHECK(gateway.stop() == 0);
    const Ran found =
        run_sluice({"audit", "search", "--type", "ORDER_ACTION", "--data-dir", gateway.data_dir()});
    INFO(found.output);
    CHECK(found.output.find("by hand") != std::string::npos);
    CHECK(run_sluice({"replay", "--verify", "--data-dir", gateway.data_dir()}).exit_code == 0);
}

TEST_CASE("an order whose venue went away is resolved by an operator, and its client is told") {
    ScriptedVenue venue("FIX.4.4", [](const std::string&, const std::string&) {
        return ScriptedVenue::Answers{};  // it takes orders and says nothing
    });
    const TempDir dir;
    ConfigText config{.sessions = session("T1", FixVersion::Fix44)};
    config.venues = fmt::format(
        "  - {{id: NYX, type: fix, begin_string: FIX.4.4, sender_comp_id: GATE, target_comp_id: "
        "NYX, host: 127.0.0.1, port: {}, reconnect: 20ms, reconcile: flag, in_doubt_after: 0}}\n",
        venue.port());
    config.routes = "  - {venues: [NYX]}\n";
    GatewayProcess gateway(dir, config.text());
    gateway.start();
    while (gateway.call("GET", "/venues")[0]["state"] != "up") {
    }
    auto trader = log_on(gateway.client_config("T1", FixVersion::Fix44));
    for (const char* id : {"A1", "A2"}) {
        trader->send("D", order(FixVersion::Fix44, id, '1', "6", "9.00"));
    }
    while (venue.orders().size() < 2) {
    }
    venue.drop_connection();
    while (gateway.call("GET", "/orders/A1")["doubt"] != "in doubt") {
    }
    const auto resolve = [&gateway](const std::vector<std::string>& words) {
        std::vector<std::string> command{"order", "resolve"};
        command.insert(command.end(), words.begin(), words.end());
        command.insert(command.end(), {"--yes", "--reason", "the venue's desk said so", "--socket",
                                       gateway.socket()});
        return run_sluice(command);
    };
    CHECK(resolve({"A1", "--as", "filled"}).exit_code == 2);
    const Ran filled = resolve({"A1", "6@8.5", "--as", "filled"});
    INFO(filled.output);
    CHECK(filled.exit_code == 0);
    expect(*trader, "35=8|11=A1|150=F|39=2|32=6|31=8.5|14=6|151=0");
    CHECK(resolve({"A2", "--as", "rejected"}).exit_code == 0);
    expect(*trader, "35=8|11=A2|150=8|39=8");
    CHECK(gateway.call("GET", "/orders/A1")["doubt"] == "");
    trader->logout();
    CHECK(gateway.stop() == 0);
    CHECK(run_sluice({"replay", "--verify", "--data-dir", gateway.data_dir()}).exit_code == 0);
}

}  // namespace sluice::system_test
