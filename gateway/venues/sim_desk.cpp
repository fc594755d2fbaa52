#include "gateway/venues/sim_desk.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace sluice {
namespace {

using Failed = Result<Saying, std::string>;

std::optional<VenueEventKind> execution_kind(std::string_view exec_type) {
    if (exec_type.size() != 1) {
        return std::nullopt;
    }
    switch (exec_type.front()) {
        case '0':
            return VenueEventKind::New;
        case '3':
            return VenueEventKind::DoneForDay;
        case '4':
            return VenueEventKind::Canceled;
        case '5':
            return VenueEventKind::Replaced;
        case '6':
            return VenueEventKind::PendingCancel;
        case '7':
            return VenueEventKind::Stopped;
        case '8':
            return VenueEventKind::Rejected;
        case '9':
            return VenueEventKind::Suspended;
        case 'A':
            return VenueEventKind::PendingNew;
        case 'C':
            return VenueEventKind::Expired;
        case 'D':
            return VenueEventKind::Restated;
        case 'E':
            return VenueEventKind::PendingReplace;
        case 'F':
        case '1':
        case '2':
            return VenueEventKind::Fill;
        case 'G':
            return VenueEventKind::TradeCorrect;
        case 'H':
            return VenueEventKind::TradeCancel;
        case 'I':
            return VenueEventKind::OrderStatus;
        case 'L':
            return VenueEventKind::Triggered;
        default:
            return std::nullopt;
    }
}

// The fields of one saying, as they come.
class Reading {
public:
    // What is wrong with the field; empty when nothing is.
    std::string take(int tag, std::string_view value, std::string_view whole) {
        VenueEvent& event = saying_.event;
        using namespace venue_event_flag;
        switch (tag) {
            case 35:
                msg_type_ = value;
                return value == "8" || value == "9" ? "" : "expected 35=8 or 35=9";
            case 150:
                exec_type_ = value;
                return execution_kind(value) ? "" : "150 is no ExecType(150) that is known";
            case 434:
                response_to_ = value;
                return value == "1" || value == "2" ? "" : "434 must be 1 or 2";
            case 11:
                saying_.cl_ord_id = value;
                return "";
            case 17:
                return text(event.venue_exec_id, tag, value);
            case 19:
                return text(event.ref_exec_id, tag, value);
            case 37:
                return text(event.venue_order_id, tag, value);
            case 58:
                return text(event.text, tag, value);
            case 31:
                return number(event.last_px.decimal, 0, tag, value);
            case 32:
                return number(event.last_qty.decimal, 0, tag, value);
            case 38:
                return number(event.order_qty.decimal, kHasOrderQty, tag, value);
            case 14:
                return number(event.cum_qty.decimal, kHasCumQty, tag, value);
            case 151:
                return number(event.leaves_qty.decimal, kHasLeavesQty, tag, value);
            case 44:
                return number(event.price.decimal, kHasPrice, tag, value);
            case 39:
                event.ord_status = value.size() == 1 ? value.front() : '\0';
                return event.ord_status != '\0' ? "" : "39 must be one character";
            case 102:
                event.flags |= value == "0" ? kTooLate : std::uint8_t{0};
                return "";
            case 378:
                return reason(value);
            default:
                return event.extras.append(whole) &&
                               event.extras.append(std::string_view("\x01", 1))
                           ? ""
                           : "more than 247 bytes are to be handed on";
        }
    }

    Failed finish() {
        VenueEvent& event = saying_.event;
        if (msg_type_.empty()) {
            return Failed::failure("expected 35=8 or 35=9");
        }
        if (saying_.cl_ord_id.empty()) {
            return Failed::failure("expected 11=, the client's ClOrdID(11) or our OrderID(37)");
        }
        if (msg_type_ == "9") {
            if (response_to_.empty()) {
                return Failed::failure("35=9 needs 434=1 (cancel) or 434=2 (replace)");
            }
            event.kind = response_to_ == "1" ? VenueEventKind::CancelRejected
                                             : VenueEventKind::ReplaceRejected;
            event.ord_status = 0;
            return saying_;
        }
        const auto kind = execution_kind(exec_type_);
        if (!kind) {
            return Failed::failure("35=8 needs 150=, the ExecType(150)");
        }
        event.kind = *kind;
        const bool trade = *kind == VenueEventKind::Fill || *kind == VenueEventKind::TradeCorrect;
        if (trade && (event.last_qty.is_zero() || !has_last_px_)) {
            return Failed::failure("an execution needs 32=, LastQty(32), and 31=, LastPx(31)");
        }
        const bool refers =
            *kind == VenueEventKind::TradeCancel || *kind == VenueEventKind::TradeCorrect;
        if (refers && event.ref_exec_id.empty()) {
            return Failed::failure("a bust or correction needs 19=, the ExecID(17) it is about");
        }
        if (*kind != VenueEventKind::OrderStatus) {
            event.ord_status = 0;
        }
        return saying_;
    }

private:
    template <std::size_t N>
    static std::string text(Text<N>& to, int tag, std::string_view value) {
        return to.assign(value)
                   ? ""
                   : std::to_string(tag) + " is longer than " + std::to_string(N) + " characters";
    }
    std::string number(Decimal& to, std::uint8_t flag, int tag, std::string_view value) {
        const auto parsed = Decimal::parse(value);
        if (!parsed.ok()) {
            return std::to_string(tag) + "='" + std::string(value) + "' " +
                   std::string(to_text(parsed.error()));
        }
        to = parsed.value();
        saying_.event.flags |= flag;
        has_last_px_ = has_last_px_ || tag == 31;
        return "";
    }
    std::string reason(std::string_view value) {
        std::uint8_t& to = saying_.event.restatement_reason;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), to);
        return error == std::errc() && end == value.data() + value.size()
                   ? ""
                   : "378 must be a number from 0 to 254";
    }

    Saying saying_;
    std::string msg_type_;
    std::string exec_type_;
    std::string response_to_;
    bool has_last_px_ = false;
};

}  // namespace

