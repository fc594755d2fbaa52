#include "tests/unit/risk/script.hpp"

#include <functional>
#include <sstream>

#include <catch2/catch.hpp>
#include <yaml-cpp/yaml.h>

namespace sluice::test {
namespace {

using Words = std::vector<std::string>;
using Options = std::map<std::string, std::string>;

LimitValue limit_value(const std::string& text) {
    if (text == "unlimited") {
        return LimitValue::unlimited();
    }
    return text == "unset" ? LimitValue{} : LimitValue::number(dec(text));
}

// Takes the limit keys of a mapping; returns the keys that are something else.
void read_limits(const YAML::Node& node,
                 Limits& limits,
                 const std::function<void(const std::string&, const YAML::Node&)>& other) {
    for (const auto& entry : node) {
        const auto name = entry.first.as<std::string>();
        const auto key = limit_key(name);
        if (key) {
            limits[*key] = limit_value(entry.second.as<std::string>());
        } else {
            other(name, entry.second);
        }
    }
}

void unknown_key(const std::string& name, const YAML::Node&) {
    FAIL("unknown key " << name);
}

template <class Item, class Name>
Item& find_or_add(std::vector<Item>& items, Name Item::*id, const std::string& name) {
    for (Item& item : items) {
        if (item.*id == name) {
            return item;
        }
    }
    items.emplace_back().*id = name;
    return items.back();
}

using Texts = std::vector<std::string>;

bool read_types(const std::string& key, const YAML::Node& node, PermittedTypes& types) {
    const std::map<std::string, Texts*> lists = {{"market", &types.market},
                                                 {"limit", &types.limit},
                                                 {"stop", &types.stop},
                                                 {"stop_limit", &types.stop_limit}};
    for (const auto& entry : key == "types" ? node : YAML::Node()) {
        *lists.at(entry.first.as<std::string>()) = entry.second.as<Texts>();
    }
    return key == "types";
}

void read_lists(const YAML::Node& node, RestrictedLists& restricted) {
    const std::map<std::string, Texts*> lists = {{"buy_and_sell", &restricted.buy_and_sell},
                                                 {"buy", &restricted.buy},
                                                 {"sell", &restricted.sell},
                                                 {"opening_only", &restricted.opening_only},
                                                 {"watch", &restricted.watch}};
    for (const auto& entry : node) {
        *lists.at(entry.first.as<std::string>()) = entry.second.as<Texts>();
    }
}

void read_account(const YAML::Node& node, AccountConfig& account) {
    read_limits(node, account.limits, [&](const std::string& key, const YAML::Node& value) {
        if (key == "group") {
            account.group = value.as<std::string>();
        } else if (key == "currency") {
            account.currency = value.as<std::string>();
        } else if (read_types(key, value, account.types)) {
            return;
        } else if (key == "self_match") {
            const auto policy = value.as<std::string>();
            account.self_match = policy == "reject" ? SelfMatch::Reject : SelfMatch::CancelResting;
        } else if (key == "short_exempt") {
            account.short_exempt = value.as<bool>();
        } else if (key == "collateral") {
            account.collateral = dec(value.as<std::string>());
        } else if (key == "haircut_bps") {
            account.collateral_haircut_bps = value.as<std::uint32_t>();
        } else if (key == "restricted") {
            read_lists(value, account.restricted);
        } else if (key == "symbols") {
            for (const auto& symbol : value) {
                auto& limits = account.symbols.emplace_back();
                limits.symbol = symbol.first.as<std::string>();
                read_limits(symbol.second, limits.limits, unknown_key);
            }
        } else {
            unknown_key(key, value);
        }
    });
}

void read_session(const YAML::Node& node, SessionConfig& session) {
    read_limits(node, session.limits, [&](const std::string& key, const YAML::Node& value) {
        if (key == "accounts") {
            session.accounts = value.as<std::vector<std::string>>();
        } else if (key == "disclose_limits") {
            session.disclose_limits = value.as<bool>();
        } else if (key == "require_trader") {
            session.require_trader = value.as<bool>();
        } else if (!read_types(key, value, session.types)) {
            unknown_key(key, value);
        }
    });
}

void read_instrument(const YAML::Node& node, InstrumentConfig& instrument) {
    const std::map<std::string, Decimal*> decimals = {{"tick", &instrument.tick},
                                                      {"lot", &instrument.lot},
                                                      {"multiplier", &instrument.multiplier},
                                                      {"close", &instrument.close},
                                                      {"floor", &instrument.notional_px_floor}};
    const std::map<std::string, bool*> switches = {{"allow_negative", &instrument.allow_negative},
                                                   {"allow_close", &instrument.allow_close},
                                                   {"passive", &instrument.collar_passive}};
    const std::map<std::string, ShortSale> rules = {{"permitted", ShortSale::Permitted},
                                                    {"above_bid", ShortSale::AboveBid},
                                                    {"forbidden", ShortSale::Forbidden}};
    const std::map<std::string, TradingStatus> statuses = {{"active", TradingStatus::Active},
                                                           {"halted", TradingStatus::Halted},
                                                           {"suspended", TradingStatus::Suspended},
                                                           {"expired", TradingStatus::Expired}};
    read_limits(node, instrument.limits, [&](const std::string& key, const YAML::Node& value) {
        if (decimals.count(key) != 0) {
            *decimals.at(key) = dec(value.as<std::string>());
            instrument.has_close = instrument.has_close || key == "close";
        } else if (switches.count(key) != 0) {
            *switches.at(key) = value.as<bool>();
        } else if (key == "short_sale") {
            instrument.short_sale = rules.at(value.as<std::string>());
        } else if (key == "market") {
            instrument.market = value.as<std::string>();
        } else if (key == "status") {
            instrument.status = statuses.at(value.as<std::string>());
        } else if (!read_types(key, value, instrument.types)) {
            REQUIRE(key == "currency");
            instrument.currency = value.as<std::string>();
        }
    });
}

const std::map<std::string, TimeInForce> kTif = {{"day", TimeInForce::Day},
                                                 {"gtc", TimeInForce::GoodTillCancel},
                                                 {"ioc", TimeInForce::ImmediateOrCancel},
                                                 {"fok", TimeInForce::FillOrKill},
                                                 {"gtd", TimeInForce::GoodTillDate}};
const std::map<std::string, Side> kSides = {{"buy", Side::Buy},
                                            {"sell", Side::Sell},
                                            {"short", Side::SellShort},
                                            {"exempt", Side::SellShortExempt}};
const std::map<std::string, Closed> kClosings = {{"canceled", Closed::Canceled},
                                                 {"expired", Closed::Expired},
                                                 {"rejected", Closed::Rejected},
                                                 {"done", Closed::DoneForDay}};

std::pair<std::string, std::string> split(const std::string& text, char at) {
    const auto position = text.find(at);
    REQUIRE(position != std::string::npos);
    return {text.substr(0, position), text.substr(position + 1)};
}

Options options_of(const Words& words, std::size_t from) {
    Options options;
    for (std::size_t i = from; i < words.size(); ++i) {
        options.insert(split(words[i], '='));
    }
    return options;
}

std::string option(const Options& options, const std::string& key, const std::string& otherwise) {
    const auto found = options.find(key);
    return found == options.end() ? otherwise : found->second;
}

std::string result_of(const Assessment& assessment, const char* accepted) {
    switch (assessment.kind) {
        case Assessment::Kind::Accept:
            return accepted;
        case Assessment::Kind::AlreadyKnown:
            return "status";
        case Assessment::Kind::Reject:
            break;
    }
    UNSCOPED_INFO(assessment.text.view());
    CHECK_FALSE(assessment.text.empty());
    return std::string(code(assessment.reason));
}

class Player {
public:
    explicit Player(CoreConfig config)
        : config_(std::move(config)), desk_(std::make_unique<Desk>(config_)) {}

