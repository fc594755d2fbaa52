#include "sessions/codec/venue_codec.hpp"

#include <charconv>

#include "gateway/domain/command.hpp"
#include "sessions/codec/field_reader.hpp"
#include "sessions/codec/tags.hpp"

namespace sluice::codec {
namespace {

std::string_view msg_type(VenueRequestKind kind) {
    switch (kind) {
        case VenueRequestKind::New:
            return "D";
        case VenueRequestKind::Cancel:
            return "F";
        case VenueRequestKind::Replace:
            return "G";
        case VenueRequestKind::Status:
            return "H";
    }
    return "D";
}

// The fields of an answer that we read, as text.
struct Answer {
    std::string_view type;
    std::string_view cl_ord_id;
    std::string_view orig_cl_ord_id;
    std::string_view order_id;
    std::string_view exec_id;
    std::string_view exec_ref_id;
    std::string_view exec_type;
    std::string_view exec_trans_type;
    std::string_view ord_status;
    std::string_view order_qty;
    std::string_view cum_qty;
    std::string_view leaves_qty;
    std::string_view last_qty;
    std::string_view last_px;
    std::string_view price;
    std::string_view symbol;
    std::string_view side;
    std::string_view text;
    std::string_view transact_time;
    std::string_view cxl_rej_reason;
    std::string_view cxl_rej_response_to;
    std::string_view ref_msg_type;
    std::string_view business_ref_id;
    std::string_view msg_seq_num;