Result<Saying, std::string> read_saying(std::string_view text) {
    Reading reading;
    while (!text.empty()) {
        const std::size_t size = std::min(text.find_first_of("|\x01"), text.size());
        const std::string_view field = text.substr(0, size);
        text.remove_prefix(std::min(size + 1, text.size()));
        if (field.empty()) {
            continue;
        }
        const std::size_t equals = std::min(field.find('='), field.size());
        int tag = 0;
        const auto [end, error] = std::from_chars(field.data(), field.data() + equals, tag);
        if (error != std::errc() || end != field.data() + equals || tag <= 0 ||
            equals + 1 >= field.size() || field.front() == '0') {
            return Failed::failure("'" + std::string(field) + "' is not TAG=VALUE");
        }
        std::string wrong = reading.take(tag, field.substr(equals + 1), field);
        if (!wrong.empty()) {
            return Failed::failure(std::move(wrong));
        }
    }
    return reading.finish();
}

void SimDesk::take(const VenueRequest& request) {
    if (request.kind == VenueRequestKind::MassStatus) {
        return;
    }
    Order& order = orders_[request.order.value];
    switch (request.kind) {
        case VenueRequestKind::New:
            order.version = request.version;
            order.symbol = request.symbol;
            order.side = static_cast<char>(request.side);
            break;
        case VenueRequestKind::Cancel:
            order.cancel = request.version;
            break;
        case VenueRequestKind::Replace:
            if (std::find(order.replaces.begin(), order.replaces.end(), request.version) ==
                order.replaces.end()) {
                order.replaces.push_back(request.version);
            }
            break;
        case VenueRequestKind::Status:
        case VenueRequestKind::MassStatus:
            break;
    }
}

Result<std::uint32_t, std::string> SimDesk::answered(const Order& order, VenueEventKind kind) {
    using Answer = Result<std::uint32_t, std::string>;
    switch (kind) {
        case VenueEventKind::Canceled:
            return order.cancel != 0 ? order.cancel : order.version;
        case VenueEventKind::CancelRejected:
        case VenueEventKind::PendingCancel:
            return order.cancel != 0 ? Answer(order.cancel)
                                     : Answer::failure("no cancel of the order is unanswered");
        case VenueEventKind::Replaced:
        case VenueEventKind::ReplaceRejected:
        case VenueEventKind::PendingReplace:
            return !order.replaces.empty()
                       ? Answer(order.replaces.front())
                       : Answer::failure("no replace of the order is unanswered");
        default:
            return order.version;
    }
}

Result<Said, std::string> SimDesk::complete(Saying& saying) const {
    using Answer = Result<Said, std::string>;
    VenueEvent& event = saying.event;
    const auto found = orders_.find(event.order.value);
    if (found == orders_.end()) {
        return Answer::failure("the order was not sent to this venue");
    }
    const Order& order = found->second;
    if (!saying.names_request) {
        const auto version = answered(order, event.kind);
        if (!version.ok()) {
            return Answer::failure(version.error());
        }
        event.version = version.value();
    }
    event.symbol = order.symbol;
    event.side = order.side;
    return Said{event.order, event.version};
}

void SimDesk::heard(const VenueEvent& event) {
    const auto found = orders_.find(event.order.value);
    if (found == orders_.end()) {
        return;
    }
    Order& order = found->second;
    switch (event.kind) {
        case VenueEventKind::Replaced:
            order.version = event.version;
            std::erase(order.replaces, event.version);
            break;
        case VenueEventKind::ReplaceRejected:
            std::erase(order.replaces, event.version);
            break;
        case VenueEventKind::Canceled:
        case VenueEventKind::CancelRejected:
            order.cancel = order.cancel == event.version ? 0 : order.cancel;
            break;
        default:
            break;
    }
}

}  // namespace sluice
