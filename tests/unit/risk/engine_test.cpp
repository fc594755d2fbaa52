#include <algorithm>
#include <array>

#include <catch2/catch.hpp>

#include "tests/unit/risk/desk.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

LimitValue number(const char* text) {
    return LimitValue::number(dec(text));
}

CheckReport report_of(const std::array<CheckReport, kChecks>& reports, RejectReason code) {
    for (const CheckReport& report : reports) {
        if (report.code == code) {
            return report;
        }
    }
    return {};
}

}  // namespace

TEST_CASE("the text of a reject names code, scope, limit, both numbers and the configuration") {
    CoreConfig config = plain_config();
    config.version = 17;
    config.accounts[0].limits[LimitKey::MaxOrderQty] = number("1000");
    Desk desk(config);
    CHECK(desk.enter({"A1", Side::Buy, "1001", "10.00"}).text ==
          "RISK MAX_ORDER_QTY account/ACC1:max_order_qty limit=1000 observed=1001 cfg=17");
    CHECK(desk.enter({"A2", Side::Buy, "1.5", "10.00"}).text ==
          "RISK BAD_LOT instrument/XYZ:lot limit=1 observed=1.5 cfg=17");
    CHECK(desk.enter({"A3", Side::Buy, "1", "10.00", "ACC1", "NOPE"}).text ==
          "RISK UNKNOWN_SYMBOL Symbol(55) is not configured cfg=17");
}

TEST_CASE("a session that is not shown limits reads the code and not the numbers") {
    CoreConfig config = plain_config();
    config.accounts[0].limits[LimitKey::MaxOrderQty] = number("1000");
    config.sessions[0].disclose_limits = false;
    Desk desk(config);
    CHECK(desk.enter({"A1", Side::Buy, "1001", "10.00"}).text ==
          "RISK MAX_ORDER_QTY account/ACC1:max_order_qty cfg=1");
    // The journal still has them.
    CHECK(desk.decision.limit == dec("1000"));
    CHECK(desk.decision.observed == dec("1001"));
}

TEST_CASE("a decision records the numbers it was taken on") {
    CoreConfig config = plain_config();
    config.sessions[0].limits[LimitKey::ThrottleRate] = number("10");
    config.instruments[0].limits[LimitKey::CollarBps] = number("1000");
    Desk desk(config);
    REQUIRE(desk.reference("XYZ", {{"ask", "10"}, {"bid", "9"}}));
    REQUIRE(desk.enter({"A1", Side::Buy, "5", "10.00"}).accepted());
    REQUIRE(desk.enter({"A2", Side::Buy, "7", "10.00"}).accepted());
    const Decision& decision = desk.decision;
    CHECK(decision.accepted);
    CHECK(decision.reason == RejectReason::None);
    CHECK(decision.order == OrderId{2});
    CHECK(decision.ref_px == px("10"));
    CHECK(decision.ref_source == RefSource::Ask);
    CHECK(decision.risk_px == px("10"));
    CHECK(decision.reserved_before == Notional{dec("50")});
    CHECK(decision.reserved_after == Notional{dec("120")});
    CHECK(decision.open_before == qty("5"));
    CHECK(decision.open_after == qty("12"));
    CHECK(decision.throttle_level == 8 * kNanosPerSecond);
    CHECK(decision.config_version == 1);
    CHECK(decision.failed_check == 0);
}

TEST_CASE("the bits of checks_run are the rows that were asked") {
    Desk desk;
    REQUIRE(desk.enter({"A1", Side::Buy, "0", "10.00"}).reason == RejectReason::InvalidField);
    CHECK(desk.decision.checks_run == 1U);
    CHECK(desk.decision.failed_check == 1);
    REQUIRE(desk.enter({"A2", Side::Buy, "1", "10.00"}).accepted());
    // A new order skips the rows that look at an order that is there already.
    for (std::size_t row = 0; row < kChecks; ++row) {
        const bool asked = (desk.decision.checks_run >> row & 1U) != 0;
        CHECK(asked == ((kCheckTable[row].applies_to & applies::kNew) != 0));
    }
}

