#include "sessions/codec/command_decoder.hpp"

#include <fmt/format.h>

#include "sessions/codec/field_reader.hpp"
#include "sessions/codec/tags.hpp"

namespace sluice::codec {
namespace {

using namespace std::string_view_literals;

// Instructions that an order may carry in FIX and that we do not serve: taking the order without
// them would be another order than the client asked for.
std::string_view unserved(int tag) {
    switch (tag) {
        case tag::kMinQty:
            return "MinQty(110)"sv;
        case tag::kMaxFloor:
            return "MaxFloor(111)"sv;
        case tag::kExpireTime:
            return "ExpireTime(126)"sv;
        case tag::kCashOrderQty:
            return "CashOrderQty(152)"sv;
        case tag::kEffectiveTime:
            return "EffectiveTime(168)"sv;
        case tag::kOrderQty2:
            return "OrderQty2(192)"sv;
        case tag::kSettlDate2:
            return "SettlDate2(193)"sv;
        case tag::kMaxShow:
            return "MaxShow(210)"sv;
        case tag::kPegOffsetValue:
            return "PegOffsetValue(211)"sv;
        case tag::kNoTradingSessions:
            return "NoTradingSessions(386)"sv;
        case tag::kDiscretionInst:
            return "DiscretionInst(388)"sv;
        case tag::kDiscretionOffsetValue:
            return "DiscretionOffsetValue(389)"sv;
        case tag::kExpireDate:
            return "ExpireDate(432)"sv;
        case tag::kOrderPercent:
            return "OrderPercent(516)"sv;
        case tag::kTargetStrategy:
            return "TargetStrategy(847)"sv;
        case tag::kPegPriceType:
            return "PegPriceType(1094)"sv;
        case tag::kDisplayQty:
            return "DisplayQty(1138)"sv;
        default:
            return {};
    }
}

class Decoder {
public:
    Command decode(std::string_view message) {
        FieldReader reader(message);
        FieldView field;
        while (reader.next(field)) {
            take(field);
        }
        finish();
        return command_;
    }

private:
    bool is_order() const {
        return command_.kind == CommandKind::NewOrder || command_.kind == CommandKind::Replace;
    }

    void take(const FieldView& field) {
        switch (field.tag) {
            case tag::kMsgType:
                take_type(field.value);
                break;
            case tag::kClOrdId:
                take_text(command_.cl_ord_id, field, "ClOrdID(11)", kSeenClOrdId);
                break;
            case tag::kOrigClOrdId:
                take_text(command_.orig_cl_ord_id, field, "OrigClOrdID(41)", kSeenOrigClOrdId);
                break;
            case tag::kAccount:
                take_text(command_.account, field, "Account(1)", kSeenAccount);
                break;
            case tag::kSymbol:
                take_text(command_.symbol, field, "Symbol(55)", kSeenSymbol);
                break;
            case tag::kExDestination:
                take_text(command_.ex_destination, field, "ExDestination(100)", kSeenExDestination);
                break;
            case tag::kOrderQty:
                take_decimal(command_.order_qty.decimal, field, "OrderQty(38)", kSeenOrderQty,
                             command_flag::kHasOrderQty);
                break;
            case tag::kPrice:
                take_decimal(command_.price.decimal, field, "Price(44)", kSeenPrice,
                             command_flag::kHasPrice);
                break;
            case tag::kStopPx:
                take_decimal(command_.stop_px.decimal, field, "StopPx(99)", kSeenStopPx,
                             command_flag::kHasStopPx);
                break;
            case tag::kSide:
                take_side(field);
                break;
            case tag::kOrdType:
                take_ord_type(field);
                break;
            case tag::kTimeInForce:
                take_time_in_force(field);
                break;
            case tag::kPossResend:
                take_flag(field, command_flag::kPossResend);
                break;
            case tag::kPossDupFlag:
                take_flag(field, command_flag::kPossDup);
                break;
            default:
                take_instruction(field);
                break;
        }
    }

    void take_type(std::string_view type) {
        command_.msg_type.assign_prefix(type);
        command_.kind = type == "D"   ? CommandKind::NewOrder
                        : type == "F" ? CommandKind::Cancel
                        : type == "G" ? CommandKind::Replace
                        : type == "H" ? CommandKind::Status
                                      : CommandKind::Unsupported;
    }

    template <std::size_t N>
    void take_text(Text<N>& out, const FieldView& field, std::string_view name, std::uint32_t bit) {
        once(field, name, bit);
        if (!out.assign(field.value)) {
            defect("{}='{}' is longer than {} characters", name, field.value, N);
            out.assign_prefix(field.value);  // so that the refusal names what it refuses
        }
    }

