#include "gateway/app/admin_api.hpp"

#include <charconv>
#include <functional>
#include <map>

#include <fmt/format.h>
#include <unistd.h>

#include "gateway/app/admin_json.hpp"
#include "gateway/app/admin_members.hpp"
#include "gateway/app/order_pages.hpp"
#include "gateway/app/record_view.hpp"
#include "gateway/app/risk_pages.hpp"

namespace sluice::app {
namespace {

std::vector<std::string> split_path(std::string_view path) {
    std::vector<std::string> parts;
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto part = path.substr(0, path.find('/'));
        parts.emplace_back(part);
        path.remove_prefix(part.size());
    }
    return parts;
}

void on_hot_thread(HotCalls& calls, std::function<void()> call) {
    if (!calls.run(std::move(call))) {
        throw BadRequest{kTimedOut, "the gateway did not answer in time"};
    }
}

Json session_json(const SessionView& view) {
    return {{"session", view.id},
            {"version", view.version},
            {"begin_string", view.begin_string},
            {"sender_comp_id", view.sender_comp_id},
            {"target_comp_id", view.target_comp_id},
            {"role", view.role},
            {"state", view.state},
            {"next_in", std::to_string(view.next_in)},
            {"next_out", std::to_string(view.next_out)},
            {"messages_in", std::to_string(view.messages_in)},
            {"messages_out", std::to_string(view.messages_out)},
            {"address", view.address},
            {"last_event", view.last_event}};
}

Json outcome_json(const Outcome& outcome) {
    if (outcome.exit_code != kOk) {
        throw BadRequest{outcome.exit_code, outcome.text};
    }
    return {{"ok", true}, {"text", outcome.text}};
}

Price price_member(const Json& body, const char* key, std::uint8_t flag, std::uint8_t& flags) {
    const std::string text = text_member(body, key);
    if (text.empty()) {
        return {};
    }
    const auto value = Decimal::parse(text);
    if (!value.ok()) {
        throw BadRequest{kUsage, fmt::format("'{}' = '{}' {}", key, text, to_text(value.error()))};
    }
    flags = static_cast<std::uint8_t>(flags | flag);
    return {value.value()};
}

Decimal positive_member(const Json& body, const char* key) {
    const Decimal value = decimal_member(body, key);
    if (value <= Decimal{}) {
        throw BadRequest{kUsage, fmt::format("'{}' must be greater than 0", key)};
    }
    return value;
}

OrderAction::Kind resolution_member(const Json& body) {
    using Kind = OrderAction::Kind;
    const std::string word = text_member(body, "as");
    const std::pair<const char*, Kind> known[] = {{"filled", Kind::ResolveFilled},
                                                  {"canceled", Kind::ResolveCanceled},
                                                  {"rejected", Kind::ResolveRejected},
                                                  {"working", Kind::ResolveWorking}};
    for (const auto& [name, kind] : known) {
        if (word == name) {
            return kind;
        }
    }
    throw BadRequest{
        kUsage, fmt::format("'as' = '{}' is none of filled, canceled, rejected, working", word)};
}

}  // namespace