TEST_CASE("the rows of the table stand in the order of the reject reasons") {
    for (std::size_t row = 1; row < kChecks; ++row) {
        CHECK(kCheckTable[row - 1].code < kCheckTable[row].code);
    }
}

TEST_CASE("a request that passed decoding with a defect is refused in the decoder's words") {
    Desk desk;
    Command command = desk.command({"A1", Side::Buy, "1", "10.00"});
    command.defect = Prose("Price(44)='1e5' is not a decimal");
    Decision decision;
    const auto said =
        desk.risk.assess(desk.meta(), command, desk.parties(command), nullptr, decision);
    CHECK(said.reason == RejectReason::InvalidField);
    CHECK(said.text == "RISK INVALID_FIELD Price(44)='1e5' is not a decimal cfg=1");
}

TEST_CASE("a cancel passes whatever else is wrong with it") {
    Desk desk;
    REQUIRE(desk.enter({"A1", Side::Buy, "1", "10.00"}).accepted());
    REQUIRE(desk.kill(ScopeKind::Firm, "", "").ok);
    Command cancel;
    cancel.kind = CommandKind::Cancel;
    cancel.session = {0};
    cancel.cl_ord_id = ClOrdId("C1");
    cancel.orig_cl_ord_id = ClOrdId("A1");
    cancel.defect = Prose("OrderQty(38)='x' is not a decimal");
    Decision decision;
    const auto said =
        desk.risk.assess(desk.meta(), cancel, desk.parties(cancel), &desk.order("A1"), decision);
    CHECK(said.accepted());
}

TEST_CASE("a replace must keep symbol, side, account and type") {
    Desk desk;
    REQUIRE(desk.enter({"A1", Side::Buy, "1", "10.00"}).accepted());
    Order& order = desk.order("A1");
    const Command good = desk.replace_command("A2", order, "A1", "2", "10.00");
    const auto reason = [&](const Command& command) {
        Decision decision;
        return desk.risk.assess(desk.meta(), command, desk.parties(command), &order, decision)
            .reason;
    };
    Command bad = good;
    bad.symbol = SymbolName("NOPE");
    CHECK(reason(bad) == RejectReason::InvalidField);
    bad = good;
    bad.side = Side::Sell;
    CHECK(reason(bad) == RejectReason::InvalidField);
    bad = good;
    bad.account = AccountName("ACC2");
    CHECK(reason(bad) == RejectReason::InvalidField);
    bad = good;
    bad.ord_type = OrdType::Market;
    bad.flags = command_flag::kHasOrderQty;
    CHECK(reason(bad) == RejectReason::InvalidField);
    CHECK(reason(good) == RejectReason::None);
}

TEST_CASE("another session's order cannot be replaced or canceled") {
    Desk desk;
    REQUIRE(desk.enter({"A1", Side::Buy, "1", "10.00"}).accepted());
    CHECK(desk.cancel("C1", "A1", "S2").reason == RejectReason::UnknownOrder);
    Command command = desk.replace_command("A2", desk.order("A1"), "A1", "2", "10.00");
    command.session = {1};
    Decision decision;
    const auto said =
        desk.risk.assess(desk.meta(), command, desk.parties(command), &desk.order("A1"), decision);
    CHECK(said.reason == RejectReason::UnknownOrder);
}

