#include "tests/unit/risk/desk.hpp"

#include <algorithm>
#include <array>

#include <catch2/catch.hpp>

namespace sluice::test {

CoreConfig plain_config() {
    CoreConfig config;
    config.firm[LimitKey::MaxOrderQty] = LimitValue::unlimited();
    config.firm[LimitKey::MaxOrderNotional] = LimitValue::unlimited();
    config.max_orders = 4096;
    for (const char* id : {"ACC1", "ACC2"}) {
        AccountConfig account;
        account.id = id;
        account.currency = "USD";
        config.accounts.push_back(account);
    }
    for (const char* id : {"S1", "S2"}) {
        SessionConfig session;
        session.id = id;
        session.accounts = {"ACC1", "ACC2"};
        config.sessions.push_back(session);
    }
    InstrumentConfig instrument;
    instrument.symbol = "XYZ";
    instrument.currency = "USD";
    config.instruments.push_back(instrument);
    VenueConfig venue;
    venue.id = "V1";
    config.venues.push_back(venue);
    return config;
}

Decimal dec(std::string_view text) {
    const auto parsed = Decimal::parse(text);
    INFO("decimal " << text);
    REQUIRE(parsed.ok());
    return parsed.value();
}

std::string wide_text(Wide units) {
    const bool negative = units < 0;
    Wide rest = negative ? -units : units;
    std::string digits;
    while (rest != 0 || digits.size() < 9) {
        digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
        rest /= 10;
    }
    std::string text = digits.substr(0, digits.size() - 8);
    std::string fraction = digits.substr(digits.size() - 8);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    text += fraction.empty() ? "" : "." + fraction;
    return (negative ? "-" : "") + text;
}

Desk::Desk(const CoreConfig& config) {
    orders.size_for(config.max_orders);
    reconfigure(config);
}

void Desk::reconfigure(const CoreConfig& config) {
    const auto valid = RiskEngine::validate(config);
    INFO((valid.ok() ? std::string() : valid.error()));
    REQUIRE(valid.ok());
    names.learn(config);
    risk.configure(config, now);
    audit();
}

Command Desk::command(const NewOrder& order) const {
    Command command;
    command.kind = CommandKind::NewOrder;
    command.session = {names.sessions.find(order.session)};
    command.cl_ord_id = ClOrdId(order.id);
    command.account = AccountName(order.account);
    command.symbol = SymbolName(order.symbol);
    command.side = order.side;
    command.order_qty = qty(order.quantity);
    command.time_in_force = order.tif;
    command.ord_type = order.price.empty() ? OrdType::Market : OrdType::Limit;
    command.flags = command_flag::kHasOrderQty;
    if (!order.price.empty()) {
        command.price = px(order.price);
        command.flags |= command_flag::kHasPrice;
    }
    command.flags = static_cast<std::uint8_t>(command.flags | order.flags);
    command.trader = Name(order.trader);
    if (order.locate == "N" || order.locate == "Y") {
        command.locate_reqd = static_cast<LocateReqd>(order.locate.front());
    } else {
        command.locate_id = LocateId(order.locate);
    }
    if (order.type != OrdType::None) {
        command.ord_type = order.type;
    }
    return command;
}

Parties Desk::parties(const Command& command, const std::string& venue) const {
    Parties parties;
    parties.session = command.session;
    parties.account = {names.accounts.find(command.account.view())};
    parties.instrument = {names.instruments.find(command.symbol.view())};
    parties.venue = {names.venues.find(venue)};
    parties.trader = names.traders.find(command.trader.view());
    return parties;
}

Assessment Desk::enter(const NewOrder& wanted) {
    const Command asked = command(wanted);
    const Parties who = parties(asked, wanted.venue);
    decision = Decision{};
    const Assessment result = risk.assess(meta(), asked, who, nullptr, decision);
    std::array<OrderId, kCancelRestingMax> resting{};
    in_the_way =
        result.cancels_resting ? risk.crossing(asked, who, nullptr, std::span(resting)) : 0;
    if (result.accepted()) {
        Order& made = orders.create({next_order++});
        made.session = who.session;
        made.account = who.account;
        made.instrument = who.instrument;
        made.venue = who.venue;
        made.trader = who.trader;
        made.side = asked.side;
        made.ord_type = asked.ord_type;
        made.time_in_force = asked.time_in_force;
        made.cl_ord_id = asked.cl_ord_id;
        made.root_cl_ord_id = asked.cl_ord_id;
        risk.accept_new(made, meta(), result, decision);
        REQUIRE(orders.use(who.session, asked.cl_ord_id, made.id, content_hash(asked)));
    } else if (result.kind == Assessment::Kind::Reject && consumes_cl_ord_id(result.reason)) {
        orders.use(who.session, asked.cl_ord_id, OrderId{}, content_hash(asked));
    }
    ++seq;
    audit();
    return result;
}

Command Desk::replace_command(const std::string& id,
                              const Order& target,
                              const std::string& orig,
                              const std::string& quantity,
                              const std::string& price) const {
    NewOrder words;
    words.id = id;
    words.side = target.side;
    words.quantity = quantity;
    words.price = price;
    words.session = names.sessions.name(target.session.value);
    words.account = names.accounts.name(target.account.value);
    words.symbol = names.instruments.name(target.instrument.value);
    Command asked = command(words);
    asked.kind = CommandKind::Replace;
    asked.orig_cl_ord_id = ClOrdId(orig);
    return asked;
}

Assessment Desk::replace(const std::string& id,
                         const std::string& orig,
                         const std::string& quantity,
                         const std::string& price,
                         const std::string& session) {
    const SessionId who{names.sessions.find(session)};
    Order* const target = orders.find(who, ClOrdId(orig));
    Order unknown;
    unknown.session = who;
    unknown.account = {0};
    unknown.instrument = {0};
    unknown.side = Side::Buy;
    const Command asked =
        replace_command(id, target == nullptr ? unknown : *target, orig, quantity, price);
    decision = Decision{};
    const Assessment result = risk.assess(meta(), asked, parties(asked), target, decision);
    if (result.accepted()) {
        requests[id] = begin_replace(*target, result.version, {}, asked.cl_ord_id);
        risk.accept_replace(*target, decision);
        REQUIRE(orders.use(who, asked.cl_ord_id, target->id, content_hash(asked)));
    } else if (result.kind == Assessment::Kind::Reject && consumes_cl_ord_id(result.reason)) {
        orders.use(who, asked.cl_ord_id, OrderId{}, content_hash(asked));
    }
    ++seq;
    audit();
    return result;
}

Assessment Desk::cancel(const std::string& id,
                        const std::string& orig,
                        const std::string& session) {
    Command asked;
    asked.kind = CommandKind::Cancel;
    asked.session = {names.sessions.find(session)};
    asked.cl_ord_id = ClOrdId(id);
    asked.orig_cl_ord_id = ClOrdId(orig);
    Order* const target = orders.find(asked.session, asked.orig_cl_ord_id);
    decision = Decision{};
    const Assessment result = risk.assess(meta(), asked, parties(asked), target, decision);
    if (result.accepted()) {
        if (!target->pending_cancel.active) {
            begin_cancel(*target, asked.cl_ord_id);
        }
        orders.use(asked.session, asked.cl_ord_id, target->id, content_hash(asked));
        risk.accept_cancel(*target);
        risk.settle(*target);
    }
    ++seq;
    audit();
    return result;
}

Order& Desk::order(const std::string& id, const std::string& session) {
    Order* found = orders.find({names.sessions.find(session)}, ClOrdId(id));
    INFO("order " << id);
    REQUIRE(found != nullptr);
    return *found;
}

BookedFill Desk::fill(const std::string& id,
                      const std::string& quantity,
                      const std::string& price) {
    Order& filled = order(id);
    const BookedFill booked = risk.on_fill(filled, qty(quantity), px(price));
    fills[std::string(filled.root_cl_ord_id.view())].push_back(booked);
    audit();
    return booked;
}

bool Desk::replaced(const std::string& id, const std::string& quantity) {
    Order& changed = order(id);
    const bool known = confirm_replace(
        changed, requests[id],
        quantity.empty() ? std::optional<Quantity>() : std::optional(qty(quantity)));
    risk.settle(changed);
    audit();
    return known;
}

bool Desk::replace_refused(const std::string& id) {
    Order& changed = order(id);
    const bool known = refuse_replace(changed, requests[id]);
    risk.settle(changed);
    audit();
    return known;
}

bool Desk::cancel_refused(const std::string& id) {
    Order& changed = order(id);
    const bool known = refuse_cancel(changed, changed.pending_cancel.request);
    risk.settle(changed);
    audit();
    return known;
}

void Desk::close(const std::string& id, Closed how) {
    Order& changed = order(id);
    sluice::close(changed, how);
    risk.settle(changed);
    audit();
}

ChangeOutcome Desk::limit(ScopeKind scope,
                          const std::string& name,
                          const std::string& symbol,
                          LimitKey key,
                          const LimitValue& value) {
    LimitChange change;
    change.scope = scope;
    change.scope_name = Name(name);
    change.symbol = SymbolName(symbol);
    change.key = key;
    change.value = value.value;
    change.state = value.state;
    change.who = Name("alice");
    change.approver = Name(approver);
    change.until = until;
    const ChangeOutcome outcome = risk.set_limit(meta(), change);
    audit();
    return outcome;
}

ChangeOutcome Desk::kill(ScopeKind scope,
                         const std::string& name,
                         const std::string& symbol,
                         KillChange::Action action) {
    KillChange change;
    change.scope = scope;
    change.scope_name = Name(name);
    change.symbol = SymbolName(symbol);
    change.action = action;
    change.who = Name("alice");
    change.approver = Name(approver);
    const ChangeOutcome outcome = risk.set_kill(change);
    audit();
    return outcome;
}

bool Desk::reference(const std::string& symbol, const std::map<std::string, std::string>& prices) {
    RefPrice update;
    update.symbol = SymbolName(symbol);
    for (const auto& [what, value] : prices) {
        const Price price = px(value);
        if (what == "bid") {
            update.bid = price;
            update.flags |= RefPrice::kBid;
        } else if (what == "ask") {
            update.ask = price;
            update.flags |= RefPrice::kAsk;
        } else if (what == "last") {
            update.last = price;
            update.flags |= RefPrice::kLast;
        } else {
            REQUIRE(what == "close");
            update.close = price;
            update.flags |= RefPrice::kClose;
        }
    }
    return risk.set_reference(meta(), update);
}

std::size_t Desk::day_roll() {
    const std::size_t dropped = orders.day_roll();
    risk.day_roll(now);
    audit();
    return dropped;
}

void Desk::audit() {
    for (const Notice& notice : risk.notices().items()) {
        notices.emplace_back(notice.text.view());
    }
    risk.clear_notices();
    const auto defect = risk.audit();
    INFO(defect.value_or(""));
    REQUIRE_FALSE(defect);
}

std::uint64_t Desk::digest() const {
    Digest digest;
    orders.digest(digest);
    risk.digest(digest);
    return digest.value();
}

}  // namespace sluice::test
