#include "sessions/codec/venue_decoder.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "sessions/codec/extras.hpp"
#include "sessions/codec/field_reader.hpp"
#include "sessions/codec/prose_builder.hpp"
#include "sessions/codec/tags.hpp"
#include "sessions/codec/utc_time.hpp"

namespace sluice::codec {
namespace {

// The fields of interest as texts; absent ones are empty. The first of a repeated tag counts.
struct Said {
    std::string_view msg_type, msg_seq_num, cl_ord_id, orig_cl_ord_id, order_id, exec_id, ref_id,
        exec_type, exec_trans_type, ord_status, symbol, side, order_qty, cum_qty, leaves_qty,
        last_qty, last_px, price, transact_time, text, cxl_reason, rej_reason, restatement,
        response_to, ref_msg_type, business_ref;
};

std::string_view Said::*member_of(int tag) {
    switch (tag) {
        case tag::MsgType:
            return &Said::msg_type;
        case tag::MsgSeqNum:
            return &Said::msg_seq_num;
        case tag::ClOrdID:
            return &Said::cl_ord_id;
        case tag::OrigClOrdID:
            return &Said::orig_cl_ord_id;
        case tag::OrderID:
            return &Said::order_id;
        case tag::ExecID:
            return &Said::exec_id;
        case tag::ExecRefID:
            return &Said::ref_id;
        case tag::ExecType:
            return &Said::exec_type;
        case tag::ExecTransType:
            return &Said::exec_trans_type;
        case tag::OrdStatus:
            return &Said::ord_status;
        case tag::Symbol:
            return &Said::symbol;
        case tag::Side:
            return &Said::side;
        case tag::OrderQty:
            return &Said::order_qty;
        case tag::CumQty:
            return &Said::cum_qty;
        case tag::LeavesQty:
            return &Said::leaves_qty;
        case tag::LastQty:
            return &Said::last_qty;
        case tag::LastPx:
            return &Said::last_px;
        case tag::Price:
            return &Said::price;
        case tag::TransactTime:
            return &Said::transact_time;
        case tag::Text:
            return &Said::text;
        case tag::CxlRejReason:
            return &Said::cxl_reason;
        case tag::OrdRejReason:
            return &Said::rej_reason;
        case tag::ExecRestatementReason:
            return &Said::restatement;
        case tag::CxlRejResponseTo:
            return &Said::response_to;
        case tag::RefMsgType:
            return &Said::ref_msg_type;
        case tag::BusinessRejectRefID:
            return &Said::business_ref;
        default:
            return nullptr;
    }
}

bool read(std::string_view frame, Said& said, Extras& extras) {
    FieldReader reader(frame);
    ExtrasTaker taker(ExtrasFrom::Venue, extras);
    Field field;
    while (reader.next(field)) {
        const auto member = member_of(field.tag);
        if (member == nullptr) {
            (void)taker.take(field);
        } else if ((said.*member).empty()) {
            said.*member = field.value;
        }
    }
    return !reader.is_broken();
}

std::uint8_t restatement_in(std::string_view text) {
    std::uint8_t reason = VenueEvent::kNoReason;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), reason);
    const bool read = error == std::errc() && end == text.data() + text.size();
    return read ? reason : VenueEvent::kNoReason;
}

std::uint64_t fnv(std::string_view text) {
    std::uint64_t hash = 0xcbf2'9ce4'8422'2325ULL;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100'0000'01b3ULL;
    }
    return hash;
}

// ExecID(17) tells executions apart, so one that is too long keeps its beginning and a hash of all.
ForeignId execution_id(std::string_view text) {
    ForeignId id;
    if (id.assign(text)) {
        return id;
    }
    constexpr std::size_t kKept = ForeignId::kMax - 17;
    std::array<char, ForeignId::kMax> bytes{};
    std::copy_n(text.data(), kKept, bytes.data());
    bytes[kKept] = '~';
    std::uint64_t hash = fnv(text);
    for (std::size_t at = bytes.size(); at-- > kKept + 1; hash >>= 4U) {
        bytes[at] = "0123456789abcdef"[hash & 0xfU];
    }
    return ForeignId({bytes.data(), bytes.size()});
}

