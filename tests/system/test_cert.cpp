// The certification plays its scenarios over real sockets, against gateways of its own and against
// one that it is pointed at.
#include <fstream>
#include <iostream>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "gateway/app/cert_client.hpp"
#include "sessions/client/fix_text.hpp"
#include "tests/system/gateway_process.hpp"

namespace sluice::system_test {
namespace {

std::string last_line(const std::string& text) {
    const auto end = text.find_last_not_of('\n');
    const auto begin = text.rfind('\n', end);
    return text.substr(begin + 1, end - begin);
}

}  // namespace

TEST_CASE("every order scenario passes over sockets in FIX 4.2, 4.4 and 5.0SP2") {
    const TempDir dir;
    const std::string file = dir.path() + "/report.json";
    const Ran ran = run_sluice({"cert", "run", "--self-test", "--report", file});
    INFO(ran.output);
    std::cout << last_line(ran.output) << std::endl;
    CHECK(ran.exit_code == 0);
    std::ifstream in(file);
    const auto report = nlohmann::json::parse(in);
    CHECK(report["summary"] == last_line(ran.output));
    CHECK(report["plays"].size() >= 270);
    for (const auto& play : report["plays"]) {
        INFO(play.dump());
        CHECK(play["result"] != "fail");
    }
}

TEST_CASE("a gateway is certified as a target; what needs its venue is left out without one") {
    const TempDir dir;
    GatewayProcess gateway(dir, ConfigText{.sessions = session("T1", FixVersion::Fix44)}.text());
    gateway.start();
    const auto run = [&](const std::string& scenario) {
        return run_sluice({"cert", "run", "--target", "127.0.0.1:" + std::to_string(gateway.port()),
                           "--sender", "T1", "--symbol", "XYZ", "--account", "ACC", "--scenario",
                           scenario});
    };
    const Ran passed = run("o_unknown_symbol");
    INFO(passed.output);
    CHECK(passed.exit_code == 0);
    CHECK(last_line(passed.output).find("1 of 1 plays passed") != std::string::npos);

    // Nothing was played, so nothing is certified.
    const Ran left_out = run("a_1_a_filled_order");
    INFO(left_out.output);
    CHECK(left_out.exit_code == 10);
    CHECK(left_out.output.find("needs the venue") != std::string::npos);
}

namespace {

client::Scenario scenario(const std::string& text) {
    auto parsed = client::parse_scenario("test", text);
    REQUIRE(parsed.ok());
    return std::move(parsed).value();
}

// The verdict on a client that orders this quantity where 100 is asked for, and what it was told.
app::CertVerdict certified(const std::string& qty, FixVersion version, std::string& told) {
    app::CertClientPlayer player(version, 0, false, 10'000);
    client::FixClientConfig config;
    config.port = player.port();
    config.version = version;
    config.sender_comp_id = "CLIENT";
    auto trader = log_on(config);
    player.wait_for_client();
    trader->send("D", order(version, "MINE-1", '1', qty, "10"));
    const auto verdict =
        player.play(scenario("# A filled order\n"
                             "C> 35=D|11=X|55=XYZ|54=1|38=100|40=2|44=10\n"
                             "C< 35=8|11=X|150=0|39=0\n"
                             "C< 35=8|11=X|150=F|39=2|32=100|31=10|14=100|151=0\n"));
    while (const auto message = trader->receive(verdict.passed ? 1'000 : 0)) {
        told = client::readable(message->raw);
        if (message->field(39) == "2") {
            break;
        }
    }
    return verdict;
}

}  // namespace

TEST_CASE("a client is certified: what it sends is compared, and it is answered in its version") {
    const auto version = GENERATE(FixVersion::Fix42, FixVersion::Fix44, FixVersion::Fix50Sp2);
    std::string told;
    const auto passed = certified("100", version, told);
    INFO(passed.because);
    CHECK(passed.passed);
    CHECK(told.find("|11=MINE-1|") != std::string::npos);
    CHECK(told.find(version == FixVersion::Fix42 ? "|20=0|150=2|39=2|" : "|150=F|39=2|") !=
          std::string::npos);

    const auto failed = certified("90", version, told);
    CHECK_FALSE(failed.passed);
    CHECK(failed.line == 2);
    CHECK(failed.because.starts_with("38 is 90, not 100"));
}

TEST_CASE("a gateway that is not there fails the certification with the reason") {
    const Ran ran = run_sluice({"cert", "run", "--target", "127.0.0.1:1", "--sender", "A"});
    INFO(ran.output);
    CHECK(ran.exit_code == 1);
    CHECK(ran.output.find("127.0.0.1:1") != std::string::npos);
}

}  // namespace sluice::system_test
