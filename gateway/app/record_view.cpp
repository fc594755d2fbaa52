#include "gateway/app/record_view.hpp"

#include <bit>

#include <fmt/format.h>

#include "gateway/core/input_codec.hpp"
#include "gateway/domain/fix_record.hpp"

namespace sluice::app {
namespace {

std::string approval(const Name& approver) {
    return approver.empty() ? std::string() : fmt::format(", approved by {}", approver.view());
}

using journal::Frame;
using journal::RecordType;

std::string_view text_of(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// The raw message behind the head of a FIX record: u32 length, bytes.
template <class Head>
std::string raw_of(const Frame& frame) {
    const auto rest = frame.payload.subspan(std::min(sizeof(Head), frame.payload.size()));
    std::uint32_t length = 0;
    if (rest.size() < sizeof length) {
        return {};
    }
    std::memcpy(&length, rest.data(), sizeof length);
    return std::string(text_of(rest.subspan(sizeof length)).substr(0, length));
}

std::string order_words(
    Side side, Quantity qty, std::string_view symbol, OrdType type, Price price, TimeInForce tif) {
    return fmt::format("{} {} {} {}{} {}", to_text(side), qty.to_string(), symbol, to_text(type),
                       type == OrdType::Market ? "" : " " + price.to_string(), to_text(tif));
}

std::string scope_words(ScopeKind scope, std::string_view name, std::string_view symbol) {
    std::string text(to_text(scope));
    text += name.empty() ? "" : " " + std::string(name);
    text += symbol.empty() ? "" : " " + std::string(symbol);
    return text;
}

std::string_view kind_words(VenueEventKind kind) {
    switch (kind) {
        case VenueEventKind::SessionUp:
            return "up";
        case VenueEventKind::SessionDown:
            return "down";
        case VenueEventKind::PendingNew:
            return "PendingNew";
        case VenueEventKind::New:
            return "New";
        case VenueEventKind::Rejected:
            return "Rejected";
        case VenueEventKind::Fill:
            return "Trade";
        case VenueEventKind::Canceled:
            return "Canceled";
        case VenueEventKind::Replaced:
            return "Replaced";
        case VenueEventKind::CancelRejected:
            return "cancel rejected";
        case VenueEventKind::ReplaceRejected:
            return "replace rejected";
        case VenueEventKind::Expired:
            return "Expired";
        case VenueEventKind::DoneForDay:
            return "DoneForDay";
        case VenueEventKind::Restated:
            return "Restated";
        case VenueEventKind::TradeCancel:
            return "TradeCancel";
        case VenueEventKind::TradeCorrect:
            return "TradeCorrect";
        case VenueEventKind::PendingCancel:
            return "PendingCancel";
        case VenueEventKind::PendingReplace:
            return "PendingReplace";
        case VenueEventKind::Stopped:
            return "Stopped";
        case VenueEventKind::Suspended:
            return "Suspended";
        case VenueEventKind::OrderStatus:
            return "OrderStatus";
        case VenueEventKind::Triggered:
            return "Triggered";
        case VenueEventKind::Unreadable:
            return "unreadable";
    }
    return "?";
}

std::string_view kind_words(VenueRequestKind kind) {
    switch (kind) {
        case VenueRequestKind::New:
            return "new order";
        case VenueRequestKind::Cancel:
            return "cancel";
        case VenueRequestKind::Replace:
            return "replace";
        case VenueRequestKind::Status:
            return "status request";
        case VenueRequestKind::MassStatus:
            return "mass status request";
    }
    return "?";
}

}  // namespace

RecordRow RecordView::row(const Frame& frame) {
    RecordRow row;
    row.seq = frame.seq;
    row.time_ns = frame.meta.t_utc_ns;
    row.type = frame.meta.type;
    row.event = journal::name(frame.meta.type);
    if (frame.meta.order_id != 0) {
        row.order = order_id_text(instance_, OrderId{frame.meta.order_id}).view();
    }
    switch (frame.meta.type) {
        case RecordType::ConfigDoc:
            fill_config(frame, row);
            break;
        case RecordType::FixIn:
            row.event = "fix in";
            row.session = session_name(frame.meta.session);
            row.raw = raw_of<FixInHead>(frame);
            row.detail = describe_(row.raw);
            break;
        case RecordType::FixOut:
            row.event = "fix out";
            row.session = session_name(frame.meta.session);
            row.raw = raw_of<FixOutHead>(frame);
            row.detail = describe_(row.raw);
            break;
        case RecordType::SessionSeq:
            row.event = "numbers";
            row.session = session_name(frame.meta.session);
            if (const auto head = frame.head<SessionSeqHead>()) {
                row.detail =
                    fmt::format("next out {} next in {}", head->next_sender, head->next_target);
            }
            break;
        case RecordType::Command:
            if (const auto value = frame.head<Command>()) {
                fill_command(*value, row);
            }
            break;
        case RecordType::Decision:
            if (const auto value = frame.head<Decision>()) {
                fill_decision(*value, row);
            }
            break;
        case RecordType::Egress:
            if (const auto value = frame.head<VenueRequest>()) {
                fill_request(*value, row);
            }
            break;
        case RecordType::VenueEvent:
            if (const auto value = frame.head<VenueEvent>()) {
                fill_venue_event(*value, row);
            }
            break;
        case RecordType::SessionEvent:
            if (const auto value = frame.head<SessionEvent>()) {
                fill_session_event(*value, row);
            }
            break;
        case RecordType::LimitChange:
            if (const auto value = frame.head<LimitChange>()) {
                fill_change(*value, row);
            }
            break;
        case RecordType::KillChange:
            if (const auto value = frame.head<KillChange>()) {
                fill_change(*value, row);
            }
            break;
        case RecordType::RefPrice:
            if (const auto value = frame.head<RefPrice>()) {
                fill_price(*value, row);
            }
            break;
        case RecordType::PhaseChange:
            if (const auto value = frame.head<PhaseChange>()) {
                row.event = "phase";
                row.detail =
                    fmt::format("market {} {} by {} ({})", value->market.view(),
                                to_text(value->phase), value->who.view(), value->reason.view());
            }
            break;
        case RecordType::StatusChange:
            if (const auto value = frame.head<StatusChange>()) {
                row.event = "status";
                row.symbol = value->symbol.view();
                row.detail = fmt::format("{} {} by {} ({})", row.symbol, to_text(value->status),
                                         value->who.view(), value->reason.view());
            }
            break;
        case RecordType::FxRate:
            if (const auto value = frame.head<FxUpdate>()) {
                row.event = "rate";
                row.detail = fmt::format("{}/{} {} from {}", value->from.view(), value->to.view(),
                                         value->rate.to_string(), value->source.view());
            }
            break;
        case RecordType::PositionLoad:
            if (const auto value = frame.head<PositionLoad>()) {
                row.event = "position";
                row.account = value->account.view();
                row.symbol = value->symbol.view();
                row.detail =
                    fmt::format("{} {} in {} {} by {} ({})",
                                value->action == PositionLoad::Action::Accept ? "accepts" : "loads",
                                value->position.to_string(), row.account, row.symbol,
                                value->who.view(), value->reason.view());
            }
            break;
        case RecordType::OverrideTicket:
            if (const auto value = frame.head<OverrideTicket>()) {
                row.event = "override";
                row.account = value->account.view();
                row.symbol = value->symbol.view();
                row.detail = fmt::format(
                    "one {} of {} in {} {} at {} until {} by {}, approved by {} ({})",
                    to_text(value->side), value->max_qty.to_string(), row.account, row.symbol,
                    value->bound.to_string(), iso_time(value->expires.value), value->who.view(),
                    value->approver.empty() ? "nobody" : value->approver.view(),
                    value->reason.view());
            }
            break;
        case RecordType::InvariantFail:
            row.event = "invariant";
            row.detail =
                text_of(frame.payload.subspan(std::min(sizeof(AlertHead), frame.payload.size())));
            break;
        case RecordType::OrderAction:
            if (const auto value = frame.head<OrderAction>()) {
                fill_action(*value, row);
            }
            break;
        case RecordType::DayRoll:
            row.event = "day roll";
            break;
        case RecordType::Process:
            if (const auto value = frame.head<ProcessStart>()) {
                row.event = "process";
                row.detail =
                    fmt::format("start, epoch {}, pid {}, version {}, host {}", value->epoch,
                                value->pid, value->version.view(), value->host.view());
            }
            break;
        case RecordType::Alert:
            row.event = "alert";
            row.detail =
                text_of(frame.payload.subspan(std::min(sizeof(AlertHead), frame.payload.size())));
            break;
        default:
            break;
    }
    return row;
}

void RecordView::fill_action(const OrderAction& action, RecordRow& row) const {
    row.event = "operator";
    row.order = order_id_text(instance_, action.order).view();
    const std::string order = row.order;
    switch (action.kind) {
        case OrderAction::Kind::Cancel:
            row.detail = fmt::format("cancel {}", order);
            break;
        case OrderAction::Kind::ResolveFilled:
            row.detail = fmt::format("{} resolved: filled {} @{}", order, action.qty.to_string(),
                                     action.price.to_string());
            break;
        case OrderAction::Kind::ResolveCanceled:
            row.detail = fmt::format("{} resolved: canceled", order);
            break;
        case OrderAction::Kind::ResolveRejected:
            row.detail = fmt::format("{} resolved: rejected", order);
            break;
        case OrderAction::Kind::ResolveWorking:
            row.detail = fmt::format("{} resolved: working", order);
            break;
    }
    row.detail += fmt::format(" by {}: {}", action.who.view(), action.reason.view());
}

void RecordView::fill_command(const Command& command, RecordRow& row) const {
    row.event = "received";
    row.session = session_name(command.session.value);
    row.account = command.account.view();
    row.symbol = command.symbol.view();
    row.cl_ord_id = command.cl_ord_id.view();
    row.orig_cl_ord_id = command.orig_cl_ord_id.view();
    const std::string words = order_words(command.side, command.order_qty, command.symbol.view(),
                                          command.ord_type, command.price, command.time_in_force);
    switch (command.kind) {
        case CommandKind::NewOrder:
            row.detail = fmt::format("FIX {} {} {}", command.msg_type.view(), row.cl_ord_id, words);
            break;
        case CommandKind::Replace:
            row.detail = fmt::format("FIX {} {} replaces {}: {}", command.msg_type.view(),
                                     row.cl_ord_id, row.orig_cl_ord_id, words);
            break;
        case CommandKind::Cancel:
            row.detail = fmt::format("FIX {} {} cancels {}", command.msg_type.view(), row.cl_ord_id,
                                     row.orig_cl_ord_id);
            break;
        case CommandKind::Status:
            row.detail = fmt::format("FIX {} asks for {}", command.msg_type.view(), row.cl_ord_id);
            break;
        case CommandKind::MassCancel:
            row.detail =
                fmt::format("FIX {} {} cancels {}", command.msg_type.view(), row.cl_ord_id,
                            row.symbol.empty() ? "every order" : "every order in " + row.symbol);
            break;
        case CommandKind::MassStatus:
            row.detail = fmt::format("FIX {} asks for all orders", command.msg_type.view());
            break;
        case CommandKind::DontKnow:
            row.detail = fmt::format("FIX {} does not know the trade {}", command.msg_type.view(),
                                     command.request_id.view());
            break;
        case CommandKind::Unsupported:
            row.detail = fmt::format("FIX {}, which is not supported", command.msg_type.view());
            break;
    }
    if (!command.defect.empty()) {
        row.detail += fmt::format(" ({})", command.defect.view());
    }
}

void RecordView::fill_decision(const Decision& decision, RecordRow& row) const {
    row.event = "risk";
    if (decision.accepted) {
        row.detail = fmt::format("ACCEPT  limits v{}, {} checks", decision.config_version,
                                 std::popcount(decision.checks_run));
        if (decision.venue.value != kNoIndex) {
            row.venue = name(names_.venues, decision.venue.value);
            row.detail +=
                fmt::format(", route {} by {}", row.venue, to_text(decision.route_reason));
            row.detail +=
                decision.route_rule != 0 ? fmt::format(" rule {}", decision.route_rule) : "";
        }
        if (decision.ref_source != RefSource::None) {
            row.detail += fmt::format(", reference {} ({})", decision.ref_px.to_string(),
                                      to_text(decision.ref_source));
        }
        return;
    }
    row.reason = code(decision.reason);
    row.detail = fmt::format("REJECT  {}", row.reason);
    if (decision.limit_key != LimitKey::None) {
        row.detail += fmt::format("  {} {} {}: {} against a limit of {}", to_text(decision.scope),
                                  decision.scope_name.view(), to_text(decision.limit_key),
                                  decision.observed.to_string(), decision.limit.to_string());
    }
    row.detail += fmt::format("  limits v{}", decision.config_version);
}

void RecordView::fill_request(const VenueRequest& request, RecordRow& row) const {
    row.event = "routed";
    row.venue = name(names_.venues, request.venue.value);
    row.symbol = request.symbol.view();
    row.account = request.account.view();
    row.order = order_id_text(instance_, request.order).view();
    row.detail =
        fmt::format("{} to {} as {}", kind_words(request.kind), row.venue,
                    venue_cl_ord_id_text(instance_, request.order, request.version).view());
}

void RecordView::fill_venue_event(const VenueEvent& event, RecordRow& row) const {
    row.event = "venue";
    row.venue = name(names_.venues, event.venue.value);
    row.symbol = event.symbol.view();
    row.detail = fmt::format("{} {}", row.venue, kind_words(event.kind));
    if (event.order.value != 0) {
        row.order = order_id_text(instance_, event.order).view();
    }
    if (event.kind == VenueEventKind::Fill) {
        row.detail += fmt::format(" {} @{} exec {}", event.last_qty.to_string(),
                                  event.last_px.to_string(), event.venue_exec_id.view());
    }
    if (!event.text.empty()) {
        row.detail += fmt::format(" ({})", event.text.view());
    }
}

void RecordView::fill_session_event(const SessionEvent& event, RecordRow& row) const {
    row.event = "session";
    row.session = session_name(event.session.value);
    row.detail = event.kind == SessionEvent::Kind::LoggedOn    ? "logged on"
                 : event.kind == SessionEvent::Kind::LoggedOut ? "logged out"
                                                               : "disconnected";
}

void RecordView::fill_price(const RefPrice& price, RecordRow& row) {
    const auto stated = [&](std::uint8_t flag, const Price& value) {
        return (price.flags & flag) != 0 ? value.to_string() : "-";
    };
    row.event = "price";
    row.symbol = price.symbol.view();
    row.detail = fmt::format("{} bid {} ask {} last {} close {} from {}", row.symbol,
                             stated(RefPrice::kBid, price.bid), stated(RefPrice::kAsk, price.ask),
                             stated(RefPrice::kLast, price.last),
                             stated(RefPrice::kClose, price.close), price.source.view());
}

void RecordView::fill_config(const Frame& frame, RecordRow& row) {
    row.event = "config";
    const auto config = parse_(text_of(frame.payload));
    if (!config.ok()) {
        row.detail = "cannot be read: " + config.error();
        return;
    }
    names_.learn(config.value());
    (void)instance_.assign(config.value().instance);
    row.detail = fmt::format("{} sessions, {} accounts, {} instruments, {} venues",
                             config.value().sessions.size(), config.value().accounts.size(),
                             config.value().instruments.size(), config.value().venues.size());
}

void RecordView::fill_change(const LimitChange& change, RecordRow& row) const {
    row.event = "limit";
    row.account = change.scope == ScopeKind::Account ? std::string(change.scope_name.view()) : "";
    row.symbol = change.symbol.view();
    const std::string value = change.state == LimitValue::State::Unlimited ? "unlimited"
                              : change.state == LimitValue::State::NotSet
                                  ? "not set"
                                  : change.value.to_string();
    row.detail =
        fmt::format("{} {} = {}{} by {}{} ({})",
                    scope_words(change.scope, change.scope_name.view(), change.symbol.view()),
                    to_text(change.key), value,
                    change.until.value == 0 ? "" : " until " + iso_time(change.until.value),
                    change.who.view(), approval(change.approver), change.reason.view());
}

void RecordView::fill_change(const KillChange& change, RecordRow& row) const {
    row.event = "kill";
    row.account = change.scope == ScopeKind::Account ? std::string(change.scope_name.view()) : "";
    row.symbol = change.symbol.view();
    const std::string_view action = to_text(change.action);
    row.detail =
        fmt::format("{} {} by {}{} ({})", action,
                    scope_words(change.scope, change.scope_name.view(), change.symbol.view()),
                    change.who.view(), approval(change.approver), change.reason.view());
}

std::string RecordView::name(const Names& names, std::uint32_t id) const {
    return id < names.size() ? std::string(names.name(id)) : fmt::format("#{}", id);
}

// A venue's first line goes by the venue's name, its second by NAME/2.
std::string RecordView::session_name(std::uint32_t index) const {
    if (!is_venue_session(index)) {
        return name(names_.sessions, index);
    }
    const std::string venue = name(names_.venues, venue_of_session(index).value);
    const std::uint32_t line = line_of_session(index);
    return line == 0 ? venue : fmt::format("{}/{}", venue, line + 1);
}

}  // namespace sluice::app