AdminResponse AdminApi::handle(const AdminRequest& request) {
    try {
        const auto path = split_path(request.path);
        const std::string& first = path.empty() ? request.path : path[0];
        const bool get = request.method == "GET";
        if (get && first == "status") {
            return status();
        }
        if (first == "sessions") {
            return sessions(request, path);
        }
        if (get && first == "orders") {
            return path.size() > 1 ? order(request, path[1]) : orders(request);
        }
        if (!get && first == "orders" && path.size() == 3) {
            return act_on_order(request, path[1], path[2]);
        }
        if (get && first == "risk") {
            return risk(request);
        }
        if (!get && first == "risk" && path.size() == 2 && path[1] == "limits") {
            return set_limit(request);
        }
        if (!get) {
            using Call = AdminResponse (AdminApi::*)(const AdminRequest&);
            static const std::map<std::string, Call, std::less<>> kChanges = {
                {"approve", &AdminApi::approve},
                {"rearm", &AdminApi::rearm},
                {"config-accept", &AdminApi::accept_config},
                {"phase", &AdminApi::set_phase},
                {"instrument-status", &AdminApi::set_status},
                {"fx", &AdminApi::set_rate},
                {"position", &AdminApi::load_position},
                {"override", &AdminApi::add_override}};
            if (const auto call = kChanges.find(first); call != kChanges.end()) {
                return (this->*call->second)(request);
            }
        }
        if (!get && (first == "kill" || first == "resume")) {
            return kill(request, first == "resume");
        }
        if (!get && first == "reference") {
            return reference(request);
        }
        if (!get && first == "day-roll") {
            return day_roll(request);
        }
        if (get && first == "venues" && path.size() == 3 && path[2] == "requests") {
            return asked(request, path[1]);
        }
        if (get && first == "venues") {
            return venues();
        }
        if (!get && first == "venues" && path.size() == 3 && path[2] == "say") {
            return say(request, path[1]);
        }
        if (get && first == "metrics") {
            return metrics();
        }
        return json_error(kNotFound,
                          fmt::format("no such call: {} {}", request.method, request.path));
    } catch (const BadRequest& bad) {
        return json_error(bad.exit_code, bad.text);
    } catch (const nlohmann::json::exception& bad) {
        return json_error(kUsage, bad.what());
    }
}

AdminResponse AdminApi::status() {
    std::vector<SessionView> sessions;
    std::vector<VenueView> venues;
    JournalView journal;
    RiskSummary summary;
    std::size_t orders = 0;
    on_hot_thread(calls_, [&] {
        sessions = views_.sessions();
        venues = views_.venues();
        journal = views_.journal();
        summary = risk_summary(core_);
        orders = open_orders(core_);
    });
    std::uint64_t on = 0;
    std::uint64_t clients = 0;
    for (const auto& session : sessions) {
        clients += session.role == "acceptor" ? 1U : 0U;
        on += session.role == "acceptor" && session.state == "logged on" ? 1U : 0U;
    }
    Json body;
    body["version"] = views_.version;
    body["instance"] = views_.instance;
    body["epoch"] = std::to_string(views_.epoch);
    body["pid"] = std::to_string(::getpid());
    body["started"] = iso_time(views_.started_ns);
    body["address"] = views_.address;
    body["sessions"] = {{"configured", clients}, {"logged_on", on}};
    body["open_orders"] = orders;
    Json list = Json::array();
    for (const auto& venue : venues) {
        list.push_back({{"venue", venue.id}, {"state", venue.state}});
    }
    body["venues"] = list;
    body["risk"] = {{"state", journal.failed ? "HALTED" : "ACTIVE"},
                    {"kill_switches", summary.kills},
                    {"config_version", std::to_string(summary.config_version)}};
    body["journal"] = {{"written", std::to_string(journal.written)},
                       {"durable", std::to_string(journal.durable)},
                       {"durability", journal.durability},
                       {"directory", journal.directory},
                       {"commits", std::to_string(journal.commits)},
                       {"stalls", std::to_string(journal.stalls)},
                       {"failed", journal.failed},
                       {"disk_low", journal.disk_low}};
    return json_answer(body);
}

AdminResponse AdminApi::sessions(const AdminRequest& request,
                                 const std::vector<std::string>& path) {
    if (request.method == "GET") {
        std::vector<SessionView> views;
        on_hot_thread(calls_, [&] { views = views_.sessions(); });
        Json list = Json::array();
        for (const auto& view : views) {
            if (path.size() == 2 && view.id == path[1]) {
                return json_answer(session_json(view));
            }
            list.push_back(session_json(view));
        }
        if (path.size() == 2) {
            throw BadRequest{kNotFound, fmt::format("no session '{}'", path[1])};
        }
        return json_answer(list);
    }
    if (path.size() != 3) {
        throw BadRequest{kNotFound, "expected /sessions/ID/logout, enable, disable or reset"};
    }
    const Json body = parse_body(request);
    const Prose reason = required_reason(body);
    const std::string& id = path[1];
    const std::string& verb = path[2];
    Outcome outcome{kNotFound, fmt::format("no such call: {}", request.path)};
    if (verb == "logout") {
        on_hot_thread(calls_, [&] { outcome = views_.logout(id, std::string(reason.view())); });
    } else if (verb == "enable" || verb == "disable") {
        on_hot_thread(calls_, [&] { outcome = views_.enable(id, verb == "enable"); });
    } else if (verb == "reset") {
        const unsigned in = number_member(body, "in");
        const unsigned out = number_member(body, "out");
        on_hot_thread(calls_, [&] { outcome = views_.reset(id, in, out); });
    }
    return json_answer(outcome_json(outcome));
}

