// Hours of markets, a configuration that changed, and changes that one person cannot make alone.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/system/gateway_process.hpp"

namespace sluice::system_test {
namespace {

std::string with(std::string text, const std::string& old, const std::string& now) {
    const auto at = text.find(old);
    REQUIRE(at != std::string::npos);
    return text.replace(at, old.size(), now);
}

std::string plain(const std::string& more = {}) {
    return ConfigText{.sessions = session("T1", FixVersion::Fix44), .more = more}.text();
}

std::string in_market(const std::string& market) {
    const std::string every_day = "weekdays: [mon, tue, wed, thu, fri, sat, sun]}\n";
    return with(
        plain("markets:\n  - {id: NEVER, zone: America/New_York, day: ['00:00 closed'], " +
              every_day + "  - {id: ALWAYS, zone: America/New_York, day: ['00:00 continuous'], " +
              every_day),
        "symbol: XYZ,", "symbol: XYZ, market: " + market + ",");
}

}  // namespace

TEST_CASE("an instrument takes orders in its market's hours from the first one on") {
    const TempDir dir;
    GatewayProcess gateway(dir, in_market("ALWAYS"));
    gateway.start();
    auto trader = log_on(gateway.client_config("T1", FixVersion::Fix44));
    trader->send("D", order(FixVersion::Fix44, "A1", '1', "1", "9.00"));
    expect(*trader, "35=8|11=A1|39=0");
    CHECK(gateway.stop() == 0);
    CHECK(run_sluice({"replay", "--verify", "--data-dir", gateway.data_dir()}).exit_code == 0);
}

TEST_CASE("a closed market refuses orders until an operator opens it") {
    const TempDir dir;
    GatewayProcess gateway(dir, in_market("NEVER"));
    gateway.start();
    auto trader = log_on(gateway.client_config("T1", FixVersion::Fix44));
    trader->send("D", order(FixVersion::Fix44, "A1", '1', "1", "9.00"));
    expect(*trader, "35=8|11=A1|39=8");
    gateway.call("POST", "/phase",
                 R"({"market": "NEVER", "phase": "continuous", "reason": "late opening"})");
    trader->send("D", order(FixVersion::Fix44, "A2", '1', "1", "9.00"));
    expect(*trader, "35=8|11=A2|39=0");
    const Ran found =
        run_sluice({"audit", "search", "--type", "PHASE_CHANGE", "--data-dir", gateway.data_dir()});
    INFO(found.output);
    CHECK(found.output.find("late opening") != std::string::npos);
}

TEST_CASE(
    "a configuration that changed while the gateway was down holds orders back until somebody "
    "accepts it") {
    const TempDir dir;
    const std::string text = with(plain(), "accept_changes: false", "accept_changes: true");
    GatewayProcess gateway(dir, text);
    gateway.start();
    auto trader = log_on(gateway.client_config("T1", FixVersion::Fix44));
    trader->send("D", order(FixVersion::Fix44, "A1", '1', "1", "9.00"));
    expect(*trader, "35=8|11=A1|39=0");
    CHECK(gateway.stop() == 0);
    dir.file("sluice.yaml", with(text, "close: 10,", "close: 11,"));
    gateway.start();
    CHECK(gateway.output().find("sluice config accept") != std::string::npos);
    // Whoever starts it twice has not accepted it.
    gateway.kill9();
    gateway.start();
    trader = log_on(gateway.client_config("T1", FixVersion::Fix44));
    trader->send("D", order(FixVersion::Fix44, "A2", '1', "1", "9.00"));
    expect(*trader, "35=8|11=A2|39=8");
    const Ran accepted =
        run_sluice({"config", "accept", "--reason", "reviewed", "--socket", gateway.socket()});
    INFO(accepted.output);
    CHECK(accepted.exit_code == 0);
    trader->send("D", order(FixVersion::Fix44, "A3", '1', "1", "9.00"));
    expect(*trader, "35=8|11=A3|39=0");
}

TEST_CASE("a looser limit waits for another person than the one who asked for it") {
    const TempDir dir;
    GatewayProcess gateway(dir, with(plain(), "two_person: false", "two_person: true"));
    gateway.start();
    const auto set = [&](const std::string& value) {
        return run_sluice({"risk", "set", "ACC", "max_order_qty=" + value, "--reason", "as asked",
                           "--socket", gateway.socket()});
    };
    CHECK(set("5").output.find("journal") != std::string::npos);
    const Ran asked = set("6");
    INFO(asked.output);
    CHECK(asked.output.find("sluice approve 1") != std::string::npos);
    const Ran alone = run_sluice({"approve", "1", "--socket", gateway.socket()});
    INFO(alone.output);
    CHECK(alone.exit_code != 0);
    CHECK(alone.output.find("another person") != std::string::npos);
    auto trader = log_on(gateway.client_config("T1", FixVersion::Fix44));
    trader->send("D", order(FixVersion::Fix44, "A1", '1', "6", "9.00"));
    expect(*trader, "35=8|11=A1|39=8");
}

}  // namespace sluice::system_test
