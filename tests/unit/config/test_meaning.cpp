#include <catch2/catch.hpp>

#include "tests/unit/config/documents.hpp"

namespace sluice::config {
namespace {

using test::changed;
using test::load;
using test::marks;

TEST_CASE("a name that refers to nothing is an error") {
    struct Row {
        std::string from, to, expected;
    };
    const Row row = GENERATE(values<Row>({
        {"accounts: [ACC1]", "accounts: [ACC1, ACC2]", "C011@16:22"},
        {"accounts: [ACC1]", "accounts: [ACC1]\n    listeners: [mian]", "C011@17:17"},
        {"accounts: [ACC1]", "accounts: [ACC1]\n    default_account: ACC9", "C011@17:22"},
        {"currency: USD", "currency: USD\n    group: DESK", "C011@7:12"},
        {"instance: T", "groups: [{id: A, parent: B}]", "C011@1:26"},
        {"instance: T", "routes: [{venues: [SIN]}]", "C011@1:20"},
        {"instance: T", "routes: [{venues: [SIM], symbol: XYZ}]", "C011@1:34"},
        {"type: sim", "type: sim, books: [{symbol: XYZ}]", "C011@21:43"},
        {"max_long: 50", "max_long: 50\n    symbols: [{symbol: XYZ}]", "C011@11:24"},
        {"instance: T", "market_zone: Europe/Atlantis", "C011@1:14"},
        {"instance: T", "restricted: {buy: [ABC, XYZ]}", "C011@1:25"},
        {"max_long: 50", "max_long: 50\n    restricted: {watch: [XYZ]}", "C011@11:26"},
        {"max_long: 50", "max_long: 50\n    types: {limit: [day, dya]}", "C008@11:26"},
        {"accounts: [ACC1]", "drop_copy: {enabled: true, sessions: [C9]}", "C011@16:43"},
        {"accounts: [ACC1]", "drop_copy: {enabled: true, accounts: [A9]}", "C011@16:43"},
        {"accounts: [ACC1]", "drop_copy: {enabled: true, venues: [V9]}", "C011@16:41"},
    }));
    CAPTURE(row.to);
    const Loaded loaded = load(changed(row.from, row.to));
    CAPTURE(loaded.report);
    CHECK(marks(loaded) == row.expected);
}

TEST_CASE("the nearest name is offered for a dangling reference") {
    const Loaded loaded =
        load(changed("accounts: [ACC1]", "accounts: [ACC1]\n    listeners: [mian]"));
    CHECK(loaded.report.find("did you mean 'main'?") != std::string::npos);
}

TEST_CASE("the same name twice is an error") {
    CHECK(marks(load(changed("  - {id: SIM", "  - {id: SIM, type: sim}\n  - {id: SIM"))) ==
          "C010@22:10");
    CHECK(marks(load(changed("  - {name: main, address: 127.0.0.1, port: 9000}",
                             "  - {name: a, port: 9000}\n  - {name: b, port: 9000}"))) ==
          "C010@4:21");
    CHECK(marks(load(changed("instance: T",
                             "fx: [{from: EUR, to: USD, rate: 1.1}, "
                             "{from: EUR, to: USD, rate: 1.2}]"))) == "C010@1:46");
}

// kSmall with a venue of type fix, and more of its keys.
std::string with_fix_venue(const std::string& more) {
    return changed("  - {id: SIM, type: sim}",
                   "  - {id: X, type: fix, begin_string: FIX.4.4, sender_comp_id: A, "
                   "target_comp_id: B, host: x, port: 1" +
                       more + "}");
}

TEST_CASE("a drop copy session needs no accounts and no throttle, and may not have accounts") {
    std::string text = changed("    throttle: {rate: 10}\n", "    drop_copy: {enabled: true}\n");
    CHECK(marks(load(text)) == "C019@16:5");
    const std::string accounts = "    accounts: [ACC1]\n";
    text.erase(text.find(accounts), accounts.size());
    const Loaded loaded = load(text);
    CAPTURE(loaded.report);
    REQUIRE(loaded.config);
    CHECK(loaded.config->core.sessions[0].drop_copy.enabled);
}

TEST_CASE("more drop copy sessions than are served are an error") {
    std::string sessions = "sessions:\n";
    for (std::size_t i = 0; i <= kDropCopiesMax; ++i) {
        sessions += "  - {id: D" + std::to_string(i) +
                    ", begin_string: FIX.4.4, addresses: [127.0.0.1], drop_copy: {enabled: "
                    "true}}\n";
    }
    CHECK(marks(load(changed("sessions:\n", sessions))) == "C007@12:1");
}

TEST_CASE("a session that copies without listening, or neither trades nor listens, is an error") {
    CHECK(marks(load(changed("accounts: [ACC1]",
                             "accounts: [ACC1]\n    drop_copy: {accounts: [ACC1]}"))) ==
          "C019@17:5");
    CHECK(marks(load(changed("    accounts: [ACC1]\n", ""))) == "C009@13:5");
}

TEST_CASE("a FIX venue is reconciled by status and doubts after 10 s, a simulated one never") {
    const Loaded sim = load(test::kSmall);
    REQUIRE(sim.config);
    CHECK(sim.config->core.venues[0].reconcile == VenueConfig::Reconcile::None);
    CHECK(sim.config->core.venues[0].in_doubt_after_ns == 0);
    const Loaded fix = load(with_fix_venue(""));
    CAPTURE(fix.report);
    REQUIRE(fix.config);
    CHECK(fix.config->core.venues[0].reconcile == VenueConfig::Reconcile::Status);
    CHECK(fix.config->core.venues[0].in_doubt_after_ns == 10'000'000'000);
    CHECK(marks(load(with_fix_venue(", reconcile: none"))) == "C019@21:114");
}

TEST_CASE("a line of a venue is like the first in all that it does not say itself") {
    const Loaded loaded =
        load(with_fix_venue(", username: u, pacing: {rate: 50, burst: 5}, "
                            "lines: [{host: y, port: 2, target_comp_id: C}]"));
    CAPTURE(loaded.report);
    REQUIRE(loaded.config);
    const FixVenueSettings& fix = loaded.config->venues[0].fix;
    REQUIRE(fix.more_lines.size() == 1);
    CHECK(fix.more_lines[0].host == "y");
    CHECK(fix.more_lines[0].sender_comp_id == "A");
    CHECK(fix.more_lines[0].target_comp_id == "C");
    CHECK(fix.more_lines[0].username == "u");
    CHECK(fix.pacing.rate == 50);
    CHECK(fix.pacing.burst == 5);
}

TEST_CASE("two lines with the same CompIDs are an error") {
    CHECK(marks(load(with_fix_venue(", lines: [{host: y, port: 2}]"))) == "C010@21:111");
}

TEST_CASE("a route may hold orders while its venues are away") {
    const Loaded loaded =
        load(changed("instance: T", "routes: [{venues: [SIM], when_down: hold}, {venues: [SIM]}]"));
    REQUIRE(loaded.config);
    CHECK(loaded.config->core.routes[0].hold);
    CHECK_FALSE(loaded.config->core.routes[1].hold);
}

TEST_CASE("two sessions with the same CompIDs are an error") {
    const std::string second =
        "sessions:\n  - {id: C2, target_comp_id: CLIENT1, begin_string: FIX.4.4, "
        "addresses: [127.0.0.1], accounts: [ACC1], throttle: {rate: 1}}\n";
    CHECK(marks(load(changed("sessions:\n", second))) == "C010@14:5");
}

TEST_CASE("groups in a ring are an error for each of them, and the check ends") {
    const Loaded loaded =
        load(changed("instance: T", "groups: [{id: A, parent: B}, {id: B, parent: A}]"));
    CHECK(marks(loaded) == "C012@1:26 C012@1:46");
}

TEST_CASE("each hard limit that is missing has a message of its own") {
    const std::string key = GENERATE(as<std::string>(), "max_order_qty", "max_order_notional",
                                     "max_gross_notional", "max_long", "max_short");
    std::string text(test::kSmall);
    const auto at = text.find("    " + key + ":");
    text.erase(at, text.find('\n', at) + 1 - at);
    const Loaded loaded = load(text);
    CAPTURE(loaded.report);
    CHECK(marks(loaded) == "C013@5:9");
    CHECK(loaded.report.find("account 'ACC1' has no " + key + ":") != std::string::npos);
    SECTION("the firm may set it") {
        CHECK(load("firm: {" + key + ": 10}\n" + text).diagnostics.empty());
    }
    SECTION("a group above may set it, also as unlimited") {
        text = "groups: [{id: G1, " + key + ": unlimited}, {id: G2, parent: G1}]\n" + text;
        const auto currency = text.find("    currency");
        text.insert(currency, "    group: G2\n");
        CHECK(load(text).diagnostics.empty());
    }
}

TEST_CASE("an instrument without a collar and a session without a throttle are errors") {
    CHECK(marks(load(changed(", collar: {bps: 100}", ""))) == "C013@19:5");
    CHECK(marks(load(changed("    throttle: {rate: 10}\n", ""))) == "C013@13:9");
    CHECK(marks(load(changed("{rate: 10}", "{}"))) == "C013@13:9");
    CHECK(load(changed("{bps: 100}", "{bps: unlimited}")).diagnostics.empty());
    CHECK(load(changed("{rate: 10}", "{rate: unlimited}")).diagnostics.empty());
}

TEST_CASE("negative prices need a floor for the notional") {
    CHECK(marks(load(changed("symbol: ABC", "symbol: ABC, allow_negative: true"))) == "C014@19:35");
    CHECK(load(changed("symbol: ABC", "symbol: ABC, allow_negative: true, notional_px_floor: 1"))
              .diagnostics.empty());
}

TEST_CASE("a child limit above its parent is a warning, and the document is legal") {
    const Loaded loaded = load(changed("instance: T", "firm: {max_order_qty: 10}"));
    CHECK(marks(loaded) == "C101@7:20");
    CHECK(loaded.config);
    CHECK(loaded.report.ends_with("0 errors, 1 warning.\n"));
}

TEST_CASE("a listener that others can reach without TLS is a warning") {
    CHECK(marks(load(changed("address: 127.0.0.1", "address: 0.0.0.0"))) == "C102@3:27");
}

TEST_CASE("a session without credentials is confined to this machine, with a warning") {
    const Loaded loaded = load(changed("    addresses: [127.0.0.1]\n", ""));
    CHECK(marks(loaded) == "C103@13:9");
    REQUIRE(loaded.config);
    CHECK(loaded.config->sessions[0].addresses == std::vector<std::string>{"127.0.0.0/8", "::1"});
}

TEST_CASE("files that are named have to be there") {
    const Loaded loaded =
        load(changed("port: 9000", "port: 9000, tls: {certificate: a.pem, key: b.pem}"));
    CHECK(marks(loaded) == "C017@3:69 C017@3:81");
    CHECK(loaded.report.find("there is no file '/nowhere/a.pem'") != std::string::npos);
}

TEST_CASE("a certificate that no listener asks for is an error") {
    CHECK(marks(load(changed("    accounts: [ACC1]",
                             "    certificate: CN=acme\n    accounts: [ACC1]"))) == "C019@16:18");
}

TEST_CASE("a venue of type fix says where it is") {
    const Loaded loaded = load(changed("type: sim", "type: fix"));
    std::string expected;
    for (const char* key : {"begin_string", "sender_comp_id", "target_comp_id", "host", "port"}) {
        CHECK(loaded.report.find(std::string("key '") + key + "' is missing in venues[0] (SIM)") !=
              std::string::npos);
    }
    CHECK(loaded.diagnostics.size() == 5);
}

TEST_CASE(
    "the user-defined tags of a session are known to the core, those of a venue to its wire") {
    const Loaded loaded = load(
        changed("    accounts: [ACC1]", "    custom_tags: [7001, 7002]\n    accounts: [ACC1]"));
    REQUIRE(loaded.config);
    CHECK(loaded.config->core.sessions[0].custom_tags == std::vector<std::uint32_t>{7001, 7002});
    const Loaded venue =
        load(changed("type: sim",
                     "type: fix, begin_string: FIX.4.4, sender_comp_id: A, target_comp_id: B, "
                     "host: localhost, port: 1, custom_tags: [7002]"));
    REQUIRE(venue.config);
    CHECK(venue.config->venues[0].fix.custom_tags == std::vector<std::uint32_t>{7002});
}

TEST_CASE("a FIX 4.2 venue cannot be asked about all orders at once") {
    const auto venue = [](const std::string& version) {
        return load(
            changed("type: sim", "type: fix, begin_string: " + version +
                                     ", sender_comp_id: A, target_comp_id: B, host: localhost, "
                                     "port: 1, reconcile: mass_status"));
    };
    CHECK(venue("FIX.4.4").config);
    const Loaded refused = venue("FIX.4.2");
    CHECK(refused.report.find("FIX.4.2 has no OrderMassStatusRequest(AF)") != std::string::npos);
}

TEST_CASE("house orders of a simulated book do not cross") {
    CHECK(marks(load(changed("type: sim",
                             "type: sim, books: [{symbol: ABC, bids: [{price: 2, qty: 1}], "
                             "asks: [{price: 2, qty: 1}]}]"))) == "C019@21:34");
}

TEST_CASE("an instrument in a currency without a rate is a warning") {
    CHECK(marks(load(changed("ABC, currency: USD", "ABC, currency: EUR"))) == "C105@6:15");
    CHECK(load(changed("ABC, currency: USD", "ABC, currency: EUR") +
               "fx: [{from: EUR, to: USD, rate: 1.1}]\n")
              .diagnostics.empty());
}

TEST_CASE("what follows from other values is filled in") {
    const Loaded loaded = load(test::kSmall);
    REQUIRE(loaded.config);
    const GatewayConfig& config = *loaded.config;
    CHECK(config.sessions[0].target_comp_id == "CLIENT1");
    CHECK(config.sessions[0].sender_comp_id == "SLUICE");
    CHECK(config.data_dir == "/nowhere/sluice-data");
    CHECK(config.admin.socket == "/nowhere/sluice-data/admin.sock");
    REQUIRE(config.core.routes.size() == 1);
    CHECK(config.core.routes[0].venues == std::vector<std::string>{"SIM"});
}

TEST_CASE("an instrument starts from the defaults wherever they stand in the document") {
    const Loaded loaded = load(std::string(test::kSmall) +
                               "instrument_defaults: {lot: 10, max_ref_age: unlimited}\n");
    REQUIRE(loaded.config);
    CHECK(loaded.config->core.instruments[0].lot == Decimal::from_int(10));
    CHECK(loaded.config->core.instruments[0].limits[LimitKey::MaxRefAgeMs] ==
          LimitValue::unlimited());
}

}  // namespace
}  // namespace sluice::config