AdminResponse AdminApi::orders(const AdminRequest& request) {
    const OrderQuery query = order_query(request);
    OrderPage page(query);
    while (!page.complete()) {
        on_hot_thread(calls_, [&] { page.take_slice(core_); });
    }
    return json_answer(page.json());
}

AdminResponse AdminApi::order(const AdminRequest& request, const std::string& id) {
    const auto session = request.query.find("session");
    Json found;
    on_hot_thread(calls_, [&] {
        found =
            find_order(core_, id, session == request.query.end() ? std::string() : session->second);
    });
    if (found.is_null()) {
        throw BadRequest{kNotFound, fmt::format("no order '{}'", id)};
    }
    return json_answer(found);
}

// Cancel, or what became of an order in doubt.
AdminResponse AdminApi::act_on_order(const AdminRequest& request,
                                     const std::string& id,
                                     const std::string& verb) {
    const Json body = parse_body(request);
    OrderAction action;
    if (verb == "cancel") {
        action.kind = OrderAction::Kind::Cancel;
    } else if (verb == "resolve") {
        action.kind = resolution_member(body);
    } else {
        throw BadRequest{kNotFound, "expected /orders/ID/cancel or /orders/ID/resolve"};
    }
    if (action.kind == OrderAction::Kind::ResolveFilled) {
        action.qty = {positive_member(body, "qty")};
        action.price = {decimal_member(body, "price")};
    }
    action.reason = required_reason(body);
    action.who.assign_prefix(request.user);
    const std::string session = text_member(body, "session");
    on_hot_thread(calls_, [&] { action.order = order_id_of(core_, id, session); });
    if (action.order.value == 0) {
        throw BadRequest{kNotFound, fmt::format("no order '{}'", id)};
    }
    const auto reply = inputs_.submit(action);
    if (reply && !reply->ok) {
        throw BadRequest{kRefusedByState, std::string(reply->text.view())};
    }
    return json_answer(reply_json(reply));
}

AdminResponse AdminApi::risk(const AdminRequest& request) {
    Json body;
    const auto name = request.query.find("name");
    on_hot_thread(calls_, [&] {
        body = risk_json(core_, name == request.query.end() ? std::string() : name->second);
    });
    return json_answer(body);
}

AdminResponse AdminApi::set_limit(const AdminRequest& request) {
    const Json body = parse_body(request);
    LimitChange change;
    change.scope = scope_member(body);
    change.scope_name = bounded_member<Name::kMax>(body, "name");
    change.symbol = bounded_member<SymbolName::kMax>(body, "symbol");
    const std::string key = text_member(body, "key");
    const auto known = limit_key(key);
    if (!known) {
        throw BadRequest{
            kUsage, fmt::format("unknown limit '{}'. Did you mean '{}'?", key, nearest_limit(key))};
    }
    change.key = *known;
    const std::string value = text_member(body, "value");
    if (value == "unlimited") {
        change.state = LimitValue::State::Unlimited;
    } else {
        const auto number = Decimal::parse(value);
        if (!number.ok()) {
            throw BadRequest{kUsage, fmt::format("{} = '{}' {} and is not 'unlimited'", key, value,
                                                 to_text(number.error()))};
        }
        change.state = LimitValue::State::Number;
        change.value = number.value();
    }
    if (flag_member(body, "dry_run")) {
        Json preview;
        on_hot_thread(calls_, [&] { preview = preview_limit(core_, change); });
        if (preview.contains("error")) {
            throw BadRequest{kUsage, preview["error"].get<std::string>()};
        }
        return json_answer(preview);
    }
    change.reason = required_reason(body);
    change.who = person(request);
    const unsigned seconds = number_member(body, "for_seconds");
    if (seconds != 0) {
        change.until = UtcNanos{now_ns() + std::int64_t{seconds} * kNanosPerSecond};
    }
    return submit_or_keep(change);
}

