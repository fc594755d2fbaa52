#include "sessions/codec/spoken.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "sessions/codec/field_reader.hpp"
#include "sessions/codec/tags.hpp"
#include "sessions/codec/venue_decoder.hpp"

namespace sluice::codec {
namespace {

using Failed = Result<Spoken, std::string>;

std::optional<VenueEventKind> execution_kind(std::string_view exec_type) {
    return exec_type.size() == 1 ? event_kind(exec_type.front()) : std::nullopt;
}

// The fields as they come.
class Reading {
public:
    // What is wrong with the field; empty when nothing is.
    std::string take(const Field& field, std::string_view whole) {
        const std::string_view value = field.value;
        VenueEvent& event = spoken_.event;
        using namespace venue_event_flag;
        switch (field.tag) {
            case tag::MsgType:
                msg_type_ = value;
                return value == "8" || value == "9" ? "" : "expected 35=8 or 35=9";
            case tag::ExecType:
                exec_type_ = value;
                return execution_kind(value) ? "" : "150 is no ExecType(150) that is known";
            case tag::CxlRejResponseTo:
                response_to_ = value;
                return value == "1" || value == "2" ? "" : "434 must be 1 or 2";
            case tag::ClOrdID:
                spoken_.cl_ord_id = value;
                return "";
            case tag::ExecID:
                return text(event.venue_exec_id, field);
            case tag::ExecRefID:
                return text(event.ref_exec_id, field);
            case tag::OrderID:
                return text(event.venue_order_id, field);
            case tag::Text:
                return text(event.text, field);
            case tag::LastPx:
                return number(event.last_px.decimal, 0, field);
            case tag::LastQty:
                return number(event.last_qty.decimal, 0, field);
            case tag::OrderQty:
                return number(event.order_qty.decimal, kHasOrderQty, field);
            case tag::CumQty:
                return number(event.cum_qty.decimal, kHasCumQty, field);
            case tag::LeavesQty:
                return number(event.leaves_qty.decimal, kHasLeavesQty, field);
            case tag::Price:
                return number(event.price.decimal, kHasPrice, field);
            case tag::Symbol:
                return text(event.symbol, field);
            case tag::Side:
                event.side = value.size() == 1 ? value.front() : '\0';
                return event.side != '\0' ? "" : "54 must be one character";
            case tag::OrdStatus:
                event.ord_status = value.size() == 1 ? value.front() : '\0';
                return event.ord_status != '\0' ? "" : "39 must be one character";
            case tag::CxlRejReason:
                event.flags |= value == "0" ? kTooLate : std::uint8_t{0};
                return "";
            case tag::ExecRestatementReason:
                return reason(value);
            default:
                return event.extras.append(whole) &&
                               event.extras.append(std::string_view("\x01", 1))
                           ? ""
                           : "more than 247 bytes are to be handed on";
        }
    }

    Failed finish() {
        VenueEvent& event = spoken_.event;
        if (spoken_.cl_ord_id.starts_with('?')) {
            event.flags |= venue_event_flag::kUnknownOrder;
        }
        if (msg_type_.empty()) {
            return Failed::failure("expected 35=8 or 35=9");
        }
        if (spoken_.cl_ord_id.empty()) {
            return Failed::failure("expected 11=, the client's ClOrdID(11) or our OrderID(37)");
        }
        if (msg_type_ == "9") {
            if (response_to_.empty()) {
                return Failed::failure("35=9 needs 434=1 (cancel) or 434=2 (replace)");
            }
            event.kind = response_to_ == "1" ? VenueEventKind::CancelRejected
                                             : VenueEventKind::ReplaceRejected;
            event.ord_status = 0;
            return spoken_;
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
        return spoken_;
    }

private:
    template <std::size_t N>
    static std::string text(Text<N>& to, const Field& field) {
        return to.assign(field.value) ? ""
                                      : std::to_string(field.tag) + " is longer than " +
                                            std::to_string(N) + " characters";
    }
    std::string number(Decimal& to, std::uint8_t flag, const Field& field) {
        const auto parsed = Decimal::parse(field.value);
        if (!parsed.ok()) {
            return std::to_string(field.tag) + "='" + std::string(field.value) + "' " +
                   std::string(to_text(parsed.error()));
        }
        to = parsed.value();
        spoken_.event.flags |= flag;
        has_last_px_ = has_last_px_ || field.tag == tag::LastPx;
        return "";
    }
    std::string reason(std::string_view value) {
        std::uint8_t& to = spoken_.event.restatement_reason;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), to);
        return error == std::errc() && end == value.data() + value.size()
                   ? ""
                   : "378 must be a number from 0 to 254";
    }

    Spoken spoken_;
    std::string msg_type_;
    std::string exec_type_;
    std::string response_to_;
    bool has_last_px_ = false;
};

}  // namespace

Result<Spoken, std::string> read_spoken(std::string_view text) {
    Reading reading;
    while (!text.empty()) {
        const std::string_view whole = text.substr(0, text.find_first_of("|\x01"));
        text.remove_prefix(std::min(whole.size() + 1, text.size()));
        if (whole.empty()) {
            continue;
        }
        const std::size_t equals = std::min(whole.find('='), whole.size());
        Field field;
        const auto [end, error] = std::from_chars(whole.data(), whole.data() + equals, field.tag);
        if (error != std::errc() || end != whole.data() + equals || field.tag <= 0 ||
            equals + 1 >= whole.size() || whole.front() == '0') {
            return Failed::failure("'" + std::string(whole) + "' is not TAG=VALUE");
        }
        field.value = whole.substr(equals + 1);
        std::string wrong = reading.take(field, whole);
        if (!wrong.empty()) {
            return Failed::failure(std::move(wrong));
        }
    }
    return reading.finish();
}

}  // namespace sluice::codec
