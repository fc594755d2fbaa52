// The FIX venue adapter against venues that are not the simulated one of its own process: a
// scripted raw venue and a second Sluice.
#include <mutex>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sessions/client/fix_text.hpp"
#include "tests/system/venue_desk.hpp"

namespace sluice::system_test {
namespace {

std::string venue_row(const char* begin_string, std::uint16_t port, const std::string& target) {
    return fmt::format(
        "  - {{id: NYX, type: fix, begin_string: {}, sender_comp_id: GATE, target_comp_id: {}, "
        "host: 127.0.0.1, port: {}, reconnect: 50ms}}\n",
        begin_string, target, port);
}

std::string config_with(const std::string& venue, FixVersion version = FixVersion::Fix44) {
    return ConfigText{
        .sessions = session("T1", version), .venues = venue, .routes = "  - {venues: [NYX]}\n"}
        .text();
}

}  // namespace

TEST_CASE(
    "orders trade at a scripted venue: partial fills, a reject, a replace and a cancel, and a "
    "cancel that is refused") {
    ScriptedVenue venue(
        "FIX.4.4", [](const std::string& type, const std::string& raw) -> ScriptedVenue::Answers {
            const std::string id(client::field(raw, 11));
            const std::string qty(client::field(raw, 38));
            if (type == "D" && qty == "13") {
                return {{"8", fmt::format("37=NONE|11={}|17={}|150=8|39=8|103=0|58=unlucky|55=XYZ|"
                                          "54=1|38=13|151=0|14=0|6=0",
                                          id, exec_id())}};
            }
            if (type == "D" && qty == "100") {
                return {{"8", acknowledgement(raw, exec_id())},
                        {"8", fill(raw, exec_id(), "40", "9.98", "40", "60")}};
            }
            if (type == "D") {
                return {{"8", acknowledgement(raw, exec_id())}};
            }
            const std::string orig(client::field(raw, 41));
            if (type == "F" && qty == "7") {
                return {
                    {"9", fmt::format("37=V|11={}|41={}|39=0|434=1|102=0|58=too late", id, orig)}};
            }
            const char what = type == "F" ? '4' : '5';
            return {
                {"8", fmt::format(
                          "37=V|11={}|41={}|17={}|150={}|39={}|55=XYZ|54=1|38={}|151={}|14=0|6=0",
                          id, orig, exec_id(), what, type == "F" ? '4' : '0', qty,
                          type == "F" ? "0" : qty)}};
        });
    const TempDir dir;
    GatewayProcess gateway(dir, config_with(venue_row("FIX.4.4", venue.port(), "NYX")));
    gateway.start();
    wait_for_venue(gateway, "up");
    auto trader = log_on(gateway.client_config("T1", FixVersion::Fix44));

    trader->send("D", order(FixVersion::Fix44, "A1", '1', "100", "10.00"));
    expect(*trader, "35=8|11=A1|150=0|39=0");
    expect(*trader, "35=8|11=A1|150=F|39=1|32=40|31=9.98|14=40|151=60");

    trader->send("D", order(FixVersion::Fix44, "A2", '1', "13", "10.00"));
    CHECK(std::string(expect(*trader, "35=8|11=A2|150=8|39=8").field(58)).find("unlucky") !=
          std::string::npos);

    trader->send("D", order(FixVersion::Fix44, "A3", '1', "5", "10.00"));
    expect(*trader, "35=8|11=A3|150=0");
    trader->send("G", "11=A4|41=A3|55=XYZ|54=1|38=6|40=2|44=10.00|60=" + now_text());
    expect(*trader, "35=8|11=A4|41=A3|150=5|39=0|38=6|151=6");
    trader->send("F", "11=A5|41=A4|55=XYZ|54=1|38=6|60=" + now_text());
    expect(*trader, "35=8|11=A5|41=A4|150=4|39=4");

    trader->send("D", order(FixVersion::Fix44, "A6", '1', "7", "10.00"));
    expect(*trader, "35=8|11=A6|150=0");
    trader->send("F", "11=A7|41=A6|55=XYZ|54=1|38=7|60=" + now_text());
    expect(*trader, "35=9|11=A7|41=A6|434=1|102=0");
    for (const auto& [id, count] : venue.orders()) {
        INFO(id);
        CHECK(count == 1);
    }
}

TEST_CASE("an execution that cannot be read is shown to a person, whatever it states beside it") {
    ScriptedVenue venue("FIX.4.4",
                        [](const std::string&, const std::string& raw) -> ScriptedVenue::Answers {
                            return {{"8", acknowledgement(raw, exec_id())},
                                    {"8", fill(raw, exec_id(), "-40", "9.98", "0", "100")},
                                    {"8", fill(raw, exec_id(), "100", "9.98", "100", "0")}};
                        });
    const TempDir dir;
    GatewayProcess gateway(dir, config_with(venue_row("FIX.4.4", venue.port(), "NYX")));
    gateway.start();
    wait_for_venue(gateway, "up");
    auto trader = log_on(gateway.client_config("T1", FixVersion::Fix44));
    trader->send("D", order(FixVersion::Fix44, "A1", '1', "100", "10.00"));
    const std::string id(expect(*trader, "35=8|11=A1|150=0|39=0").field(37));
    expect(*trader, "35=8|11=A1|150=F|39=2|14=100");

    const Ran found =
        run_sluice({"audit", "search", "--type", "ALERT", "--data-dir", gateway.data_dir()});
    INFO(found.output);
    CHECK(found.exit_code == 0);
    CHECK(found.output.find("unreadable venue message: LastQty(32)='-40' has a sign") !=
          std::string::npos);
    CHECK(found.output.find(id) != std::string::npos);
}

TEST_CASE(
    "a venue that is gone has new orders refused at once, and takes them again when it is back") {
    ScriptedVenue venue(
        "FIX.4.4", [](const std::string& type, const std::string& raw) -> ScriptedVenue::Answers {
            return type == "D" ? ScriptedVenue::Answers{{"8", acknowledgement(raw, exec_id())}}
                               : ScriptedVenue::Answers{};
        });
    const TempDir dir;
    GatewayProcess gateway(dir, config_with(venue_row("FIX.4.4", venue.port(), "NYX")));
    gateway.start();
    wait_for_venue(gateway, "up");
    auto trader = log_on(gateway.client_config("T1", FixVersion::Fix44));
    trader->send("D", order(FixVersion::Fix44, "A1", '1', "1", "10.00"));
    expect(*trader, "35=8|11=A1|39=0");
    venue.refuse(true);
    venue.drop_connection();
    wait_for_venue(gateway, "down");
    trader->send("D", order(FixVersion::Fix44, "A2", '1', "1", "10.00"));
    expect(*trader, "35=8|11=A2|39=8|103=2");
    venue.refuse(false);
    wait_for_venue(gateway, "up");
    trader->send("D", order(FixVersion::Fix44, "A3", '1', "1", "10.00"));
    expect(*trader, "35=8|11=A3|39=0");
}

TEST_CASE("a second Sluice is a venue like any other, in each version") {
    const auto [version, begin] =
        GENERATE(table<FixVersion, const char*>({{FixVersion::Fix42, "FIX.4.2"},
                                                 {FixVersion::Fix44, "FIX.4.4"},
                                                 {FixVersion::Fix50Sp2, "FIXT.1.1"}}));
    const TempDir there;
    GatewayProcess second(there, ConfigText{.sessions = session("GATE", version) +
                                                        session("MAKER", FixVersion::Fix44)}
                                     .text());
    second.start();
    auto maker = log_on(second.client_config("MAKER", FixVersion::Fix44));
    maker->send("D", order(FixVersion::Fix44, "M1", '2', "60", "9.90"));
    expect(*maker, "35=8|11=M1|39=0");

    const TempDir here;
    GatewayProcess first(here, config_with(venue_row(begin, second.port(), "SLUICE"), version));
    first.start();
    wait_for_venue(first, "up");
    auto trader = log_on(first.client_config("T1", version));
    trader->send("D", order(version, "A1", '1', "100", "10.00"));
    expect(*trader, "35=8|11=A1|39=1|14=60|151=40|31=9.9");
    trader->send("F", "11=A2|41=A1|55=XYZ|54=1|38=100|60=" + now_text());
    expect(*trader, "35=8|11=A2|41=A1|39=4|14=60|151=0");
    trader->logout();
    CHECK(first.stop() == 0);
    CHECK(run_sluice({"replay", "--verify", "--data-dir", first.data_dir()}).exit_code == 0);
}

TEST_CASE(
    "what a FIX 4.2 client says beside its order reaches a FIX 4.4 venue in that version's words, "
    "and comes back with what the venue says") {
    std::mutex mutex;
    std::string asked;
    ScriptedVenue venue(
        "FIX.4.4", [&](const std::string& type, const std::string& raw) -> ScriptedVenue::Answers {
            if (type != "D") {
                return {};
            }
            const std::lock_guard lock(mutex);
            asked = raw;
            return {{"8", acknowledgement(raw, exec_id())},
                    {"8", fill(raw, exec_id(), "40", "9.98", "40", "60") +
                              "|30=XNYS|851=2|7001=v|7002=w"}};
        });
    const TempDir dir;
    std::string row = venue_row("FIX.4.4", venue.port(), "NYX");
    row.insert(row.find("reconnect"), "custom_tags: [7001, 7002], ");
    GatewayProcess gateway(
        dir,
        ConfigText{.sessions = session("T1", FixVersion::Fix42,
                                       "    addresses: [127.0.0.0/8]\n    custom_tags: [7001]\n"),
                   .venues = row,
                   .routes = "  - {venues: [NYX]}\n"}
            .text());
    gateway.start();
    wait_for_venue(gateway, "up");
    auto trader = log_on(gateway.client_config("T1", FixVersion::Fix42));
    trader->send("D", order(FixVersion::Fix42, "A1", '1', "100", "9.98") +
                          "|47=D|109=CLI|18=1|111=10|58=hello|7001=c");
    expect(*trader, "35=8|11=A1|150=0|47=D|109=CLI|18=1|111=10|7001=c");
    const client::FixMessage filled =
        expect(*trader, "35=8|11=A1|150=1|32=40|47=D|109=CLI|18=1|30=XNYS|7001=v");
    CHECK(filled.field(851).empty());
    CHECK(filled.field(7002).empty());
    const std::lock_guard lock(mutex);
    INFO(asked);
    for (const auto& [tag, value] : std::vector<std::pair<int, std::string>>{{528, "P"},
                                                                             {529, "1 2"},
                                                                             {453, "1"},
                                                                             {448, "CLI"},
                                                                             {452, "3"},
                                                                             {18, "1"},
                                                                             {111, "10"},
                                                                             {58, "hello"},
                                                                             {7001, "c"},
                                                                             {47, ""},
                                                                             {109, ""}}) {
        CHECK(client::field(asked, tag) == value);
    }
}

}  // namespace sluice::system_test