TEST_CASE("explain asks every check, changes nothing, and shows each failure") {
    CoreConfig config = plain_config();
    config.accounts[0].limits[LimitKey::MaxOrderQty] = number("10");
    config.accounts[0].limits[LimitKey::MaxGrossNotional] = number("100");
    config.sessions[0].limits[LimitKey::ThrottleRate] = number("1");
    config.sessions[0].disclose_limits = false;
    Desk desk(config);
    REQUIRE(desk.kill(ScopeKind::Account, "ACC1", "").ok);
    const Command command = desk.command({"A1", Side::Buy, "11", "10.00"});
    const std::uint64_t before = desk.digest();
    std::array<CheckReport, kChecks> reports{};
    const auto count =
        desk.risk.explain(desk.meta(), command, desk.parties(command), nullptr, reports);
    CHECK(desk.digest() == before);
    const auto rows = std::count_if(kCheckTable.begin(), kCheckTable.end(), [](const Check& check) {
        return (check.applies_to & applies::kNew) != 0;
    });
    CHECK(count == static_cast<std::size_t>(rows));
    CHECK(report_of(reports, RejectReason::InvalidField).result == CheckResult::Pass);
    CHECK(report_of(reports, RejectReason::Throttled).result == CheckResult::Pass);
    CHECK(report_of(reports, RejectReason::Killed).result == CheckResult::Fail);
    CHECK(report_of(reports, RejectReason::MaxOrderQty).text ==
          "RISK MAX_ORDER_QTY account/ACC1:max_order_qty limit=10 observed=11 cfg=1");
    CHECK(report_of(reports, RejectReason::PriceCollar).result == CheckResult::Skip);
    CHECK(report_of(reports, RejectReason::GrossNotional).breach.observed == dec("110"));
    CHECK(report_of(reports, RejectReason::NetNotional).result == CheckResult::Pass);
}

TEST_CASE("explain of an order for something unknown skips what cannot be asked") {
    Desk desk;
    const Command command = desk.command({"A1", Side::Buy, "1", "10.00", "NOBODY", "NOPE"});
    std::array<CheckReport, kChecks> reports{};
    desk.risk.explain(desk.meta(), command, desk.parties(command), nullptr, reports);
    CHECK(report_of(reports, RejectReason::NotEntitled).result == CheckResult::Fail);
    CHECK(report_of(reports, RejectReason::UnknownSymbol).result == CheckResult::Fail);
    CHECK(report_of(reports, RejectReason::MaxOrderNotional).result == CheckResult::Skip);
    CHECK(report_of(reports, RejectReason::PositionLimit).result == CheckResult::Skip);
}

TEST_CASE("a limit change says the old and the new value and counts the version") {
    Desk desk;
    const auto first =
        desk.limit(ScopeKind::Account, "ACC1", "", LimitKey::MaxOrderQty, number("1000"));
    CHECK(first.ok);
    CHECK(first.text == "account/ACC1 max_order_qty not set -> 1000");
    CHECK(desk.risk.config_version() == 2);
    const auto second =
        desk.limit(ScopeKind::Account, "ACC1", "", LimitKey::MaxOrderQty, LimitValue::unlimited());
    CHECK(second.text == "account/ACC1 max_order_qty 1000 -> unlimited");
    const auto refused =
        desk.limit(ScopeKind::Account, "NOBODY", "", LimitKey::MaxOrderQty, number("1"));
    CHECK_FALSE(refused.ok);
    CHECK(desk.risk.config_version() == 3);
}

TEST_CASE("a kill says how many live orders are in its scope, and covers() says which") {
    Desk desk;
    REQUIRE(desk.enter({"A1", Side::Buy, "1", "10.00"}).accepted());
    REQUIRE(desk.enter({"A2", Side::Buy, "1", "10.00"}).accepted());
    REQUIRE(desk.enter({"B1", Side::Buy, "1", "10.00", "ACC2"}).accepted());
    desk.close("A2", Closed::Canceled);
    const auto killed =
        desk.kill(ScopeKind::Account, "ACC1", "", KillChange::Action::KillAndCancel);
    CHECK(killed.affected == 1);
    CHECK(killed.text == "account/ACC1 active -> killed, 1 live orders");
    CHECK(desk.risk.covers(killed.scope, desk.order("A1")));
    CHECK_FALSE(desk.risk.covers(killed.scope, desk.order("B1")));
    CHECK(desk.risk.is_killed(killed.scope));
}

