// Ten thousand mixed orders, proved again from the journal; and journals that somebody changed.
#include <filesystem>
#include <fstream>
#include <random>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tests/system/gateway_process.hpp"

namespace sluice::system_test {
namespace {

constexpr int kOrders = 10'000;

void mixed_run(GatewayProcess& gateway) {
    auto wire = gateway.client_config("T1", FixVersion::Fix44);
    wire.sequence_file.clear();
    auto trader = log_on(wire);
    std::mt19937 random(42);
    const auto drain = [&] {
        while (trader->receive_now()) {
        }
    };
    for (int i = 0; i < kOrders; ++i) {
        const bool buy = random() % 2 == 0;
        const bool too_large = random() % 20 == 0;
        const bool off_tick = random() % 30 == 0;
        const std::string px =
            off_tick ? "10.001"
                     : fmt::format("{}.{:02}", random() % 2 == 0 ? 9 : 10, random() % 100);
        const std::string qty = too_large ? "200000" : std::to_string(1 + random() % 50);
        trader->send("D",
                     order(FixVersion::Fix44, fmt::format("A{}", i), buy ? '1' : '2', qty, px));
        if (i > 10 && random() % 5 == 0) {
            trader->send("F", fmt::format("11=C{}|41=A{}|55=XYZ|54=1|38=1|60={}", i,
                                          i - 1 - static_cast<int>(random() % 10), now_text()));
        }
        if (i > 10 && random() % 7 == 0) {
            trader->send("G",
                         fmt::format("11=R{}|41=A{}|55=XYZ|54={}|38={}|40=2|44={}|60={}", i, i - 1,
                                     buy ? '1' : '2', 1 + random() % 60, px, now_text()));
        }
        if (i % 2'500 == 1'000) {
            const auto answer = gateway.call(
                "POST", "/risk/limits",
                fmt::format(
                    R"({{"scope":"account","name":"ACC","key":"max_order_qty","value":"{}","reason":"mixed run"}})",
                    30 + i / 1'000));
            CHECK(answer["http_status"] == 200);
        }
        if (i == 6'000) {
            CHECK(gateway.call(
                      "POST", "/kill",
                      R"({"scope":"account","name":"ACC","cancel_open":true,"reason":"drill"})")
                      ["http_status"] == 200);
        }
        if (i == 6'200) {
            CHECK(gateway.call(
                      "POST", "/resume",
                      R"({"scope":"account","name":"ACC","reason":"over"})")["http_status"] == 200);
        }
        drain();
    }
    trader->send("D", order(FixVersion::Fix44, "LAST", '1', "1", "9.00"));
    expect(*trader, "35=8|11=LAST");
    trader->logout();
}

std::string segment_of(const std::string& journal) {
    std::string first;
    for (const auto& entry : std::filesystem::directory_iterator(journal)) {
        const std::string path = entry.path().string();
        if (path.ends_with(".slj") && path.find("prepared") == std::string::npos &&
            (first.empty() || path < first)) {
            first = path;
        }
    }
    return first;
}

// Flips one bit in the middle of the first segment's records.
void flip_a_bit(const std::string& path) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    constexpr std::streamoff kAt = 1'000'000;
    file.seekg(kAt);
    char byte = 0;
    file.get(byte);
    file.seekp(kAt);
    file.put(static_cast<char>(byte ^ 1));
}

}  // namespace

TEST_CASE(
    "replay proves every decision of ten thousand mixed orders, and tampering is named with its "
    "sequence number") {
    const TempDir dir;
    ConfigText config{.sessions = session("T1", FixVersion::Fix44)};
    GatewayProcess gateway(dir, config.text());
    gateway.start();
    mixed_run(gateway);
    CHECK(gateway.stop() == 0);

    const Ran replayed = run_sluice({"replay", "--verify", "--data-dir", gateway.data_dir()});
    INFO(replayed.output);
    CHECK(replayed.exit_code == 0);
    const Ran verified = run_sluice({"audit", "verify", "--data-dir", gateway.data_dir()});
    INFO(verified.output);
    CHECK(verified.exit_code == 0);
    std::printf("%s", replayed.output.c_str());
    const auto decisions = replayed.output.find(" decisions");
    REQUIRE(decisions != std::string::npos);
    const auto digits = replayed.output.rfind(' ', decisions - 1) + 1;
    CHECK(std::stoi(replayed.output.substr(digits, decisions - digits)) > kOrders);

    const auto copy = [&](const std::string& name) {
        const std::string to = dir.path() + "/" + name;
        std::filesystem::copy(gateway.data_dir() + "/journal", to + "/journal",
                              std::filesystem::copy_options::recursive);
        return to;
    };
    std::filesystem::create_directories(dir.path() + "/flipped");
    std::filesystem::create_directories(dir.path() + "/removed");

    // One flipped bit.
    const std::string flipped = copy("flipped");
    flip_a_bit(segment_of(flipped + "/journal"));
    const Ran bit = run_sluice({"audit", "verify", "--data-dir", flipped});
    CHECK(bit.exit_code == 10);
    CHECK(bit.output.find("record ") != std::string::npos);
    const Ran stopped = run_sluice({"replay", "--verify", "--data-dir", flipped});
    CHECK(stopped.exit_code == 10);
    CHECK(stopped.output.find("record ") != std::string::npos);

    // A removed segment.
    const std::string removed = copy("removed");
    std::filesystem::remove(segment_of(removed + "/journal"));
    CHECK(run_sluice({"audit", "verify", "--data-dir", removed}).exit_code == 10);

    // What another limit would have done, and a limit that nobody has.
    const Ran asked = run_sluice(
        {"replay", "--what-if", "risk.ACC.max_order_qty=1", "--data-dir", gateway.data_dir()});
    CHECK(asked.exit_code == 10);
    CHECK(asked.output.find("ACCEPT -> REJECT MAX_ORDER_QTY") != std::string::npos);
    CHECK(run_sluice({"replay", "--what-if", "risk.NOBODY.max_order_qty=1", "--data-dir",
                      gateway.data_dir()})
              .exit_code == 2);
}

}  // namespace sluice::system_test
