#include <random>

#include <catch2/catch.hpp>

#include "tests/unit/config/documents.hpp"

namespace sluice::config {
namespace {

// Compared field by field, without the writer, so that a field the table forgot is found.

template <class T, class Same>
bool all_same(const std::vector<T>& a, const std::vector<T>& b, Same each) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), each);
}
bool same_session(const sluice::SessionConfig& a, const sluice::SessionConfig& b) {
    return a.id == b.id && a.version == b.version && a.accounts == b.accounts &&
           a.default_account == b.default_account && a.limits == b.limits &&
           a.disclose_limits == b.disclose_limits && a.pending_reports == b.pending_reports &&
           a.types == b.types && a.require_trader == b.require_trader &&
           a.custom_tags == b.custom_tags &&
           a.cancel_on_disconnect.scope == b.cancel_on_disconnect.scope &&
           a.cancel_on_disconnect.by_default == b.cancel_on_disconnect.by_default &&
           a.cancel_on_disconnect.good_till == b.cancel_on_disconnect.good_till &&
           a.cancel_on_disconnect.grace_ns == b.cancel_on_disconnect.grace_ns &&
           a.drop_copy.enabled == b.drop_copy.enabled &&
           a.drop_copy.sessions == b.drop_copy.sessions &&
           a.drop_copy.accounts == b.drop_copy.accounts && a.drop_copy.venues == b.drop_copy.venues;
}
bool same_account(const AccountConfig& a, const AccountConfig& b) {
    return a.id == b.id && a.group == b.group && a.currency == b.currency && a.limits == b.limits &&
           a.types == b.types && a.restricted == b.restricted && a.self_match == b.self_match &&
           a.short_exempt == b.short_exempt && a.collateral == b.collateral &&
           a.collateral_haircut_bps == b.collateral_haircut_bps &&
           all_same(a.symbols, b.symbols, [](const SymbolLimits& x, const SymbolLimits& y) {
               return x.symbol == y.symbol && x.limits == y.limits;
           });
}
bool same_instrument(const InstrumentConfig& a, const InstrumentConfig& b) {
    return a.symbol == b.symbol && a.currency == b.currency && a.tick == b.tick && a.lot == b.lot &&
           a.multiplier == b.multiplier && a.allow_negative == b.allow_negative &&
           a.notional_px_floor == b.notional_px_floor && a.allow_close == b.allow_close &&
           a.has_close == b.has_close && a.close == b.close &&
           a.collar_passive == b.collar_passive && a.status == b.status && a.market == b.market &&
           a.short_sale == b.short_sale && a.types == b.types && a.limits == b.limits;
}
bool same(const CoreConfig& a, const CoreConfig& b) {
    return a.instance == b.instance && a.version == b.version && a.firm == b.firm &&
           a.max_orders == b.max_orders && a.max_pending_replaces == b.max_pending_replaces &&
           a.cl_ord_id_days == b.cl_ord_id_days && a.market_zone == b.market_zone &&
           a.restricted == b.restricted && a.fx_max_age_ns == b.fx_max_age_ns &&
           a.fx_revalue_at_day_roll == b.fx_revalue_at_day_roll && a.warn_at == b.warn_at &&
           a.two_person == b.two_person && a.kill_on_over_fill == b.kill_on_over_fill &&
           a.audit_every == b.audit_every && a.position_tolerance == b.position_tolerance &&
           all_same(a.markets, b.markets,
                    [](const MarketConfig& x, const MarketConfig& y) {
                        return x.id == y.id && x.accepts == y.accepts;
                    }) &&
           all_same(a.sessions, b.sessions, same_session) &&
           all_same(a.accounts, b.accounts, same_account) &&
           all_same(a.instruments, b.instruments, same_instrument) &&
           all_same(a.groups, b.groups,
                    [](const GroupConfig& x, const GroupConfig& y) {
                        return x.id == y.id && x.parent == y.parent && x.limits == y.limits;
                    }) &&
           all_same(a.traders, b.traders,
                    [](const TraderConfig& x, const TraderConfig& y) {
                        return x.id == y.id && x.limits == y.limits;
                    }) &&
           all_same(a.venues, b.venues,
                    [](const VenueConfig& x, const VenueConfig& y) {
                        return x.id == y.id && x.max_in_flight == y.max_in_flight &&
                               x.reconcile == y.reconcile &&
                               x.in_doubt_after_ns == y.in_doubt_after_ns;
                    }) &&
           all_same(a.routes, b.routes,
                    [](const RouteConfig& x, const RouteConfig& y) {
                        return x.ex_destination == y.ex_destination && x.account == y.account &&
                               x.symbol == y.symbol && x.venues == y.venues && x.hold == y.hold;
                    }) &&
           all_same(a.fx, b.fx, [](const FxRate& x, const FxRate& y) {
               return x.from == y.from && x.to == y.to && x.rate == y.rate;
           });
}