TEST_CASE("a new document keeps exposure and switches, and what it no longer names is refused") {
    CoreConfig config = plain_config();
    InstrumentConfig other = config.instruments[0];
    other.symbol = "ABC";
    other.multiplier = dec("10");
    config.instruments.push_back(other);
    Desk desk(config);
    REQUIRE(desk.enter({"A1", Side::Buy, "10", "10.00", "ACC1", "ABC"}).accepted());
    REQUIRE(desk.kill(ScopeKind::Account, "ACC2", "").ok);

    CoreConfig next = plain_config();
    next.version = 2;
    GroupConfig group;
    group.id = "DESK";
    next.groups.push_back(group);
    next.accounts[0].group = "DESK";
    desk.reconfigure(next);

    CHECK(desk.enter({"A2", Side::Buy, "1", "10.00", "ACC1", "ABC"}).reason ==
          RejectReason::UnknownSymbol);
    CHECK(desk.enter({"A3", Side::Buy, "1", "10.00", "ACC2"}).reason == RejectReason::Killed);
    // The group that now stands above the account has what the account had.
    CHECK(wide_text(desk.risk.exposure().node(1).money.gross()) == "1000");
    // A fill of the order that lives on is counted with the multiplier it was taken with.
    desk.fill("A1", "4", "10.00");
    CHECK(wide_text(desk.risk.exposure().account({0}).own.executed()) == "400");
    CHECK(wide_text(desk.risk.exposure().account({0}).own.reserved()) == "600");
}

TEST_CASE("an account that moves to another group takes its exposure along") {
    CoreConfig config = plain_config();
    for (const char* id : {"OLD", "NEW"}) {
        GroupConfig group;
        group.id = id;
        config.groups.push_back(group);
    }
    config.accounts[0].group = "OLD";
    Desk desk(config);
    REQUIRE(desk.enter({"A1", Side::Buy, "10", "10.00"}).accepted());
    desk.fill("A1", "4", "10.00");
    config.accounts[0].group = "NEW";
    desk.reconfigure(config);
    CHECK(wide_text(desk.risk.exposure().node(1).money.gross()) == "0");
    CHECK(wide_text(desk.risk.exposure().node(2).money.gross()) == "100");
    desk.fill("A1", "6", "10.00");
    CHECK(desk.risk.exposure().node(2).open_orders == 0);
}

TEST_CASE("the position table refuses what it has no room for") {
    CoreConfig config = plain_config();
    config.max_orders = 1;
    for (int i = 0; i < 3; ++i) {
        InstrumentConfig instrument = config.instruments[0];
        instrument.symbol = "I" + std::to_string(i);
        config.instruments.push_back(instrument);
    }
    NameTable names;
    names.learn(config);
    OrderTable orders(16);
    RiskEngine risk(orders, names);
    risk.configure(config, {});
    // Rows: one pair, and for the firm and the suspense account four instruments each.
    RejectReason last = RejectReason::None;
    std::uint32_t taken = 0;
    for (std::uint32_t account = 0; account < 2; ++account) {
        for (std::uint32_t instrument = 0; instrument < 4; ++instrument) {
            Command command;
            command.kind = CommandKind::NewOrder;
            command.cl_ord_id = ClOrdId("A" + std::to_string(account) + std::to_string(instrument));
            command.symbol = SymbolName(config.instruments[instrument].symbol);
            command.side = Side::Buy;
            command.ord_type = OrdType::Limit;
            command.order_qty = qty("1");
            command.price = px("1");
            command.flags = command_flag::kHasOrderQty | command_flag::kHasPrice;
            const Parties parties{{0}, {account}, {instrument}, {}};
            Decision decision;
            const auto said = risk.assess({1, {1}}, command, parties, nullptr, decision);
            last = said.reason;
            if (said.accepted()) {
                Order& order = orders.create({++taken});
                order.session = parties.session;
                order.account = parties.account;
                order.instrument = parties.instrument;
                order.side = command.side;
                risk.accept_new(order, {1, {1}}, said, decision);
            }
            REQUIRE_FALSE(risk.audit());
        }
    }
    CHECK(taken > 0);
    CHECK(taken < 8);
    CHECK(last == RejectReason::PositionLimit);
}