    std::string_view* slot(int tag) {
        switch (tag) {
            case tag::kMsgType:
                return &type;
            case tag::kClOrdId:
                return &cl_ord_id;
            case tag::kOrigClOrdId:
                return &orig_cl_ord_id;
            case tag::kOrderId:
                return &order_id;
            case tag::kExecId:
                return &exec_id;
            case tag::kExecRefId:
                return &exec_ref_id;
            case tag::kExecType:
                return &exec_type;
            case tag::kExecTransType:
                return &exec_trans_type;
            case tag::kOrdStatus:
                return &ord_status;
            case tag::kOrderQty:
                return &order_qty;
            case tag::kCumQty:
                return &cum_qty;
            case tag::kLeavesQty:
                return &leaves_qty;
            case tag::kLastQty:
                return &last_qty;
            case tag::kLastPx:
                return &last_px;
            case tag::kPrice:
                return &price;
            case tag::kSymbol:
                return &symbol;
            case tag::kSide:
                return &side;
            case tag::kText:
                return &text;
            case tag::kTransactTime:
                return &transact_time;
            case tag::kCxlRejReason:
                return &cxl_rej_reason;
            case tag::kCxlRejResponseTo:
                return &cxl_rej_response_to;
            case tag::kRefMsgType:
                return &ref_msg_type;
            case tag::kBusinessRejectRefId:
                return &business_ref_id;
            case tag::kMsgSeqNum:
                return &msg_seq_num;
            default:
                return nullptr;
        }
    }
};

Answer read(std::string_view message) {
    Answer answer;
    FieldReader reader(message);
    FieldView field;
    while (reader.next(field)) {
        std::string_view* slot = answer.slot(field.tag);
        if (slot != nullptr && slot->data() == nullptr) {
            *slot = field.value;
        }
    }
    return answer;
}

bool read_decimal(std::string_view text, Decimal& out) {
    const auto value = Decimal::parse(text);
    if (!value.ok()) {
        return false;
    }
    out = value.value();
    return true;
}

// A number of at most nine digits; 0 for anything else.
std::uint32_t read_number(std::string_view text) {
    std::uint32_t value = 0;
    if (text.size() > 9) {
        return 0;
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : 0;
}

// "20260102-03:04:05[.fraction]" as ns since 1970; 0 when it is none.
UtcNanos read_time(std::string_view text) {
    if (text.size() < 17 || text[8] != '-' || text[11] != ':' || text[14] != ':') {
        return {};
    }
    const auto part = [text](std::size_t at, std::size_t n) {
        return static_cast<int>(read_number(text.substr(at, n)));
    };
    // Days from the civil calendar (Howard Hinnant, chrono-compatible low-level date algorithms).
    int year = part(0, 4);
    const int month = part(4, 2);
    const int day = part(6, 2);
    if (month < 1 || month > 12 || day < 1 || day > 31) {
        return {};
    }
    year -= month <= 2 ? 1 : 0;
    const int era = year / 400;
    const int year_of_era = year - era * 400;
    const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    const std::int64_t days = std::int64_t{era} * 146'097 + day_of_era - 719'468;
    std::int64_t ns =
        (days * 86'400 + part(9, 2) * 3'600 + part(12, 2) * 60 + part(15, 2)) * kNanosPerSecond;
    std::int64_t weight = kNanosPerSecond / 10;
    for (std::size_t i = 18; i < text.size() && text[17] == '.' && text[i] >= '0' && text[i] <= '9';
         ++i) {
        ns += (text[i] - '0') * weight;
        weight /= 10;
    }
    return {ns};
}

std::optional<VenueEventKind> kind_of(char exec_type) {
    switch (exec_type) {
        case '0':
            return VenueEventKind::New;
        case '1':
        case '2':
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
        case 'I':
            return VenueEventKind::OrderStatus;
        default:
            return std::nullopt;
    }
}

std::optional<VenueEventKind> execution_kind(const Answer& answer, FixVersion version) {
    if (answer.exec_type.size() != 1) {
        return std::nullopt;
    }
    if (version == FixVersion::Fix42) {
        if (answer.exec_trans_type == "1") {
            return VenueEventKind::TradeCancel;
        }
        if (answer.exec_trans_type == "2") {
            return VenueEventKind::TradeCorrect;
        }
        if (answer.exec_trans_type == "3") {
            return VenueEventKind::OrderStatus;
        }
    }
    return kind_of(answer.exec_type.front());
}

std::optional<VenueEventKind> reject_kind(std::string_view request_type) {
    if (request_type == "D") {
        return VenueEventKind::Rejected;
    }
    if (request_type == "F") {
        return VenueEventKind::CancelRejected;
    }
    if (request_type == "G") {
        return VenueEventKind::ReplaceRejected;
    }
    return std::nullopt;
}

std::optional<VenueEventKind> kind_of(const Answer& answer, FixVersion version) {
    if (answer.type == "8") {
        return execution_kind(answer, version);
    }
    if (answer.type == "9") {
        return answer.cxl_rej_response_to == "2" ? VenueEventKind::ReplaceRejected
                                                 : VenueEventKind::CancelRejected;
    }
    if (answer.type == "j") {
        return reject_kind(answer.ref_msg_type);
    }
    return std::nullopt;
}

void read_flagged(std::string_view text, Decimal& out, std::uint8_t flag, VenueEvent& event) {
    if (read_decimal(text, out)) {
        event.flags = static_cast<std::uint8_t>(event.flags | flag);
    }
}

}  // namespace

std::string_view RequestEncoder::encode(const VenueRequest& request, const MessageHeader& header) {
    out_.begin(header, msg_type(request.kind));
    ids(request);
    if (!request.account.empty()) {
        out_.text(tag::kAccount, request.account.view());
    }
    const bool order =
        request.kind == VenueRequestKind::New || request.kind == VenueRequestKind::Replace;
    if (order && version_ == FixVersion::Fix42) {
        out_.character(tag::kHandlInst, '1');
    }
    out_.text(tag::kSymbol, request.symbol.view());
    out_.character(tag::kSide, static_cast<char>(request.side));
    if (request.kind != VenueRequestKind::Status) {
        out_.time(tag::kTransactTime, request.time);
        out_.decimal(tag::kOrderQty, request.order_qty.decimal);
    }
    if (order) {
        terms(request);
    }
    return out_.finish();
}

void RequestEncoder::ids(const VenueRequest& request) {
    const bool acts_on_another =
        request.kind == VenueRequestKind::Cancel || request.kind == VenueRequestKind::Replace;
    // A status request names the order by the ClOrdID(11) that the venue knows it by.
    const std::uint32_t version =
        request.kind == VenueRequestKind::Status ? request.orig_version : request.version;
    out_.text(tag::kClOrdId, venue_cl_ord_id_text(instance_, request.order, version).view());
    if (acts_on_another) {
        out_.text(tag::kOrigClOrdId,
                  venue_cl_ord_id_text(instance_, request.order, request.orig_version).view());
    }
    if (request.kind != VenueRequestKind::New && !request.venue_order_id.empty()) {
        out_.text(tag::kOrderId, request.venue_order_id.view());
    }
}

void RequestEncoder::terms(const VenueRequest& request) {
    out_.character(tag::kOrdType, static_cast<char>(request.ord_type));
    if ((request.flags & command_flag::kHasPrice) != 0) {
        out_.decimal(tag::kPrice, request.price.decimal);
    }
    if ((request.flags & command_flag::kHasStopPx) != 0) {
        out_.decimal(tag::kStopPx, request.stop_px.decimal);
    }
    out_.character(tag::kTimeInForce, static_cast<char>(request.time_in_force));
    if (!request.ex_destination.empty()) {
        out_.text(tag::kExDestination, request.ex_destination.view());
    }
}

std::optional<VenueEvent> decode_venue(std::string_view message,
                                       FixVersion version,
                                       VenueId venue,
                                       const Instance& instance) {
    const Answer answer = read(message);
    const auto kind = kind_of(answer, version);
    if (!kind) {
        return std::nullopt;
    }
    VenueEvent event;
    event.kind = *kind;
    event.venue = venue;
    event.venue_seq = read_number(answer.msg_seq_num);
    event.transact_time = read_time(answer.transact_time);
    event.text.assign_prefix(answer.text);
    event.symbol.assign_prefix(answer.symbol);
    event.side = answer.side.size() == 1 ? answer.side.front() : '\0';
    event.venue_order_id.assign_prefix(answer.order_id);
    event.venue_exec_id.assign_prefix(answer.exec_id);
    event.ref_exec_id.assign_prefix(answer.exec_ref_id);

    const auto ours = parse_venue_cl_ord_id(
        instance, answer.type == "j" ? answer.business_ref_id : answer.cl_ord_id);
    if (ours) {
        event.order = ours->order;
        event.version = ours->version;
    } else {
        event.flags = static_cast<std::uint8_t>(event.flags | venue_event_flag::kUnknownOrder);
    }
    if (answer.type == "9" && answer.cxl_rej_reason == "0") {
        event.flags = static_cast<std::uint8_t>(event.flags | venue_event_flag::kTooLate);
    }
    if (answer.type == "8") {
        read_flagged(answer.order_qty, event.order_qty.decimal, venue_event_flag::kHasOrderQty,
                     event);
        read_flagged(answer.cum_qty, event.cum_qty.decimal, venue_event_flag::kHasCumQty, event);
        read_flagged(answer.leaves_qty, event.leaves_qty.decimal, venue_event_flag::kHasLeavesQty,
                     event);
        read_flagged(answer.price, event.price.decimal, venue_event_flag::kHasPrice, event);
        read_decimal(answer.last_qty, event.last_qty.decimal);
        read_decimal(answer.last_px, event.last_px.decimal);
    }
    return event;
}

}  // namespace sluice::codec