// Cuts a decimal that is finer than we keep, rounding half away from zero. Nothing when even that
// does not give a decimal.
std::optional<Decimal> rounded(std::string_view text) {
    const auto point = text.find('.');
    const std::size_t kept = point + 1 + Decimal::kDigits;
    if (point == std::string_view::npos || text.size() <= kept) {
        return std::nullopt;
    }
    const auto cut = Decimal::parse(text.substr(0, kept));
    if (!cut.ok()) {
        return std::nullopt;
    }
    const bool up = text[kept] >= '5';
    const std::int64_t units = cut.value().units();
    const std::int64_t step = text.starts_with('-') ? -1 : 1;
    std::int64_t result = 0;
    if (__builtin_add_overflow(units, up ? step : 0, &result)) {
        return std::nullopt;
    }
    return Decimal::from_units(result);
}

class Decoding {
public:
    Decoding(const Said& said, const Instance& instance, VenueEvent& out)
        : said_(said), instance_(instance), out_(out) {}

    VenueWord execution(FixVersion version) {
        const auto kind = execution_kind(version);
        if (!kind) {
            return unusable(tag::ExecType, said_.exec_type,
                            " is not an ExecType(150) that we know");
        }
        out_.kind = *kind;
        common();
        name_order();
        out_.restatement_reason = restatement_in(said_.restatement);
        if (is_unknown_order()) {
            out_.kind = VenueEventKind::OrderStatus;
        }
        if (out_.kind == VenueEventKind::OrderStatus && said_.ord_status.size() == 1) {
            out_.ord_status = said_.ord_status.front();
        }
        out_.venue_exec_id = execution_id(said_.exec_id);
        out_.ref_exec_id = execution_id(said_.ref_id);
        stated(said_.order_qty, out_.order_qty.decimal, venue_event_flag::kHasOrderQty);
        stated(said_.cum_qty, out_.cum_qty.decimal, venue_event_flag::kHasCumQty);
        stated(said_.leaves_qty, out_.leaves_qty.decimal, venue_event_flag::kHasLeavesQty);
        stated(said_.price, out_.price.decimal, venue_event_flag::kHasPrice);
        const bool trade = *kind == VenueEventKind::Fill || *kind == VenueEventKind::TradeCorrect;
        if (trade && (!needed(tag::LastQty, said_.last_qty, out_.last_qty.decimal) ||
                      !needed(tag::LastPx, said_.last_px, out_.last_px.decimal))) {
            return VenueWord::Unusable;
        }
        if (*kind == VenueEventKind::Stopped) {  // what is guaranteed, where the venue says it
            stated(said_.last_qty, out_.last_qty.decimal, 0);
            stated(said_.last_px, out_.last_px.decimal, 0);
        }
        if (out_.last_qty.units() < 0) {
            return unusable(tag::LastQty, said_.last_qty, " has a sign");
        }
        return VenueWord::Event;
    }

    VenueWord cancel_reject() {
        common();
        name_order();
        if (answers_status_request()) {
            out_.kind = VenueEventKind::OrderStatus;
            out_.ord_status = '8';
        } else if (said_.response_to == "1") {
            out_.kind = VenueEventKind::CancelRejected;
        } else if (said_.response_to == "2") {
            out_.kind = VenueEventKind::ReplaceRejected;
        } else {
            return unusable(tag::CxlRejResponseTo, said_.response_to, " is neither 1 nor 2");
        }
        if (said_.cxl_reason == "0") {
            out_.flags |= venue_event_flag::kTooLate;
        }
        return VenueWord::Event;
    }

    VenueWord business_reject() {
        common();
        const auto name = parse_venue_cl_ord_id(instance_, said_.business_ref);
        if (!name) {
            return VenueWord::NeedsRequest;
        }
        out_.order = name->order;
        out_.version = name->version;
        if (said_.ref_msg_type == "D") {
            out_.kind = VenueEventKind::Rejected;
        } else if (said_.ref_msg_type == "F") {
            out_.kind = VenueEventKind::CancelRejected;
        } else if (said_.ref_msg_type == "G") {
            out_.kind = VenueEventKind::ReplaceRejected;
        } else {
            return VenueWord::NotAboutOrder;  // a refused status request changes nothing
        }
        return VenueWord::Event;
    }

private:
    // OrdRejReason(103)=5: no new order is refused like that, so it answers a status request.
    bool is_unknown_order() const {
        return out_.kind == VenueEventKind::Rejected && said_.rej_reason == "5";
    }
    // A refused cancel or replace names what it acted on in OrigClOrdID(41); a status request has
    // only ClOrdID(11), and its answer says that one twice, or not what it answers at all.
    bool answers_status_request() const {
        return said_.ord_status == "8" && said_.cxl_reason == "1" &&
               (said_.response_to.empty() || said_.orig_cl_ord_id.empty() ||
                said_.orig_cl_ord_id == "NONE" || said_.orig_cl_ord_id == said_.cl_ord_id);
    }