AdminResponse AdminApi::kill(const AdminRequest& request, bool resume) {
    const Json body = parse_body(request);
    KillChange change;
    change.scope = scope_member(body);
    change.scope_name = bounded_member<Name::kMax>(body, "name");
    change.symbol = bounded_member<SymbolName::kMax>(body, "symbol");
    change.reason = required_reason(body);
    change.who = person(request);
    change.action = resume                             ? KillChange::Action::Resume
                    : flag_member(body, "reduce_only") ? KillChange::Action::ReduceOnly
                    : flag_member(body, "cancel_open") ? KillChange::Action::KillAndCancel
                                                       : KillChange::Action::Kill;
    return submit_or_keep(change);
}

AdminResponse AdminApi::reference(const AdminRequest& request) {
    const Json body = parse_body(request);
    RefPrice price;
    price.symbol = bounded_member<SymbolName::kMax>(body, "symbol");
    price.source.assign_prefix(text_member(body, "source", request.user));
    price.bid = price_member(body, "bid", RefPrice::kBid, price.flags);
    price.ask = price_member(body, "ask", RefPrice::kAsk, price.flags);
    price.last = price_member(body, "last", RefPrice::kLast, price.flags);
    price.close = price_member(body, "close", RefPrice::kClose, price.flags);
    if (price.flags == 0) {
        throw BadRequest{kUsage, "expected at least one of bid, ask, last, close"};
    }
    bool known = false;
    on_hot_thread(calls_, [&] { known = knows_instrument(core_, price.symbol.view()); });
    if (!known) {
        throw BadRequest{kNotFound, fmt::format("no instrument '{}'", price.symbol.view())};
    }
    if (!inputs_.post(price)) {
        throw BadRequest{kTimedOut, "the core takes no inputs"};
    }
    return json_answer({{"ok", true}});
}

AdminResponse AdminApi::day_roll(const AdminRequest& request) {
    required_reason(parse_body(request));
    return json_answer(reply_json(inputs_.submit(DayRoll{})));
}

AdminResponse AdminApi::venues() {
    std::vector<VenueView> views;
    on_hot_thread(calls_, [&] { views = views_.venues(); });
    Json list = Json::array();
    for (const auto& view : views) {
        list.push_back({{"venue", view.id},
                        {"type", view.type},
                        {"state", view.state},
                        {"requests", std::to_string(view.requests)},
                        {"events", std::to_string(view.events)}});
    }
    return json_answer(list);
}

AdminResponse AdminApi::say(const AdminRequest& request, const std::string& venue) {
    const std::string text = text_member(parse_body(request), "text");
    if (text.empty()) {
        throw BadRequest{kUsage, "expected 'text', as in 35=8|150=0|11=C1"};
    }
    Outcome outcome;
    on_hot_thread(calls_, [&] { outcome = views_.say(venue, text); });
    return json_answer(outcome_json(outcome));
}

AdminResponse AdminApi::asked(const AdminRequest& request, const std::string& venue) {
    const auto given = request.query.find("after");
    std::uint64_t after = 0;
    if (given != request.query.end()) {
        const std::string& text = given->second;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), after);
        if (error != std::errc() || end != text.data() + text.size()) {
            throw BadRequest{kUsage, fmt::format("'after' = '{}' is not a number", text)};
        }
    }
    AskedViews views;
    on_hot_thread(calls_, [&] { views = views_.asked(venue, after); });
    if (views.outcome.exit_code != kOk) {
        return json_answer(outcome_json(views.outcome));
    }
    Json list = Json::array();
    for (const auto& view : views.requests) {
        list.push_back({{"number", std::to_string(view.number)}, {"text", view.text}});
    }
    return json_answer(list);
}

AdminResponse AdminApi::metrics() {
    std::vector<std::pair<std::string, std::uint64_t>> values;
    on_hot_thread(calls_, [&] { values = views_.metrics(); });
    Json body = Json::object();
    for (const auto& [name, value] : values) {
        body[name] = value;
    }
    return json_answer(body);
}

}  // namespace sluice::app