// Any legal core configuration, from a seed.
class Random {
public:
    explicit Random(unsigned seed) : engine_(seed) {}
    CoreConfig config() {
        CoreConfig core;
        core.instance = "AB";
        core.version = number(1, 1'000'000);
        core.max_orders = static_cast<std::uint32_t>(number(1024, 1 << 26));
        core.max_pending_replaces = static_cast<std::uint32_t>(number(1, 8));
        core.cl_ord_id_days = static_cast<std::uint32_t>(number(0, 366));
        core.firm = tree_limits();
        branch(core.firm);
        core.restricted = lists();
        core.fx_max_age_ns = flip() ? -1 : static_cast<std::int64_t>(number(1, 1000)) * 1'000'000;
        core.fx_revalue_at_day_roll = flip();
        core.two_person = flip();
        core.kill_on_over_fill = flip();
        core.audit_every = static_cast<std::uint32_t>(number(0, 1 << 20));
        core.position_tolerance = decimal(0);
        fill(core.warn_at,
             [this](std::size_t) { return static_cast<std::uint32_t>(number(6, 100)); });
        fill(core.markets, [this](std::size_t i) {
            MarketConfig market;
            market.id = name("M", i);
            for (PermittedTypes& accepted : market.accepts) {
                accepted = types();
            }
            return market;
        });
        fill(core.traders, [this](std::size_t i) { return trader(i); });
        fill(core.groups, [this](std::size_t i) { return group(i); });
        fill(core.accounts, [this](std::size_t i) { return account(i); });
        fill(core.sessions, [this](std::size_t i) { return session(i); });
        fill(core.instruments, [this](std::size_t i) { return instrument(i); });
        fill(core.venues, [this](std::size_t i) {
            return VenueConfig{name("V", i), static_cast<std::uint32_t>(number(1, 65536)),
                               static_cast<VenueConfig::Reconcile>(number(0, 4)),
                               static_cast<std::int64_t>(number(0, 86'400'000'000'000))};
        });
        fill(core.routes, [this](std::size_t i) {
            return RouteConfig{flip() ? "DEST" : "",
                               flip() ? "A0" : "",
                               flip() ? "S'\"\\" : "",
                               {name("V", i), "V0"},
                               flip()};
        });
        fill(core.fx, [this](std::size_t) {
            return FxRate{"EUR", "USD",
                          Decimal::from_units(static_cast<std::int64_t>(number(1, 1U << 30U)))};
        });
        return core;
    }

private:
    std::uint64_t number(std::uint64_t low, std::uint64_t high) {
        return std::uniform_int_distribution<std::uint64_t>(low, high)(engine_);
    }
    bool flip() { return number(0, 1) == 1; }
    Decimal decimal(std::uint64_t low) {
        return Decimal::from_units(static_cast<std::int64_t>(number(low, 1ULL << 62U)));
    }
    static std::string name(const char* kind, std::size_t i) { return kind + std::to_string(i); }
    template <class T, class Make>
    void fill(std::vector<T>& items, Make make) {
        const std::uint64_t size = number(0, 4);
        for (std::size_t i = 0; i < size; ++i) {
            items.push_back(make(i));
        }
    }
    void set(Limits& limits, LimitKey key, std::uint64_t low) {
        switch (number(0, 2)) {
            case 0:
                break;
            case 1:
                limits[key] = LimitValue::unlimited();
                break;
            default:
                limits[key] = LimitValue::number(decimal(low));
                break;
        }
    }
    Limits tree_limits() {
        Limits limits;
        for (const LimitKey key :
             {LimitKey::MaxOrderQty, LimitKey::MaxOrderNotional, LimitKey::MaxLong,
              LimitKey::MaxShort, LimitKey::MaxGrossNotional, LimitKey::MaxNetNotional,
              LimitKey::MaxOpenOrders}) {
            set(limits, key, 0);
        }
        return limits;
    }
    Limits throttled() {
        Limits limits = tree_limits();
        set(limits, LimitKey::ThrottleRate, Decimal::kScale);
        set(limits, LimitKey::ThrottleBurst, Decimal::kScale);
        return limits;
    }
    void branch(Limits& limits) {
        for (const LimitKey key : {LimitKey::MaxTurnover, LimitKey::DailyLoss, LimitKey::Credit}) {
            set(limits, key, 0);
        }
        set(limits, LimitKey::DupBurstMax, Decimal::kScale);
        milliseconds(limits, LimitKey::DupBurstWindowMs);
    }
    void milliseconds(Limits& limits, LimitKey key) {
        if (flip()) {
            limits[key] = LimitValue::number(
                Decimal::from_int(static_cast<std::int64_t>(number(1, 1U << 31U))));
        }
    }
    void ratio(Limits& limits) {
        set(limits, LimitKey::OrderToTradeMax, 0);
        set(limits, LimitKey::OrderToTradeFloor, 0);
        set(limits, LimitKey::MaxExecutions, 0);
    }
    TraderConfig trader(std::size_t i) {
        TraderConfig out{name("T", i), {}};
        ratio(out.limits);
        set(out.limits, LimitKey::ThrottleRate, Decimal::kScale);
        set(out.limits, LimitKey::MaxOrderQty, 0);
        return out;
    }
    PermittedTypes types() {
        PermittedTypes out;
        for (auto* list : {&out.market, &out.limit, &out.stop, &out.stop_limit}) {
            fill(*list, [this](std::size_t) {
                return std::vector<std::string>{"day", "gtc", "ioc", "fok", "gtd"}[number(0, 4)];
            });
        }
        return out;
    }
    RestrictedLists lists() {
        RestrictedLists out;
        for (auto* list : {&out.buy_and_sell, &out.buy, &out.sell, &out.opening_only, &out.watch}) {
            fill(*list, [](std::size_t k) { return name("S", k); });
        }
        return out;
    }
    GroupConfig group(std::size_t i) {
        GroupConfig out{name("G", i), flip() ? "G0" : "", tree_limits()};
        branch(out.limits);
        return out;
    }
    AccountConfig account(std::size_t i) {
        AccountConfig out;
        out.id = name("A", i);
        out.group = flip() ? "G0" : "";
        out.currency = "EUR";
        out.limits = throttled();
        branch(out.limits);
        ratio(out.limits);
        out.types = types();
        out.self_match = static_cast<SelfMatch>(number(0, 2));
        out.short_exempt = flip();
        out.collateral = decimal(0);
        out.collateral_haircut_bps = static_cast<std::uint32_t>(number(0, 10'000));
        out.restricted = lists();
        fill(out.symbols, [this](std::size_t k) {
            return SymbolLimits{name("S", k), tree_limits()};
        });
        return out;
    }
    sluice::SessionConfig session(std::size_t i) {
        sluice::SessionConfig out;
        out.id = name("C", i);
        out.version = static_cast<FixVersion>(number(1, 3));
        fill(out.accounts, [](std::size_t k) { return name("A", k); });
        out.default_account = flip() ? "A0" : "";
        out.limits = throttled();
        ratio(out.limits);
        set(out.limits, LimitKey::MaxRejectRate, Decimal::kScale);
        out.types = types();
        out.require_trader = flip();
        out.disclose_limits = flip();
        out.pending_reports = flip();
        fill(out.custom_tags, [](std::size_t k) { return static_cast<std::uint32_t>(5000 + k); });
        out.cancel_on_disconnect.scope = static_cast<CancelOnDisconnect::Scope>(number(0, 2));
        out.cancel_on_disconnect.by_default = flip();
        out.cancel_on_disconnect.good_till = flip();
        out.cancel_on_disconnect.grace_ns = static_cast<std::int64_t>(number(0, 60'000'000'000));
        out.drop_copy.enabled = flip();
        fill(out.drop_copy.sessions, [](std::size_t k) { return name("C", k); });
        fill(out.drop_copy.accounts, [](std::size_t k) { return name("A", k); });
        fill(out.drop_copy.venues, [](std::size_t k) { return name("V", k); });
        return out;
    }
    InstrumentConfig instrument(std::size_t i) {
        InstrumentConfig out;
        out.symbol = name("S", i);
        out.currency = "USD";
        out.tick = decimal(1);
        out.lot = decimal(1);
        out.multiplier = decimal(1);
        out.allow_negative = flip();
        out.notional_px_floor = decimal(0);
        out.allow_close = flip();
        out.has_close = flip();
        out.close = out.has_close ? Decimal::from_units(-decimal(0).units()) : Decimal();
        out.collar_passive = flip();
        out.status = static_cast<TradingStatus>(number(0, 3));
        out.types = types();
        out.short_sale = static_cast<ShortSale>(number(0, 3));
        out.market = flip() ? "M0" : "";
        out.limits = tree_limits();
        set(out.limits, LimitKey::LocatePool, 0);
        set(out.limits, LimitKey::CollarBps, 0);
        set(out.limits, LimitKey::CollarTicks, 0);
        set(out.limits, LimitKey::CollarAbs, 0);
        set(out.limits, LimitKey::MarketBufferBps, 0);
        milliseconds(out.limits, LimitKey::MaxRefAgeMs);
        return out;
    }
    std::mt19937 engine_;
};

TEST_CASE("an effective document reads back as an equal configuration") {
    for (unsigned seed = 0; seed < 300; ++seed) {
        const CoreConfig core = Random(seed).config();
        const std::string text = effective_document(core);
        CAPTURE(seed, text);
        const auto back = parse_core_document(text);
        if (!back.ok()) {
            FAIL(back.error());
        }
        REQUIRE(same(back.value(), core));
        REQUIRE(effective_document(back.value()) == text);
    }
}

TEST_CASE("the effective document of the demo reads back as an equal configuration") {
    const Loaded loaded = load_text(demo_document(), "demo", ".");
    REQUIRE(loaded.config);
    const auto back = parse_core_document(effective_document(*loaded.config));
    REQUIRE(back.ok());
    CHECK(same(back.value(), loaded.config->core));
}

TEST_CASE("the full document reads back as an equal configuration, but for secrets") {
    const Loaded loaded = load_text(demo_document(), "demo", ".");
    REQUIRE(loaded.config);
    const std::string text = full_document(*loaded.config);
    CAPTURE(text);
    const Loaded again = load_text(text, "full", "");
    CHECK(again.report.empty());
    REQUIRE(again.config);
    CHECK(full_document(*again.config) == text);
}

TEST_CASE("no effective document holds a password") {
    const Loaded loaded = test::load(test::changed(
        "    accounts: [ACC1]", "    password: $scrypt$secret\n    accounts: [ACC1]"));
    REQUIRE(loaded.config);
    CHECK(loaded.config->sessions[0].password == "$scrypt$secret");
    CHECK(effective_document(*loaded.config).find("secret") == std::string::npos);
    CHECK(full_document(*loaded.config).find("secret") == std::string::npos);
}

TEST_CASE("a core document with a key of the process is refused") {
    CHECK_FALSE(parse_core_document("instance: G\ndata_dir: x\n").ok());
}

}  // namespace
}  // namespace sluice::config