    void take_decimal(Decimal& out,
                      const FieldView& field,
                      std::string_view name,
                      std::uint32_t bit,
                      std::uint8_t flag) {
        once(field, name, bit);
        const auto value = Decimal::parse(field.value);
        if (!value.ok()) {
            defect("{}='{}' {}", name, field.value, to_text(value.error()));
            return;
        }
        if (bit == kSeenOrderQty && field.value.front() == '-') {
            defect("{}='{}' has a sign", name, field.value);
            return;
        }
        out = value.value();
        command_.flags = static_cast<std::uint8_t>(command_.flags | flag);
    }

    void take_side(const FieldView& field) {
        once(field, "Side(54)", kSeenSide);
        if (field.value == "1" || field.value == "2" || field.value == "5" || field.value == "6") {
            command_.side = static_cast<Side>(field.value.front());
        } else {
            defect("Side(54)='{}' is not 1, 2, 5 or 6", field.value);
        }
    }

    void take_ord_type(const FieldView& field) {
        once(field, "OrdType(40)", kSeenOrdType);
        if (field.value.size() == 1 && field.value.front() >= '1' && field.value.front() <= '4') {
            command_.ord_type = static_cast<OrdType>(field.value.front());
        } else {
            defect("OrdType(40)='{}' is not 1 or 2", field.value);
        }
    }

    void take_time_in_force(const FieldView& field) {
        once(field, "TimeInForce(59)", kSeenTimeInForce);
        if (field.value == "0" || field.value == "1" || field.value == "3" || field.value == "4" ||
            field.value == "6") {
            command_.time_in_force = static_cast<TimeInForce>(field.value.front());
        } else {
            defect("TimeInForce(59)='{}' is not 0, 1, 3 or 4", field.value);
        }
    }

    void take_flag(const FieldView& field, std::uint8_t flag) {
        if (field.value == "Y") {
            command_.flags = static_cast<std::uint8_t>(command_.flags | flag);
        }
    }

    void take_instruction(const FieldView& field) {
        if (!is_order()) {
            return;
        }
        if (const std::string_view name = unserved(field.tag); !name.empty()) {
            defect("{}='{}' is not served", name, field.value);
        }
        if (field.tag == tag::kExecInst) {
            for (const char c : field.value) {
                if (c != '1' && c != '5' && c != ' ') {
                    defect("ExecInst(18)='{}' is not 1 or 5", field.value);
                }
            }
        }
        if (field.tag == tag::kHandlInst && field.value == "3") {
            defect("HandlInst(21)='{}' is not served", field.value);
        }
        if (field.tag == tag::kLocateReqd && field.value == "Y") {
            defect("LocateReqd(114)='{}' is not served", field.value);
        }
        if (field.tag == tag::kPriceType && field.value != "2") {
            defect("PriceType(423)='{}' is not 2", field.value);
        }
        if (field.tag == tag::kQtyType && field.value != "0") {
            defect("QtyType(854)='{}' is not 0", field.value);
        }
    }

    void finish() {
        if (!is_order()) {
            return;
        }
        if (command_.ord_type == OrdType::Market && command_.has(command_flag::kHasPrice)) {
            defect("Price(44)='{}' does not go with OrdType(40)=1", command_.price.to_string());
        }
        const bool stop =
            command_.ord_type == OrdType::Stop || command_.ord_type == OrdType::StopLimit;
        if (!stop && command_.has(command_flag::kHasStopPx)) {
            defect("StopPx(99)='{}' does not go with the OrdType(40)",
                   command_.stop_px.to_string());
        }
    }

    void once(const FieldView& field, std::string_view name, std::uint32_t bit) {
        if ((seen_ & bit) != 0) {
            defect("{}='{}' appears twice", name, field.value);
        }
        seen_ |= bit;
    }

    // The first defect is what the client is told. Formats into the command, without allocating.
    template <class... Args>
    void defect(fmt::format_string<Args...> words, Args&&... args) {
        if (!command_.defect.empty()) {
            return;
        }
        std::array<char, Prose::kMax> text{};
        const auto end =
            fmt::format_to_n(text.data(), text.size(), words, std::forward<Args>(args)...);
        command_.defect.assign_prefix({text.data(), std::min(text.size(), end.size)});
    }

    static constexpr std::uint32_t kSeenClOrdId = 1;
    static constexpr std::uint32_t kSeenOrigClOrdId = 2;
    static constexpr std::uint32_t kSeenAccount = 4;
    static constexpr std::uint32_t kSeenSymbol = 8;
    static constexpr std::uint32_t kSeenExDestination = 16;
    static constexpr std::uint32_t kSeenOrderQty = 32;
    static constexpr std::uint32_t kSeenPrice = 64;
    static constexpr std::uint32_t kSeenStopPx = 128;
    static constexpr std::uint32_t kSeenSide = 256;
    static constexpr std::uint32_t kSeenOrdType = 512;
    static constexpr std::uint32_t kSeenTimeInForce = 1024;

    Command command_;
    std::uint32_t seen_ = 0;
};

}  // namespace

Command decode_command(std::string_view message) {
    return Decoder().decode(message);
}

}  // namespace sluice::codec