TEST_CASE("what is wrong with a document is said before it is applied") {
    const auto defect = [](const auto& spoil) {
        CoreConfig config = plain_config();
        spoil(config);
        const auto said = RiskEngine::validate(config);
        return said.ok() ? std::string() : said.error();
    };
    CHECK(defect([](CoreConfig&) {}).empty());
    CHECK(defect([](CoreConfig& c) { c.firm[LimitKey::ThrottleRate] = number("1"); }) ==
          "firm : throttle_rate has no effect at this scope");
    CHECK(defect([](CoreConfig& c) { c.accounts[0].limits[LimitKey::MaxLong] = number("-1"); }) ==
          "account ACC1: max_long must not be negative");
    CHECK(defect([](CoreConfig& c) { c.instruments[0].lot = {}; }) ==
          "instrument XYZ: tick, lot and multiplier must be greater than 0");
    CHECK(defect([](CoreConfig& c) { c.instruments[0].allow_negative = true; }) ==
          "instrument XYZ: allow_negative needs a notional_px_floor greater than 0");
    CHECK(defect([](CoreConfig& c) { c.accounts[0].group = "G"; }) ==
          "account ACC1: group G is not configured");
    CHECK(defect([](CoreConfig& c) {
              c.groups.resize(2);
              c.groups[0].id = "G";
              c.groups[0].parent = "H";
              c.groups[1].id = "H";
              c.groups[1].parent = "G";
          }) == "group G: is above itself");
    CHECK(defect([](CoreConfig& c) { c.sessions[0].accounts = {"X"}; }) ==
          "session S1: account X is not configured");
    CHECK(defect([](CoreConfig& c) {
              c.fx.push_back({"A", "B", {}});
          }) == "fx A/B: the rate must be greater than 0");
    CHECK(defect([](CoreConfig& c) { c.max_pending_replaces = 5; }) ==
          "max_pending_replaces must be from 1 to 4");
}

TEST_CASE("the audit finds an order that was changed and not settled") {
    Desk desk;
    REQUIRE(desk.enter({"A1", Side::Buy, "10", "10.00"}).accepted());
    close(desk.order("A1"), Closed::Canceled);
    REQUIRE(desk.risk.audit());
    desk.settle(desk.order("A1"));
    CHECK_FALSE(desk.risk.audit());
}

TEST_CASE("time that goes backwards refills no bucket") {
    CoreConfig config = plain_config();
    config.sessions[0].limits[LimitKey::ThrottleRate] = number("1");
    config.sessions[0].limits[LimitKey::ThrottleBurst] = number("2");
    Desk desk(config);
    desk.now = {10 * kNanosPerSecond};
    REQUIRE(desk.enter({"A0", Side::Buy, "1", "10.00"}).accepted());
    desk.now = {1 * kNanosPerSecond};
    REQUIRE(desk.enter({"A1", Side::Buy, "1", "10.00"}).accepted());
    CHECK(desk.enter({"A2", Side::Buy, "1", "10.00"}).reason == RejectReason::Throttled);
    desk.now = {11 * kNanosPerSecond - 1};
    CHECK(desk.enter({"A2", Side::Buy, "1", "10.00"}).reason == RejectReason::Throttled);
    desk.now = {11 * kNanosPerSecond};
    CHECK(desk.enter({"A2", Side::Buy, "1", "10.00"}).accepted());
}