    // FIX 4.2 tells corrections and status answers by ExecTransType(20); no later version has it.
    std::optional<VenueEventKind> execution_kind(FixVersion version) const {
        if (version == FixVersion::Fix42 && said_.exec_trans_type.size() == 1) {
            switch (said_.exec_trans_type.front()) {
                case '1':
                    return VenueEventKind::TradeCancel;
                case '2':
                    return VenueEventKind::TradeCorrect;
                case '3':
                    return VenueEventKind::OrderStatus;
                default:
                    break;
            }
        }
        return said_.exec_type.size() == 1 ? event_kind(said_.exec_type.front()) : std::nullopt;
    }

    void common() {
        if (const auto time = parse_utc(said_.transact_time)) {
            out_.transact_time = *time;
        }
        // Too long a name cannot be sent back, so it is as good as none.
        (void)out_.venue_order_id.assign(said_.order_id);
        (void)out_.symbol.assign(said_.symbol);
        out_.side = said_.side.size() == 1 ? said_.side.front() : '\0';
        out_.text.assign_prefix(said_.text);
    }

    // An answer to a request carries its ClOrdID(11). A venue that leaves it out may still name the
    // order it acted on.
    void name_order() {
        auto name = parse_venue_cl_ord_id(instance_, said_.cl_ord_id);
        if (!name) {
            name = parse_venue_cl_ord_id(instance_, said_.orig_cl_ord_id);
        }
        if (!name) {
            out_.flags |= venue_event_flag::kUnknownOrder;
            return;
        }
        out_.order = name->order;
        out_.version = name->version;
    }

    // A quantity beside the point that cannot be read is left out; a fill must be readable.
    void stated(std::string_view text, Decimal& to, std::uint8_t flag) {
        if (const auto parsed = Decimal::parse(text); parsed.ok()) {
            to = parsed.value();
            out_.flags |= flag;
        }
    }

    bool needed(int tag, std::string_view text, Decimal& to) {
        const auto parsed = Decimal::parse(text);
        if (parsed.ok()) {
            to = parsed.value();
            return true;
        }
        if (parsed.error() == DecimalError::TooPrecise) {
            if (const auto near = rounded(text)) {
                to = *near;
                note_rounding(tag, text);
                return true;
            }
        }
        (void)unusable(tag, text, " cannot be read as a decimal");
        return false;
    }

    void note_rounding(int tag, std::string_view text) {
        if (out_.text.empty()) {
            out_.text = ProseBuilder()
                            .put_field(tag)
                            .put_value(text)
                            .put(" was rounded to 8 decimals")
                            .prose();
        }
    }

    VenueWord unusable(int tag, std::string_view value, std::string_view why) {
        out_.text = ProseBuilder().put_field(tag).put_value(value).put(why).prose();
        return VenueWord::Unusable;
    }

    const Said& said_;
    const Instance& instance_;
    VenueEvent& out_;
};

}  // namespace

std::optional<VenueEventKind> event_kind(char exec_type) {
    switch (exec_type) {
        case '0':
            return VenueEventKind::New;
        case '1':  // FIX 4.2 partial fill
        case '2':  // FIX 4.2 fill
        case 'F':
            return VenueEventKind::Fill;
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
        case 'G':
            return VenueEventKind::TradeCorrect;
        case 'H':
            return VenueEventKind::TradeCancel;
        case 'L':
            return VenueEventKind::Triggered;
        case 'B':  // calculated: the venue's end of day
        case 'I':
            return VenueEventKind::OrderStatus;
        default:
            return std::nullopt;
    }
}

VenueWord decode_venue(std::string_view frame,
                       FixVersion version,
                       VenueId venue,
                       const Instance& instance,
                       VenueEvent& out) {
    out = VenueEvent{};
    out.venue = venue;
    Said said;
    const bool whole = read(frame, said, out.extras);
    (void)std::from_chars(said.msg_seq_num.data(),
                          said.msg_seq_num.data() + said.msg_seq_num.size(), out.venue_seq);
    Decoding decoding(said, instance, out);
    if (said.msg_type != "8") {
        out.extras = Extras{};
    }
    if (said.msg_type != "8" && said.msg_type != "9" && said.msg_type != "j") {
        return VenueWord::NotAboutOrder;
    }
    if (!whole) {
        out.text.assign_prefix("the message breaks off inside a field");
        return VenueWord::Unusable;
    }
    if (said.msg_type == "8") {
        return decoding.execution(version);
    }
    return said.msg_type == "9" ? decoding.cancel_reject() : decoding.business_reject();
}

}  // namespace sluice::codec
