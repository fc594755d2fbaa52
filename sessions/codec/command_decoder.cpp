#include "sessions/codec/command_decoder.hpp"

#include <algorithm>
#include <charconv>

#include "sessions/codec/field_reader.hpp"
#include "sessions/codec/prose_builder.hpp"
#include "sessions/codec/tags.hpp"

namespace sluice::codec {
namespace {

CommandKind kind_of(std::string_view msg_type) {
    if (msg_type.size() == 1) {
        switch (msg_type.front()) {
            case 'D':
                return CommandKind::NewOrder;
            case 'F':
                return CommandKind::Cancel;
            case 'G':
                return CommandKind::Replace;
            case 'H':
                return CommandKind::Status;
            default:
                break;
        }
    }
    return CommandKind::Unsupported;
}

std::uint32_t sequence_number(std::string_view text) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

bool is_one_of(std::string_view value, std::string_view served) {
    return value.size() == 1 && served.find(value.front()) != std::string_view::npos;
}

// ExecInst(18) is a list with blanks between: 1 not held and 5 held change nothing here.
bool is_plain_exec_inst(std::string_view value) {
    return std::all_of(value.begin(), value.end(),
                       [](char c) { return c == '1' || c == '5' || c == ' '; });
}

// One message; the first trouble is kept.
class Decoding {
public:
    Decoding(CommandKind kind, Command& out)
        : strict_(kind == CommandKind::NewOrder || kind == CommandKind::Replace), out_(out) {}

    void take_header(const Field& field) {
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

    // Of a message that we do not serve nothing is judged; its ClOrdID(11) is echoed if it can be.
    void take_unsupported(const Field& field) {
        if (field.tag == tag::ClOrdID && out_.cl_ord_id.empty()) {
            (void)out_.cl_ord_id.assign(field.value);
        }
    }

    void take(const Field& field) {
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
            default:
                return strict_ ? take_order(field) : void();
        }
    }

    void broken(std::size_t offset) {
        if (out_.defect.empty()) {
            out_.defect = ProseBuilder()
                              .put("what stands at byte ")
                              .put(std::uint64_t{offset})
                              .put(" of the message is not a field")
                              .prose();
        }
    }

private:
    // Bits of what was seen, to know a tag that comes twice.
    enum Seen : std::uint16_t {
        kClOrdId = 1,
        kOrigClOrdId = 2,
        kAccount = 4,
        kSymbol = 8,
        kExDestination = 16,
        kSide = 32,
        kOrderQty = 64,
        kPrice = 128,
        kStopPx = 256,
        kOrdType = 512,
        kTimeInForce = 1024,
        kLocateReqd = 2048,
        kLocateId = 4096,
    };

    void set(std::uint8_t flag, bool on) {
        if (on) {
            out_.flags |= flag;
        }
    }

    void refuse(const Field& field, std::string_view why) {
        if (out_.defect.empty()) {
            out_.defect =
                ProseBuilder().put_field(field.tag).put_value(field.value).put(why).prose();
        }
    }

    bool first_time(const Field& field, Seen bit) {
        if ((seen_ & bit) != 0) {
            refuse(field, " is there twice");
            return false;
        }
        seen_ = static_cast<std::uint16_t>(seen_ | bit);
        return true;
    }

    template <std::size_t N>
    void id(const Field& field, Seen bit, Text<N>& to) {
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
    void word(const Field& field, Seen bit, Text<N>& to) {
        if (strict_) {
            return id(field, bit, to);
        }
        (void)to.assign(field.value);
    }

    void refuse_length(const Field& field, std::size_t max) {
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

    // A value that is not served is kept all the same when it is one character: the refusal echoes
    // what the client said.
    template <class Enum>
    void choice(
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

    void take_order(const Field& field) {
        switch (field.tag) {
            case tag::OrderQty:
                return quantity(field);
            case tag::Price:
                return number(field, kPrice, command_flag::kHasPrice, out_.price.decimal);
            case tag::StopPx:
                return number(field, kStopPx, command_flag::kHasStopPx, out_.stop_px.decimal);
            case tag::OrdType:
                return choice(field, kOrdType, "1234", out_.ord_type,
                              " is not served (1, 2, 3 or 4)");
            case tag::TimeInForce:
                return choice(field, kTimeInForce, "0134", out_.time_in_force,
                              " is not served (0, 1, 3 or 4)");
            default:
                return take_instruction(field);
        }
    }

    void number(const Field& field, Seen bit, std::uint8_t flag, Decimal& to) {
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

    void quantity(const Field& field) {
        if (field.value.starts_with('-')) {
            if (first_time(field, kOrderQty)) {
                refuse(field, " has a sign");
            }
            return;
        }
        number(field, kOrderQty, command_flag::kHasOrderQty, out_.order_qty.decimal);
    }

    // Instructions that would make it another order than the one that we can send.
    void take_instruction(const Field& field) {
        bool harmless = false;
        switch (field.tag) {
            case tag::HandlInst:
                harmless = is_one_of(field.value, "12");
                break;
            case tag::ExecInst:
                harmless = is_plain_exec_inst(field.value);
                break;
            case tag::LocateReqd:
                return choice(field, kLocateReqd, "YN", out_.locate_reqd, " is neither Y nor N");
            case tag::LocateID:
                return id(field, kLocateId, out_.locate_id);
            case tag::PriceType:
                harmless = field.value == "2";
                break;
            case tag::QtyType:
                harmless = field.value == "0";
                break;
            case tag::MinQty:
            case tag::MaxFloor:
            case tag::ExpireTime:
            case tag::CashOrderQty:
            case tag::EffectiveTime:
            case tag::OrderQty2:
            case tag::SettlDate2:
            case tag::MaxShow:
            case tag::PegOffsetValue:
            case tag::NoTradingSessions:
            case tag::DiscretionInst:
            case tag::DiscretionOffsetValue:
            case tag::ExpireDate:
            case tag::OrderPercent:
            case tag::TargetStrategy:
            case tag::PegPriceType:
            case tag::DisplayQty:
                break;
            default:
                harmless = true;
        }
        if (!harmless) {
            refuse(field, " is an instruction that is not served");
        }
    }

    bool strict_;
    Command& out_;
    std::uint16_t seen_ = 0;
};

}  // namespace

void decode_command(
    std::string_view frame, FixVersion, SessionId session, std::uint64_t fix_in_seq, Command& out) {
    const std::string_view msg_type = msg_type_of(frame);
    out = Command{};
    out.session = session;
    out.fix_in_seq = fix_in_seq;
    out.kind = kind_of(msg_type);
    out.msg_type.assign_prefix(msg_type);

    const bool served = out.kind != CommandKind::Unsupported;
    Decoding decoding(out.kind, out);
    FieldReader reader(frame);
    Field field;
    while (reader.next(field)) {
        decoding.take_header(field);
        if (served) {
            decoding.take(field);
        } else {
            decoding.take_unsupported(field);
        }
    }
    if (reader.is_broken()) {
        decoding.broken(reader.offset());
    }
}

}  // namespace sluice::codec