    std::string act(const Words& words);
    void state(const Words& words);

    Desk& desk() { return *desk_; }
    void at(std::int64_t ns) { desk_->now = UtcNanos{1'000'000 + ns}; }
    void remember(const Words& words, std::int64_t ns) { played_.emplace_back(ns, words); }

private:
    std::string enter(const Words& words);
    std::string ticket(const Words& words);
    std::string change(const Words& words);
    std::string venue(const Words& words);
    std::string executions(const Words& words);
    std::string restart();
    Options facts(const std::string& what);

    CoreConfig config_;
    std::unique_ptr<Desk> desk_;
    std::vector<std::pair<std::int64_t, Words>> played_;
};

std::string Player::enter(const Words& words) {
    const Options options = options_of(words, 4);
    const auto [quantity, price] = split(words[3], '@');
    NewOrder order;
    order.id = words[1];
    order.side = kSides.at(words[2]);
    order.quantity = quantity;
    order.price = price == "mkt" ? "" : price;
    order.account = option(options, "acct", "ACC1");
    order.symbol = option(options, "sym", "XYZ");
    order.session = option(options, "sess", "S1");
    order.tif = kTif.at(option(options, "tif", "day"));
    order.venue = option(options, "venue", "");
    order.trader = option(options, "trader", "");
    order.locate = option(options, "locate", "");
    const std::string flag = option(options, "flag", "");
    order.flags = flag == "resend" ? command_flag::kPossResend : std::uint8_t{0};
    const std::string type = option(options, "type", "");
    order.type = type.empty() ? OrdType::None : static_cast<OrdType>(type.front());
    const Assessment said = desk_->enter(order);
    return said.accepted() && said.cancels_resting ? "resting=" + std::to_string(desk_->in_the_way)
                                                   : result_of(said, "accept");
}

// ticket ACC SYM SIDE QTY@BOUND CODE,CODE ms=life [approver=]
std::string Player::ticket(const Words& words) {
    const Options options = options_of(words, 6);
    const auto [quantity, bound] = split(words[4], '@');
    OverrideTicket ticket;
    ticket.account = Name(words[1]);
    ticket.symbol = SymbolName(words[2]);
    ticket.side = kSides.at(words[3]);
    ticket.max_qty = qty(quantity);
    ticket.bound = px(bound);
    ticket.who = Name("alice");
    ticket.approver = Name(option(options, "approver", "bob"));
    ticket.expires =
        UtcNanos{desk_->now.value + std::stoll(option(options, "ms", "1000")) * kNanosPerMilli};
    std::istringstream codes(words[5]);
    for (std::string word; std::getline(codes, word, ',');) {
        for (std::uint8_t i = 0; i < static_cast<std::uint8_t>(RejectReason::Count_); ++i) {
            if (code(static_cast<RejectReason>(i)) == word) {
                ticket.lifts |= std::uint64_t{1} << i;
            }
        }
    }
    return desk_->risk.add_override(desk_->meta(), ticket).ok ? "applied" : "refused";
}

std::string Player::change(const Words& words) {
    const ScopeKind scope = scope_kind(words[1]).value();
    std::string name = words.size() > 2 ? words[2] : "";
    std::string symbol;
    if (name.find('/') != std::string::npos) {
        std::tie(name, symbol) = split(name, '/');
    }
    if (scope == ScopeKind::Instrument) {
        symbol = name;
    }
    if (words[0] == "limit") {
        const Options options = options_of(words, 5);
        const std::string until = option(options, "until", "");
        desk_->until = until.empty() ? UtcNanos{} : UtcNanos{1'000'000 + std::stoll(until)};
        desk_->approver = option(options, "approver", "bob");
    } else {
        const bool has_options = words.back().find('=') != std::string::npos;
        desk_->approver =
            has_options ? option(options_of({words.back()}, 0), "approver", "") : "bob";
    }
    const auto outcome =
        words[0] == "limit"
            ? desk_->limit(scope, name, symbol, limit_key(words[3]).value(), limit_value(words[4]))
            : desk_->kill(scope, name, symbol,
                          words[0] == "kill"          ? KillChange::Action::Kill
                          : words[0] == "reduce_only" ? KillChange::Action::ReduceOnly
                          : words[0] == "rearm"       ? KillChange::Action::Rearm
                                                      : KillChange::Action::Resume);
    CHECK_FALSE(outcome.text.empty());
    return outcome.ok ? "applied" : "refused";
}

std::string Player::venue(const Words& words) {
    const std::string& verb = words[0];
    const std::string& id = words[1];
    if (kClosings.count(verb) != 0) {
        desk_->close(id, kClosings.at(verb));
        return "booked";
    }
    if (verb == "replaced") {
        return desk_->replaced(id, words.size() > 2 ? words[2] : "") ? "booked" : "unknown";
    }
    if (verb == "replace_refused") {
        return desk_->replace_refused(id) ? "booked" : "unknown";
    }
    if (verb == "cancel_refused") {
        return desk_->cancel_refused(id) ? "booked" : "unknown";
    }
    Order& order = desk_->order(id);
    if (verb == "ack") {
        acknowledge(order);
        desk_->settle(order);
        return "booked";
    }
    REQUIRE(verb == "restated");
    const bool grew = restate(order, qty(words[2]), std::nullopt);
    desk_->settle(order);
    desk_->audit();
    return grew ? "grew" : "booked";
}

std::string Player::executions(const Words& words) {
    if (words[0] == "fill") {
        const auto [quantity, price] = split(words[2], '@');
        return desk_->fill(words[1], quantity, price).over_fill ? "overfill" : "booked";
    }
    if (words[0] == "unmatched") {
        const auto [quantity, price] = split(words[4], '@');
        const auto booked = desk_->risk.on_unmatched_fill(
            {desk_->names.accounts.find(words[1])}, {desk_->names.instruments.find(words[2])},
            kSides.at(words[3]), qty(quantity), px(price));
        desk_->audit();
        return booked == Booked::Yes ? "booked" : "degraded";
    }
    Order& order = desk_->order(words[1]);
    auto& fills = desk_->fills[std::string(order.root_cl_ord_id.view())];
    BookedFill& fill = fills.at(std::stoul(words[2]) - 1);
    bool done = false;
    if (words[0] == "bust") {
        done = desk_->risk.on_trade_cancel(order, fill);
    } else {
        const auto [quantity, price] = split(words[3], '@');
        const auto corrected = desk_->risk.on_trade_correct(order, fill, qty(quantity), px(price));
        done = corrected.has_value();
        fill = corrected.value_or(fill);
    }
    desk_->audit();
    return done ? "booked" : "refused";
}

std::string Player::restart() {
    const std::uint64_t before = desk_->digest();
    const UtcNanos now = desk_->now;
    const auto played = std::move(played_);
    played_.clear();
    desk_ = std::make_unique<Desk>(config_);
    for (const auto& [ns, words] : played) {
        at(ns);
        act(words);
    }
    played_ = played;
    desk_->now = now;
    CHECK(desk_->digest() == before);
    return "applied";
}

std::string Player::act(const Words& words) {
    desk_->risk.pass_time(desk_->now);
    const std::string& verb = words[0];
    if (verb == "new") {
        return enter(words);
    }
    if (verb == "replace") {
        const auto [id, orig] = split(words[1], '<');
        const auto [quantity, price] = split(words[2], '@');
        return result_of(desk_->replace(id, orig, quantity, price == "mkt" ? "" : price), "accept");
    }
    if (verb == "cancel") {
        const auto [id, orig] = split(words[1], '<');
        return result_of(desk_->cancel(id, orig), "forward");
    }
    if (verb == "kill" || verb == "resume" || verb == "reduce_only" || verb == "rearm" ||
        verb == "limit") {
        return change(words);
    }
    if (verb == "fill" || verb == "bust" || verb == "correct" || verb == "unmatched") {
        return executions(words);
    }
    if (verb == "md") {
        return desk_->reference(words[1], options_of(words, 2)) ? "applied" : "refused";
    }
    if (verb == "phase") {
        PhaseChange change;
        change.market = Name(words[1]);
        change.phase = phase_of(words[2]).value();
        return desk_->risk.set_phase(change).ok ? "applied" : "refused";
    }
    if (verb == "status") {
        StatusChange change;
        change.symbol = SymbolName(words[1]);
        change.status = words[2] == "active" ? TradingStatus::Active : TradingStatus::Halted;
        return desk_->risk.set_status(change).ok ? "applied" : "refused";
    }
    if (verb == "fx") {
        FxUpdate update;
        update.from = Text<3>(words[1].substr(0, 3));
        update.to = Text<3>(words[1].substr(4));
        update.rate = dec(words[2]);
        return desk_->risk.set_rate(desk_->meta(), update).ok ? "applied" : "refused";
    }
    if (verb == "load" || verb == "accept") {
        PositionLoad load;
        load.account = Name(words[1]);
        load.symbol = SymbolName(words[2]);
        load.position = dec(words[3]);
        load.action = verb == "load" ? PositionLoad::Action::Compare : PositionLoad::Action::Accept;
        return desk_->risk.load_position(load).ok ? "applied" : "refused";
    }
    if (verb == "ticket") {
        return ticket(words);
    }
    if (verb == "day_roll") {
        desk_->day_roll();
        return "applied";
    }
    return verb == "restart" ? restart() : venue(words);
}

void add_money(Options& facts, const Money& money) {
    facts["executed"] = wide_text(money.executed());
    facts["open_notional"] = wide_text(money.reserved());
    facts["gross"] = wide_text(money.gross());
    facts["net"] = wide_text(money.net_executed());
    facts["worst_net_long"] = wide_text(money.worst_net_long());
    facts["worst_net_short"] = wide_text(money.worst_net_short());
}

Options row_facts(const PositionRow& row) {
    return {{"pos", wide_text(row.position)},
            {"open_buy", wide_text(row.open_buy)},
            {"open_sell", wide_text(row.open_sell)},
            {"worst_long", wide_text(row.worst_long())},
            {"worst_short", wide_text(row.worst_short())},
            {"open_orders", std::to_string(row.open_orders)}};
}

Options Player::facts(const std::string& what) {
    const Exposure& exposure = desk_->risk.exposure();
    const NameTable& names = desk_->names;
    Options facts;
    if (what == "firm" || what == "suspense" || what.starts_with("group/")) {
        const bool group = what.starts_with("group/");
        const std::uint32_t index = group ? names.groups.find(what.substr(6)) + 1 : kFirmNode;
        facts["result"] = wide_text(desk_->risk.state().valuation.node(index).result);
        facts["held"] = wide_text(desk_->risk.state().valuation.node(index).held);
        add_money(facts, what == "suspense" ? exposure.suspense().own : exposure.node(index).money);
        facts["open_orders"] = std::to_string(exposure.node(index).open_orders);
    } else if (what == "notices") {
        facts["count"] = std::to_string(desk_->notices.size());
    } else if (what.starts_with("session/")) {
        const SessionId session{names.sessions.find(what.substr(8))};
        facts["open_orders"] = std::to_string(exposure.session_open_orders(session));
        facts["messages"] =
            std::to_string(desk_->risk.state().session_activity[session.value].messages);
        facts["trades"] =
            std::to_string(desk_->risk.state().session_activity[session.value].trades);
    } else if (what.starts_with("order/")) {
        const Order& order = desk_->order(what.substr(6));
        facts["status"] = to_text(ord_status(order));
        facts["cum"] = order.cum_qty.to_string();
        facts["leaves"] = leaves_qty(order).to_string();
        facts["avg"] = avg_px(order).to_string();
        facts["qty"] = order.live.order_qty.to_string();
        facts["reserved"] = order.reserved_notional.to_string();
    } else if (what.find('/') != std::string::npos) {
        const auto [owner, symbol] = split(what, '/');
        const std::uint32_t id =
            owner == "all" ? kNodeOwner | kFirmNode
                           : (owner == "none" ? kSuspenseOwner : names.accounts.find(owner));
        const auto row = exposure.find_row(id, {names.instruments.find(symbol)});
        facts = row_facts(row == kNoIndex ? PositionRow{} : exposure.row(row));
    } else {
        const AccountId account{names.accounts.find(what)};
        REQUIRE(account.value != kNoIndex);
        facts["result"] = wide_text(desk_->risk.state().valuation.account(account.value).result);
        facts["held"] = wide_text(desk_->risk.state().valuation.account(account.value).held);
        add_money(facts, exposure.account(account).own);
        facts["open_orders"] = std::to_string(exposure.account(account).open_orders);
    }
    return facts;
}

void Player::state(const Words& words) {
    Options held = facts(words[1]);
    for (const auto& [key, value] : options_of(words, 2)) {
        INFO(words[1] << " " << key);
        REQUIRE(held.count(key) == 1);
        CHECK(held[key] == value);
    }
}

Words words_of(const std::string& line) {
    std::istringstream stream(line);
    Words words;
    for (std::string word; stream >> word;) {
        words.push_back(word);
    }
    return words;
}

}  // namespace

CoreConfig config_of(const YAML::Node& setup) {
    CoreConfig config = plain_config();
    for (const auto& group : setup["groups"]) {
        auto& made = find_or_add(config.groups, &GroupConfig::id, group.first.as<std::string>());
        read_limits(group.second, made.limits,
                    [&](const std::string& key, const YAML::Node& value) {
                        REQUIRE(key == "parent");
                        made.parent = value.as<std::string>();
                    });
    }
    for (const auto& item : setup["accounts"]) {
        read_account(item.second, find_or_add(config.accounts, &AccountConfig::id,
                                              item.first.as<std::string>()));
    }
    for (const auto& item : setup["sessions"]) {
        read_session(item.second, find_or_add(config.sessions, &SessionConfig::id,
                                              item.first.as<std::string>()));
    }
    for (const auto& item : setup["instruments"]) {
        auto& made = find_or_add(config.instruments, &InstrumentConfig::symbol,
                                 item.first.as<std::string>());
        made.currency = "USD";
        read_instrument(item.second, made);
    }
    for (const auto& item : setup["markets"]) {
        MarketConfig& market = config.markets.emplace_back();
        market.id = item.as<std::string>();
        for (std::size_t phase = 0; phase < kPhases; ++phase) {
            market.accepts[phase] = default_types(static_cast<Phase>(phase));
        }
    }
    if (setup["warn_at"]) {
        config.warn_at = setup["warn_at"].as<std::vector<std::uint32_t>>();
    }
    if (setup["fx_max_age_ms"]) {
        config.fx_max_age_ns = setup["fx_max_age_ms"].as<std::int64_t>() * kNanosPerMilli;
    }
    if (setup["position_tolerance"]) {
        config.position_tolerance = dec(setup["position_tolerance"].as<std::string>());
    }
    for (const auto& [key, field] : std::map<std::string, bool CoreConfig::*>{
             {"fx_revalue_at_day_roll", &CoreConfig::fx_revalue_at_day_roll},
             {"kill_on_over_fill", &CoreConfig::kill_on_over_fill}}) {
        if (setup[key]) {
            config.*field = setup[key].as<bool>();
        }
    }
    for (const auto& item : setup["traders"]) {
        auto& made = find_or_add(config.traders, &TraderConfig::id, item.first.as<std::string>());
        read_limits(item.second, made.limits, unknown_key);
    }
    for (const auto& rate : setup["fx"]) {
        const auto [from, to] = split(rate.first.as<std::string>(), '/');
        config.fx.push_back({from, to, dec(rate.second.as<std::string>())});
    }
    if (setup["firm"]) {
        read_limits(setup["firm"], config.firm, unknown_key);
    }
    if (setup["restricted"]) {
        read_lists(setup["restricted"], config.restricted);
    }
    if (setup["max_pending_replaces"]) {
        config.max_pending_replaces = setup["max_pending_replaces"].as<std::uint32_t>();
    }
    if (setup["currency"]) {
        config.currency = setup["currency"].as<std::string>();
    }
    return config;
}

void play(const YAML::Node& test_case) {
    const YAML::Node setup = test_case["setup"];
    Player player(config_of(setup ? setup : YAML::Node(YAML::NodeType::Map)));
    std::int64_t ns = -1;
    for (const auto& node : test_case["play"]) {
        const auto line = node.as<std::string>();
        INFO(test_case["case"].as<std::string>() << ": " << line);
        const auto colon = line.find(" : ");
        Words words = words_of(line.substr(0, colon));
        if (words.front().front() == '[') {
            ns = std::stoll(words.front().substr(1));
            words.erase(words.begin());
        } else {
            ++ns;
        }
        player.at(ns);
        if (words.front() == "state") {
            player.state(words);
            continue;
        }
        REQUIRE(colon != std::string::npos);
        const std::string expected = words_of(line.substr(colon + 3)).front();
        CHECK(player.act(words) == expected);
        if (words.front() != "restart") {
            player.remember(words, ns);
        }
        player.desk().audit();
    }
}

}  // namespace sluice::test
