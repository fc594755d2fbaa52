#include "sessions/codec/command_fields.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>

#include "sessions/codec/extra_rows.hpp"
#include "sessions/codec/prose_builder.hpp"
#include "sessions/codec/tags.hpp"
#include "sessions/codec/utc_time.hpp"

namespace sluice::codec {
namespace {

std::uint32_t sequence_number(std::string_view text) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

bool is_one_of(std::string_view value, std::string_view served) {
    return value.size() == 1 && served.find(value.front()) != std::string_view::npos;
}

bool is_order(CommandKind kind) {
    return kind == CommandKind::NewOrder || kind == CommandKind::Replace;
}

bool is_mass(CommandKind kind) {
    return kind == CommandKind::MassCancel || kind == CommandKind::MassStatus;
}

// ExecInst(18) is a list with blanks between. A peg would give the order another price than the one
// that is checked and reported here.
bool has_peg(std::string_view value) {
    return value.find_first_of("LMOPRTWad") != std::string_view::npos;
}

}  // namespace

// Where a field of a request on one order is taken; most of the others are passed over at once.
enum class Place : std::uint8_t { None = 0, Header, Common, Order, Rest };

constexpr auto kPlaces = [] {
    std::array<Place, detail::kExtraTagMax + 1> places{};
    const auto put = [&places](Place place, std::initializer_list<int> tags) {
        for (const int tag : tags) {
            places[static_cast<std::size_t>(tag)] = place;
        }
    };
    for (const ExtraRow& row : kExtraRows) {
        if ((row.from & extra::kClient) != 0) {
            put(Place::Rest, {row.tag});
        }
    }
    put(Place::Rest,
        {tag::MinQty, tag::CashOrderQty, tag::EffectiveTime, tag::OrderQty2, tag::SettlDate2,
         tag::MaxShow, tag::PegOffsetValue, tag::NoTradingSessions, tag::DiscretionInst,
         tag::DiscretionOffsetValue, tag::OrderPercent, tag::PegPriceType});
    put(Place::Header, {tag::MsgSeqNum, tag::PossDupFlag, tag::PossResend, tag::SenderSubID});
    put(Place::Common, {tag::ClOrdID, tag::OrigClOrdID, tag::Account, tag::Symbol,
                        tag::ExDestination, tag::Side, tag::OrdStatusReqID});
    put(Place::Order,
        {tag::OrderQty, tag::Price, tag::StopPx, tag::MaxFloor, tag::DisplayQty, tag::ExpireTime,
         tag::ExpireDate, tag::OrdType, tag::TimeInForce, tag::LocateReqd});
    return places;
}();

Place place_of(int tag) {
    if (tag <= detail::kExtraTagMax) {
        return kPlaces[static_cast<std::size_t>(tag)];
    }
    return tag == tag::LocateID ? Place::Order : tag >= kCustomTagMin ? Place::Rest : Place::None;
}

// A request about many orders with a filter that could not be read would touch too many of them.
CommandFields::CommandFields(Command& out)
    : out_(out),
      extras_(ExtrasFrom::Client, out.extras),
      strict_(is_order(out.kind) || is_mass(out.kind)) {}

void CommandFields::set(std::uint16_t flag, bool on) {
    if (on) {
        out_.flags |= flag;
    }
}

void CommandFields::take_header(const Field& field) {
    switch (field.tag) {
        case tag::MsgSeqNum:
            out_.msg_seq_num = sequence_number(field.value);
            break;
        case tag::PossDupFlag:
            set(command_flag::kPossDup, field.value == "Y");
            break;
        case tag::PossResend:
            set(command_flag::kPossResend, field.value == "Y");
            break;
        case tag::SenderSubID:
            // One that is too long names nobody that is configured.
            out_.trader.assign_prefix(field.value);
            break;
        default:
            break;
    }
}

void CommandFields::take(const Field& field) {
    switch (out_.kind) {
        case CommandKind::Unsupported:
            return take_unsupported(field);
        case CommandKind::DontKnow:
            return take_dont_know(field);
        case CommandKind::MassCancel:
        case CommandKind::MassStatus:
            return take_mass(field);
        default:
            break;
    }
    switch (place_of(field.tag)) {
        case Place::None:
            return;
        case Place::Header:
            return take_header(field);
        case Place::Common:
            return take_common(field);
        case Place::Order:
            return strict_ ? take_order(field) : void();
        case Place::Rest:
            return strict_ ? take_rest(field) : void();
    }
}

// Of a message that we do not serve nothing is judged; its ClOrdID(11) is echoed if it can be.
void CommandFields::take_unsupported(const Field& field) {
    if (field.tag == tag::ClOrdID && out_.cl_ord_id.empty()) {
        (void)out_.cl_ord_id.assign(field.value);
    }
    take_header(field);
}

// Nothing of it is refused: a person has to look at it. The order is known by ClOrdID(11) or by
// OrderID(37), which is kept in the place of the OrigClOrdID(41) that the message does not have.
void CommandFields::take_dont_know(const Field& field) {
    switch (field.tag) {
        case tag::ClOrdID:
            (void)out_.cl_ord_id.assign(field.value);
            break;
        case tag::OrderID:
            (void)out_.orig_cl_ord_id.assign(field.value);
            break;
        case tag::ExecID:
            (void)out_.request_id.assign(field.value);
            break;
        case tag::Symbol:
            (void)out_.symbol.assign(field.value);
            break;
        case tag::DKReason:
            out_.mass_type = field.value.size() == 1 ? field.value.front() : '\0';
            break;
        default:
            return take_header(field);
    }
}

void CommandFields::take_mass(const Field& field) {
    switch (field.tag) {
        case tag::ClOrdID:
            return id(field, kClOrdId, out_.cl_ord_id);
        case tag::MassStatusReqID:
            return id(field, kRequestId, out_.request_id);
        case tag::MassCancelRequestType:
        case tag::MassStatusReqType:
            out_.mass_type = field.value.size() == 1 ? field.value.front() : '?';
            return;
        case tag::Account:
            return word(field, kAccount, out_.account);
        case tag::Symbol:
            return word(field, kSymbol, out_.symbol);
        case tag::Side:
            return choice(field, kSide, "1256", out_.side, " is not served (1, 2, 5 or 6)");
        case tag::TradingSessionID:
        case tag::NoPartyIDs:
        case tag::MarketSegmentID:
        case tag::MarketID:
            return refuse(field, " would narrow the request and is not served");
        default:
            return take_header(field);
    }
}

void CommandFields::take_common(const Field& field) {
    switch (field.tag) {
        case tag::ClOrdID:
            return id(field, kClOrdId, out_.cl_ord_id);
        case tag::OrigClOrdID:
            return id(field, kOrigClOrdId, out_.orig_cl_ord_id);
        case tag::Account:
            return word(field, kAccount, out_.account);
        case tag::Symbol:
            return word(field, kSymbol, out_.symbol);
        case tag::ExDestination:
            return word(field, kExDestination, out_.ex_destination);
        case tag::Side:
            return choice(field, kSide, "1256", out_.side, " is not served (1, 2, 5 or 6)");
        case tag::OrdStatusReqID:
            return out_.kind == CommandKind::Status ? id(field, kRequestId, out_.request_id)
                                                    : void();
        default:
            return;
    }
}

void CommandFields::take_order(const Field& field) {
    using namespace command_flag;
    switch (field.tag) {
        case tag::OrderQty:
            return quantity(field, kOrderQty, kHasOrderQty, out_.order_qty);
        case tag::Price:
            return number(field, kPrice, kHasPrice, out_.price.decimal);
        case tag::StopPx:
            return number(field, kStopPx, kHasStopPx, out_.stop_px.decimal);
        case tag::MaxFloor:
        case tag::DisplayQty:
            return quantity(field, kMaxFloor, kHasMaxFloor, out_.max_floor);
        case tag::ExpireTime:
        case tag::ExpireDate:
            return expire(field);
        case tag::OrdType:
            return choice(field, kOrdType, "1234", out_.ord_type, " is not served (1, 2, 3 or 4)");
        case tag::TimeInForce:
            return choice(field, kTimeInForce, "01346", out_.time_in_force,
                          " is not served (0, 1, 3, 4 or 6)");
        case tag::LocateReqd:
        case tag::LocateID:
            take_locate(field);
            return take_rest(field);
        default:
            return;
    }
}

// Judged here, and handed on as well.
void CommandFields::take_locate(const Field& field) {
    if (field.tag == tag::LocateReqd) {
        choice(field, kLocateReqd, "YN", out_.locate_reqd, " is neither Y nor N");
    } else {
        id(field, kLocateId, out_.locate_id);
    }
}

void CommandFields::take_rest(const Field& field) {
    if (!is_harmless(field)) {
        return refuse(field, " is an instruction that is not served");
    }
    if (!extras_.take(field)) {
        refuse(field, " does not fit: more than 247 bytes are to be handed on");
    }
}
static_assert(Extras::kMax == 247, "as the text says");

// Instructions that would make it another order than the one that is checked here.
bool CommandFields::is_harmless(const Field& field) const {
    switch (field.tag) {
        case tag::HandlInst:
            return is_one_of(field.value, "12");
        case tag::ExecInst:
            return !has_peg(field.value);
        case tag::PriceType:
            return field.value == "2";
        case tag::QtyType:
            return field.value == "0";
        case tag::MinQty:
        case tag::CashOrderQty:
        case tag::EffectiveTime:
        case tag::OrderQty2:
        case tag::SettlDate2:
        case tag::MaxShow:
        case tag::PegOffsetValue:
        case tag::NoTradingSessions:
        case tag::DiscretionInst:
        case tag::DiscretionOffsetValue:
        case tag::OrderPercent:
        case tag::PegPriceType:
            return false;
        default:
            return true;
    }
}

// A cancel is judged by its ids alone, so only orders come here.
void CommandFields::finish() {
    if (!is_order(out_.kind) || !out_.defect.empty()) {
        return;
    }
    const bool good_till_date = out_.time_in_force == TimeInForce::GoodTillDate;
    const bool expires = out_.has(command_flag::kHasExpire);
    // A replace may leave TimeInForce(59) to the order.
    const bool said = out_.kind == CommandKind::NewOrder || (seen_ & kTimeInForce) != 0;
    if (good_till_date && !expires) {
        out_.defect = Prose("TimeInForce(59)='6' needs ExpireTime(126) or ExpireDate(432)");
    } else if (expires && said && !good_till_date) {
        out_.defect = Prose("ExpireTime(126) or ExpireDate(432) needs TimeInForce(59)='6'");
    }
}

void CommandFields::broken(std::size_t offset) {
    if (out_.defect.empty()) {
        out_.defect = ProseBuilder()
                          .put("what stands at byte ")
                          .put(std::uint64_t{offset})
                          .put(" of the message is not a field")
                          .prose();
    }
}

void CommandFields::refuse(const Field& field, std::string_view why) {
    if (out_.defect.empty()) {
        out_.defect = ProseBuilder().put_field(field.tag).put_value(field.value).put(why).prose();
    }
}

void CommandFields::refuse_length(const Field& field, std::size_t max) {
    if (out_.defect.empty()) {
        out_.defect = ProseBuilder()
                          .put_field(field.tag)
                          .put_value(field.value)
                          .put(" is longer than ")
                          .put(std::uint64_t{max})
                          .put(" characters")
                          .prose();
    }
}

bool CommandFields::first_time(const Field& field, Seen bit) {
    if ((seen_ & bit) != 0) {
        refuse(field, bit == kMaxFloor || bit == kExpire ? " is said twice" : " is there twice");
        return false;
    }
    seen_ = static_cast<std::uint16_t>(seen_ | bit);
    return true;
}

template <std::size_t N>
void CommandFields::id(const Field& field, Seen bit, Text<N>& to) {
    if (!first_time(field, bit)) {
        return;
    }
    if (field.value.empty()) {
        refuse(field, " is empty");
    } else if (!to.assign(field.value)) {
        refuse_length(field, N);
    }
}

// What only describes the order of a cancel or a status request cannot stop it.
template <std::size_t N>
void CommandFields::word(const Field& field, Seen bit, Text<N>& to) {
    if (strict_) {
        return id(field, bit, to);
    }
    (void)to.assign(field.value);
}

// A value that is not served is kept all the same when it is one character: the refusal echoes
// what the client said.
template <class Enum>
void CommandFields::choice(
    const Field& field, Seen bit, std::string_view served, Enum& to, std::string_view why) {
    if (strict_ && !first_time(field, bit)) {
        return;
    }
    if (field.value.size() == 1 && field.value.front() > ' ') {
        to = static_cast<Enum>(field.value.front());
    }
    if (strict_ && !is_one_of(field.value, served)) {
        refuse(field, why);
    }
}

void CommandFields::number(const Field& field, Seen bit, std::uint16_t flag, Decimal& to) {
    if (!first_time(field, bit)) {
        return;
    }
    const auto parsed = Decimal::parse(field.value);
    if (!parsed.ok()) {
        if (out_.defect.empty()) {
            out_.defect = ProseBuilder()
                              .put_field(field.tag)
                              .put_value(field.value)
                              .put(" ")
                              .put(to_text(parsed.error()))
                              .prose();
        }
        return;
    }
    to = parsed.value();
    out_.flags |= flag;
}

void CommandFields::quantity(const Field& field, Seen bit, std::uint16_t flag, Quantity& to) {
    if (field.value.starts_with('-')) {
        if (first_time(field, bit)) {
            refuse(field, " has a sign");
        }
        return;
    }
    number(field, bit, flag, to.decimal);
}

void CommandFields::expire(const Field& field) {
    if (!first_time(field, kExpire)) {
        return;
    }
    const bool is_date = field.tag == tag::ExpireDate;
    const auto time = is_date ? parse_utc_date(field.value) : parse_utc(field.value);
    if (!time) {
        return refuse(field, is_date ? " is not a date" : " is not a time");
    }
    out_.expire = *time;
    set(command_flag::kHasExpire, true);
    set(command_flag::kExpireIsDate, is_date);
}

}  // namespace sluice::codec
