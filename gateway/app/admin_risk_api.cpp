// The admin API's changes of the risk room beside limits and kill switches. Each is an input of the
// core; what needs a second person waits here until one approves it.
#include <algorithm>

#include <fmt/format.h>

#include "gateway/app/admin_api.hpp"
#include "gateway/app/admin_members.hpp"

namespace sluice::app {
namespace {

constexpr std::size_t kPendingMax = 64;

template <std::size_t N>
Text<N> words_member(const Json& body, const char* key) {
    Text<N> text;
    const std::string value = text_member(body, key);
    if (value.empty() || !text.assign(value)) {
        throw BadRequest{kUsage, fmt::format("'{}' is required, at most {} characters", key, N)};
    }
    return text;
}

Prose reason_member(const Json& body) {
    return words_member<Prose::kMax>(body, "reason");
}

std::uint64_t lifted(const Json& body) {
    std::uint64_t bits = 0;
    const auto list = body.find("checks");
    if (list == body.end() || !list->is_array()) {
        throw BadRequest{kUsage, "'checks' is a list of reject codes, as in [MAX_ORDER_QTY]"};
    }
    for (const Json& item : *list) {
        const std::string wanted = item.is_string() ? item.get<std::string>() : item.dump();
        bool known = false;
        for (unsigned i = 1; i < static_cast<unsigned>(RejectReason::Count_); ++i) {
            if (code(static_cast<RejectReason>(i)) == wanted) {
                bits |= std::uint64_t{1} << i;
                known = true;
            }
        }
        if (!known) {
            throw BadRequest{kUsage, fmt::format("'{}' is no reject code", wanted)};
        }
    }
    return bits;
}

}  // namespace

AdminResponse AdminApi::submit_or_keep(const Event& event) {
    const auto reply = std::visit(
        [this](const auto& change) -> std::optional<AdminReply> {
            if constexpr (requires { change.ticket; }) {
                return inputs_.submit(change);
            } else {
                return std::nullopt;
            }
        },
        event);
    if (!reply || !reply->needs_approval) {
        return json_answer(reply_json(reply));
    }
    const std::string who = std::visit(
        [](const auto& change) -> std::string {
            if constexpr (requires { change.who; }) {
                return std::string(change.who.view());
            } else {
                return {};
            }
        },
        event);
    if (pending_.size() == kPendingMax) {
        pending_.erase(pending_.begin());
    }
    pending_.push_back({++last_pending_, who, event});
    return json_answer({{"ok", false},
                        {"pending", std::to_string(last_pending_)},
                        {"text", fmt::format("{}; another person types: sluice approve {}",
                                             reply->text.view(), last_pending_)},
                        {"affected", "0"},
                        {"seq", std::to_string(reply->seq)}});
}

AdminResponse AdminApi::approve(const AdminRequest& request) {
    const Json body = parse_body(request);
    const unsigned number = number_member(body, "number");
    const auto found =
        std::find_if(pending_.begin(), pending_.end(),
                     [number](const Pending& pending) { return pending.number == number; });
    if (found == pending_.end()) {
        throw BadRequest{kNotFound, fmt::format("no change {} waits for approval", number)};
    }
    const Name approver = person(request);
    if (approver == found->who) {
        throw BadRequest{kNotPermitted,
                         fmt::format("{} asked for it; another person approves", found->who)};
    }
    const Event asked = found->change;
    pending_.erase(found);
    const auto reply = std::visit(
        [&](auto change) -> std::optional<AdminReply> {
            if constexpr (requires { change.approver; }) {
                change.approver = approver;
                return inputs_.submit(change);
            } else {
                return std::nullopt;
            }
        },
        asked);
    return json_answer(reply_json(reply));
}

AdminResponse AdminApi::rearm(const AdminRequest& request) {
    const Json body = parse_body(request);
    KillChange change;
    change.action = KillChange::Action::Rearm;
    change.scope = scope_member(body);
    change.scope_name = words_member<Name::kMax>(body, "name");
    change.reason = reason_member(body);
    change.who = person(request);
    return json_answer(reply_json(inputs_.submit(change)));
}

AdminResponse AdminApi::accept_config(const AdminRequest& request) {
    KillChange change;
    change.action = KillChange::Action::AcceptConfig;
    change.scope = ScopeKind::Firm;
    change.reason = reason_member(parse_body(request));
    change.who = person(request);
    return json_answer(reply_json(inputs_.submit(change)));
}

AdminResponse AdminApi::set_phase(const AdminRequest& request) {
    const Json body = parse_body(request);
    PhaseChange change;
    change.market = words_member<Name::kMax>(body, "market");
    const std::string word = text_member(body, "phase");
    const auto phase = phase_of(word);
    if (!phase) {
        throw BadRequest{kUsage, fmt::format("'phase' = '{}' is none of closed, pre_open, auction, "
                                             "continuous, post_close",
                                             word)};
    }
    change.phase = *phase;
    change.reason = reason_member(body);
    change.who = person(request);
    return json_answer(reply_json(inputs_.submit(change)));
}

AdminResponse AdminApi::set_status(const AdminRequest& request) {
    const Json body = parse_body(request);
    StatusChange change;
    change.symbol = words_member<SymbolName::kMax>(body, "symbol");
    const std::string word = text_member(body, "status");
    bool known = false;
    for (const TradingStatus status : {TradingStatus::Active, TradingStatus::Halted,
                                       TradingStatus::Suspended, TradingStatus::Expired}) {
        if (to_text(status) == word) {
            change.status = status;
            known = true;
        }
    }
    if (!known) {
        throw BadRequest{kUsage,
                         fmt::format("'status' = '{}' is none of active, halted, suspended, "
                                     "expired",
                                     word)};
    }
    change.reason = reason_member(body);
    change.who = person(request);
    return json_answer(reply_json(inputs_.submit(change)));
}

AdminResponse AdminApi::set_rate(const AdminRequest& request) {
    const Json body = parse_body(request);
    FxUpdate update;
    update.from = words_member<3>(body, "from");
    update.to = words_member<3>(body, "to");
    update.rate = decimal_member(body, "rate");
    update.source.assign_prefix(text_member(body, "source", request.user));
    return json_answer(reply_json(inputs_.submit(update)));
}

AdminResponse AdminApi::load_position(const AdminRequest& request) {
    const Json body = parse_body(request);
    PositionLoad load;
    load.account = words_member<Name::kMax>(body, "account");
    load.symbol = words_member<SymbolName::kMax>(body, "symbol");
    load.position = decimal_member(body, "position");
    load.action =
        flag_member(body, "accept") ? PositionLoad::Action::Accept : PositionLoad::Action::Compare;
    load.reason = reason_member(body);
    load.who = person(request);
    return json_answer(reply_json(inputs_.submit(load)));
}

AdminResponse AdminApi::add_override(const AdminRequest& request) {
    const Json body = parse_body(request);
    OverrideTicket ticket;
    ticket.account = words_member<Name::kMax>(body, "account");
    ticket.symbol = words_member<SymbolName::kMax>(body, "symbol");
    const std::string side = text_member(body, "side");
    if (side != "buy" && side != "sell") {
        throw BadRequest{kUsage, "'side' is buy or sell"};
    }
    ticket.side = side == "buy" ? Side::Buy : Side::Sell;
    ticket.max_qty = Quantity{decimal_member(body, "max_qty")};
    ticket.bound = Price{decimal_member(body, "price")};
    ticket.lifts = lifted(body);
    const unsigned seconds = number_member(body, "for_seconds");
    ticket.expires = UtcNanos{now_ns() + std::int64_t{seconds} * kNanosPerSecond};
    ticket.reason = reason_member(body);
    ticket.who = person(request);
    return submit_or_keep(ticket);
}

}  // namespace sluice::app
